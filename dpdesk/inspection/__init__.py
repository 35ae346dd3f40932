"""A file that somebody else redacted: what can still be read in it."""
