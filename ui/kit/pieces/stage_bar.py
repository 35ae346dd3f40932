"""The stages of the work as a bar: done, now, later. They guide and never lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.registers.fields import Stage
from ui.kit.look.icons import icon
from ui.kit.look.theme import TINY, set_role
from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.cards import hide_unless
from ui.kit.pieces.flow import FlowLayout

_ICONS = {
    "done": ("mdi6.check-circle", "ok"),
    "now": ("mdi6.circle-slice-8", "chip"),
    "later": ("mdi6.circle-outline", "muted"),
    "passed": ("mdi6.minus-circle-outline", "muted"),
}
PASSED: Final = "Nothing recorded yet"
"""Said of a stage that the work has left behind without anything done in it."""
_SAID = {"done": "done", "now": "now", "later": "later", "passed": PASSED[0].lower() + PASSED[1:]}


class StageBar(QWidget):
    """The stages of a register. ``chosen`` carries the stage to show, "" for all of them."""

    chosen = Signal(str)

    def __init__(self, stages: Sequence[Stage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stages = self._offered = tuple(stages)
        self.buttons: dict[str, Option] = {}
        flow = FlowLayout(self, TINY)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for stage in self.stages:
            made = option(stage.title, role="stage", one_of=True)
            made.picked.connect(lambda _on, key=stage.key: self._picked(key))
            flow.addWidget(made)
            self.buttons[stage.key] = made
        self.all = option("Everything", "mdi6.format-list-bulleted", role="stage", one_of=True)
        self.all.setToolTip("The questions of all stages on one page")
        self.all.setAccessibleName("Everything, all stages")
        self.all.picked.connect(lambda _on: self._picked(""))
        flow.addWidget(self.all)
        hide_unless(self, bool(self.stages))
        self.show_stage("")

    def offer(self, stages: Sequence[Stage]) -> None:
        """Shows only these stages, by their titles here; the work on some entries has fewer."""
        self._offered = tuple(stages)
        for key, made in self.buttons.items():
            stage = next((each for each in stages if each.key == key), None)
            made.setVisible(stage is not None)
            if stage is not None:
                made.setText(stage.title)

    def show_stage(self, now: str, done: Collection[str] | None = None) -> None:
        """Says which stage the work is in, and which of those before it are ``done``.

        None says that all before it are. A stage that was passed over is not ticked.
        """
        keys = [stage.key for stage in self._offered]
        place = keys.index(now) if now in keys else 0
        for number, stage in enumerate(self._offered):
            last = number == place == len(keys) - 1
            when = "done" if number < place or last else "now" if number == place else "later"
            if number < place and done is not None and stage.key not in done:
                when = "passed"
            made = self.buttons[stage.key]
            made.setIcon(icon(*_ICONS[when]))
            hints = (PASSED if when == "passed" else "", stage.help)
            made.setToolTip(". ".join(hint for hint in hints if hint))
            made.setProperty("when", when)
            made.setAccessibleName(f"{stage.title}, {_SAID[when]}")
            made.setAccessibleDescription(stage.help)
            # The property is part of the style rule of this role.
            set_role(made, "")
            set_role(made, "stage")

    def _picked(self, key: str) -> None:
        # Pressed once more, a stage stays: nobody asks for a hundred questions by that.
        self.choose(key)
        self.chosen.emit(key)

    def choose(self, key: str) -> None:
        """Marks the stage whose questions are shown; "" where all are."""
        for other, made in self.buttons.items():
            made.setChecked(other == key)
        self.all.setChecked(not key)
