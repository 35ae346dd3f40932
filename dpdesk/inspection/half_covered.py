"""Words of a scan that a bar drawn over it covers in part, so that nobody reads them; for workers.

A bar that is too short, too low or shifted leaves the ends or the tops of letters in sight, and
the whole word below it. Told is what can be read without it, and no longer with it, where rows
of the word became one tone: letters of a stamp over a scan make none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from PIL import Image, ImageChops

from dpdesk.documents.ocr_rest import Read
from dpdesk.documents.pages import Box
from dpdesk.inspection.connected import connected
from dpdesk.inspection.read_there import is_new
from dpdesk.inspection.telling import words_in

_CELL: Final = 12  # pixels: four points
_CHANGED: Final = 40  # steps of grey
_FILLED: Final = 0.04  # of a cell
_LEAST: Final = (2, 1)  # cells across and down of the smallest bar
_MOST: Final = 12  # places of one page that are read
_NEAR: Final = tuple((x, y) for x in range(-2, 3) for y in (-1, 0, 1))
_BESIDE: Final = 120  # pixels: the rest of a word that goes on beside its bar
_ABOVE: Final = 24  # pixels: the same of letters that stand out above or below it
_SURE: Final = 60
_TONE: Final = 24  # steps of grey within a row or column of one tone
_ROWS: Final = 0.25  # of a word's height that became one tone
_MOSTLY: Final = 0.5  # of a word's width, in which rows are looked at

Sides = tuple[int, int, int, int]
Look = Callable[[Image.Image], Iterable[Read]]


def look(
    whole: Image.Image, bare: Image.Image, scale: float, read: Look, told: Sequence[Box]
) -> Iterator[tuple[Box, str]]:
    """Words (their places in points) that the pictures alone show and the whole page does not.

    ``scale``: pixels for each point; ``read`` says what stands in a grey picture. Words of which
    most lies in a place that was ``told`` are left out.
    """
    differs = ImageChops.difference(whole, bare)
    changed = differs.point([0] * _CHANGED + [255] * (256 - _CHANGED))
    size = (max(1, whole.width // _CELL), max(1, whole.height // _CELL))
    filled = changed.resize(size, Image.Resampling.BOX).tobytes()
    groups = connected(filled, size[0], 255 * _FILLED, _NEAR)
    places = (_around(cells, size, whole.size) for cells in groups)
    for sides in islice((each for each in places if each is not None), _MOST):
        before, after = bare.crop(sides), whole.crop(sides)
        shown = {letters for word in read(after) for letters in words_in(word.text)}
        for word in read(before):
            left, top, right, bottom = word.sides
            part = (max(0, left), max(0, top), right, bottom)
            box = _on_page(part, sides, scale)
            new = word.sure >= _SURE and any(is_new(each, shown) for each in words_in(word.text))
            if not new or any(box.intersects(other) for other in told):
                continue
            if _is_covered(after.crop(part), before.crop(part)):
                yield box, word.text


def _on_page(part: Sides, within: Sides, scale: float) -> Box:
    """A part of a place, in points of the page."""
    x, y = within[:2]
    pixels = (x + part[0], y + part[1], x + part[2], y + part[3])
    return Box(*(side / scale for side in pixels))


def _around(cells: Sequence[int], size: tuple[int, int], whole: tuple[int, int]) -> Sides | None:
    """The place of connected cells with room for the words that go on beside; None for specks."""
    columns, rows = [cell % size[0] for cell in cells], [cell // size[0] for cell in cells]
    wide, high = max(columns) + 1 - min(columns), max(rows) + 1 - min(rows)
    if wide < _LEAST[0] or high < _LEAST[1]:
        return None
    across, down = whole[0] / size[0], whole[1] / size[1]
    return (
        max(0, round(min(columns) * across) - _BESIDE),
        max(0, round(min(rows) * down) - _ABOVE),
        min(whole[0], round((max(columns) + 1) * across) + _BESIDE),
        min(whole[1], round((max(rows) + 1) * down) + _ABOVE),
    )


def _is_covered(after: Image.Image, before: Image.Image) -> bool:
    """Whether many rows of most of a word are of one tone now, and were not before."""
    part = round(_MOSTLY * after.width)
    for left in (0, (after.width - part) // 2, after.width - part):
        sides = (left, 0, left + part, after.height)
        if part and _turned_plain(after.crop(sides), before.crop(sides)) >= _ROWS * after.height:
            return True
    return False


def _turned_plain(after: Image.Image, before: Image.Image) -> int:
    """How many rows became one tone."""
    wide, now, then = after.width, after.tobytes(), before.tobytes()
    return sum(
        max(now[start : start + wide]) - min(now[start : start + wide])
        <= _TONE
        < max(then[start : start + wide]) - min(then[start : start + wide])
        for start in range(0, wide * after.height, wide)
    )
