"""Makes the program for Windows on Linux, and tries it there under wine."""
