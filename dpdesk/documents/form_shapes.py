"""What the ink in a box is shaped like: whether strokes cross, fork, or go round something."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_ROUND: Final = 0.24
"""How large the circle around a crossing is, by the shorter side of the mark."""
_LEAST: Final = 6
"""Pixels of that at least."""
_THICKER: Final = 1.3
"""The same by how thick the pen is at its thickest."""
_STEPS: Final = 48
_GAP: Final = 4
"""Steps of paper between two arms at least."""
_SURE: Final = {4: 4, 3: 9}
"""Pixels around which so many arms are found: a few may be a slip of the scanner.

A crossing has four arms, and a fork, as of Y, three; the turn of a tick has two.
"""
_HOLE: Final = 0.04
"""Of the mark is paper that ink goes around: less is a loop of the pen at the turn of a tick."""
_GRAIN: Final = (4.0, 5)
"""Times the grain of the paper, and steps of grey at least, by which a shadow is darker than it."""
_LIGHTER: Final = 0.84
"""Of the pixels are darker than the paper with its grain once; only the lighter half counts, as
what is drawn is never there."""
_SLENDER: Final = 4.6
"""A stroke is longer by so many times than it is thick; what is not is a blot, or a shadow."""
_UNBROKEN: Final = 0.9
"""Of a straight way is ink at least where a crease, a shadow or dirt leads along it."""
_MET: Final = 8
"""Pixels of ink beside a box that are more than specks."""


def crossed(mark: Image.Image) -> bool:
    """Do strokes cross or fork, as in X, + and letters? ``mark``: ink (255), cut to its edges."""
    pixels: Any = mark.load()
    wide, high = mark.size
    reach = max(_LEAST, round(_ROUND * min(mark.size)), round(_THICKER * _thickness(mark)))
    ring = [
        (round(reach * math.cos(turn)), round(reach * math.sin(turn)))
        for turn in (2 * math.pi * step / _STEPS for step in range(_STEPS))
    ]
    found = Counter[int]()
    for y in range(reach, high - reach):
        for x in range(reach, wide - reach):
            if not pixels[x, y]:
                continue
            met = [bool(pixels[x + a, y + b]) for a, b in ring]
            found.update(least for least in _SURE if _arms(met) >= least)
            if any(found[least] >= sure for least, sure in _SURE.items()):
                return True
    return False


def _arms(met: Sequence[bool]) -> int:
    """How many strokes a circle meets, by the paper between them; its edge may be jagged."""
    if all(met) or not any(met):
        return 0
    first = met.index(True)
    turned = "".join("#" if each else " " for each in (*met[first:], *met[:first]))
    return sum(len(gap) >= _GAP for gap in turned.split("#"))


def holed(mark: Image.Image) -> bool:
    """Does ink go around paper, as a ring does? ``mark``: ink (255), cut to its edges."""
    framed = Image.new("L", (mark.width + 2, mark.height + 2), 0)
    framed.paste(mark, (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 128)
    return framed.histogram()[0] > _HOLE * mark.width * mark.height


def stroke_length(ink: Image.Image) -> float:
    """How long all strokes together are, in pixels: half of what goes around them."""
    framed = Image.new("L", (ink.width + 2, ink.height + 2), 0)
    framed.paste(ink, (1, 1))
    around = ImageChops.difference(framed.filter(ImageFilter.MaxFilter(3)), framed)
    return around.histogram()[255] / 2


def ringed(ink: Image.Image, box: tuple[int, int, int, int], near: int, far: int) -> bool:
    """Is something drawn on two sides of a box that face each other, so near and so far?

    ``near``, ``far``: pixels beside the box. A tick from elsewhere reaches a corner of it at most.
    """
    left, top, right, bottom = box
    bands = (
        (left, top - far, right, top - near),
        (left, bottom + near, right, bottom + far),
        (left - far, top, left - near, bottom),
        (right + near, top, right + far, bottom),
    )
    above, below, before, behind = (ink.crop(each).histogram()[255] >= _MET for each in bands)
    return (above and below) or (before and behind)


def faintest(picture: Image.Image, bare: Image.Image) -> Image.Image:
    """Where a picture is darker (255) than a part of it, mostly bare paper, by more than grain."""
    levels = sorted(bare.tobytes())
    middle, lighter = (levels[int(share * (len(levels) - 1))] for share in (0.5, _LIGHTER))
    times, steps = _GRAIN
    least = middle - max(steps, times * (lighter - middle))
    return picture.point([255 if level < least else 0 for level in range(256)])


def stout(mark: Image.Image) -> bool:
    """Is it too stout for a stroke of a pen, as a blot and the corner of a shadow are?

    ``mark``: ink (255).
    """
    return stroke_length(mark) < _SLENDER * _thickness(mark)


def straight_through(ink: Image.Image, columns: tuple[int, int], rows: Sequence[int]) -> bool:
    """Does ink lead straight from the first of these rows to the last, between two columns?"""
    pixels: Any = ink.load()
    first, last = max(0, columns[0]), min(ink.width, columns[1])
    ends = [_middles(ink.crop((first, row, last, row + 1))) for row in (rows[0], rows[-1])]
    way = rows[-1] - rows[0]
    for above in ends[0]:
        for below in ends[1]:
            met = sum(
                bool(pixels[first + round(above + (below - above) * (row - rows[0]) / way), row])
                for row in rows
            )
            if met >= _UNBROKEN * len(rows):
                return True
    return False


def _middles(line: Image.Image) -> list[float]:
    """The middle of each run of ink in a row of pixels."""
    found, begun = [], None
    for place, level in enumerate((*line.tobytes(), 0)):
        if level and begun is None:
            begun = place
        elif not level and begun is not None:
            found.append((begun + place - 1) / 2)
            begun = None
    return found


def _thickness(mark: Image.Image) -> int:
    """Pixels of the thickest place of a mark."""
    left = Image.new("L", (mark.width + 2, mark.height + 2), 0)
    left.paste(mark, (1, 1))
    times = 0
    while left.getbbox() is not None:
        left, times = left.filter(ImageFilter.MinFilter(3)), times + 1
    return 2 * times - 1
