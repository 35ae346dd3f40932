"""What a class of the schedule keeps, and what a change of it would move."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dpdesk.law.words import count, long_date
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry
    from dpdesk.retention.holding_questions import Moving

_SHOWN = 5
MOST = 5_000
"""Holdings of a class up to which a change is worked out while it is typed."""


class ClassPanel(RailPanel):
    """How many holdings the class has, and how many the change that is typed would move."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Holdings of this class", parent)
        self._desk, self._around = desk, around

    def draw(self, entry: Entry) -> None:
        """As it is saved."""
        self._draw(entry, None)

    def preview(self, values: Mapping[str, Any]) -> None:
        """As it would be with what is typed."""
        entry = self.entry
        if entry is None or not entry.id:
            return
        number = self._desk.retention.questions.number_of(entry.id)
        moving = None
        if 0 < number <= MOST:
            moving = self._desk.retention.questions.moved_by(entry.id, values)
        self.clear()
        self._draw(entry, moving)
        if number > MOST:
            self.say("When you save, dpdesk says which of them move; you can undo that.", "strong")

    def _draw(self, entry: Entry, moving: Moving | None) -> None:
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        if moving is not None and moving.moved:
            self.say(f"If you save this: {moved_words(moving)}", "strong")
        number = self._desk.retention.questions.number_of(entry.id)
        if not number:
            self.say("No holdings have been entered yet.")
            return
        self.say(f"{count(number, 'holding')}.")
        for place in self._desk.retention.questions.of_class(entry.id, _SHOWN):
            go = button(place.reference, role="link", hint=place.title)
            go.setAccessibleName(f"Open {place.reference} {place.title}")
            go.clicked.connect(
                partial(self._around.navigator.open_entry, "holdings", place.entry_id)
            )
            self.inside.addLayout(row(go, None))
            self.say(place.title)
        if number > _SHOWN:
            self.say(f"and {number - _SHOWN:,} more")


def moved_words(moving: Moving) -> str:
    """For example "2 holdings move, all later. The first falls due on …"."""
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (moving.earlier, "earlier"),
            (moving.later, "later"),
            (moving.begun, "for the first time"),
            (moving.ended, "no longer at all"),
        )
        if number
    ]
    verb = "falls" if moving.moved == 1 else "fall"
    said = f"{count(moving.moved, 'holding')} {verb} due on another day: {', '.join(parts)}."
    if moving.first is not None and moving.first == moving.last:
        said += f" The new day is {long_date(moving.first)}."
    elif moving.first is not None and moving.last is not None:
        said += f" The new days are {long_date(moving.first)} to {long_date(moving.last)}."
    if moving.at_once:
        said += f" {moving.at_once:,} would be due now."
    return said
