"""The letters of a request, written from what is recorded."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Entry
from dpdesk.requests.correspondence import every_letter
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel


class RequestLettersPanel(RailPanel):
    """One button for each letter; gaps are said before it goes out."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__("Letters", parent)
        self._desk = desk
        self._around = around
        self._door = door

    def draw(self, entry: Entry) -> None:
        """The letters that can be written."""
        self.setVisible(bool(entry.id))
        for kind in self._desk.requests.letters.kinds(entry):
            made = button(kind.label, role="link", does=partial(self.write, kind.key))
            made.setToolTip(kind.help)
            self.inside.addLayout(row(made, None))

    def write(self, kind: str) -> None:
        """Writes a letter and offers it for printing or saving."""
        if self.entry is None:
            return
        label = every_letter()[kind].label
        try:
            # As it is saved now: a release or a part may be newer than the page.
            entry = self._desk.requests.requests.load(self.entry.id)
            letter = self._desk.requests.letters.write(kind, entry)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        notes = []
        if letter.missing:
            gaps = "; ".join(_asked_as(entry, name) for name in letter.missing)
            notes.append(f"Still to be filled in, and marked in the letter: {gaps}.")
        notes += letter.warnings
        self._door.offer(lambda: letter.content, f"{entry.reference} {label}", notes)


_FIELDS = {
    "what was asked for": "asked",
    "purposes": "purposes",
    "categories": "categories",
    "recipients": "recipients",
    "retention": "retention",
    "source of the data": "data_source",
    "automated decisions": "automated",
    "safeguards": "safeguards",
    "amount": "fee_amount",
    "why a fee can be charged": "fee_ground",
    "reasons for the fee": "fee_why",
    "reasons for refusal": "refusal_why",
    "why in this case": "refusal_why",
    "part refused": "refused_part",
    "what was left out, and why": "outcome",
    "reasons for the extension": "extension_why",
}
"""Which question of a request answers which gap of a letter."""


def _asked_as(entry: Entry, gap: str) -> str:
    """A gap of a letter, by the words of the question that fills it."""
    name = _FIELDS.get(gap)
    return f"“{entry.register.field(name).label}”" if name else gap
