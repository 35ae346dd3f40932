"""Tests of the requests room."""
