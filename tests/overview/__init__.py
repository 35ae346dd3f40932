"""What looks across all features."""
