"""Numbers with what they count, one below the other, on the pages of figures."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.kit.look.theme import TINY
from ui.kit.pieces.cards import clear_layout, help_words, row, words

_NARROW = 40
"""Room for a number that counts entries, in pixels."""


class CountedLines(QVBoxLayout):
    """Lines of a number and its label; with none it says so."""

    def __init__(self, *, width: int = _NARROW) -> None:
        super().__init__()
        self._width = width
        self.setSpacing(TINY)

    def show_lines(self, counted: Iterable[tuple[str, str]]) -> None:
        """Shows each label with its number, as it is written, in this order."""
        clear_layout(self)
        lines = [self._line(label, number) for label, number in counted]
        if not lines:
            self.addWidget(help_words("None in this period."))
        for line in lines:
            self.addLayout(line)
        self.addStretch(1)

    def _line(self, label: str, number: str) -> QHBoxLayout:
        figure = words(number, "accent")
        figure.setFixedWidth(self._width)
        return row(figure, words(label, wraps=True))


def below_bar(label: str) -> str:
    """The month alone, with its year in January: "Oct", "Jan 2027"; a year stays as it is."""
    month = label.partition(" ")[0]
    return label if month == "Jan" else month
