"""What the ink in a box is shaped like: whether strokes cross, or go round something."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFilter

_ROUND: Final = 0.24
"""How large the circle around a crossing is, by the shorter side of the mark."""
_LEAST: Final = 6
"""Pixels of that at least."""
_THICKER: Final = 1.3
"""The same by how thick the pen is at its thickest."""
_STEPS: Final = 48
_GAP: Final = 4
"""Steps of paper between two arms at least."""
_ARMS: Final = 4
"""A crossing has four arms; the turn of a tick has two."""
_SURE: Final = 4
"""Pixels around which they are found: a single one may be a slip of the scanner."""
_HOLE: Final = 0.04
"""Of the mark is paper that ink goes around: less is a loop of the pen at the turn of a tick."""


def crossed(mark: Image.Image) -> bool:
    """Do two strokes cross, as in X, + and letters? ``mark``: ink (255), cut to its edges."""
    pixels: Any = mark.load()
    wide, high = mark.size
    reach = max(_LEAST, round(_ROUND * min(mark.size)), round(_THICKER * _thickness(mark)))
    ring = [
        (round(reach * math.cos(turn)), round(reach * math.sin(turn)))
        for turn in (2 * math.pi * step / _STEPS for step in range(_STEPS))
    ]
    found = 0
    for y in range(reach, high - reach):
        for x in range(reach, wide - reach):
            if not pixels[x, y]:
                continue
            met = [bool(pixels[x + a, y + b]) for a, b in ring]
            found += _arms(met) >= _ARMS
            if found >= _SURE:
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


def _thickness(mark: Image.Image) -> int:
    """Pixels of the thickest place of a mark."""
    left = Image.new("L", (mark.width + 2, mark.height + 2), 0)
    left.paste(mark, (1, 1))
    times = 0
    while left.getbbox() is not None:
        left, times = left.filter(ImageFilter.MinFilter(3)), times + 1
    return 2 * times - 1
