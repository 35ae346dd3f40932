"""How long a worker may be silent, in time that the computer was awake."""

from __future__ import annotations

import time
from typing import Final

_LONGEST: Final = 5.0
"""Seconds between two looks that count at most: what is longer, the computer slept."""


class Patience:
    """Runs out after some seconds. A computer that sleeps in between costs the worker nothing.

    Some systems let their clock run on through sleep, so time counts only from look to look; look
    at least once a second.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._left = seconds
        self._last = time.monotonic()

    def left(self) -> float:
        """Seconds that remain; 0 or less when it has run out."""
        now = time.monotonic()
        self._left -= min(now - self._last, _LONGEST)
        self._last = now
        return self._left
