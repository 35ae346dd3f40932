"""The bar at the foot of the window: what just happened, with Undo; backup and lock beside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from ui.kit.banner import ICONS, SAID
from ui.kit.buttons import button
from ui.kit.cards import row, words
from ui.kit.icons import IconLabel
from ui.kit.theme import LARGE, SMALL, set_role, set_tone

_SHORT = 15_000
"""Milliseconds that an ordinary message stays. Problems and offers of Undo stay until the next."""


class MessageBar(QFrame):
    """One sentence at a time. ``undone`` fires after an Undo went through."""

    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._icon = IconLabel(ICONS["ok"], "ok")
        self.text = words("", "message")
        self.undo_button = button("Undo", role="link", does=self._undo, key="Ctrl+Shift+Z")
        self.right = words("", "muted")
        self._does: Callable[[], object] | None = None
        layout = row(self._icon, self.text, self.undo_button, None, self.right)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        self.setLayout(layout)
        self.setMinimumHeight(36)
        self._timer = QTimer(self, singleShot=True, interval=_SHORT)
        self._timer.timeout.connect(self.clear)
        key = QShortcut(QKeySequence("Ctrl+Shift+Z"), self)
        key.activated.connect(self._undo)
        self.clear()

    def say(self, text: str, *, undo: Callable[[], object] | None = None, tone: str = "ok") -> None:
        """Shows one sentence. ``undo`` takes back what it speaks of."""
        self._does = undo
        self._icon.show_icon(ICONS.get(tone, ICONS["info"]), tone)
        self._icon.show()
        self.text.setText(text)
        self.text.setAccessibleName(f"{SAID.get(tone, 'Note')}: {text}")
        set_tone(self.text, "danger" if tone == "danger" else "")
        self.undo_button.setVisible(undo is not None)
        self._timer.stop()
        if undo is None and tone in {"ok", "info", "quiet"}:
            self._timer.start()

    def clear(self) -> None:
        """Takes the sentence away; also when the window locks."""
        self._does = None
        self._icon.hide()
        self.text.setText("")
        self.undo_button.hide()
        self._timer.stop()

    def withdraw(self, text: str) -> None:
        """Takes a sentence away that is no longer true; any other one stays."""
        if self.text.text() == text:
            self.clear()

    def show_right(self, *parts: str) -> None:
        """What stands at the right: the last backup, when the window locks."""
        self.right.setText("   ·   ".join(part for part in parts if part))

    def _undo(self) -> None:
        if self._does is None:
            return
        does, self._does = self._does, None
        self.say("Taken back.")
        does()
        self.undone.emit()
