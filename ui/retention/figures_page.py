"""Figures of retention for a period, and the disposal log of that period as a paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.registers.fields import Field, Kind
from ui.kit.banner import Banner
from ui.kit.buttons import button
from ui.kit.cards import Card, Page, PageHeader, help_words, row, words
from ui.kit.inputs_dates import DateInput
from ui.kit.surroundings import Surroundings
from ui.kit.theme import LARGE, MEDIUM, SMALL

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from ui.kit.paper_door import PaperDoor

_FIRST: Final = Field(Kind.DATE, "From", "first")
_LAST: Final = Field(Kind.DATE, "To", "last")


class FiguresPage(Page):
    """``closed`` fires when it is left."""

    closed = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.around, self.door = desk, around, door
        back = button("Disposals", "mdi6.arrow-left", role="link", does=self.closed.emit)
        back.setAccessibleName("Back to the disposals")
        self.body.addLayout(row(back, None))
        self.header = PageHeader("Figures and log of disposals")
        self.print_button = button(
            "Print the log", "mdi6.printer-outline", role="primary", does=self.print_log
        )
        self.header.add_button(self.print_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        self.first = DateInput(_FIRST, around.now)
        self.last = DateInput(_LAST, around.now)
        self.show_button = button("Show", does=self.show_figures)
        asked = row(space=MEDIUM)
        for made in (self.first, self.last):
            label = words(made.field.label, "label")
            label.setBuddy(made.target)
            asked.addWidget(label)
            asked.addWidget(made)
            made.left.connect(self.show_figures)
        asked.addWidget(self.show_button)
        asked.addStretch(1)
        self.body.addLayout(asked)
        self.card = Card("Figures", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self.card.body.addLayout(self._grid)
        self.card.add(
            help_words("What is kept, due or on hold is counted as of today, whatever the period.")
        )
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.figures: dict[str, int | float] = {}

    def begin(self) -> None:
        """This year so far, unless another period was chosen."""
        today = self.desk.retention.disposals.today()
        if self.first.value() is None or self.last.value() is None:
            self.first.set_value(dt.date(today.year, 1, 1))
            self.last.set_value(today)
        self.show_figures()
        self.first.setFocus()

    def _period(self) -> tuple[dt.date, dt.date] | None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            problem = self.first.problem() or self.last.problem() or "Say from when to when."
            self.banner.say(problem, "warn")
            return None
        if last < first:
            self.banner.say("The period would end before it begins.", "warn")
            return None
        self.banner.hide()
        return first, last

    def show_figures(self) -> None:
        """Counts afresh."""
        period = self._period()
        if period is None:
            return
        try:
            measures = list(self.desk.retention.answers.measures(*period))
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        while (old := self._grid.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.figures = {each.text: each.value for each in measures}
        for line, each in enumerate(measures):
            self._grid.addWidget(words(f"{each.value:,}", "strong"), line, 0)
            said = each.text[0].upper() + each.text[1:]
            self._grid.addWidget(words(said), line, 1)

    def print_log(self) -> None:
        """Offers the log of the period."""
        period = self._period()
        if period is not None:
            self.door.offer(lambda: self.desk.retention.prints.log(*period).content, "Disposal log")
