"""The law room: clocks against the vectors of the law, and against a second way of counting."""
