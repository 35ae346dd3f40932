"""The law room: pure rules and pick lists. No database, no windows, nothing stored."""
