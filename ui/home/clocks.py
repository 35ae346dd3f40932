"""The live countdowns of open breaches, on Home where nobody can overlook them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.law.words import long_moment
from dpdesk.overview.answers import DutyGroup
from dpdesk.registers.duties import Duty
from ui.kit.look.onlookers import discreet
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.badges import BadgeLabel, due_badge
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row
from ui.kit.pieces.surroundings import Surroundings

_TICK = 10_000
_MOST = 4


class ClocksCard(Card):
    """One countdown for each breach that may still have to be reported; hidden without any."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("72 hours", parent=parent)
        self._around = around
        self._clocks: list[Duty] = []
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
        """Stops the clocks while they are out of sight."""
        super().hideEvent(event)
        self._timer.stop()

    def show_clocks(self, groups: Iterable[DutyGroup]) -> None:
        """Shows the duties whose hours run, the most urgent of each entry."""
        found: dict[tuple[str, int], Duty] = {}
        for group in groups:
            for duty in group.duties:
                if duty.counts_down:
                    found.setdefault((duty.register, duty.entry_id), duty)
        clocks = list(found.values())
        if clocks != self._clocks:
            self._clocks = clocks
            self._build()
        self.setVisible(bool(clocks))
        self._tick()

    def _build(self) -> None:
        clear_layout(self._list)
        self.badges = []
        for duty in self._clocks[:_MOST]:
            self._list.addWidget(self._line(duty))
        if rest := self._clocks[_MOST:]:
            go = partial(self._around.navigator.open_page, rest[0].register, chip="report_due")
            self._list.addWidget(button(f"{len(rest)} more", role="link", does=go))

    def _line(self, duty: Duty) -> QWidget:
        badge = BadgeLabel()
        self.badges.append(badge)
        go = partial(self._around.navigator.open_entry, duty.register, duty.entry_id, duty.place)
        opens = button(duty.reference, role="link", does=go)
        opens.setAccessibleName(f"Open {duty.reference}: {duty.text}")
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addLayout(row(badge, None, opens))
        told = help_words(duty.text, "")
        discreet(told)
        layout.addWidget(told)
        if isinstance(duty.due, dt.datetime):
            layout.addWidget(help_words(f"By {long_moment(duty.due)}"))
        return box

    def _tick(self) -> None:
        now = self._around.now()
        for badge, duty in zip(self.badges, self._clocks, strict=False):
            badge.show_badge(due_badge(duty.due.isoformat() if duty.due else None, now))
