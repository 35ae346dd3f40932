"""The live countdowns of open breaches, on Home where nobody can overlook them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.breaches.rules import Countdown
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_moment
from dpdesk.registers.entries import Entry
from ui.kit.badges import BadgeLabel, due_badge
from ui.kit.buttons import button
from ui.kit.cards import Card, clear_layout, help_words, row
from ui.kit.surroundings import Surroundings
from ui.kit.theme import SMALL, TINY

_TICK = 10_000
_MOST = 4


class ClocksCard(Card):
    """One countdown for each breach that may still have to be reported; hidden without any."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("72 hours", parent=parent)
        self._desk, self._around = desk, around
        self._clocks: list[tuple[Entry, Countdown]] = []
        self.badges: list[BadgeLabel] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SMALL)
        self.add(self._list)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """The countdowns run while they are seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def show_clocks(self) -> None:
        """Reads the open breaches afresh."""
        try:
            clocks = self._desk.breaches.breaches.countdowns()
        except DpdeskError:
            # Home says so above its duties.
            return
        if clocks != self._clocks:
            self._clocks = clocks
            self._build()
        self.setVisible(bool(clocks))
        self._tick()

    def _build(self) -> None:
        clear_layout(self._list)
        self.badges = []
        for entry, clock in self._clocks[:_MOST]:
            self._list.addWidget(self._line(entry, clock))
        if len(self._clocks) > _MOST:
            go = partial(self._around.navigator.open_page, "breaches", chip="report_due")
            more = button(f"{len(self._clocks) - _MOST} more", role="link", does=go)
            self._list.addWidget(more)

    def _line(self, entry: Entry, clock: Countdown) -> QWidget:
        badge = BadgeLabel()
        self.badges.append(badge)
        go = partial(self._around.navigator.open_entry, "breaches", entry.id)
        opens = button(entry.reference, role="link", does=go, hint=entry.title)
        opens.setAccessibleName(f"Open {entry.reference} {entry.title}")
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addLayout(row(badge, None, opens))
        layout.addWidget(help_words(entry.title, ""))
        layout.addWidget(help_words(f"Report by {long_moment(clock.due)}"))
        return box

    def _tick(self) -> None:
        now = self._around.now()
        for badge, (_, clock) in zip(self.badges, self._clocks, strict=False):
            badge.show_badge(due_badge(clock.due.isoformat(), now))
