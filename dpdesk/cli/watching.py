"""How far a long command has come, for somebody who watches it on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OFTEN: Final = 0.1
"""Seconds between two lines."""


class Watching:
    """Writes over the same line of the terminal; says nothing where nobody is watching."""

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._length = 0
        self._last = 0.0

    def step(self, what: str, done: int, total: int) -> None:
        """Says what is being done, and how much of how much."""
        now = time.monotonic()
        if self._watched and now - self._last >= _OFTEN:
            self._last = now
            self._write(f"{what[:1].upper()}{what[1:]}, {done} of {total}")

    def clear(self) -> None:
        """Empties the line, so that the answer stands alone."""
        if self._length:
            self._write("")
            self._write("")

    def _write(self, words: str) -> None:
        print("\r" + words.ljust(self._length), end="", file=sys.stderr, flush=True)
        self._length = len(words)


@contextmanager
def watching() -> Iterator[Watching]:
    """For the time of a long piece of work."""
    line = Watching()
    try:
        yield line
    finally:
        line.clear()
