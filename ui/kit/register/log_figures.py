"""A log in figures for a period: counted by month and by kind, and what came late and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, Protocol

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date
from ui.kit.look.theme import MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.bar_chart import BarChartView
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, scrolling, words
from ui.kit.pieces.counted_lines import CountedLines, below_bar
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.period_bar import PeriodBar


class CountedLine(Protocol):
    """How many there are of one kind, as the rooms count."""

    @property
    def label(self) -> str:
        """The kind, in words."""
        ...

    @property
    def number(self) -> int:
        """How many."""
        ...


class LogFiguresPage(LivePage):
    """A log in figures. A room says which cards there are, and fills them in ``show_period``.

    Two cards stand in a line: the numbers and the chart, those of ``counted`` in their order, and
    the reasons at the end, which take what is left of the last line.
    """

    title: ClassVar[str]
    chart: ClassVar[str]
    """What the bars by month count."""
    counted: ClassVar[tuple[str, ...]]
    """The titles of the cards besides the first, "In this period"."""
    reasons: ClassVar[str]
    """The title of the card with what needs a reason."""
    register: ClassVar[str]

    def __init__(
        self,
        around: Surroundings,
        door: PaperDoor,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        width: int = 56,
    ) -> None:
        """``width``: of the numbers of the first card, in pixels."""
        super().__init__(around, parent)
        self._around, self._door = around, door
        self.header = PageHeader(self.title, " ")
        self.print_button = button(
            "Print figures", "mdi6.printer-outline", role="primary", does=self.print_figures
        )
        self.period = PeriodBar(around.now, today)
        self.period.chosen.connect(self.reload)
        self.banner = Banner(closable=False)
        self._build(width)
        for widget in (self.header, self.period, self.banner):
            self.body.addWidget(widget)
        self.body.addWidget(self.area, 1)

    def _build(self, width: int) -> None:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, MEDIUM, 0)
        grid.setSpacing(MEDIUM)
        self.months = BarChartView((), self.chart)
        chart = Card(self.chart)
        chart.body.addWidget(self.months, 1)
        self.numbers = CountedLines(width=width)
        first = Card("In this period")
        first.add(self.numbers)
        cards = [first, chart]
        self._lines: dict[str, CountedLines] = {}
        for title in self.counted:
            card, self._lines[title] = Card(title), CountedLines()
            card.add(self._lines[title])
            cards.append(card)
        for place, card in enumerate(cards):
            grid.addWidget(card, *divmod(place, 2))
        self.lists = Card(self.reasons)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(SMALL)
        self.lists.add(self._reasons)
        line, side = divmod(len(cards), 2)
        grid.addWidget(self.lists, line, side, 1, 2 - side)
        grid.setRowStretch(line + 1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.area = scrolling(inside, "Figures")

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Counts afresh."""
        first, last = self.period.period
        clear_layout(self._reasons)
        try:
            self.show_period(first, last)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.banner.hide()

    def say_period(self, first: dt.date, last: dt.date, more: str = "") -> None:
        """Says in the head which days were counted, and what was left out."""
        self.header.say(self.title, f"{long_date(first)} to {long_date(last)}{more}")

    def show_months(self, stretches: Iterable[tuple[str, int]]) -> None:
        """Draws a bar for each stretch of the period: its name and how many."""
        self.months.show_bars([(below_bar(label), number) for label, number in stretches])

    def show_counted(self, title: str, counted: Sequence[CountedLine]) -> None:
        """Fills one of the cards of ``counted``."""
        self._lines[title].show_lines((each.label, f"{each.number:,}") for each in counted)

    def add_reason(self, entry_id: int, called: str, told: str, *lines: QWidget) -> None:
        """Adds to the reasons a link to an entry, what is told beside it and what stands below.

        ``called``: its reference, and for who hears the page what it is about.
        """
        reference = called.split(" ", 1)[0]
        opens = button(reference, role="link", does=partial(self._open, entry_id))
        opens.setAccessibleName(f"Open {called}")
        self._reasons.addLayout(row(opens, words(told, "muted"), None))
        for line in lines:
            self._reasons.addWidget(line)

    def say_no_reasons(self, told: str) -> None:
        """Says that nothing needs a reason."""
        self._reasons.addWidget(help_words(told))

    def _open(self, entry_id: int) -> None:
        self._around.navigator.open_entry(self.register, entry_id)

    # --- what a room says ----------------------------------------------------------------

    def show_period(self, first: dt.date, last: dt.date) -> None:
        """Counts from ``first`` to ``last``, both included, and fills the cards.

        Raises DpdeskError.
        """
        raise NotImplementedError

    def print_figures(self) -> None:
        """Offers the figures with their charts as a PDF."""
        raise NotImplementedError
