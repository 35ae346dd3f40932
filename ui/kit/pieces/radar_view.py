"""A radar picture: how far something has got on several axes, now and before.

What it shows is said in words to screen readers; the older line is dashed, so that nothing is told
by colour alone. The axes carry numbers, whose words stand beside the picture.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.look.theme import TINY, theme

Steps = tuple[int | None, ...]
"""A step from 0 for each axis, None where there is none."""

_SIDE: Final = 230
"""Pixels of the picture, at the least."""
_DOT: Final = 3.0


class RadarView(QWidget):
    """One line for now and one for before, over as many rings as there are steps."""

    def __init__(self, rings: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rings = rings
        self.now: Steps = ()
        self.before: Steps = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_steps(self, now: Steps, before: Steps, said: str) -> None:
        """Shows other steps; ``said`` is the whole picture in words."""
        self.now, self.before = now, before
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE, _SIDE)

    def corners(self, steps: Steps) -> list[QPointF]:
        """Where a line turns; axes without a step are left out."""
        return [self._place(axis, step) for axis, step in enumerate(steps) if step is not None]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the web, the line of before and that of now."""
        colours = theme().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._letters())
        axes = len(self.now)
        painter.setPen(QPen(QColor(colours.line), 1))
        for ring in range(self.rings):
            painter.drawPolygon(QPolygonF([self._place(axis, ring) for axis in range(axes)]))
        for axis in range(axes):
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(self._middle(), self._place(axis, self.rings - 1))
            painter.setPen(QColor(colours.muted))
            line = QFontMetricsF(self._letters()).height()
            at = self._at(axis, self._radius() + 0.7 * line)
            box = QRectF(at.x() - line, at.y() - line / 2, 2 * line, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(axis + 1))
        dashed = QPen(QColor(colours.muted), 1.5, Qt.PenStyle.DashLine)
        for steps, pen in ((self.before, dashed), (self.now, QPen(QColor(colours.accent), 2))):
            corners = self.corners(steps)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF(corners))
            if steps is self.now:
                painter.setBrush(QColor(colours.accent))
                for corner in corners:
                    painter.drawEllipse(corner, _DOT, _DOT)
        painter.end()

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _place(self, axis: int, step: float) -> QPointF:
        return self._at(axis, self._radius() * (step + 1) / self.rings)

    def _radius(self) -> float:
        line = QFontMetricsF(self._letters()).height()
        return min(self.width(), self.height()) / 2 - 1.3 * line - TINY

    def _at(self, axis: int, far: float) -> QPointF:
        angle = 2 * pi * axis / max(1, len(self.now)) - pi / 2
        middle = self._middle()
        return QPointF(middle.x() + far * cos(angle), middle.y() + far * sin(angle))

    def _letters(self) -> QFont:
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.92)
        return small
