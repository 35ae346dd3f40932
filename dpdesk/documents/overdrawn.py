"""Tells words that can hardly be made out although they are seen; used inside workers only.

Strokes of a hatch or a scribble run over them, their letters are set upon each other or thickened
to a blot, or they are very small. Whoever looks through the page takes them for blacked out, or
for no words at all, and whoever stretches the picture reads them. So the user is told where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PIL import Image

from dpdesk.documents.pages import Box, Word

_LETTERS: Final = 4  # shorter words are hardly names, and one stroke is much of them
_BAND: Final = (0.25, 0.75)  # of the height of a line: a rule below a word is not over it
_DARK: Final = 110  # of 255: a stroke of a pen; a watermark and a tint are lighter
_LIGHT: Final = 190  # paper between strokes; between the parts of a photograph there is none
_MOST_TONES: Final = 0.35  # of the band: soft edges of strokes
_STROKED: Final = 0.15  # of the band at least, and so much paper
_STROKES: Final = 0.4  # for each letter, in a row of pixels
_FEWEST: Final = 3  # strokes
_BLOT: Final = 0.6  # of the band under ink of the letters themselves
_APART: Final = 0.5  # dark stretches for each letter: the boldest of types has more
_ROWS: Final = 5  # that are counted through
_SMALL: Final = 3.8  # points: the height of a line in which nobody reads without a glass
_NARROW: Final = 0.17  # of the height of its line a letter takes: they lie upon each other

_JOINED: Final = "\u0590"  # from here on letters join, stand upon each other, or are signs

_STROKE = [255 if level < _DARK else 0 for level in range(256)]
_PAPER = [255 if level >= _LIGHT else 0 for level in range(256)]
_INK = [255 if level >= 64 else 0 for level in range(256)]


def standing_apart(text: str) -> int:
    """How many letters and figures of a text stand each by itself, as those of Arabic do not."""
    return sum(sign.isalnum() and sign < _JOINED for sign in text)


def is_small_or_piled(letters: int, length: float, size: float) -> bool:
    """Whether a word of so many letters is set very small, or its letters upon each other.

    ``length`` and ``size`` (the height of its line) are in points.
    """
    return letters >= _LETTERS and (size < _SMALL or length < letters * _NARROW * size)


def crossed(
    ground: Image.Image | None,
    letters: Image.Image,
    words: Sequence[Word],
    asked: Iterable[int],
    scale: float,
) -> frozenset[int]:
    """Which words have strokes over them, or are blots themselves.

    ``ground`` is the page without its letters, where there is anything else on it; ``letters``
    how much they differ from blank paper; ``scale`` the pixels of both for a point.
    """
    strokes = None if ground is None else ground.convert("L")
    blots = letters.point(_INK)
    found = set()
    for number in asked:
        word = words[number]
        count = standing_apart(word.text)
        if count < _LETTERS:
            continue
        box = _band(word.box, scale, letters.size)
        if box is None:
            continue
        if _is_blot(blots.crop(box), word.box, count) or (
            strokes is not None and _has_strokes(strokes.crop(box), word.box, count)
        ):
            found.add(number)
    return frozenset(found)


def _band(box: Box, scale: float, limits: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The pixels in the middle of the line of a word; None where there are none."""
    low, high = _BAND
    if _runs_up(box):
        x0, x1 = box.x0 + low * box.width, box.x0 + high * box.width
        y0, y1 = box.y0, box.y1
    else:
        x0, x1 = box.x0, box.x1
        y0, y1 = box.y0 + low * box.height, box.y0 + high * box.height
    left, top = max(0, round(x0 * scale)), max(0, round(y0 * scale))
    right, foot = min(limits[0], round(x1 * scale)), min(limits[1], round(y1 * scale))
    return (left, top, right, foot) if right - left > 1 and foot - top > 1 else None


def _runs_up(box: Box) -> bool:
    return box.height > 1.5 * box.width


def _has_strokes(part: Image.Image, box: Box, letters: int) -> bool:
    """Whether several dark strokes with paper between them cross a part of a line."""
    darkest, lightest = cast("tuple[int, int]", part.getextrema())
    if darkest >= _DARK or lightest < _LIGHT:
        return False
    dark = part.point(_STROKE)
    dark_share, light_share = _share(dark), _share(part.point(_PAPER))
    if min(dark_share, light_share) < _STROKED or 1 - dark_share - light_share > _MOST_TONES:
        return False
    return _strokes_across(dark, box) >= max(_FEWEST, _STROKES * letters)


def _is_blot(ink: Image.Image, box: Box, letters: int) -> bool:
    """Whether the ink of the letters of a word has run together."""
    return _share(ink) >= _BLOT and _strokes_across(ink, box) < _APART * letters


def _strokes_across(mask: Image.Image, box: Box) -> float:
    """How many stretches a row of pixels has along a word, on average of some rows."""
    dark = mask.transpose(Image.Transpose.TRANSPOSE) if _runs_up(box) else mask
    wide, high = dark.size
    pixels = dark.tobytes()
    starts = sorted({rank * high // _ROWS * wide for rank in range(_ROWS)})
    rows = [b"\0" + pixels[start : start + wide] for start in starts]
    return sum(row.count(b"\0\xff") for row in rows) / len(rows)


def _share(mask: Image.Image) -> float:
    return mask.histogram()[255] / (mask.width * mask.height)
