"""Choosing a period for figures: the usual ones at a press, or two days that are typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.registers.fields import Field, Kind
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.flow import FlowLayout
from ui.kit.register.inputs_dates import DateInput

Period = tuple[dt.date, dt.date]
"""First and last day, both counted."""


def school_year(today: dt.date, back: int = 0) -> Period:
    """The school year from September to August that a day lies in, or an earlier one."""
    start = today.year - (today.month < 9) - back
    return dt.date(start, 9, 1), dt.date(start + 1, 8, 31)


def calendar_year(today: dt.date) -> Period:
    """The year from January to December that a day lies in."""
    return dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)


class PeriodBar(QWidget):
    """``chosen`` fires when another period is meant; read it from ``period``."""

    chosen = Signal()

    def __init__(
        self, now: Callable[[], dt.datetime], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.period = school_year(today)
        usual: dict[str, Period] = {
            "This school year": self.period,
            "Last school year": school_year(today, 1),
            "This year": calendar_year(today),
        }
        self.usual: dict[str, Option] = {}
        flow = FlowLayout(self, MEDIUM)
        for label, period in usual.items():
            made = option(label, role="chip", one_of=True)
            made.picked.connect(lambda _on, period=period: self.choose(period))
            flow.addWidget(made)
            self.usual[label] = made
        self._periods = usual
        self.first = DateInput(Field(Kind.DATE, "From"), now)
        self.last = DateInput(Field(Kind.DATE, "To"), now)
        for day in (self.first, self.last):
            day.changed.connect(self._typed)
            # On which day of the week a period begins is nobody's question.
            day.brief()
        for word, day in (("From", self.first), ("to", self.last)):
            pair = QWidget()
            pair.setLayout(row(words(word, "muted"), day))
            flow.addWidget(pair)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show()

    def choose(self, period: Period) -> None:
        """Takes a period."""
        self.period = period
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        self.first.set_value(self.period[0])
        self.last.set_value(self.period[1])
        self._mark()

    def _mark(self) -> None:
        for label, made in self.usual.items():
            made.setChecked(self._periods[label] == self.period)

    def _typed(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or (first, last) == self.period:
            return
        self.period = (first, last)
        self._mark()
        self.chosen.emit()
