"""Badges: where an entry stands and how long is left, as icon, word and tone together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.law import words
from dpdesk.law.moments import due_at
from ui.kit.look import icons
from ui.kit.look.theme import theme

if TYPE_CHECKING:
    from dpdesk.registers.entries import Entry

_PAD = 10.0
_GAP = 7.0
_ICON = 13.0
_HEIGHT = 23.0
_LONDON = ZoneInfo("Europe/London")
_SOON = dt.timedelta(days=7)
_PAST = "mdi6.calendar-check"
"""What stands beside a date that nothing hangs on any more."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge shows; ``tone`` is one of :data:`ui.kit.look.palette.TONES`."""

    text: str
    icon: str
    tone: str = "info"
    hint: str = ""
    """The whole sentence, for the tool tip and for screen readers."""


def due_badge(
    due: dt.date | str | None, now: dt.datetime, *, settled: bool = False
) -> Badge | None:
    """How far off a due date is; None where there is none.

    ``due`` may be a day, an aware moment, or either as the ISO text that lists hold. ``settled``
    says that nothing is left to do: then only the date is shown, without alarm.
    """
    if isinstance(due, str):
        due = due_at(due)
    if due is None:
        return None
    if settled:
        return Badge(words.short_date(due), _PAST, "quiet")
    if isinstance(due, dt.datetime):
        phrase = words.due_phrase(due, now)
        hint = f"{phrase}: {words.long_moment(due)}"
        if due < now:
            return Badge(phrase, "mdi6.alert-circle", "danger", hint)
        soon = due - now < dt.timedelta(days=3)
        return Badge(phrase, "mdi6.timer-sand", "warn" if soon else "info", hint)
    today = now.astimezone(_LONDON).date()
    days = (due - today).days
    hint = words.due_phrase(due, today)
    if days < 0:
        return Badge(hint, "mdi6.alert-circle", "danger", f"{hint}: {words.long_date(due)}")
    if days <= 1:
        return Badge("Today" if days == 0 else "Tomorrow", "mdi6.clock-alert-outline", "warn", hint)
    if due - today < _SOON:
        near = f"{words.day_name(due)} {due.day} {words.month_name(due)[:3]}"
        return Badge(near, "mdi6.clock-outline", "info", hint)
    year = "" if due.year == today.year else f" {due.year}"
    far = f"{due.day} {words.month_name(due)[:3]}{year}"
    return Badge(far, "mdi6.calendar-blank-outline", "quiet", hint)


def entry_due_badge(entry: Entry, now: dt.datetime) -> Badge | None:
    """How far off the due date of an entry is; without alarm once nothing is left to do."""
    states = entry.register.states
    settled = bool(states and entry.state) and not entry.register.state(entry.state).open
    return due_badge(entry.due, now, settled=settled)


def called_due(badge: Badge | None) -> Badge | None:
    """The same where no heading says what its date is: "Due 4 Dec"; overdue says so itself."""
    if badge is None or "due" in badge.text or "left" in badge.text:
        return badge
    day = badge.text.lower() if badge.text in {"Today", "Tomorrow"} else badge.text
    return replace(badge, text=f"{'Was due' if badge.icon == _PAST else 'Due'} {day}")


def badge_font(font: QFont) -> QFont:
    """The letters of a badge: a little smaller and heavier than the text around it."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.92)
    small.setWeight(QFont.Weight.DemiBold)
    return small


def badge_size(badge: Badge, font: QFont) -> QSize:
    """The room that a badge needs."""
    metrics = QFontMetricsF(badge_font(font))
    width = 2 * _PAD + _ICON + _GAP + metrics.horizontalAdvance(badge.text)
    return QSize(round(width + 0.5), round(max(_HEIGHT, metrics.height() + 5)))


def draw_badge(painter: QPainter, rect: QRectF, badge: Badge, font: QFont) -> None:
    """Draws a badge at the left of ``rect``, in its middle; shortened where it does not fit."""
    ink, ground = theme().colours.tone(badge.tone)
    size = badge_size(badge, font)
    width = min(float(size.width()), rect.width())
    pill = QRectF(0, 0, width, size.height())
    pill.moveCenter(QPointF(0, rect.center().y()))
    pill.moveLeft(rect.left())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The edge keeps the pill visible on a selected row, whose ground is close to that of a tone.
    edge = QColor(ink)
    edge.setAlphaF(0.22)
    painter.setPen(edge)
    painter.setBrush(QColor(ground))
    radius = pill.height() / 2
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    mark = QRectF(pill.left() + _PAD, pill.center().y() - _ICON / 2, _ICON, _ICON)
    icons.draw(painter, mark, badge.icon, ink)
    letters = badge_font(font)
    painter.setFont(letters)
    painter.setPen(QColor(ink))
    room = QRectF(mark.right() + _GAP, pill.top(), 0, pill.height())
    room.setRight(pill.right() - _PAD + 2)
    shown = QFontMetricsF(letters).elidedText(
        badge.text, Qt.TextElideMode.ElideRight, room.width() + 1
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class BadgeLabel(QWidget):
    """A badge as a widget; hidden while there is nothing to show."""

    def __init__(self, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.badge: Badge | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)
        self.show_badge(badge)

    def show_badge(self, badge: Badge | None) -> None:
        """Shows a badge, or nothing."""
        self.badge = badge
        self.setVisible(badge is not None)
        if badge is not None:
            self.setAccessibleName(badge.hint or badge.text)
            self.setToolTip(badge.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The room that the badge needs."""
        return badge_size(self.badge, self.font()) if self.badge else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """A badge is never cut off."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Takes the new size of letters."""
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the badge."""
        if self.badge is not None:
            painter = QPainter(self)
            draw_badge(painter, QRectF(self.rect()), self.badge, self.font())
            painter.end()
