"""Locks the window when nobody has touched it for a while."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from ui.kit.pieces.presence import sign

_LOOK = 5_000


@cache
def _signs() -> frozenset[QEvent.Type]:
    """Events that only somebody who is there can cause; put together when first needed."""
    kinds = QEvent.Type
    return frozenset(
        {
            kinds.KeyPress,
            kinds.MouseButtonPress,
            kinds.MouseMove,
            kinds.Wheel,
            kinds.TabletPress,
            kinds.TouchBegin,
            kinds.Drop,
            # What assistive technology reaches without a key says so itself.
            sign(),
        }
    )


def _read_aloud() -> bool:
    """Does a screen reader take the keyboard elsewhere? Its own keys never come here."""
    from PySide6.QtGui import QAccessible  # the first window takes its focus without it

    return QAccessible.isActive()


class IdleWatch(QObject):
    """``idle`` fires once the minutes are over; ``ticked`` carries the seconds left.

    It watches every key and movement of the application. The clock on the wall is looked at as
    well as the one that never jumps, because the latter stands still while a laptop sleeps.
    """

    idle = Signal()
    ticked = Signal(int)

    def __init__(
        self,
        now: Callable[[], dt.datetime],
        steady: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now, self._steady = now, steady
        self._minutes = 0
        self._touched = (now(), steady())
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Begins, or goes on with other minutes."""
        self._minutes = minutes
        self.touch()
        self._timer.start()

    def rest(self) -> None:
        """Stops; while the window is locked there is nothing to watch."""
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = (self._now(), self._steady())

    def left(self) -> int:
        """Seconds until the window locks."""
        wall = (self._now() - self._touched[0]).total_seconds()
        steady = self._steady() - self._touched[1]
        return max(0, round(self._minutes * 60 - max(wall, steady)))

    def look(self) -> None:
        """Looks whether the time is over."""
        if not self._timer.isActive():
            return
        left = self.left()
        self.ticked.emit(left)
        if left == 0:
            self._timer.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes that somebody is there; takes nothing away from anybody."""
        if not self._timer.isActive():
            return False
        kind = event.type()  # asked once: every event of the program comes through here
        if kind in _signs() or (kind is QEvent.Type.FocusIn and _read_aloud()):
            if self.left() == 0:
                # The key that wakes a sleeping computer must not find everything open.
                self.look()
                return True
            self.touch()
        return False
