"""People: pupils, parents, staff and others, how they belong together, and training."""
