"""The window of the asset register."""
