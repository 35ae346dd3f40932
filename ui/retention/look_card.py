"""Open matters that might be in a box of many people: look for each of them, and tick it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dpdesk.law.words import listed
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.registers.matters import Touch
    from dpdesk.retention.disposal_rules import Judgement, Looked

_NAMED = 4
"""References and names that are told; more would not be read."""


class LookCard(Card):
    """One box to tick for each open matter; hidden where there is none."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Check first", parent=parent)
        self._around = around
        self.boxes: dict[str, QCheckBox] = {}
        self._holdings: tuple[str, ...] = ()
        self._says = help_words("")
        self.add(self._says)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SMALL)
        self.add(self._lines)
        self.how = QLineEdit()
        self.how.setPlaceholderText("Opened each box and went through the list inside the lid")
        label = words("How did you check? For the log, without names.", "label")
        label.setBuddy(self.how)
        self.all = button("Tick all", "mdi6.check-all", does=self.tick_all)
        self._once = QWidget(self)
        self._once.setLayout(column(label, self.how, row(self.all, None)))
        self.add(self._once)
        self.hide()

    def show_matters(self, judgements: Sequence[Judgement], confirmed: Sequence[str] = ()) -> None:
        """Asks about every matter that somebody must look for and nobody has confirmed yet.

        A tick says that these very holdings were looked through: with others it is gone.
        """
        ticked = set(self.looked.references)
        known = {each.upper() for each in confirmed}
        matters: dict[str, Touch] = {}
        where: list[str] = []
        for each in judgements:
            fresh = [touch for touch in each.to_look_for if touch.reference.upper() not in known]
            matters |= {touch.reference: touch for touch in fresh}
            where += [each.reference] if fresh else []
        if tuple(where) != self._holdings:
            self.how.clear()
        if list(matters) != list(self.boxes) or tuple(where) != self._holdings:
            self._draw(matters, ticked if tuple(where) == self._holdings else set())
        self._holdings = tuple(where)
        self.all.setText(f"Tick all {len(matters)}")
        self._once.setVisible(len(matters) > 1)
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

    def clear(self) -> None:
        """Forgets every tick: other holdings are asked about, or the same on another day."""
        self._holdings = ()
        self._draw({}, set())
        self.how.clear()
        self.hide()

    def tick_all(self) -> None:
        """Ticks every box, once it was said how all of it was checked."""
        if not self.how.text().strip():
            self.how.setPlaceholderText("First say how you checked for all of them")
            self.how.setFocus()
            return
        for box in self.boxes.values():
            box.setChecked(True)

    @property
    def looked(self) -> Looked:
        """What somebody has looked for in these holdings, and how."""
        from dpdesk.retention.disposal_rules import Looked  # loaded when something is approved

        ticked = tuple(reference for reference, box in self.boxes.items() if box.isChecked())
        return Looked(ticked, self.how.text().strip())

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


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return listed([*names[:_NAMED], *([f"{rest:,} more"] if rest > 0 else [])])
