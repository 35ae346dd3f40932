"""The pages of one area side by side: a row of buttons at the head of each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.kit.look.theme import TINY, set_role
from ui.kit.pieces.buttons import Option, option


class SubBar(QFrame):
    """One button for each page, by key and title; ``go`` gets the key of the one chosen."""

    def __init__(
        self,
        pages: Sequence[tuple[str, str]],
        here: str,
        go: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self.setAccessibleName("Pages of this area")
        self.buttons: dict[str, Option] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(TINY, TINY, TINY, TINY)
        layout.setSpacing(TINY)
        for key, title in pages:
            made = option(title, role="segment", one_of=True)
            made.setChecked(key == here)
            if key == here:
                made.setAccessibleName(f"{title}, shown")
            made.picked.connect(lambda _on, key=key: self._chosen(key, go, here))
            layout.addWidget(made)
            self.buttons[key] = made

    def _chosen(self, key: str, go: Callable[[str], object], here: str) -> None:
        # Each page has a bar of its own, on which it is always the one that is marked.
        self.buttons[here].setChecked(True)
        if key != here:
            go(key)
