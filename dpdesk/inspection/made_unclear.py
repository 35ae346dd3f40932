"""Parts of pictures that were made coarse (a mosaic), from which words can be guessed again.

Whoever tries every name in the same letters with the same mosaic finds the one that fits: it is no
redaction. Looked for are rows of equal squares in a picture that is otherwise fine. For workers
only.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Final

from PIL import Image, ImageChops

_LEAST: Final = 4  # pixels of the smallest square
_LARGEST: Final = 64
_ROW: Final = 5  # squares beside each other, or it is chance
_ROWS: Final = 2  # of squares below each other
_DIFFER: Final = 8  # steps of grey between two squares
_ALIKE: Final = 2  # steps within one: pictures are packed with a loss
_PIXELS: Final = 12_000_000
_CELL: Final = 32  # pixels
_FLAT: Final = (0.6, 0.99)  # of the pixels of a cell with squares are as their neighbours
_MOST: Final = 0.5  # of a picture: a larger part was not hidden, the picture is coarse

Place = tuple[int, int, int, int]


def mosaics(picture: Image.Image) -> list[Place]:
    """The places (pixels: left, upper, right, lower) of a grey picture that are mosaics."""
    if picture.width * picture.height > _PIXELS:
        return []
    step = 4
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    content, wide = picture.tobytes(), picture.width
    stretches = _stretches(picture)
    for y in range(0, picture.height, step):
        for left, right in stretches[min(y // _CELL, len(stretches) - 1)]:
            for x0, x1, square in _rows(content[y * wide + left : y * wide + right]):
                found[square, (left + x0) % square].append((y, left + x0, left + x1))
    places = [
        place for (square, _phase), rows in found.items() for place in _together(rows, square, step)
    ]
    area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in places)
    return [] if area > _MOST * picture.width * picture.height else places


def _stretches(picture: Image.Image) -> list[list[tuple[int, int]]]:
    """Where squares may be, for each row of cells: most pixels there are as their neighbours.

    In the grain of a scan they are not, and on clean paper all are.
    """
    beside = ImageChops.offset(picture, 1, 0)
    alike = ImageChops.difference(picture, beside).point([255] * (_ALIKE + 1) + [0] * 253)
    size = (max(1, picture.width // _CELL), max(1, picture.height // _CELL))
    shares = alike.resize(size, Image.Resampling.BOX).tobytes()
    found: list[list[tuple[int, int]]] = []
    for row in range(size[1]):
        here: list[tuple[int, int]] = []
        for column in range(size[0]):
            share = shares[row * size[0] + column] / 255
            if not _FLAT[0] <= share <= _FLAT[1]:
                continue
            left, right = column * _CELL, min(picture.width, (column + 1) * _CELL)
            if here and left - here[-1][1] <= 0:
                here[-1] = (here[-1][0], right)
            else:
                here.append((left, right))
        found.append([(max(0, x0 - _CELL), min(picture.width, x1 + _CELL)) for x0, x1 in here])
    return found


def _rows(line: bytes) -> list[tuple[int, int, int]]:
    """Stretches of a line in which each so many pixels are alike, and the next differ."""
    runs: list[tuple[int, int, int]] = []
    at = 0
    for level, group in groupby(line):
        length = sum(1 for _ in group)
        if runs and abs(runs[-1][2] - level) <= _ALIKE:
            runs[-1] = (runs[-1][0], runs[-1][1] + length, runs[-1][2])
        else:
            runs.append((at, length, level))
        at += length
    found = []
    start = 0
    for place in range(1, len(runs) + 1):
        same = (
            place < len(runs)
            and runs[place][1] == runs[start][1]
            and abs(runs[place][2] - runs[place - 1][2]) >= _DIFFER
        )
        if not same:
            length = runs[start][1]
            levels = {level for _at, _length, level in runs[start:place]}
            if place - start >= _ROW and _LEAST <= length <= _LARGEST and len(levels) > 3:
                found.append((runs[start][0], runs[place - 1][0] + length, length))
            start = place
    return found


def _together(rows: list[tuple[int, int, int]], square: int, step: int) -> list[Place]:
    """Rows that lie below each other, as one place each."""
    places: list[Place] = []
    for y, x0, x1 in rows:
        for number, (left, top, right, bottom) in enumerate(places):
            if y - bottom <= square + step and x0 < right and x1 > left:
                places[number] = (min(left, x0), top, max(right, x1), y + step)
                break
        else:
            places.append((x0, y, x1, y + step))
    return [place for place in places if place[3] - place[1] >= _ROWS * square - step]
