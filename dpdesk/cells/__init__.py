"""What a cell of a spreadsheet shows, for whoever reads one."""
