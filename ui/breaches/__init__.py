"""The breaches room: the breach log, the page of one incident, and the report."""

from ui.breaches.room import BreachesRoom

__all__ = ["BreachesRoom"]
