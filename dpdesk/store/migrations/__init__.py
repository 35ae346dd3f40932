"""Alembic's scripts. They never import today's tables: yesterday's file has yesterday's."""
