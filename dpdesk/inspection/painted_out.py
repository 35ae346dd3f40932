"""Words of a scan over which somebody painted with the colour of the paper; for workers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from PIL import Image, ImageChops, ImageStat

from dpdesk.documents.pages import Box
from dpdesk.inspection.connected import connected

_CELL: Final = 24  # pixels: eight points, so that letters of a word lie in cells beside each other
_LIGHTER: Final = 60  # steps of grey by which ink vanished
_FILLED: Final = 0.04  # of a cell: letters are thin
_PAPER: Final = 190
_EVEN: Final = 10.0  # steps of grey
_SMALL: Final = 2  # cells: what lies in fewer is a speck
_MOST: Final = 60
_NEAR: Final = tuple((x, y) for x in range(-2, 3) for y in (-1, 0, 1))
"""Words of a line have gaps, and its letters have heights of their own."""
_LETTERS: Final = 3

Read = Callable[[Image.Image, float], str]


def look(
    whole: Image.Image, bare: Image.Image, scale: float, read: Read
) -> Iterator[tuple[Box, str]]:
    """Places (points) where ink of the pictures is gone on the whole page, with what it said.

    Places in which nothing can be read are left out.
    """
    lost = ImageChops.subtract(whole, bare).point([0] * _LIGHTER + [255] * (256 - _LIGHTER))
    if not lost.getbbox():
        return
    size = (max(1, whole.width // _CELL), max(1, whole.height // _CELL))
    filled = lost.resize(size, Image.Resampling.BOX).tobytes()
    across, down = whole.width / size[0], whole.height / size[1]
    groups = connected(filled, size[0], 255 * _FILLED, _NEAR)
    for cells in islice((each for each in groups if len(each) >= _SMALL), _MOST):
        columns, rows = [c % size[0] for c in cells], [c // size[0] for c in cells]
        sides = (
            round(max(0, min(columns) - 0.5) * across),
            round(max(0, min(rows) - 0.5) * down),
            round(min(size[0], max(columns) + 1.5) * across),
            round(min(size[1], max(rows) + 1.5) * down),
        )
        if _is_still_seen(whole.crop(sides), lost.crop(sides)):
            continue
        text = read(_gone(whole.crop(sides), bare.crop(sides), lost.crop(sides)), scale)
        if sum(map(str.isalpha, text)) >= _LETTERS:
            yield Box(*(side / scale for side in sides)), text


def _is_still_seen(part: Image.Image, lost: Image.Image) -> bool:
    """Whether ink only became lighter, as under a marker, and stands out from its ground."""
    counts = part.histogram()
    ground = max(range(256), key=counts.__getitem__)
    return bool(ground - ImageStat.Stat(part, lost).mean[0] >= _LIGHTER)


def _gone(whole: Image.Image, bare: Image.Image, lost: Image.Image) -> Image.Image:
    """Only what is gone, on paper: what is still seen beside it says nothing new."""
    paper = Image.new("L", bare.size, 255)
    soft = ImageChops.subtract(whole, bare).point([0] * 8 + [255] * 248)
    paper.paste(bare, (0, 0), ImageChops.lighter(lost, soft))
    return paper


def is_paper(part: Image.Image) -> bool:
    """Whether a place is light and of one colour."""
    stat = ImageStat.Stat(part)
    return bool(stat.mean[0] >= _PAPER and stat.stddev[0] <= _EVEN)
