"""The list of workspaces at the start: a line for each school, with its colour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dpdesk import front_door
from ui.kit.look.school_colours import name_of, swatch
from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import clear_layout, row, words


class SchoolList(QWidget):
    """``chosen`` carries the folder of a workspace; ``dropped`` one to be taken off the list."""

    chosen = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(TINY)
        self.hide()

    def show_schools(self, known: Sequence[front_door.KnownWorkspace], current: Path) -> None:
        """Shows the workspaces where there is more than one; the current one is marked."""
        clear_layout(self._layout)
        self.lines = []
        self.setVisible(len(known) > 1)
        if len(known) < 2:
            return
        self._layout.addWidget(words("Which school?", "label"))
        named = [each.folder.name for each in known]
        for each in known:
            name = each.folder.name
            if named.count(name) > 1:
                name = f"{each.folder.parent.name} / {name}"
            there = front_door.is_workspace(each.folder)
            here = each.folder == current
            told = f"{name} (chosen)" if here else name
            told = told if there else f"{name} (cannot be found now)"
            line = button(told, role="line", does=partial(self.chosen.emit, each.folder))
            line.setIcon(swatch(each.colour))
            line.setCheckable(True)
            line.setChecked(here)
            line.setEnabled(there)
            line.setAccessibleName(f"{told}, {name_of(each.colour)}")
            line.setToolTip(str(each.folder))
            self.lines.append(line)
            drop = icon_button(
                f"Take {name} off this list",
                "mdi6.close",
                does=partial(self.dropped.emit, each.folder),
            )
            drop.setEnabled(not here)
            self._layout.addLayout(row(line, drop, space=TINY))
