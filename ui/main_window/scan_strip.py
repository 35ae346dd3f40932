"""Says that scans are being read, how many are left, and stops or goes on with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from dpdesk.documents.background import BackgroundReader, ReadingOn
from dpdesk.law.words import count
from ui.kit.look.theme import LARGE, SMALL, set_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words

_FIRST: Final = 5_000
"""Milliseconds after opening before the first look, so that it is not in the way."""
_LOOK: Final = 500
_SHOWN_FROM: Final = 2
"""Pages: a single one is read before anybody has read this."""


class ScanStrip(QFrame):
    """One line while pages are read in the background. ``rest`` before the desk is closed."""

    def __init__(self, reader: BackgroundReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._reader = reader
        self.text = words("")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(220)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Scans read")
        self.stop = button("Stop reading", does=self._stop)
        self.go_on = button("Go on reading", does=self._go_on)
        layout = row(self.text, None, self.bar, self.stop, self.go_on, space=LARGE)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        self.setLayout(layout)
        self.hide()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.show_state)
        self._first = QTimer(self, singleShot=True, interval=_FIRST)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """Looks in a moment whether scans wait: something may have been added."""
        if not self._first.isActive():
            self._first.start()

    def rest(self) -> None:
        """Looks no more; the window is closing."""
        self._first.stop()
        self._timer.stop()

    def look(self) -> None:
        """Looks whether scans wait, and has them read."""
        if not self._reader.state().stopped:
            self._reader.look()
        self._timer.start()

    def show_state(self) -> None:
        """Says how far the reading is."""
        now = self._reader.state()
        whole = now.done + now.left
        waits = now.stopped and now.left > 0
        works = now.running and whole >= _SHOWN_FROM
        self.setVisible(bool(now.fault) or waits or works)
        self.text.setText(_told(now))
        self.bar.setRange(0, whole)
        self.bar.setValue(now.done)
        self.bar.setVisible(now.running)
        self.stop.setVisible(now.running)
        self.go_on.setVisible(not now.running)
        if not now.running:
            self._timer.stop()

    def _stop(self) -> None:
        self._reader.stop()
        self._timer.start()

    def _go_on(self) -> None:
        self._reader.go_on()
        self._timer.start()


def _told(now: ReadingOn) -> str:
    if now.fault:
        return f"Reading scans stopped. {now.fault}"
    left = "1 page is" if now.left == 1 else f"{count(now.left, 'page')} are"
    if now.running:
        return f"Reading scans in the background: {left} left."
    return f"{left} pictures that have not been read. Search cannot find their words."
