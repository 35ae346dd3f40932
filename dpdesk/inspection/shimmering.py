"""Dark bars within a picture that are not wholly of one colour, so that words below come through.

A bar of 98 % ink looks black; whoever raises the contrast reads what is under it. So each dark
place of a picture is stretched from its darkest to its lightest, and read. For workers only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import fmean
from typing import Any, Final, NamedTuple, cast

from PIL import Image, ImageFilter, ImageOps

from dpdesk.documents.ocr import engine_of
from dpdesk.inspection.connected import connected
from dpdesk.inspection.placing import Place
from dpdesk.inspection.telling import signs_in

_DARK: Final = 96  # of 255: what is darker looks like a bar
_CELL: Final = 4  # pixels
_FULL: Final = 250  # of 255: the share of a cell that is dark
_LEAST: Final = (7, 3)  # cells across and down of the smallest bar
_LARGEST: Final = 0.4  # of a picture: more of it is a dark picture
_MOST: Final = 40  # bars of one picture that are read
_RARE: Final = 0.005  # of the pixels: specks
_TELLS: Final = 3  # steps of grey
_SURE: Final = 60
_LETTERS: Final = 3
_SURER: Final = 80  # of what is read in another way than it lies: specks make letters too
_MORE: Final = 4
_LEVEL: Final = 2.0  # degrees
_HALF: Final = Image.Transpose.ROTATE_180
_TALL: Final = 56  # pixels: a line that is read well is as high
_CLOSER: Final = 4
_ROOM: Final = 24  # pixels around what is read
_DOTS: Final = 300.0
_PIXELS: Final = 30_000_000


class Below(NamedTuple):
    """What can be read in one bar, and where the bar is."""

    text: str
    place: Place


def words_below(picture: Image.Image, memory: dict[str, Any]) -> list[Below]:
    """What can be read in the dark bars of a grey picture once their contrast is raised."""
    if picture.width * picture.height > _PIXELS:
        return []
    found = []
    for stretched, lean, place in _stretched(picture):
        words = _read(stretched, lean, memory)
        if words:
            found.append(Below(" ".join(words), place))
    return found


def _read(stretched: Image.Image, lean: float, memory: dict[str, Any]) -> list[str]:
    """The words of a bar: as it lies, else made straight, upside down, on its side, mirrored."""
    words = _words(stretched, _SURE, _LETTERS, memory)
    if words:
        return words
    paper = stretched.getpixel((0, 0))
    plain = stretched
    if abs(lean) > _LEVEL:
        plain = stretched.rotate(
            lean, Image.Resampling.BICUBIC, expand=True, fillcolor=cast(int, paper)
        )
    ways = [plain.transpose(_HALF), ImageOps.mirror(plain), ImageOps.flip(plain)]
    if plain is not stretched:
        ways.insert(0, plain)
    read = (_words(way, _SURER, _MORE, memory) for way in ways)
    return next((words for words in read if words), [])


def _words(way: Image.Image, sure: int, letters: int, memory: dict[str, Any]) -> list[str]:
    return [
        word.text
        for word in engine_of(memory).look(way, _DOTS).found
        if word.sure >= sure and signs_in(word.text) >= letters
    ]


def _lean(across: list[int], down: list[int]) -> float:
    """By how many degrees a bar has to be turned back to lie level, from where its cells are."""
    x, y = fmean(across), fmean(down)
    wide = sum((each - x) ** 2 for each in across)
    high = sum((each - y) ** 2 for each in down)
    both = sum((a - x) * (d - y) for a, d in zip(across, down, strict=True))
    return math.degrees(math.atan2(2 * both, wide - high) / 2)


def _stretched(picture: Image.Image) -> Iterator[tuple[Image.Image, float, Place]]:
    """The inside of each dark bar that is not of one colour, from black to white; its lean, place.

    The lean is in degrees.
    """
    size = (picture.width // _CELL, picture.height // _CELL)
    if not all(size):
        return
    dark = picture.point([255] * _DARK + [0] * (256 - _DARK))
    dark = dark.crop((0, 0, size[0] * _CELL, size[1] * _CELL))
    full = dark.resize(size, Image.Resampling.BOX).point([0] * _FULL + [1] * (256 - _FULL))
    read = 0
    for cells in connected(full.tobytes(), size[0]):
        if len(cells) > _LARGEST * size[0] * size[1]:
            continue
        across, down = [cell % size[0] for cell in cells], [cell // size[0] for cell in cells]
        box = (min(across), min(down), max(across) + 1, max(down) + 1)
        left, top, right, bottom = (side * _CELL for side in box)
        if box[2] - box[0] < _LEAST[0] or box[3] - box[1] < _LEAST[1]:
            continue
        inside = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        for x, y in zip(across, down, strict=True):
            inside.putpixel((x - box[0], y - box[1]), 255)
        made = _made_plain(picture.crop((left, top, right, bottom)), inside)
        if made is not None:
            read += 1
            yield made, _lean(across, down), (left, top, right, bottom)
        if read >= _MOST:
            return


def _made_plain(bar: Image.Image, inside: Image.Image) -> Image.Image | None:
    """A bar with all its contrast, on paper; None where it is of one colour."""
    # The outermost cells hold what the packing of a picture made of the edge.
    framed = Image.new("L", (inside.width + 2, inside.height + 2), 0)
    framed.paste(inside, (1, 1))
    inner = framed.filter(ImageFilter.MinFilter(3)).crop(
        (1, 1, inside.width + 1, inside.height + 1)
    )
    mask = inner.resize(bar.size, Image.Resampling.NEAREST)
    counts = bar.histogram(mask)
    few = _RARE * sum(counts)
    low, high = level_reached(counts, few), 255 - level_reached(counts[::-1], few)
    if not sum(counts) or high - low < _TELLS:
        return None
    usual = max(range(256), key=counts.__getitem__)
    step = 255.0 / (high - low)
    levels = [max(0, min(255, round((level - low) * step))) for level in range(256)]
    if usual - low < high - usual:  # light words on a darker ground
        levels = [255 - level for level in levels]
    paper = levels[usual]
    plain = Image.new("L", (bar.width + 2 * _ROOM, bar.height + 2 * _ROOM), paper)
    plain.paste(bar.point(levels), (_ROOM, _ROOM), mask)
    closer = max(1, min(_CLOSER, round(_TALL / bar.height)))
    return plain.resize((plain.width * closer, plain.height * closer), Image.Resampling.BICUBIC)


def level_reached(counts: list[int], few: float) -> int:
    """The first level by which more than a few pixels were met."""
    seen = 0
    for level, number in enumerate(counts):
        seen += number
        if seen > few:
            return level
    return 0
