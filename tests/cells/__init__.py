"""What a cell of a spreadsheet shows."""
