"""The small parts of any page: buttons, cards, badges, messages, questions, long work."""
