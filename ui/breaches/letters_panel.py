"""Letters and papers of a breach: to the people concerned, for all, and about equipment."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.breaches.telling import GROUPS, NOTICE
from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.register.rail import RailPanel


class BreachLettersPanel(RailPanel):
    """One button for each letter that this incident may need; ``asked`` carries which."""

    asked = Signal(str)
    given_asked = Signal()
    """The equipment report was printed: when was it given?"""

    def __init__(self, desk: Desk, door: PaperDoor, parent: QWidget | None = None) -> None:
        super().__init__("Letters", parent)
        self._desk, self._door = desk, door

    def draw(self, entry: Entry) -> None:
        """The letters for the groups of people concerned, then what is for everybody."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        needed = self._desk.breaches.reporting.groups(entry)
        for group in (*needed, *(each for each in GROUPS if each not in needed)):
            made = button(GROUPS[group], role="link", does=partial(self.asked.emit, group))
            made.setToolTip("To one person or many. You see and change the words first.")
            self.inside.addLayout(row(made, None))
        notice = button("Public notice", role="link", does=partial(self.asked.emit, NOTICE))
        notice.setToolTip(
            "Instead of letters, if writing to each person would take disproportionate effort."
        )
        self.inside.addLayout(row(notice, None))
        if self._desk.breaches.breaches.with_equipment(entry.values):
            paper = button("Equipment report", role="link", does=self.print_equipment)
            paper.setToolTip(
                "The written report for the head teacher and the data protection officer."
            )
            self.inside.addLayout(row(paper, None))

    def first(self, entry: Entry) -> str:
        """The letter for the first group concerned."""
        return self._desk.breaches.reporting.groups(entry)[0]

    def print_equipment(self) -> None:
        """Offers the written report on equipment, and says what it still lacks."""
        if self.entry is None or not self.entry.id:
            return
        entry = self._desk.breaches.breaches.load(self.entry.id)
        made = self._desk.breaches.reporting.equipment(entry)
        gaps = self._desk.breaches.reporting.equipment_gaps(entry)
        notes = [f"Not answered yet: {'; '.join(gaps)}."] if gaps else []
        self._door.offer(lambda: made.content, f"{entry.reference} equipment report", notes)
        self.given_asked.emit()
