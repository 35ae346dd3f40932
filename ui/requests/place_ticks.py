"""The places of a request that are not recorded yet, to be ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from dpdesk.registers.entries import Entry
from ui.kit.look.theme import LARGE, TINY
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import clear_layout, column, row

_FEW: Final = 6
"""Up to so many places stand below each other."""


class PlaceTicks(QWidget):
    """A box for each place; what was unticked stays so while the list changes around it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Entry, ...] = ()
        self.boxes: list[QCheckBox] = []
        places = QWidget(self)
        self._places = QGridLayout(places)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setVerticalSpacing(TINY)
        self._places.setHorizontalSpacing(LARGE)
        self._columns = 0
        self.all = button("Untick all", role="link", does=self._turn_all)
        layout = column(places, row(self.all, None), space=TINY)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_places(self, parts: Sequence[Entry]) -> None:
        """Shows these places, ticked unless they were unticked before."""
        away = {p.id for p, box in zip(self.parts, self.boxes, strict=True) if not box.isChecked()}
        clear_layout(self._places)
        self.parts, self.boxes = tuple(parts), []
        for part in parts:
            whom = part.values.get("asked_whom")
            name = f"{part.title} ({whom} was asked)" if whom else part.title
            # A sign that would be taken for a key of the keyboard otherwise.
            box = QCheckBox(name.replace("&", "&&"))
            box.setChecked(part.id not in away)
            box.toggled.connect(self._ticked)
            self.boxes.append(box)
        self._columns = 0
        self._lay()
        self._ticked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for a second column, or no longer."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """In two columns where all names fit: the questions below stay on the screen then."""
        widest = max((box.sizeHint().width() for box in self.boxes), default=0)
        columns = 2 if len(self.boxes) > _FEW and 2 * widest + LARGE <= self.width() else 1
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self.boxes) // columns)
        for number, box in enumerate(self.boxes):
            self._places.addWidget(box, number % rows, number // rows)
        self._places.setColumnStretch(1, columns - 1)
        self._places.setColumnStretch(0, 1)

    @property
    def chosen(self) -> list[Entry]:
        """The places that are ticked."""
        return [p for p, box in zip(self.parts, self.boxes, strict=True) if box.isChecked()]

    def tick(self, numbers: Collection[int]) -> None:
        """Ticks these places and no other."""
        for part, box in zip(self.parts, self.boxes, strict=True):
            box.setChecked(part.id in numbers)

    def _ticked(self) -> None:
        self.all.setText("Untick all" if self.chosen else "Tick all")
        self.changed.emit()

    def _turn_all(self) -> None:
        on = not self.chosen
        for box in self.boxes:
            box.setChecked(on)
