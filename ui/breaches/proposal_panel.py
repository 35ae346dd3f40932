"""What the answers point to: report or not, with every reason; the decision is a person's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.law.risk import Level, Proposal
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row
from ui.kit.register.rail import RailPanel

_NAMED = 3
_LOOKS = {
    Level.NOT_REPORTABLE: ("mdi6.check-circle-outline", "ok", "No report needed"),
    Level.REPORT: ("mdi6.send-outline", "warn", "Report it"),
    Level.REPORT_AND_TELL: ("mdi6.account-alert-outline", "danger", "Report it and tell people"),
}


class ProposalPanel(RailPanel):
    """The proposal as it follows from what is typed. ``taken`` carries the code of a decision."""

    taken = Signal(str)
    print_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What the answers point to", parent)
        self._desk = desk
        self.proposal: Proposal | None = None
        self._decided = ""
        made = icon_button("Print this with the decision", "mdi6.printer-outline", does=self._print)
        self.head.addWidget(made)

    def _print(self) -> None:
        if self.entry is not None:
            self.print_asked.emit(self.entry)

    def draw(self, entry: Entry) -> None:
        """The proposal for what is saved."""
        self._show(entry.values if entry.id else {})

    def preview(self, values: Mapping[str, Any]) -> None:
        """The proposal for what is typed."""
        if self.entry is None or not self.entry.id or values.get("aware") is None:
            return
        found = self._desk.breaches.breaches.proposal(values)
        if found != self.proposal or self._decided != (values.get("decision") or ""):
            self.clear()
            self._show(values)

    def _show(self, values: Mapping[str, Any]) -> None:
        self.setVisible(bool(values))
        if not values:
            return
        found = self.proposal = self._desk.breaches.breaches.proposal(values)
        self._decided = values.get("decision") or ""
        icon, tone, label = _LOOKS[found.level]
        badge = BadgeLabel()
        self.inside.addLayout(row(badge, None))
        badge.show_badge(Badge(label, icon, tone, found.level.label))
        for reason in found.reasons:
            self.say(reason.text, "")
            self.say(". ".join(part for part in (reason.source, reason.caution) if part))
        if found.missing:
            self.say(f"These answers would help: {_listed(found.missing)}.", "")
        self.say("This is a proposal. The data protection officer decides and gives the reason.")
        if self._decided != found.level.code:
            take = button(
                "Use this as the decision",
                "mdi6.gavel",
                does=lambda: self.taken.emit(found.level.code),
            )
            self.inside.addLayout(row(take, None))


def _listed(missing: Sequence[str]) -> str:
    """What is not known yet; the first few by name, so that the proposal itself stays in sight."""
    named = "; ".join(missing[:_NAMED])
    rest = len(missing) - _NAMED
    return f"{named}; and {count(rest, 'more answer')}" if rest > 0 else named
