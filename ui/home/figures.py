"""Three figures on Home, this term beside the last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.overview.home_figures import HomeFigure
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.cards import Card, clear_layout, column, row, words


class FiguresCard(Card):
    """What was counted this term, with what it was before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("This term", parent=parent)
        self._list = QVBoxLayout()
        self._list.setSpacing(SMALL)
        self.add(self._list)
        self._shown: tuple[HomeFigure, ...] = ()

    def show_figures(self, found: Sequence[HomeFigure]) -> None:
        """Shows them, unless they are there already."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        clear_layout(self._list)
        for each in found:
            value = words(each.value, "strong")
            value.setAccessibleName(f"{each.title}: {each.value}. {each.before}")
            line = row(words(each.title, wraps=True), value)
            line.setStretch(0, 1)
            self._list.addLayout(column(line, words(each.before, "muted"), space=TINY))
