"""What a page says about a key of its own, and about the order in which Tab goes through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.look.plain import work_inside

_RANK = "keys"
_AFTER = "keysAfter"
_Widget = TypeVar("_Widget", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does. ``where`` groups the list: "Everywhere", "In a list" and so on."""

    keys: str
    does: str
    where: str


class _Escape(QShortcut):
    """The Escape of a page, or of a form within it."""

    def __init__(self, page: QWidget, does: Callable[[], object]) -> None:
        super().__init__(QKeySequence("Escape"), page)
        self.does = does
        work_inside(self)
        self.activated.connect(self._pressed)
        # Qt does nothing where a form within a page has this key too; the innermost is meant.
        self.activatedAmbiguously.connect(self._pressed)

    def _pressed(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        else:
            self._innermost().does()

    def _innermost(self) -> _Escape:
        around = QApplication.focusWidget()
        while around is not None:
            own = [key for key in around.children() if isinstance(key, _Escape)]
            if own:
                return own[-1]
            around = around.parentWidget()
        return self


def on_escape(page: QWidget, does: Callable[[], object]) -> None:
    """Escape closes what is on top, and only that; with nothing on top it does what is given.

    Of a page and a form within it, the form is meant while the keyboard is in it.
    """
    _Escape(page, does)


def first_keys(widget: _Widget) -> _Widget:
    """Tab comes here before all else of the page, wherever on it this stands."""
    widget.setProperty(_RANK, -1)
    return widget


def last_keys(widget: _Widget) -> _Widget:
    """Tab comes here after the rest of the card."""
    widget.setProperty(_RANK, 1)
    return widget


def next_keys(after: QWidget, *widgets: QWidget) -> None:
    """From ``after`` Tab comes to these, wherever on the page they stand: what one does next."""
    for widget in widgets:
        widget.setProperty(_AFTER, after)
        after = widget


def comes_after(widget: QWidget) -> QWidget | None:
    """From where Tab comes here, where that is not its own place."""
    after = widget.property(_AFTER)
    return after if isinstance(after, QWidget) else None


def rank(widget: QWidget) -> int:
    """-1 for what comes first, 1 for what comes last, 0 for its own place."""
    given = widget.property(_RANK)
    return given if isinstance(given, int) else 0
