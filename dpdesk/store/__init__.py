"""The locked cabinet: workspace, keys, database, vault, history, backup, migrations."""
