"""The rights that people have in an asset, as they follow from its lawful bases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.law.bases import Right
from dpdesk.registers.entries import Entry
from ui.kit.look.theme import TINY
from ui.kit.pieces.cards import help_words
from ui.kit.register.rail import RailPanel


class RightsPanel(RailPanel):
    """Each right with the reason why people have it, and the source."""

    def __init__(
        self, rights: Callable[[Entry], Sequence[Right]], parent: QWidget | None = None
    ) -> None:
        super().__init__("Rights that apply", parent)
        self._rights = rights

    def draw(self, entry: Entry) -> None:
        """Nothing, where no basis is known: which rights there are follows from it."""
        rights = self._rights(entry) if entry.id else ()
        self.setVisible(bool(rights))
        for right in rights:
            lines = QVBoxLayout()
            lines.setSpacing(TINY)
            lines.addWidget(help_words(right.label, "strong"))
            lines.addWidget(help_words(right.why, ""))
            lines.addWidget(help_words(". ".join(t for t in (right.source, right.caution) if t)))
            self.inside.addLayout(lines)
