"""How long records are kept, what falls due for disposal, what holds it up, and what is gone."""
