"""Holds the house to its plan: who may import whom, and what stands nowhere."""
