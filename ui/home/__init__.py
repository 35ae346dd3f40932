"""Home: what needs doing, across all areas."""
