"""Widens the boxes of words read from a picture until all of their ink is inside; for workers only.

A reader of letters says only roughly where a word ends: the last letter may stick out. So each
edge moves outwards as long as it cuts through ink, and a margin comes on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PIL import Image

_ACROSS: Final = 0.6  # of the height of the word: so far an end is moved at most
_DOWN: Final = 0.3
_MARGIN_ACROSS: Final = 0.1  # of the height: less than half a space between two words
_MARGIN_DOWN: Final = 0.12
_LEAST: Final = 2  # pixels
_CUT: Final = 0.02 * 255  # of an edge is ink: specks are no letters
_FLAT: Final = 30  # steps of grey

Sides = tuple[int, int, int, int]


def around(picture: Image.Image, words: Iterable[Sides]) -> list[Sides]:
    """The boxes (left, top, right, bottom in pixels) widened, none beyond the picture."""
    return [_around(picture, sides) for sides in words]


def _around(picture: Image.Image, sides: Sides) -> Sides:
    x0, y0, x1, y1 = sides
    high = max(4, min(y1 - y0, 3 * (x1 - x0)))
    across, down = round(_ACROSS * high), round(_DOWN * high)
    left, top = max(0, x0 - across), max(0, y0 - down)
    right, bottom = min(picture.width, x1 + across), min(picture.height, y1 + down)
    inked = _inked(picture.crop((left, top, right, bottom)))
    before, after = x0 - left, right - x1
    above, below = y0 - top, bottom - y1
    columns = _shares(inked.crop((0, above, inked.width, inked.height - below)), across=True)
    rows = _shares(inked.crop((before, 0, inked.width - after, inked.height)), across=False)
    pad_across, pad_down = (
        max(_LEAST, round(share * high)) for share in (_MARGIN_ACROSS, _MARGIN_DOWN)
    )
    return (
        max(0, x0 - _further(columns[:before][::-1]) - pad_across),
        max(0, y0 - _further(rows[:above][::-1]) - pad_down),
        min(picture.width, x1 + _further(columns[len(columns) - after :]) + pad_across),
        min(picture.height, y1 + _further(rows[len(rows) - below :]) + pad_down),
    )


def _inked(part: Image.Image) -> Image.Image:
    """255 where there is ink, 0 where there is paper; the rarer of the two ends is ink."""
    low, high = cast("tuple[int, int]", part.getextrema())
    if high - low < _FLAT:
        return part.point([0] * 256)
    middle = (low + high) // 2
    counts = part.histogram()
    dark = sum(counts[:middle]) * 2 <= sum(counts)
    return part.point([255 if (level < middle) == dark else 0 for level in range(256)])


def _shares(inked: Image.Image, *, across: bool) -> Sequence[float]:
    size = (inked.width, 1) if across else (1, inked.height)
    small = inked.convert("F").resize(size, Image.Resampling.BOX)
    return cast("Sequence[float]", small.get_flattened_data())


def _further(shares: Sequence[float]) -> int:
    """How many columns (or rows), from the edge outwards, are still ink."""
    for place, share in enumerate(shares):
        if share <= _CUT:
            return place
    return len(shares)
