"""The policy beside a request; for the educational record, the school's own promise as well."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.policy_panel import PolicyPanel


def _card(entry: Entry) -> str:
    return kind_rules(entry.values.get("kind")).kind.value


class RequestPolicyPanel(PolicyPanel):
    """Leads to the settings too, where the promise of 15 school days is switched on or off."""

    asks = True

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(desk, around, _card, parent)

    def draw(self, entry: Entry) -> None:
        """The promise first, as the date follows from it."""
        promise = kind_rules(entry.values.get("kind")).kind is RequestKind.EDUCATIONAL_RECORD
        if promise:
            self._promise()
        self.setVisible(self._policy(_card(entry)) or promise)

    def _promise(self) -> None:
        kept = self._desk.requests.requests.settings.targets().promised
        self.say(
            "The law sets no date for the educational record at an independent school. "
            + (
                "The date here is a promise: 15 school days or one month, whichever is shorter. "
                "If your school makes no such promise, switch it off."
                if kept
                else "The promise of 15 school days is switched off, so the date is one month."
            )
        )
        way = button("Settings of requests", role="link", does=self._settings)
        self.inside.addLayout(row(way, None))

    def _settings(self) -> None:
        self._around.navigator.open_page("settings", section="request_settings")
