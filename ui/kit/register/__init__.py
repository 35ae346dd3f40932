"""What shows a register: its list, the page of an entry, forms, inputs, parts, spreadsheets."""
