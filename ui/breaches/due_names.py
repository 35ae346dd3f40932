"""What is due next in each incident of a list, read for those that are looked at."""

from __future__ import annotations

from dataclasses import replace

from dpdesk.desk import Desk
from dpdesk.registers.entries import Listing
from ui.kit.pieces.badges import Badge, due_badge
from ui.kit.pieces.surroundings import Surroundings

_AROUND = 60
"""So many rows before and after the one that is drawn are read with it."""


class DueNames:
    """Makes the badges of the column "Due"; reads again when the list was read again."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        self._desk, self._around = desk, around
        self._listing: Listing | None = None
        self._names: dict[int, str] = {}
        self._read: set[int] = set()

    def badge(self, listing: Listing, row: int) -> Badge | None:
        """The due date of a row with what is due."""
        column = next(n for n, one in enumerate(listing.columns) if one.name == "due")
        state = listing.register.state(listing.rows[row][3] or "")
        made = due_badge(listing.raw(row, column), self._around.now(), settled=not state.open)
        if made is None:
            return None
        name = self._name(listing, row)
        return replace(made, text=f"{name}: {made.text}") if name else made

    def _name(self, listing: Listing, row: int) -> str:
        if listing is not self._listing:
            self._listing, self._names, self._read = listing, {}, set()
        number = listing.id(row)
        if number not in self._read:
            rows = range(max(0, row - _AROUND), min(len(listing.rows), row + _AROUND))
            numbers = [listing.id(each) for each in rows]
            self._names |= self._desk.breaches.breaches.due_names(numbers)
            self._read |= set(numbers)
        return self._names.get(number, "")
