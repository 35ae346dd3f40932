"""A code that a camera reads (QR), as squares to be drawn; error correction of a quarter."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from .pen import Pen

_QUIET: Final = 4
"""White squares that must stand around it."""


@lru_cache(maxsize=64)
def dark(text: str) -> tuple[tuple[bool, ...], ...]:
    """Which squares are dark, row by row. ``text`` is plain letters and figures."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    made: Any = QRCode(None, QRErrorCorrectLevel.Q)
    made.addData(text)
    made.make()
    return tuple(tuple(bool(square) for square in line) for line in made.modules)


def draw(pen: Pen, text: str, x: float, y: float, side: float) -> None:
    """Draws it with its white margin into a square of ``side`` points."""
    lines = dark(text)
    step = side / (len(lines) + 2 * _QUIET)
    for down, line in enumerate(lines):
        start = None
        for across, is_dark in enumerate((*line, False)):
            if is_dark and start is None:
                start = across
            elif not is_dark and start is not None:
                left, top = x + (start + _QUIET) * step, y + (down + _QUIET) * step
                # A hair higher than it is, or white seams would show between the rows.
                pen.fill(left, top, (across - start) * step, step + 0.05, "#000000")
                start = None


def inner(text: str, x: float, y: float, side: float) -> tuple[float, float, float, float]:
    """Where its squares stand without the white margin: left, top, width, height."""
    count = len(dark(text))
    step = side / (count + 2 * _QUIET)
    return x + _QUIET * step, y + _QUIET * step, count * step, count * step
