"""Updates of the program from a file: is it genuine, is it newer, and how is it put in place."""
