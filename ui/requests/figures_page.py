"""Request log in figures for a period, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date, short_date
from dpdesk.requests.counted import CountedRequests, RequestFigures, number_lines
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

_TITLE = "Request log in figures"


class RequestFiguresPage(LivePage):
    """What was received, answered and on time."""

    help_page = "proof"
    begins = "requests"
    shows: ClassVar = frozenset({"requests"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self._desk, self._around, self._door = desk, around, door
        self.figures: RequestFigures | None = None
        self.header = PageHeader(_TITLE, " ")
        self.header.add_button(
            button("Print figures", "mdi6.printer-outline", role="primary", does=self.print_figures)
        )
        self.period = PeriodBar(around.now, desk.requests.requests.today())
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
        self.months = BarChartView((), "Requests received by month")
        chart = Card("Received by month")
        chart.body.addWidget(self.months, 1)
        titles = ("By kind", "How they arrived", "By outcome")
        self.cards = {title: (Card(title), CountedLines()) for title in titles}
        self.cards["In this period"] = (Card("In this period"), CountedLines(width=88))
        self.lists = Card("Answered late, with the reasons")
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(SMALL)
        self.lists.add(self._reasons)
        for card, layout in self.cards.values():
            card.add(layout)
        grid.addWidget(self.cards["In this period"][0], 0, 0)
        grid.addWidget(chart, 0, 1)
        grid.addWidget(self.cards["By kind"][0], 1, 0)
        grid.addWidget(self.cards["How they arrived"][0], 1, 1)
        grid.addWidget(self.cards["By outcome"][0], 2, 0)
        grid.addWidget(self.lists, 2, 1)
        grid.setRowStretch(3, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.area = scrolling(inside, "Figures")

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Counts afresh."""
        first, last = self.period.period
        try:
            found = self._desk.requests.figures.between(first, last)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.banner.hide()
        self.figures = found
        self.header.say(_TITLE, f"{long_date(first)} to {long_date(last)}")
        _, numbers = self.cards["In this period"]
        numbers.show_lines(number_lines(found))
        self.months.show_bars([(below_bar(each.label), each.number) for each in found.stretches])
        self._list("By kind", found.by_kind)
        self._list("How they arrived", found.by_source)
        self._list("By outcome", found.by_outcome)
        self._show_late(found)

    def _list(self, title: str, counted: Sequence[CountedRequests]) -> None:
        _, lines = self.cards[title]
        lines.show_lines((each.label, f"{each.number:,}") for each in counted)

    def _show_late(self, found: RequestFigures) -> None:
        clear_layout(self._reasons)
        if not found.late:
            self._reasons.addWidget(help_words("None in this period."))
        for each in found.late:
            opens = button(each.reference, role="link", does=partial(self._open, each.id))
            opens.setAccessibleName(f"Open {each.reference}")
            told = f"due {short_date(each.due)}, answered {short_date(each.closed)}"
            self._reasons.addLayout(row(opens, words(told, "muted"), None))
            self._reasons.addWidget(help_words(each.reason or "No reason was written down."))

    def _open(self, number: int) -> None:
        self._around.navigator.open_entry("requests", number)

    def print_figures(self) -> None:
        """Offers the figures with their chart as a PDF."""
        first, last = self.period.period
        self._door.offer(
            lambda: self._desk.requests.figures.paper(first, last).content, "Request figures"
        )
