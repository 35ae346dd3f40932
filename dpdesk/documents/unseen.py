"""Finds words that are in a PDF but that nobody sees on its page; used inside workers only.

White letters on white paper, letters under a black bar: a reader of the paper never meets
them, a reader of the file does. The user is told, because it may be somebody's failed
attempt to black them out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from dpdesk.documents import pdf
from dpdesk.documents.bitmaps import Bitmap
from dpdesk.documents.pages import Box, Word

_SCALE: Final = 1.5  # pixels for each point
_SMALLEST: Final = 4.0  # points; smaller print is not judged
_SAME: Final = 8  # steps of one colour that an eye takes for the same
# Every letter and figure leaves ink in the middle band of its line.
_BAND: Final = (0.35, 0.72)


def count(document: Any, index: int, words: Sequence[Word]) -> int:
    """How many of the words show nothing but one plain colour where they stand.

    Raises UnreadableFile where the page cannot be drawn.
    """
    judged = [word for word in words if _can_be_judged(word)]
    if not judged:
        return 0
    drawn = pdf.draw(document, index, _SCALE)
    return sum(1 for word in judged if _is_flat(drawn, _band(word.box)))


def _can_be_judged(word: Word) -> bool:
    letters = sum(letter.isalnum() for letter in word.text)
    return letters > 0 and min(word.box.width, word.box.height) >= _SMALLEST


def _band(box: Box) -> Box:
    """The middle of the line of letters, which runs along the longer side of the box."""
    low, high = _BAND
    if box.height > 1.5 * box.width:
        return Box(box.x0 + low * box.width, box.y0, box.x0 + high * box.width, box.y1)
    return Box(box.x0, box.y0 + low * box.height, box.x1, box.y0 + high * box.height)


def _is_flat(drawn: Bitmap, band: Box) -> bool:
    x0 = max(0, math.floor(band.x0 * drawn.scale))
    x1 = min(drawn.width, math.ceil(band.x1 * drawn.scale))
    y0 = max(0, math.floor(band.y0 * drawn.scale))
    y1 = min(drawn.height, math.ceil(band.y1 * drawn.scale))
    if x1 <= x0 or y1 <= y0:
        return False
    darkest, lightest = [255] * 3, [0] * 3
    middle = (y0 + y1) // 2
    for row in (middle, *range(y0, middle), *range(middle + 1, y1)):  # the middle tells most
        start = row * drawn.stride
        pixels = drawn.content[start + 4 * x0 : start + 4 * x1]
        for colour in range(3):
            levels = pixels[colour::4]
            low, high = min(levels), max(levels)
            darkest[colour] = min(darkest[colour], low)
            lightest[colour] = max(lightest[colour], high)
            if lightest[colour] - darkest[colour] > _SAME:
                return False
    return True
