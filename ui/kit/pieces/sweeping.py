"""Lets Python throw away what is no longer used on the thread of the window only.

Python looks for rings of objects that nobody uses on whichever thread happens to ask for memory.
Where such a ring holds a widget, the widget ends on that thread, and Qt, which allows this on the
thread of the window alone, brings the whole program down. So the looking is switched off and done
by a timer of the window.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY: Final = 500
"""Milliseconds between two looks; each costs next to nothing where little was thrown away."""
_OLDEST: Final = 2
_OLDEST_EVERY: Final = 20.0
"""Seconds between two looks at everything there is, which may take a tenth of a second."""


class Sweeper(QObject):
    """Sweeps while the event loop of the thread that made it runs; Python itself no longer does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = time.monotonic()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.sweep)

    def start(self) -> None:
        """From now on nothing is thrown away but here."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Everything that was thrown away goes, and Python looks by itself again."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def sweep(self) -> None:
        """Throws away what Python by its own measure would have thrown away by now."""
        oldest = time.monotonic() - self._all >= _OLDEST_EVERY
        generation = _due(oldest=oldest)
        if generation is None:
            return
        gc.collect(generation)
        if generation == _OLDEST:
            self._all = time.monotonic()


def _due(*, oldest: bool) -> int | None:
    """The oldest generation that has grown beyond Python's measure; None where none has."""
    for generation in range(_OLDEST if oldest else _OLDEST - 1, -1, -1):
        limit = gc.get_threshold()[generation]
        if limit and gc.get_count()[generation] > limit:
            return generation
    return None
