"""Icons of one family (Material Design Icons 6), drawn in the colours of the moment.

An icon remembers the *name* of its colour, not the colour, and is drawn when it is shown; a
change of appearance therefore reaches every icon there is, without anybody setting it again.

The font and the names of its characters are those that QtAwesome ships, read straight from its
folder: importing it takes longer than everything else that the first window needs.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.kit.look.fonts import folder_of
from ui.kit.look.plain import CENTRE
from ui.kit.look.theme import theme

SIZE = 18
"""Side of an icon beside words, in pixels."""

_NOTHING = QColor(0, 0, 0, 0)
_UNKNOWN = "mdi6.circle-outline"
_FAMILY = "materialdesignicons6-webfont"


@cache
def _characters() -> str:
    """Which character is which icon, as JSON: "name": "hexadecimal number".

    Looked through as text, because seven thousand names take longer to read than a few to find.
    """
    place = next(Path(folder_of("qtawesome"), "fonts").glob(f"{_FAMILY}-charmap-*.json"))
    return place.read_text(encoding="utf-8")


def _number(name: str) -> str:
    found = re.search(rf'"{re.escape(name)}": "0x([0-9a-f]+)"', _characters())
    return found[1] if found else ""


@cache
def _family() -> str:
    """The name of the icon font, made known to Qt."""
    place = next(Path(folder_of("qtawesome"), "fonts").glob(f"{_FAMILY}-*.ttf"))
    number = QFontDatabase.addApplicationFont(str(place))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _glyph(name: str) -> str:
    """The character of an icon; a circle for a name that the family does not have."""
    number = _number(name.removeprefix("mdi6.")) or _number(_UNKNOWN.removeprefix("mdi6."))
    return chr(int(number, 16))


@cache
def _font(size: int) -> QFont:
    made = QFont(_family())
    made.setPixelSize(size)
    made.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return made


@cache
def _ink(colour: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    return palette


def known(name: str) -> bool:
    """Is there such an icon?"""
    return name == _UNKNOWN or _glyph(name) != _glyph(_UNKNOWN)


class _Engine(QIconEngine):
    """Draws one character of the icon font."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        """A copy, as Qt asks for."""
        return _Engine(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws the icon into ``rect``."""
        colours = theme().colours
        name = "faint" if mode is QIcon.Mode.Disabled else self._colour
        if colours.strong and state is QIcon.State.On:
            name = "chip"
        draw(painter, QRectF(rect), self._name, str(getattr(colours, name)))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """The icon as a picture of ``size`` real pixels."""
        pixmap = QPixmap(size)
        if pixmap.isNull():
            return pixmap
        pixmap.fill(_NOTHING)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a picture."""
        return self.scaledPixmap(size, mode, state, 1.0)


def draw(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Draws an icon in a colour "#RRGGBB" in the middle of ``rect``."""
    side = max(1, round(min(rect.width(), rect.height())))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(_font(side))
    middle = rect.center()
    square = QRectF(middle - QPointF(side, side), middle + QPointF(side, side))
    # The style puts the pen right; to do it here would load every name that Qt has.
    style, role = QApplication.style(), QPalette.ColorRole.WindowText
    style.drawItemText(painter, square.toRect(), CENTRE, _ink(colour), True, _glyph(name), role)
    painter.restore()


@cache
def icon(name: str, colour: str = "text") -> QIcon:
    """An icon such as "mdi6.printer-outline", in a colour by its name in the palette."""
    return QIcon(_Engine(name, colour))


class IconLabel(QLabel):
    """An icon beside words. It carries no meaning of its own and is silent to screen readers."""

    def __init__(
        self, name: str, colour: str = "muted", size: int = SIZE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._size = name, colour, size
        self.setFixedSize(size, size)
        theme().changed.connect(self.update)

    def show_icon(self, name: str, colour: str | None = None) -> None:
        """Shows another icon, or the same in another colour."""
        self._name = name
        self._colour = colour or self._colour
        self.update()

    def paintEvent(self, _event: object) -> None:
        """Draws the icon in the colours of the moment."""
        painter = QPainter(self)
        colour = str(getattr(theme().colours, self._colour))
        draw(painter, QRectF(self.rect()), self._name, colour)
        painter.end()
