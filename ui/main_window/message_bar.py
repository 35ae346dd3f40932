"""The bar at the foot of the window: what just happened, with Undo; backup and lock beside."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import LARGE, SMALL, TINY, set_role, set_tone
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.banner import ICONS, SAID
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.low import is_low

_SHORT, _WITH_UNDO = 10_000, 20_000
"""Milliseconds that a message stays, and one that offers Undo; problems stay until closed."""
_MOST = 1000
"""All the room there is, beside an empty space that grows by one."""
_HEIGHT, _LOWEST = 36, 28
"""Pixels of the bar, and of it in a low window."""
_FRESH = 2.0
"""Seconds in which a message is about the very step that led to another page."""


class MessageBar(QFrame):
    """One sentence at a time. ``undone`` fires after an Undo went through."""

    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._icon = IconLabel(ICONS["ok"], "ok")
        self.text = words("", "message")
        # A long sentence takes two lines; it never makes the window wider than the screen.
        self.text.setMinimumWidth(1)
        self.undo_button = button("Undo", role="link", does=self._undo, key="Ctrl+Shift+Z")
        self.right = words("", "muted")
        self.right.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._does: Callable[[], object] | None = None
        self.close_button = icon_button("Close this message", "mdi6.close", does=self.clear)
        self._said_at = 0.0
        self._stays = False
        ways = (self.undo_button, self.close_button)
        self._layout = row(self._icon, self.text, *ways, None, self.right)
        self._layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        self.setLayout(self._layout)
        self.setMinimumHeight(_HEIGHT)
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
        announce(self, self.text.accessibleName(), urgent=tone == "danger")
        set_tone(self.text, "danger" if tone == "danger" else "")
        self.undo_button.setVisible(undo is not None)
        self._stays = tone == "danger"
        self.close_button.setVisible(self._stays)
        self._fit()
        self._said_at = time.monotonic()
        self._timer.stop()
        if not self._stays:
            self._timer.start(_SHORT if undo is None else _WITH_UNDO)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines; a low window has little for the bar."""
        super().resizeEvent(event)
        low = is_low(self)
        above = TINY if low else SMALL
        self._layout.setContentsMargins(LARGE, above, LARGE, above)
        self.setMinimumHeight(_LOWEST if low else _HEIGHT)
        self._fit()

    def _fit(self) -> None:
        """Wraps a sentence that is wider than what is left for it."""
        others = (self._icon, self.undo_button, self.close_button, self.right)
        taken = sum(each.sizeHint().width() + LARGE for each in others if not each.isHidden())
        wide = self.text.fontMetrics().horizontalAdvance(self.text.text()) + 2 * LARGE
        wraps = wide > self.width() - taken
        if wraps != self.text.wordWrap():
            self.text.setWordWrap(wraps)
            policy = self.text.sizePolicy()
            policy.setHeightForWidth(wraps)
            self.text.setSizePolicy(policy)
            self._layout.setStretchFactor(self.text, _MOST if wraps else 0)

    def clear(self) -> None:
        """Takes the sentence away; also when the window locks."""
        self._does = None
        self._icon.hide()
        self.text.setText("")
        self.text.setAccessibleName("")
        self.undo_button.hide()
        self.close_button.hide()
        self._stays = False
        self._timer.stop()

    def page_left(self) -> None:
        """Another page is shown: words about the one before go, unless they led here."""
        if not self._stays and time.monotonic() - self._said_at > _FRESH:
            self.clear()

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
        self.say("Undone.")
        does()
        self.undone.emit()
