"""Boxes to tick: a line with words that wrap, and lines in columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.cards import words

SHORT: Final = 6
"""Lists to tick that are no longer than this stand in one column."""
_COLUMN = 300
_MOST_COLUMNS = 3
_BELOW = 500


class CheckLine(QWidget):
    """A box to tick with words that wrap, which those of Qt's own box do not."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.words = words(text, wraps=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(TINY)
        layout.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """The first line of the words stands level with the box."""
        super().showEvent(event)
        self.words.setMinimumHeight(self.box.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The words belong to the box."""
        if self.box.isEnabled() and event.button() is Qt.MouseButton.LeftButton:
            self.box.toggle()
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)


class TickColumns(QWidget):
    """Lines to tick in as many columns as there is room for, so that none hides behind a bar.

    The left column is filled first, as the keyboard goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QWidget] = []
        self._columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SMALL, TINY, SMALL, TINY)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(SMALL)
        # What is left below stays empty, or few lines would spread over all of it.
        self._grid.setRowStretch(_BELOW, 1)

    def add(self, line: QWidget) -> None:
        """Adds a line at the end."""
        line.setParent(self)
        self._lines.append(line)
        self._grid.addWidget(line, len(self._lines) - 1, 0)

    def arrange(self) -> None:
        """Deals the lines that are shown out over the columns."""
        shown = [line for line in self._lines if not line.isHidden()]
        columns = self._columns if len(shown) > SHORT else 1
        rows = -(-len(shown) // columns)
        for place, line in enumerate(shown):
            self._grid.addWidget(line, place % rows, place // rows, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """No wider than one column, so that several can always become one."""
        size = super().minimumSizeHint()
        return QSize(size.width() // max(self._columns, 1), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turns to more or fewer columns."""
        super().resizeEvent(event)
        columns = max(1, min(_MOST_COLUMNS, self.width() // _COLUMN))
        if columns != self._columns:
            self._columns = columns
            self.arrange()
