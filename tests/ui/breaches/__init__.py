"""Tests of the breaches room."""
