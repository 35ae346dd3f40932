"""The breaches room: the breach log, the page of one incident, the report, and the figures."""

from ui.breaches.figures_page import BreachFiguresPage
from ui.breaches.room import BreachesRoom

__all__ = ["BreachFiguresPage", "BreachesRoom"]
