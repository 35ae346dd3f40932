"""Breach log in figures for a period, on the screen and on paper; and the log handed out."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.breaches.counted import BreachFigures, ListedBreach
from dpdesk.breaches.log import LogPeriod
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date, short_moment
from ui.kit.look.theme import MEDIUM, SMALL, TINY
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.bar_chart import BarChartView
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import (
    Card,
    clear_layout,
    help_words,
    row,
    scrolling,
    words,
)
from ui.kit.pieces.counted_lines import CountedLines, below_bar
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.period_bar import PeriodBar

_SHEET = "Excel file (*.xlsx)"


class BreachFiguresPage(LivePage):
    """What was logged, reported and on time. Drills are left out of all of it."""

    help_page = "breaches"
    begins = "breaches"
    # Every part of an incident tells that the incident changed, too.
    shows: ClassVar = frozenset({"breaches"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self._desk, self._around, self._door = desk, around, door
        self.figures: BreachFigures | None = None
        self.header = PageHeader("Breach log in figures", " ")
        log = button("Log as a spreadsheet", "mdi6.file-export-outline", does=self.save_log)
        log.setToolTip("All incidents, near misses and decisions not to report (policy 4.6(n))")
        self.header.add_button(log)
        self.header.add_button(button("Print log", "mdi6.printer-outline", does=self.print_log))
        self.header.add_button(
            button("Print figures", "mdi6.printer-outline", role="primary", does=self.print_figures)
        )
        self.period = PeriodBar(around.now, desk.breaches.breaches.today())
        self.period.chosen.connect(self.reload)
        self.banner = Banner(closable=False)
        self._build_figures()
        for widget in (self.header, self.period, self.banner):
            self.body.addWidget(widget)
        self.body.addWidget(self.area, 1)

    def _build_figures(self) -> None:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, MEDIUM, 0)
        grid.setSpacing(MEDIUM)
        self.counts = Card("In this period")
        self._numbers = CountedLines(width=56)
        self.counts.add(self._numbers)
        self.months = BarChartView((), "Incidents by month")
        self.kinds = Card("Breaches by kind")
        self._kinds = CountedLines()
        self.kinds.add(self._kinds)
        self.causes = Card("Breaches by cause")
        self._causes = CountedLines()
        self.causes.add(self._causes)
        self.lists = Card("Not reported, or reported late, with the reasons")
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(SMALL)
        self.lists.add(self._reasons)
        chart = Card("Incidents by month")
        chart.body.addWidget(self.months, 1)
        grid.addWidget(self.counts, 0, 0)
        grid.addWidget(chart, 0, 1)
        grid.addWidget(self.kinds, 1, 0)
        grid.addWidget(self.causes, 1, 1)
        grid.addWidget(self.lists, 2, 0, 1, 2)
        grid.setRowStretch(3, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.area = scrolling(inside, "Figures")

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Counts afresh."""
        first, last = self.period.period
        try:
            found = self._desk.breaches.figures.between(first, last)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.banner.hide()
        self.figures = found
        self.header.say(
            "Breach log in figures",
            f"{long_date(first)} to {long_date(last)}; drills are left out",
        )
        self._show(found)

    def _show(self, found: BreachFigures) -> None:
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
        self._numbers.show_lines((label, f"{number:,}") for number, label in lines)
        bars = [(below_bar(each.label), each.logged) for each in found.stretches]
        self.months.show_bars(bars)
        for shown, counted in ((self._kinds, found.by_kind), (self._causes, found.by_cause)):
            shown.show_lines((each.label, f"{each.number:,}") for each in counted)
        self._show_reasons(found)

    def _show_reasons(self, found: BreachFigures) -> None:
        clear_layout(self._reasons)
        self.lists.setVisible(bool(found.not_reported or found.late))
        for title, told in (("Not reported", found.not_reported), ("Reported late", found.late)):
            for each in told:
                self._reasons.addWidget(self._reason(title, each))

    def _reason(self, title: str, told: ListedBreach) -> QWidget:
        box = QWidget()
        opens = button(told.reference, role="link", does=lambda: self._open(told.reference))
        opens.setAccessibleName(f"Open {told.reference} {told.summary}")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        known = f"{title}; known since {short_moment(told.aware)}"
        layout.addLayout(row(opens, words(known, "muted"), None))
        layout.addWidget(help_words(told.summary, ""))
        layout.addWidget(help_words(told.reason))
        return box

    def _open(self, reference: str) -> None:
        self._around.navigator.open_entry(
            "breaches", self._desk.breaches.breaches.find(reference).id
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
