"""Assurance: what a proprietor must be able to show."""
