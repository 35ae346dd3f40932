"""What all registers share, on real encrypted files."""
