"""The school: its particulars and its calendar."""
