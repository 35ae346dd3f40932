"""A colour for each school that one person serves, so that none is taken for another.

Never alone: the name of the school stands in the title of the window, the name of the folder beside
the colour.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.kit.look.icons import SIZE
from ui.kit.look.theme import theme

COLOURS: Final = (
    ("blue", "#2F6FB5", "#6FA8E6"),
    ("orange", "#B0570F", "#F0A35E"),
    ("green", "#2A7D4F", "#6FCB97"),
    ("purple", "#7A4FA3", "#BE97E3"),
    ("red", "#B23A48", "#F08C98"),
    ("brown", "#75593A", "#CDAE8A"),
)
"""What each is called, and how it looks on light and on dark ground."""
_HIGH: Final = 5


def name_of(colour: int) -> str:
    """What a colour is called."""
    return COLOURS[colour % len(COLOURS)][0]


def _ink(colour: int) -> QColor:
    _name, light, dark = COLOURS[colour % len(COLOURS)]
    return QColor(dark if theme().colours.dark else light)


def swatch(colour: int) -> QIcon:
    """A square of the colour, to stand beside a name."""
    pixels = QPixmap(SIZE, SIZE)
    pixels.fill(_ink(colour))
    return QIcon(pixels)


class SchoolStrip(QWidget):
    """A band over the window in the colour of the school; hidden until ``show_school``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = 0
        self.setFixedHeight(_HIGH)
        self.hide()

    def show_school(self, colour: int) -> None:
        """Shows the colour."""
        self.colour = colour
        self.setAccessibleName(f"The colour of this school is {name_of(colour)}")
        self.setToolTip(self.accessibleName())
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All of it in one colour, as the theme of the moment has it."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), self.height()), _ink(self.colour))
        painter.end()
