"""A drawn page, as it travels from a worker to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PixelFormat = Literal["bgrx", "gray"]
"""``bgrx``: four bytes a pixel (blue, green, red, unused); ``gray``: one byte a pixel."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A drawn page: rows from the top, ``stride`` bytes each.

    ``scale`` is in pixels for each point; it is smaller than asked for where the drawing would
    have had too many pixels.
    """

    width: int
    height: int
    stride: int
    content: bytes
    format: PixelFormat
    scale: float
