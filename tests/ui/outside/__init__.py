"""The window from outside: another program uses it over the accessibility bus, by names only."""
