"""What holds up the disposal of a holding, and what might be in it: each with the way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.retention.due_lines import held_words

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_MOST = 6
"""Open matters that might be in it; more are named by their number alone."""


class BlocksPanel(RailPanel):
    """Holds, and open matters to look for."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Holds", parent)
        self._desk, self._around = desk, around

    def draw(self, entry: Entry) -> None:
        """Nothing for what is new or gone."""
        here = bool(entry.id) and entry.state != "disposed"
        self.setVisible(here)
        if not here:
            return
        blocks = self._desk.retention.holdings.blocks(entry.id)
        for block in blocks:
            self.say(f"{held_words([block])}.", "strong")
            if block.why:
                self.say(block.why)
            if block.reference:
                self._offer(block.register, block.entry_id, block.reference)
        if blocks:
            self.say("Until then, none of it may be disposed of.")
        else:
            self.say("Nothing prevents its disposal.")
        matters = self._desk.retention.holdings.to_look_for(entry.id)
        if matters:
            self.say(
                "It is about several people. Before it is disposed of, check whether "
                "these are in it:"
            )
        for touch in matters[:_MOST]:
            self._offer(touch.register, touch.entry_id, touch.reference)
        if len(matters) > _MOST:
            self.say(f"and {len(matters) - _MOST} more")

    def _offer(self, register: str, number: int, reference: str) -> None:
        go = button(f"Open {reference}", "mdi6.open-in-new", role="link")
        go.clicked.connect(partial(self._around.navigator.open_entry, register, number))
        self.inside.addLayout(row(go, None))
