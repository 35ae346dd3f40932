"""A card beside an entry with a few things to do with it."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.registers.entries import Entry
from ui.kit.pieces.cards import Card


class ActionPanel(Card):
    """Shown for entries that are saved; ``follow`` is told of each entry that is shown."""

    def __init__(self, title: str, follow: Callable[[Entry], object] | None = None) -> None:
        super().__init__(title)
        self._follow = follow

    def show_entry(self, entry: Entry) -> None:
        """Follows the page."""
        self.setVisible(bool(entry.id))
        if self._follow is not None:
            self._follow(entry)
