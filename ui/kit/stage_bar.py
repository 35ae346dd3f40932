"""The stages of the work as a bar: done, now, later. They guide and never lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dpdesk.registers.fields import Stage
from ui.kit.buttons import button
from ui.kit.cards import hide_unless
from ui.kit.flow import FlowLayout
from ui.kit.icons import icon
from ui.kit.theme import TINY, set_role

_ICONS = {
    "done": ("mdi6.check-circle", "ok"),
    "now": ("mdi6.circle-slice-8", "accent"),
    "later": ("mdi6.circle-outline", "muted"),
}
_SAID = {"done": "done", "now": "now", "later": "later"}


class StageBar(QWidget):
    """The stages of a register. ``chosen`` carries the stage to show, "" for all of them."""

    chosen = Signal(str)

    def __init__(self, stages: Sequence[Stage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stages = tuple(stages)
        self.buttons: dict[str, QPushButton] = {}
        flow = FlowLayout(self, TINY)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for stage in self.stages:
            made = button(stage.title, role="stage")
            made.setCheckable(True)
            made.setToolTip(stage.help)
            made.clicked.connect(lambda on, key=stage.key: self._clicked(key, on))
            flow.addWidget(made)
            self.buttons[stage.key] = made
        hide_unless(self, bool(self.stages))
        self.show_stage("")

    def show_stage(self, now: str) -> None:
        """Says which stage the work is in; those before it are done."""
        keys = [stage.key for stage in self.stages]
        place = keys.index(now) if now in keys else 0
        for number, stage in enumerate(self.stages):
            last = number == place == len(keys) - 1
            when = "done" if number < place or last else "now" if number == place else "later"
            made = self.buttons[stage.key]
            made.setIcon(icon(*_ICONS[when]))
            made.setProperty("when", when)
            made.setAccessibleName(f"{stage.title}, {_SAID[when]}")
            made.setAccessibleDescription(stage.help)
            # The property is part of the style rule of this role.
            set_role(made, "")
            set_role(made, "stage")

    def _clicked(self, key: str, on: bool) -> None:
        self.choose(key if on else "")
        self.chosen.emit(key if on else "")

    def choose(self, key: str) -> None:
        """Marks the stage whose questions are shown; "" where all are."""
        for other, made in self.buttons.items():
            made.setChecked(other == key)
