"""Pixels of every breed into the few that a PDF shares: black and white, gray, colour, ink."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from typing import Final

from PIL import Image, ImageOps

KEPT: Final = frozenset({"1", "L", "RGB", "CMYK"})
"""What a PDF holds as it is."""

_BITS: Final = 258
_MEANING: Final = 262  # of the numbers of a TIFF; 0 where white is 0
_TOPS: Final = (255.0, 1023.0, 4095.0, 16383.0, 65535.0)
"""The largest numbers of 8, 10, 12, 14 and 16 bits: a camera seldom fills what it is given."""

_FAR: Final = 3.0
"""So many times as far from all others as these lie apart, a number is no shade."""


def plain(picture: Image.Image, source: Image.Image) -> Image.Image:
    """The picture in one of the ``KEPT`` ways; clear parts are white, as on paper.

    ``source`` is the picture as it was opened, which still knows what its numbers mean.
    """
    if picture.mode in KEPT and "transparency" not in picture.info:
        return _brightened(picture, source)
    if picture.mode.startswith(("I", "F")):
        return _gray_from_deep(picture, inverted=_is_tiff(source) and _tag(source, _MEANING) == 0)
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return _brightened(paper, source)
    return picture.convert("L" if picture.mode == "LA" else "RGB")


def _gray_from_deep(picture: Image.Image, *, inverted: bool) -> Image.Image:
    """Gray of more than eight bits, its darkest and lightest kept apart.

    White is the largest number of as few bits as hold all that occur, or 1 for fractions.
    """
    deep, low, high = _without_gaps(picture.convert("F"), dark=inverted)
    tops = (1.0, *_TOPS) if picture.mode.startswith("F") else _TOPS
    top = next((each for each in tops if high <= each), 0.0)
    if low < 0 or not top:
        span, bottom = (high - low) if high > low else 1.0, low
    else:
        span, bottom = top, 0.0
    gray = deep.point(lambda value: value * (255.0 / span) - bottom * 255.0 / span).convert("L")
    return ImageOps.invert(gray) if inverted else gray


def _without_gaps(deep: Image.Image, *, dark: bool) -> tuple[Image.Image, float, float]:
    """The picture with its smallest and largest number, "nothing here" as light as its lightest.

    ``dark``: the smallest number is white.

    Instruments write no number there, an endless one, or one far from all others, such as -9999.
    Taken for a shade, it would leave no difference between the shades of the rest.
    """
    numbers = array("f", deep.tobytes())
    low, high = _ends(numbers)
    while low < 0 or high > _TOPS[-1]:
        if low < 0:
            above, _ = _ends(each for each in numbers if low < each <= high)
            if low < above < high and above - low > _FAR * (high - above):
                low = above
                continue
        if high > _TOPS[-1]:
            _, below = _ends(each for each in numbers if low <= each < high)
            if low < below < high and high - below > _FAR * (below - low):
                high = below
                continue
        break  # all that are left are meant, be they two
    if all(low <= each <= high for each in numbers):
        return deep, low, high
    white = low if dark else high
    filled = array("f", (each if low <= each <= high else white for each in numbers))
    return Image.frombytes("F", deep.size, filled.tobytes()), low, high


def _ends(numbers: Iterable[float]) -> tuple[float, float]:
    """The smallest and the largest of those that are numbers; 0 and 1 where none is."""
    low, high = math.inf, -math.inf
    for each in numbers:
        if each < low and each != -math.inf:
            low = each
        if each > high and each != math.inf:
            high = each
    return (low, high) if low <= high else (0.0, 1.0)  # as of fractions


def _brightened(picture: Image.Image, source: Image.Image) -> Image.Image:
    """Colours of 16 bits that use only the lowest of them would be all but black."""
    if picture.mode != "RGB" or not _is_tiff(source) or _first(_tag(source, _BITS)) != 16:
        return picture
    high = max(int(band[1]) for band in picture.getextrema())  # type: ignore[index] # three bands
    # Eight of the sixteen bits are left: 3 is what stays of 1023, 15 of 4095, 63 of 16383.
    top = next((each for each in (3, 15, 63) if 0 < high <= each), 0)
    return picture.point(lambda value: min(255, value * 255 // top)) if top else picture


def _is_tiff(source: Image.Image) -> bool:
    return source.format == "TIFF"


def _tag(source: Image.Image, number: int) -> object:
    tags = getattr(source, "tag_v2", None)
    return tags.get(number) if tags is not None else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, tuple) and value else value
