"""Requests of data subjects: from the day they arrive to the letter that answers them."""
