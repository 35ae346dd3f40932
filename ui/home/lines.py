"""The lines of Home: a duty with its countdown, a gap with its number."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from dpdesk.registers.duties import Duty, Finding
from ui.kit.look.onlookers import discreet
from ui.kit.look.theme import MEDIUM, SMALL, TINY, set_role
from ui.kit.pieces.badges import Badge, BadgeLabel, due_badge
from ui.kit.pieces.cards import Card, words

_BADGE = 188
"""Room for the longest countdown, so that the duties stand below each other."""
_WAITING = Badge("Waiting", "mdi6.pause-circle-outline", "quiet", "Waiting for someone else")


def listing_card(title: str) -> Card:
    """A card for lines: their words, not their edges, stand below its heading."""
    card = Card(title)
    card.body.setContentsMargins(SMALL, MEDIUM, SMALL, MEDIUM)
    card.body.setSpacing(0)
    card.head.setContentsMargins(SMALL, 0, SMALL, TINY)
    return card


class _Line(QPushButton):
    """A line that is pressed as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self.row.setSpacing(SMALL)

    def put(self, widget: QWidget, stretch: int = 0) -> None:
        """Adds a part; the press goes through it to the line."""
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row.addWidget(widget, stretch)

    def sizeHint(self) -> QSize:
        """As high as its parts."""
        return self.row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as its parts, and as narrow as they may be."""
        return self.row.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """A long duty is broken into two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the words need."""
        return max(self.row.heightForWidth(width), self.row.minimumSize().height())


class DutyLine(_Line):
    """One duty. ``opened``: register, entry, place; ``step``: the line and 1 or -1."""

    opened = Signal(str, int, str)
    step = Signal(object, int)

    def __init__(self, duty: Duty, now: dt.datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duty = duty
        self.badge = BadgeLabel()
        box = QWidget()
        box.setFixedWidth(_BADGE)
        inside = QHBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.badge)
        inside.addStretch(1)
        self.put(box)
        said = words(duty.text, wraps=True)
        discreet(said)
        self.put(said, 1)
        self.put(words(duty.reference, "muted"))
        self.clicked.connect(self._open)
        self.tick(now)

    def tick(self, now: dt.datetime) -> None:
        """Shows the countdown as it stands now."""
        badge = due_badge(self.duty.due, now) or _WAITING
        self.badge.show_badge(badge)
        self.setAccessibleName(
            f"{badge.hint or badge.text}: {self.duty.text}, {self.duty.reference}"
        )
        self.setToolTip(badge.hint)

    def _open(self) -> None:
        self.opened.emit(self.duty.register, self.duty.entry_id, self.duty.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, arrows go to the next line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step.emit(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class FindingLine(_Line):
    """One gap. ``opened``: register and chip; no chip asks for a first entry."""

    opened = Signal(str, str)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        # Before a sentence ("No risk is on record") a number of its own would only puzzle.
        number = words("" if finding.count is None else f"{finding.count:,}", "accent")
        number.setFixedWidth(34)
        self.put(number)
        self.put(words(finding.said, wraps=True), 1)
        self.setAccessibleName(finding.told)
        self.setToolTip(finding.source)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self.opened.emit(self.finding.register, self.finding.chip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)
