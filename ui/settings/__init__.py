"""Settings: the school, its calendar, this program, and what keeps it all safe."""
