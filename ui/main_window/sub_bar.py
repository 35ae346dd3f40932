"""The pages of one area side by side: a row of buttons at the head of each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from ui.kit.look.theme import TINY, give_role, set_role
from ui.kit.pieces.buttons import Option, Push, option

MOST: Final = 8
"""Buttons that fit beside each other in the smallest window; the other pages are in a menu."""


class SubBar(QFrame):
    """One button for each page, by key and title; ``go`` gets the key of the one chosen.

    Where there are more pages than fit, the last button opens a menu of the rest.
    """

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
        self.more: QMenu | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(TINY, TINY, TINY, TINY)
        layout.setSpacing(TINY)
        shown = pages if len(pages) <= MOST else _with_this(pages[: MOST - 1], pages, here)
        for key, title in shown:
            made = option(title, role="segment", one_of=True)
            made.setChecked(key == here)
            if key == here:
                made.setAccessibleName(f"{title}, shown")
            made.picked.connect(lambda _on, key=key: self._chosen(key, go, here))
            layout.addWidget(made)
            self.buttons[key] = made
        rest = [page for page in pages if page not in shown]
        if rest:
            layout.addWidget(self._rest(rest, go))

    def _rest(self, pages: Sequence[tuple[str, str]], go: Callable[[str], object]) -> Push:
        made = Push("More", self)
        give_role(made, "segment")
        made.setAutoDefault(False)
        made.setAccessibleName("More pages of this area")
        made.setToolTip(", ".join(title for _, title in pages))
        self.more = QMenu(made)
        for key, title in pages:
            self.more.addAction(title).triggered.connect(partial(_go, go, key))
        made.setMenu(self.more)
        return made

    def _chosen(self, key: str, go: Callable[[str], object], here: str) -> None:
        # Each page has a bar of its own, on which it is always the one that is marked.
        self.buttons[here].setChecked(True)
        if key != here:
            go(key)


def _with_this(
    first: Sequence[tuple[str, str]], pages: Sequence[tuple[str, str]], here: str
) -> Sequence[tuple[str, str]]:
    """The first pages, and the one that is shown among them: last, where it is one of the rest."""
    if any(key == here for key, _ in first):
        return first
    return [*first[:-1], next(page for page in pages if page[0] == here)]


def _go(go: Callable[[str], object], key: str, *_: object) -> None:
    go(key)
