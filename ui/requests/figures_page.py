"""Request log in figures for a period, on the screen and on paper."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import short_date
from dpdesk.requests.counted import RequestFigures, number_lines
from ui.kit.pieces.cards import help_words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.log_figures import LogFiguresPage


class RequestFiguresPage(LogFiguresPage):
    """What was received, answered and on time."""

    help_page = "proof"
    begins = register = "requests"
    shows: ClassVar = frozenset({"requests"})
    title = "Request log in figures"
    chart = "Received by month"
    counted = ("By kind", "How they arrived", "By outcome")
    reasons = "Answered late, with the reasons"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, door, desk.requests.requests.today(), parent, width=88)
        self._desk = desk
        self.figures: RequestFigures | None = None
        self.header.add_button(self.print_button)

    def show_period(self, first: dt.date, last: dt.date) -> None:
        """Counts and shows. Raises DpdeskError."""
        found = self.figures = self._desk.requests.figures.between(first, last)
        self.say_period(first, last)
        self.numbers.show_lines(number_lines(found))
        self.show_months((each.label, each.number) for each in found.stretches)
        self.show_counted("By kind", found.by_kind)
        self.show_counted("How they arrived", found.by_source)
        self.show_counted("By outcome", found.by_outcome)
        if not found.late:
            self.say_no_reasons("None in this period.")
        for each in found.late:
            self.add_reason(
                each.id,
                each.reference,
                f"due {short_date(each.due)}, answered {short_date(each.closed)}",
                help_words(each.reason or "No reason was written down."),
            )

    def print_figures(self) -> None:
        """Offers the figures with their chart as a PDF."""
        first, last = self.period.period
        self._door.offer(
            lambda: self._desk.requests.figures.paper(first, last).content, "Request figures"
        )
