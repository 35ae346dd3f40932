"""Disclosure: what is removed from a document, and the bundle in which nothing removed is left."""
