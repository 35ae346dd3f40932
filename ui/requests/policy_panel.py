"""Where the school's own policy is older than the law, or promises more than it asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.register.rail import RailPanel


class PolicyPanel(RailPanel):
    """A sentence or two for the kinds of request of which the policy says something else.

    ``settings_asked``: where the promise of the policy is switched off.
    """

    settings_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Your policy and the law", parent)
        self._desk = desk

    def draw(self, entry: Entry) -> None:
        """What the policy says, what the law says, and which of them dpdesk follows."""
        rules = kind_rules(entry.values.get("kind"))
        self.setVisible(bool(rules.policy))
        if not rules.policy:
            return
        self.say(rules.policy)
        if rules.kind is not RequestKind.EDUCATIONAL_RECORD:
            self.say("dpdesk follows the law. Your policy should be brought up to date.")
            return
        kept = self._desk.requests.requests.settings.targets().promised
        self.say(
            "The date follows your policy, which is the earlier."
            if kept
            else "The promise is switched off, so the date is one month."
        )
        way = button("Settings of requests", role="link", does=self.settings_asked.emit)
        self.inside.addLayout(row(way, None))
