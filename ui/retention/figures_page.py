"""Figures of retention for a period, and the disposal log of that period as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk.errors import DpdeskError
from ui.kit.look.theme import LARGE, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, PlainPage, clear_layout, help_words, row, words
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.period_bar import PeriodBar

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from ui.kit.pieces.paper_door import PaperDoor


class DisposalFiguresPage(PlainPage):
    """``closed`` fires when it is left."""

    closed = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.around, self.door = desk, around, door
        self.figures: dict[str, int | float] = {}
        back = button("Disposals", "mdi6.arrow-left", role="link", does=self.closed.emit)
        back.setAccessibleName("Back to the disposals")
        self.body.addLayout(row(back, None))
        self.header = PageHeader("Figures and log of disposals")
        self.print_button = button(
            "Print the log", "mdi6.printer-outline", role="primary", does=self.print_log
        )
        self.header.add_button(self.print_button)
        self.period = PeriodBar(around.now, desk.retention.disposals.today())
        self.period.chosen.connect(self.show_figures)
        self.banner = Banner(self)
        self.card = Card("Figures", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self.card.body.addLayout(self._grid)
        self.card.add(
            help_words("What is kept, due or on hold is counted as of today, whatever the period.")
        )
        for widget in (self.header, self.period, self.banner, self.card):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def begin(self) -> None:
        """The period that was chosen last, at first this school year."""
        self.show_figures()
        self.print_button.setFocus()

    def show_figures(self) -> None:
        """Counts afresh."""
        first, last = self.period.period
        if last < first:
            self.banner.say("The period cannot end before it begins.", "warn")
            return
        try:
            measures = [
                measure
                for each in self.desk.retention.answers
                for measure in each.measures(first, last)
            ]
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.banner.hide()
        clear_layout(self._grid)
        self.figures = {each.text: each.value for each in measures}
        for line, each in enumerate(measures):
            self._grid.addWidget(words(f"{each.value:,}", "strong"), line, 0)
            self._grid.addWidget(words(each.text[0].upper() + each.text[1:]), line, 1)

    def print_log(self) -> None:
        """Offers the log of the period."""
        first, last = self.period.period
        if last < first:
            self.banner.say("The period cannot end before it begins.", "warn")
            return
        self.door.offer(lambda: self.desk.retention.prints.log(first, last).content, "Disposal log")
