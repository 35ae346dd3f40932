"""The locked cabinet, on real encrypted files."""
