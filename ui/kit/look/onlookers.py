"""What somebody who looks over a shoulder may not read: names are smeared, until a key is held.

``onlookers()`` is the one of this application. ``discreet(widget)`` smears a label while names
are hidden; what paints by hand asks ``onlookers().hides`` and draws with ``words_smeared``. Only
the picture is smeared: a screen reader, whose words nobody else sees, reads everything.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsEffect, QWidget
from shiboken6 import isValid

KEY: Final = Qt.Key.Key_F8
"""Shows names as long as it is held."""
_COARSE: Final = 9
"""Pixels that become one: the letters of a line of text are gone, and its length is still seen."""


class Blurred(StrEnum):
    """Where names are smeared."""

    NOWHERE = "nowhere"
    HOME = "home"
    LISTS = "lists"
    """On Home and in lists."""


class Onlookers(QObject):
    """What is hidden from them at the moment; ``changed`` fires when that is another.

    ``away``: the whole window is smeared while another program is used.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._where = Blurred.NOWHERE
        self._held = False
        self.away = False

    @property
    def where(self) -> Blurred:
        """Where names are smeared while no key is held."""
        return self._where

    def blur(self, where: Blurred | str) -> None:
        """Chooses where names are smeared. What is not known counts as nowhere."""
        known = where in set(Blurred)
        self._set(Blurred(where) if known else Blurred.NOWHERE, held=False)

    def hold(self, *, held: bool) -> None:
        """The key is pressed, or let go of."""
        self._set(self._where, held=held)

    def _set(self, where: Blurred, *, held: bool) -> None:
        if (where, held) != (self._where, self._held):
            self._where, self._held = where, held
            self.changed.emit()

    def hides(self, where: Blurred) -> bool:
        """Are names hidden there now?"""
        if self._held or self._where is Blurred.NOWHERE:
            return False
        return self._where is where or self._where is Blurred.LISTS


def onlookers() -> Onlookers:
    """The one of the running application, made on first use."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if not _made or not isValid(_made[0]) or _made[0].parent() is not application:
        _made[:] = [Onlookers(application)]
    return _made[0]


_made: list[Onlookers] = []
"""It, once it is made."""


def words_smeared(painter: QPainter, room: QRectF, flags: int, text: str) -> None:
    """Draws words that nobody can read where ``drawText`` would draw them, with the same pen."""
    ratio = painter.device().devicePixelRatioF()
    picture = QPixmap((room.size() * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    inside = QPainter(picture)
    inside.setFont(painter.font())
    inside.setPen(painter.pen())
    inside.drawText(QRectF(QPointF(), room.size()), flags, text)
    inside.end()
    painter.drawPixmap(room.topLeft(), smeared(picture))


def smeared(picture: QPixmap) -> QPixmap:
    """A picture in which no letter can be made out; as large as it was."""
    ratio = picture.devicePixelRatio()
    coarse = max(1, round(_COARSE * ratio))
    small = picture.scaled(
        max(1, picture.width() // coarse),
        max(1, picture.height() // coarse),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    made = small.scaled(
        picture.size(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    made.setDevicePixelRatio(ratio)
    return made


class _Smear(QGraphicsEffect):
    """Smears the widget that it belongs to while names are hidden there."""

    def __init__(self, where: Blurred, parent: QWidget) -> None:
        super().__init__(parent)
        self._where = where
        self.follow()
        onlookers().changed.connect(self.follow)

    def follow(self) -> None:
        """Hides or shows, as it stands now."""
        self.setEnabled(onlookers().hides(self._where))

    def draw(self, painter: QPainter) -> None:
        """Draws the widget without its letters."""
        offset = QPoint()
        # Qt writes the place of the picture into the point that it is given.
        picture = self.sourcePixmap(Qt.CoordinateSystem.LogicalCoordinates, offset)
        painter.drawPixmap(offset, smeared(picture))


def discreet(widget: QWidget, where: Blurred = Blurred.HOME) -> None:
    """Smears a widget that may name somebody, while names are hidden there."""
    widget.setGraphicsEffect(_Smear(where, widget))
