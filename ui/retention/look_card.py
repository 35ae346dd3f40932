"""Open matters that might be in a box of many people: look for each of them, and tick it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from dpdesk.law.words import listed
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.registers.matters import Touch
    from dpdesk.retention.disposal_rules import Judgement

_NAMED = 4
"""References and names that are told; more would not be read."""


class LookCard(Card):
    """One box to tick for each open matter; hidden where there is none."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Check first", parent=parent)
        self._around = around
        self.boxes: dict[str, QCheckBox] = {}
        self._says = help_words("")
        self.add(self._says)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SMALL)
        self.add(self._lines)
        self.hide()

    def show_matters(self, judgements: Sequence[Judgement], confirmed: Sequence[str] = ()) -> None:
        """Asks about every matter that somebody must look for and nobody has confirmed yet."""
        ticked = set(self.looked)
        known = {each.upper() for each in confirmed}
        matters: dict[str, Touch] = {}
        where: list[str] = []
        for each in judgements:
            fresh = [touch for touch in each.to_look_for if touch.reference.upper() not in known]
            matters |= {touch.reference: touch for touch in fresh}
            where += [each.reference] if fresh else []
        if list(matters) != list(self.boxes):
            self._draw(matters, ticked)
        self._says.setText(
            f"{_some(where)} {'holds' if len(where) == 1 else 'hold'} records of several "
            "people. dpdesk cannot know whose records are in there. Check, and tick each "
            "of these once you are sure that nothing it concerns is in there."
        )
        self.setVisible(bool(matters))

    def _draw(self, matters: dict[str, Touch], ticked: set[str]) -> None:
        clear_layout(self._lines)
        self.boxes = {}
        for reference, touch in matters.items():
            said = touch.said.removeprefix("the ")
            box = QCheckBox(said[0].upper() + said[1:], self)
            box.setChecked(reference in ticked)
            box.setAccessibleDescription(
                f"I have checked, and nothing that {touch.said} concerns is in"
            )
            go = icon_button(f"Open {reference}", "mdi6.open-in-new")
            go.clicked.connect(
                partial(self._around.navigator.open_entry, touch.register, touch.entry_id)
            )
            lines = QVBoxLayout()
            lines.setSpacing(TINY)
            lines.addLayout(row(box, None, go))
            if touch.names:
                lines.addWidget(help_words(f"About {_some(touch.names)}"))
            self._lines.addLayout(lines)
            self.boxes[reference] = box

    @property
    def looked(self) -> tuple[str, ...]:
        """References of what somebody has looked for."""
        return tuple(reference for reference, box in self.boxes.items() if box.isChecked())

    @property
    def open(self) -> tuple[str, ...]:
        """References that still want a look."""
        return tuple(reference for reference, box in self.boxes.items() if not box.isChecked())

    def ask(self) -> str:
        """Goes to the first box that is not ticked; gives the sentence why."""
        first = self.boxes[self.open[0]]
        first.setFocus()
        area = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if area is not None:
            area.ensureWidgetVisible(first, 0, 96)
        each = "it" if len(self.open) == 1 else "each of them"
        return f"Check these holdings for {_some(self.open)} first, then tick {each} here."


def _some(words: Sequence[str]) -> str:
    rest = len(words) - _NAMED
    return listed([*words[:_NAMED], *([f"{rest:,} more"] if rest > 0 else [])])
