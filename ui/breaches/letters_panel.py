"""Letters and papers of a breach: to the people concerned, for all, and about equipment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.breaches.reporting import GROUPS
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel

if TYPE_CHECKING:
    from dpdesk.papers.letters import Letter

_FIELDS = {
    "what happened": "for_people",
    "date it happened": "occurred",
    "kinds of data": "data_kinds",
    "consequences": "consequences",
    "what we have done": "remedy",
}
"""Which question of an incident fills which gap of a letter."""


class LettersPanel(RailPanel):
    """One button for each letter that this incident may need."""

    many_asked = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__("Letters", parent)
        self._desk = desk
        self._around = around
        self._door = door

    def draw(self, entry: Entry) -> None:
        """The letters for the groups of people concerned, then what is for everybody."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        needed = self._desk.breaches.reporting.groups(entry)
        for group in (*needed, *(each for each in GROUPS if each not in needed)):
            made = button(GROUPS[group], role="link", does=partial(self.write, group))
            made.setToolTip("In plain words: what happened, what it may mean, what you can do.")
            self.inside.addLayout(row(made, None))
        many = button("To many people…", role="link", does=self.many_asked.emit)
        many.setToolTip("A letter for each person on a list, or the data for a mail merge.")
        self.inside.addLayout(row(many, None))
        notice = button("Public notice", role="link", does=self.write_notice)
        notice.setToolTip(
            "Instead of letters, if writing to each person would take disproportionate effort."
        )
        self.inside.addLayout(row(notice, None))
        if entry.values.get("equipment") == "yes":
            paper = button("Equipment report", role="link", does=self.print_equipment)
            paper.setToolTip(
                "The written report for the head teacher and the data protection officer."
            )
            self.inside.addLayout(row(paper, None))

    def write(self, group: str) -> None:
        """Writes the letter for a group and offers it."""
        entry = self._now()
        if entry is not None:
            self._offer(lambda: self._desk.breaches.reporting.letter(entry, group), GROUPS[group])

    def write_first(self) -> None:
        """Writes the letter for the first group concerned."""
        entry = self._now()
        if entry is not None:
            self.write(self._desk.breaches.reporting.groups(entry)[0])

    def write_notice(self) -> None:
        """Writes the public notice and offers it."""
        entry = self._now()
        if entry is not None:
            self._offer(lambda: self._desk.breaches.reporting.notice(entry), "Public notice")

    def print_equipment(self) -> None:
        """Offers the written report on equipment."""
        entry = self._now()
        if entry is not None:
            self._door.offer(
                lambda: self._desk.breaches.reporting.equipment(entry).content,
                f"{entry.reference} equipment report",
            )

    def _now(self) -> Entry | None:
        """The incident as it is saved; a part may be newer than the page."""
        if self.entry is None or not self.entry.id:
            return None
        return self._desk.breaches.breaches.load(self.entry.id)

    def _offer(self, make: Callable[[], Letter], name: str) -> None:
        assert self.entry is not None
        try:
            letter = make()
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        notes = []
        if letter.missing:
            gaps = "; ".join(self._asked_as(gap) for gap in letter.missing)
            notes.append(f"Still to be filled in, and marked in the letter: {gaps}.")
        notes += letter.warnings
        self._door.offer(lambda: letter.content, f"{self.entry.reference} {name}", notes)

    def _asked_as(self, gap: str) -> str:
        """A gap of a letter, by the words of the question that fills it."""
        name = _FIELDS.get(gap)
        return f"“{self._desk.breaches.breaches.register.field(name).label}”" if name else gap
