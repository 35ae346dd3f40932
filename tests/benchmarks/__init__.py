"""The promises of speed, measured. Run with ``python3 packaging/dev.py bench``."""
