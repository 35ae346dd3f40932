"""What changed in the schedule since the edition that was signed off last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import MEDIUM, SMALL
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, words

if TYPE_CHECKING:
    from dpdesk.retention.schedule_service import Difference

_ICONS: Final = {
    "new": ("mdi6.plus-circle-outline", "ok"),
    "changed": ("mdi6.pencil-outline", "info"),
    "withdrawn": ("mdi6.minus-circle-outline", "warn"),
}
_MOST: Final = 60


class ChangesCard(Card):
    """One line for each class that is new, changed or withdrawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What changed since the last edition", parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SMALL)
        self.add(self._lines)
        self.shown: tuple[str, ...] = ()

    def show_changes(self, changes: Sequence[Difference], since: str) -> None:
        """``since`` is the title of the last edition; empty before the first."""
        clear_layout(self._lines)
        self.title.setText(f"What changed since {since}" if since else "No edition yet")
        told = [f"{each.code} {each.records}: {each.words}" for each in changes[:_MOST]]
        self.shown = tuple(told)
        if not since:
            self._say("This will be the first edition. Later ones say what changed.")
        elif not changes:
            self._say("Nothing changed.")
        for text, each in zip(told, changes, strict=False):
            line = QWidget(self)
            made = words(text, wraps=True)
            layout = row(IconLabel(*_ICONS[each.kind]), made, space=MEDIUM)
            layout.setStretch(1, 1)
            line.setLayout(layout)
            self._lines.addWidget(line)
        if len(changes) > _MOST:
            self._say(f"and {len(changes) - _MOST} more; the printed edition names them all.")

    def _say(self, text: str) -> None:
        self._lines.addWidget(help_words(text))
