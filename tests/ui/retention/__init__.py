"""Tests of the retention tab."""
