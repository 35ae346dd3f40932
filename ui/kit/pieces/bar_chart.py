"""A small chart of upright bars, each with its number written above it and its name below.

The numbers stand there as words too: in the tool tip of each bar, and in the description that
screen readers say. Nothing is told by the height or the colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.kit.look.theme import SMALL, TINY, theme

_BARS_HIGH: Final = 84
"""Pixels of the highest bar, at the least."""
_WIDEST: Final = 44.0
"""A bar is never wider, in pixels, however few there are."""
_NARROWEST: Final = 28
_SHARE: Final = 0.62
"""The part of its place that a bar fills."""
_SEEN: Final = 2.0
"""A bar of any number but none is at least so high, in pixels."""
_ROUND: Final = 2.5


class BarChartView(QWidget):
    """Bars from left to right. ``name`` says what they count."""

    def __init__(
        self, bars: Sequence[tuple[str, int]] = (), name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bars: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme().changed.connect(self.update)
        self.show_bars(bars, name)

    def show_bars(self, bars: Sequence[tuple[str, int]], name: str = "") -> None:
        """Shows other bars: name and number of each, numbers from 0. "" leaves the name."""
        self.bars = tuple((str(label), int(number)) for label, number in bars)
        if name:
            self.setAccessibleName(name)
        self.setAccessibleDescription(self.spoken())
        self.updateGeometry()
        self.update()

    def spoken(self) -> str:
        """The whole chart in words: "2026: 12, 2027: none"."""
        return ", ".join(_said(bar) for bar in self.bars) or "Nothing to show"

    def sizeHint(self) -> QSize:
        """Room for every bar, its number and its name."""
        names = max((len(_lines(label)) for label, _ in self.bars), default=1)
        lines = (1 + names) * QFontMetricsF(self._letters()).height()
        wide = max(_NARROWEST, round(self._longest() + SMALL))
        return QSize(max(1, len(self.bars)) * wide, round(_BARS_HIGH + lines + 2 * TINY))

    def minimumSizeHint(self) -> QSize:
        """Narrower than that, names are shortened; the numbers stay."""
        return QSize(max(1, len(self.bars)) * _NARROWEST, self.sizeHint().height())

    def _names(self) -> list[list[str]]:
        """The name of each bar in its lines: more than one only where one has no room."""
        metrics = QFontMetricsF(self._letters())
        room = self.width() / max(1, len(self.bars)) - 2
        return [
            [label] if metrics.horizontalAdvance(label) <= room else _lines(label)
            for label, _ in self.bars
        ]

    def _foot(self) -> float:
        """How far down the bars stand: above their names, in as many lines as these take."""
        below = max((len(lines) for lines in self._names()), default=1)
        return self.height() - below * QFontMetricsF(self._letters()).height() - TINY

    def places(self) -> list[QRectF]:
        """Where each bar stands in the widget, from its foot to its top."""
        if not self.bars:
            return []
        foot = self._foot()
        room = max(1.0, foot - QFontMetricsF(self._letters()).height() - TINY)
        most = max(1, *(number for _, number in self.bars))
        step = self.width() / len(self.bars)
        wide = min(_WIDEST, step * _SHARE)
        found = []
        for place, (_, number) in enumerate(self.bars):
            high = max(_SEEN, room * number / most) if number else 0.0
            left = place * step + (step - wide) / 2
            found.append(QRectF(left, foot - high, wide, high))
        return found

    def event(self, event: QEvent) -> bool:
        """Says the number of the bar under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.bars:
            place = int(event.pos().x() * len(self.bars) / max(1, self.width()))
            if 0 <= place < len(self.bars):
                QToolTip.showText(event.globalPos(), _said(self.bars[place]), self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the bars with their numbers and names."""
        colours = theme().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = self._letters()
        metrics = QFontMetricsF(letters)
        painter.setFont(letters)
        names, foot = self._names(), self._foot()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(0, foot + 0.5), QPointF(self.width(), foot + 0.5))
        step = self.width() / max(1, len(self.bars))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for place, ((_, number), bar) in enumerate(zip(self.bars, self.places(), strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, _ROUND, _ROUND)
            above = QRectF(place * step, bar.top() - metrics.height(), step, metrics.height())
            painter.setPen(QColor(colours.text if number else colours.muted))
            painter.drawText(above, middle, f"{number:,}")
            painter.setPen(QColor(colours.muted))
            for row, words in enumerate(names[place]):
                top = foot + TINY + row * metrics.height()
                under = QRectF(place * step, top, step, metrics.height())
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, step - 2)
                painter.drawText(under, middle, shown)
        painter.end()

    def _letters(self) -> QFont:
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.92)
        return small

    def _longest(self) -> float:
        metrics = QFontMetricsF(self._letters())
        texts = [text for label, number in self.bars for text in (label, f"{number:,}")]
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)


def _said(bar: tuple[str, int]) -> str:
    label, number = bar
    return f"{label}: {number:,}" if number else f"{label}: none"


def _lines(label: str) -> list[str]:
    """A name in two lines where it has a space: "Jan 2027" as "Jan" above "2027"."""
    return label.split(" ", 1)
