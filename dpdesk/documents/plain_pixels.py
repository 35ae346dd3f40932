"""Pixels of every breed into the few that a PDF shares: black and white, gray, colour, ink."""

from __future__ import annotations

import math
from typing import Final

from PIL import Image, ImageOps

KEPT: Final = frozenset({"1", "L", "RGB", "CMYK"})
"""What a PDF holds as it is."""

_BITS: Final = 258
_MEANING: Final = 262  # of the numbers of a TIFF; 0 where white is 0
_TOPS: Final = (255.0, 1023.0, 4095.0, 16383.0, 65535.0)
"""The largest numbers of 8, 10, 12, 14 and 16 bits: a camera seldom fills what it is given."""


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
    deep = picture.convert("F")
    extrema = deep.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type] # one band only
    tops = (1.0, *_TOPS) if picture.mode.startswith("F") else _TOPS
    top = next((each for each in tops if high <= each), 0.0)
    if low < 0 or not top or not math.isfinite(high - low):
        span = (high - low) if math.isfinite(high - low) and high > low else 1.0
        bottom = low if math.isfinite(low) else 0.0
    else:
        span, bottom = top, 0.0
    gray = deep.point(lambda value: value * (255.0 / span) - bottom * 255.0 / span).convert("L")
    return ImageOps.invert(gray) if inverted else gray


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
