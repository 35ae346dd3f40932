"""Breach log in figures for a period, on the screen and on paper; and the log handed out."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from dpdesk.breaches.counted import BreachFigures
from dpdesk.breaches.log import LogPeriod
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import short_moment
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.log_figures import LogFiguresPage

_SHEET = "Excel file (*.xlsx)"


class BreachFiguresPage(LogFiguresPage):
    """What was logged, reported and on time. Drills are left out of all of it."""

    help_page = "breaches"
    begins = register = "breaches"
    # Every part of an incident tells that the incident changed, too.
    shows: ClassVar = frozenset({"breaches"})
    title = "Breach log in figures"
    chart = "Incidents by month"
    counted = ("Breaches by kind", "Breaches by cause")
    reasons = "Not reported, or reported late, with the reasons"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, door, desk.breaches.breaches.today(), parent)
        self._desk = desk
        self.figures: BreachFigures | None = None
        log = button("Log as a spreadsheet", "mdi6.file-export-outline", does=self.save_log)
        log.setToolTip("All incidents, near misses and decisions not to report (policy 4.6(n))")
        self.header.add_button(log)
        self.header.add_button(button("Print log", "mdi6.printer-outline", does=self.print_log))
        self.header.add_button(self.print_button)

    # --- showing -------------------------------------------------------------------------

    def show_period(self, first: dt.date, last: dt.date) -> None:
        """Counts and shows. Raises DpdeskError."""
        found = self.figures = self._desk.breaches.figures.between(first, last)
        self.say_period(first, last, "; drills are left out")
        lines = (
            (found.logged, "incidents logged"),
            (found.breaches, "breaches"),
            (found.near_misses, "near misses"),
            (found.false_alarms, "false alarms"),
            (found.undecided, "not yet decided"),
            (found.reported, "reported to the ICO"),
            (found.on_time, "of these within 72 hours"),
            (found.waiting, "neither reported nor decided"),
            (found.overdue, "past the 72 hours"),
            (found.people, "people affected, as far as known"),
        )
        self.numbers.show_lines((label, f"{number:,}") for number, label in lines)
        self.show_months((each.label, each.logged) for each in found.stretches)
        self.show_counted("Breaches by kind", found.by_kind)
        self.show_counted("Breaches by cause", found.by_cause)
        self.lists.setVisible(bool(found.not_reported or found.late))
        for title, told in (("Not reported", found.not_reported), ("Reported late", found.late)):
            for each in told:
                self.add_reason(
                    each.id,
                    f"{each.reference} {each.summary}",
                    f"{title}; known since {short_moment(each.aware)}",
                    help_words(each.summary, ""),
                    help_words(each.reason),
                )

    # --- handing out ---------------------------------------------------------------------

    def print_figures(self) -> None:
        """Offers the figures with charts as a PDF."""
        first, last = self.period.period
        self._door.offer(
            lambda: self._desk.breaches.figures.paper(first, last).content, "Breach figures"
        )

    def print_log(self) -> None:
        """Offers the log of the period on paper."""
        self._door.offer(
            lambda: self._desk.breaches.log.paper(LogPeriod(*self.period.period)).content,
            "Breach log",
        )

    def save_log(self) -> None:
        """Saves the log of the period as the spreadsheet that the policy asks for."""
        try:
            content = self._desk.breaches.log.spreadsheet(LogPeriod(*self.period.period))
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._door.save(content, "Breach log.xlsx", _SHEET)
