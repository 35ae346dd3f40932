"""Makes a package of the program for Debian and Ubuntu."""
