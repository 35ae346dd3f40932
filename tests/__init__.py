"""Tests of dpdesk; the tree mirrors the rooms of the program."""
