"""The reports that were sent, as they were sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.documents.shelf import Shelved
from dpdesk.law.words import long_moment
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.register.rail import RailPanel


class SentPanel(RailPanel):
    """One line for each report that is kept, with its paper."""

    def __init__(self, desk: Desk, door: PaperDoor, parent: QWidget | None = None) -> None:
        super().__init__("Reports as sent", parent)
        self._desk, self._door = desk, door

    def draw(self, entry: Entry) -> None:
        """The newest first."""
        cards = self._desk.breaches.reporting.frozen(entry.id) if entry.id else ()
        self.setVisible(bool(cards))
        for card in reversed(cards):
            kind = "Follow-up report" if card.kind == "follow_up" else "Initial report"
            self.inside.addWidget(words(f"{kind} ({card.number})", "strong", wraps=True))
            self.say(f"Kept {long_moment(card.made_at)}, {card.made_by}")
            paper = button("Paper as it was sent", role="link", does=partial(self._offer, card))
            paper.setAccessibleName(f"Paper of report {card.number} as it was sent")
            self.inside.addLayout(row(paper, None))
        if cards:
            self.say(
                "What was sent is never changed. When the regulator gives a reference, enter "
                "it under “Reports to the regulator”."
            )

    def _offer(self, card: Shelved) -> None:
        assert self.entry is not None
        self._door.offer(
            lambda: self._desk.breaches.reporting.content(card.id),
            f"{self.entry.reference} report {card.number} as sent",
        )
