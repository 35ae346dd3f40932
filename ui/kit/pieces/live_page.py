"""A page that reads what it shows when it is seen, and again when something about it changed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from dpdesk.registers.entries import Changes
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.cards import PlainPage, row
from ui.kit.pieces.surroundings import Surroundings


class LivePage(AreaPage, PlainPage):
    """A page of an area that is no list of one register; a subclass says how it is read."""

    shows: ClassVar[frozenset[str]] = frozenset()
    """Registers of which something is shown here."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self._stale = True
        around.bus.changed.connect(self._changed)

    def read(self) -> None:
        """Reads everything afresh."""
        raise NotImplementedError

    def reload(self) -> None:
        """Reads afresh now."""
        self._stale = False
        self.read()

    def reload_when_seen(self) -> None:
        """Reads afresh, but not while nobody looks."""
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self, changes: Changes) -> None:
        if self.shows & changes.registers:
            self.reload_when_seen()

    def take_sub_bar(self, bar: QWidget) -> None:
        """Puts the way to the other pages of the area at the head."""
        self.body.insertLayout(0, row(bar, None))
