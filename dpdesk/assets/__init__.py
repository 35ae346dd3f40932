"""What information the school holds: the asset register, which is the record of processing too."""
