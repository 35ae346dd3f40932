"""Is what a form has printed pale still there? A fax or a copier that lost it loses pencils too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PIL import Image

from dpdesk.documents.form_marks import UPRIGHT

_RULE: Final = (-5.0, 18.0, 3)
"""Where the printed line to sign on is looked for, below the place for the name, and in parts."""
_RULED: Final = (8, 0.3)
"""Steps of grey at least, and share of what ink is, by which that line is darker than paper."""
_TINTED: Final = (60.0, 6.0, 70.0, 15.0, 2.0, 0.08)
"""Of the pale panel: how high it is at least with what is around it, where it begins right of the
left edge of the boxes and ends left of that of the page, and the height of a line; steps of
grey at least, and share of what ink is, by which it is darker than paper."""


def faint_print_shows(upright: Image.Image, signed: Sequence[float], darker: int) -> bool:
    """Is the thin grey line to sign on still there? A copier that lost it loses pencils too."""
    x, y, wide, high = signed
    over, deep, parts = _RULE
    top = y + high + over
    found = 0
    for number in range(parts):
        left, right = (x + wide * each / parts for each in (number, number + 1))
        part = upright.crop(_pixels((left, top, right, top + deep)))
        rows = part.resize((1, part.height), Image.Resampling.BOX).tobytes()
        light = sorted(rows)[len(rows) * 3 // 4]
        found += light - min(rows) >= max(_RULED[0], round(darker * _RULED[1]))
    return found > parts // 2


def tint_shows(
    upright: Image.Image, boxes: Mapping[str, Sequence[float]], darker: int
) -> bool | None:
    """Is the pale panel between the boxes of uses and those of the pupil still there?

    A fax, a copy and many a scanner make it white, and pale pencil with it. None where the page
    has no such panel.
    """
    above = [y + high for key, (_, y, _, high) in boxes.items() if key.startswith("use ")]
    below = [y for key, (_, y, _, _) in boxes.items() if key.startswith("wish ")]
    if not above or not below or min(below) - max(above) < _TINTED[0]:
        return None
    left = min(x for x, *_ in boxes.values()) + _TINTED[1]
    edges = (left, max(above), upright.width / UPRIGHT - _TINTED[2], min(below))
    part = upright.crop(_pixels(edges))
    paper_of = [_light(part.crop((0, y, part.width, y + 1))) for y in range(part.height)]
    quiet = [sum(paper_of[y : y + UPRIGHT]) / UPRIGHT for y in range(len(paper_of) - UPRIGHT)]
    # Between two lines of letters is bare paper, or the bare panel.
    step = round(_TINTED[3] * UPRIGHT)
    steps = [
        max(quiet[y - step : y]) - max(quiet[y : y + step]) for y in range(step, len(quiet) - step)
    ]
    least = max(_TINTED[4], darker * _TINTED[5])
    top = max(range(len(steps)), key=steps.__getitem__)
    return steps[top] >= least and min(steps[top:]) <= -least


def _light(row: Image.Image) -> float:
    """The grey of the paper in a row of pixels, between letters."""
    counts, seen = row.histogram(), 0
    wanted, total, found = row.width // 4, 0, 0
    for level in range(255, -1, -1):
        taken = min(counts[level], wanted - seen)
        seen, total, found = seen + counts[level], total + taken * level, found + taken
        if seen >= wanted:
            break
    return total / max(1, found)


def _pixels(edges: Sequence[float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(each * UPRIGHT) for each in edges)
    return left, top, right, bottom
