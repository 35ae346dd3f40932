"""The school itself: its particulars, its data protection officer, its calendar, its settings."""
