"""The pupils to whom an adult belongs, on the adult's page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from dpdesk.people.service import PeopleService
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card


class ChildrenPanel(Card):
    """A line for each pupil, which opens the pupil; hidden where there is none."""

    opened = Signal(int)

    def __init__(self, people: PeopleService) -> None:
        super().__init__("Parent or contact of")
        self._people = people
        self._lines: list[QPushButton] = []

    def show_entry(self, entry: Entry) -> None:
        """Shows the pupils of this adult."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        found = self._people.children_of(entry.id) if entry.id else ()
        for number, name in found:
            made = button(name, role="link", does=partial(self.opened.emit, number))
            self._lines.append(made)
            self.add(made)
        self.setVisible(bool(found))
