"""How far something is: a bar, and the same in words."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.cards import row, words

_BAR = 120


class Meter(QWidget):
    """A bar with words beside it, for those who read and for those who look."""

    def __init__(self, name: str, parent: QWidget | None = None, *, bar: int = _BAR) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(bar)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.says = words("", "muted")
        self.setLayout(row(self.bar, self.says, None, space=MEDIUM))

    def show_count(self, done: int, of: int, text: str) -> None:
        """Shows that so many of so many are done, and says it."""
        self.bar.setRange(0, max(of, 1))
        # An empty register has nothing left to do, and nothing to be proud of.
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(text)
        self.says.setText(text)
