"""Ink on a drawn page: what a word is made of, what sticks out of a box, what can be seen.

Works on grey pictures (0 black, 255 white) with the means of Pillow alone. Boxes here are
pixel boxes ``(x0, y0, x1, y1)``, the right and lower edges excluded, as Pillow has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PIL import Image

PixelBox = tuple[int, int, int, int]

INK = 232
"""Grey values below this count as ink when looking for what sticks out of a box."""
CELL = 4
"""Side of a cell, in pixels."""
_EDGE = bytes(8 <= shade < 238 for shade in range(256))
_DARK = bytes(shade < 200 for shade in range(256))
_NOT_PAPER = bytes(0 if shade == 255 else 255 for shade in range(256))
_SEEN_SHARE = 0.4
_LIGHT_INK = bytes(255 if value < INK else 0 for value in range(256))
_RULED = 0.25  # of the rows of a band: more than that are no rules
_CONTRAST = 20  # grey steps between a word and its ground that an eye can just tell apart
_MOSTLY = 0.3  # a shape with this share inside belongs to the marked word
_REACH_UP = 0.45  # of the box's height: how far ink is followed beyond a box
_REACH_ACROSS = 0.5
_NEAR = 0.14  # of the height: a dot or accent that floats this close belongs to the word
_UPRIGHT = 3.0  # a box so many times higher than wide holds a word that runs up or down
_SMALL = 0.42  # of the height: nothing larger is an accent


@dataclass(slots=True)
class Shape:
    """Ink that hangs together: its box and how many pixels it has, in all and inside."""

    x0: int
    y0: int
    x1: int
    y1: int
    pixels: int
    inside: int


def shapes(picture: Image.Image, inner: PixelBox) -> list[Shape]:
    """The connected pieces of ink of a small grey picture; ``inner`` is counted apart."""
    width, height = picture.size
    raw = picture.tobytes().translate(_LIGHT_INK)
    parent: list[int] = []
    found: list[Shape] = []
    above: list[tuple[int, int, int]] = []
    ix0, iy0, ix1, iy1 = inner
    for y in range(height):
        row = raw[y * width : (y + 1) * width]
        runs: list[tuple[int, int, int]] = []
        end = 0
        while (start := row.find(b"\xff", end)) >= 0:
            end = row.find(b"\0", start)
            if end < 0:
                end = width
            inside = max(0, min(end, ix1) - max(start, ix0)) if iy0 <= y < iy1 else 0
            label = len(parent)
            parent.append(label)
            found.append(Shape(start, y, end, y + 1, end - start, inside))
            runs.append((start, end, label))
        _join_rows(above, runs, parent)
        above = runs
    return _gather(parent, found)


def _join_rows(
    above: Sequence[tuple[int, int, int]], runs: Sequence[tuple[int, int, int]], parent: list[int]
) -> None:
    place = 0
    for start, end, label in runs:
        while place < len(above) and above[place][1] < start:
            place += 1
        ahead = place
        while ahead < len(above) and above[ahead][0] <= end:
            a, b = _root(parent, above[ahead][2]), _root(parent, label)
            if a != b:
                parent[max(a, b)] = min(a, b)
            ahead += 1


def _root(parent: list[int], label: int) -> int:
    while parent[label] != label:
        parent[label] = parent[parent[label]]
        label = parent[label]
    return label


def _gather(parent: list[int], found: list[Shape]) -> list[Shape]:
    whole: dict[int, Shape] = {}
    for label, run in enumerate(found):
        root = _root(parent, label)
        shape = whole.get(root)
        if shape is None:
            whole[root] = run
            continue
        shape.x0, shape.x1 = min(shape.x0, run.x0), max(shape.x1, run.x1)
        shape.y1 = max(shape.y1, run.y1)
        shape.pixels += run.pixels
        shape.inside += run.inside
    return list(whole.values())


def grown(grey: Image.Image, box: PixelBox, kept: Sequence[PixelBox] = ()) -> PixelBox:
    """The box, made larger where ink of what it covers sticks out a little.

    Tails, accents and slanting letters are followed for a part of the line's height. Rules
    that run on, and ink that belongs to a kept word, do not make it grow.
    """
    height = thickness(box)
    reach_y = max(3, round(_REACH_UP * height))
    reach_x = max(3, round(_REACH_ACROSS * height))
    view = (
        max(0, box[0] - reach_x),
        max(0, box[1] - reach_y),
        min(grey.width, box[2] + reach_x),
        min(grey.height, box[3] + reach_y),
    )
    inner = (box[0] - view[0], box[1] - view[1], box[2] - view[0], box[3] - view[1])
    x0, y0, x1, y1 = inner
    others = [(k[0] - view[0], k[1] - view[1], k[2] - view[0], k[3] - view[1]) for k in kept]
    size = (view[2] - view[0], view[3] - view[1])
    near = grey.crop(view)
    if _stands_alone(near, inner, max(3, round(_NEAR * height))):
        return box
    for shape in shapes(near, inner):
        if _within(shape, inner) or _runs_on(shape, size, view, grey.size):
            continue
        if _belongs(shape, inner, height, others):
            x0, y0 = min(x0, shape.x0 - 1), min(y0, shape.y0 - 1)
            x1, y1 = max(x1, shape.x1 + 1), max(y1, shape.y1 + 1)
    return (
        max(0, x0 + view[0]),
        max(0, y0 + view[1]),
        min(grey.width, x1 + view[0]),
        min(grey.height, y1 + view[1]),
    )


def _stands_alone(near: Image.Image, inner: PixelBox, margin: int) -> bool:
    """Whether the box has a margin of blank paper: then no ink of it can stick out."""
    x0, y0 = max(0, inner[0] - margin), max(0, inner[1] - margin)
    x1, y1 = min(near.width, inner[2] + margin), min(near.height, inner[3] + margin)
    ring = (
        (x0, y0, x1, inner[1]), (x0, inner[3], x1, y1),
        (inner[0] - 1, y0, inner[0], y1), (inner[2], y0, inner[2] + 1, y1),
    )  # fmt: skip
    sides = [side for side in ring if side[2] > side[0] and side[3] > side[1]]
    darkest = [cast("tuple[int, int]", near.crop(side).getextrema())[0] for side in sides]
    return all(shade >= INK for shade in darkest)


def thickness(box: PixelBox) -> int:
    """The height of the line that a box is part of; words may run up or down the page."""
    width, height = box[2] - box[0], box[3] - box[1]
    return width if height > _UPRIGHT * width else height


def _within(shape: Shape, inner: PixelBox) -> bool:
    return (
        shape.x0 >= inner[0]
        and shape.y0 >= inner[1]
        and shape.x1 <= inner[2]
        and shape.y1 <= inner[3]
    )


def _runs_on(shape: Shape, size: tuple[int, int], view: PixelBox, whole: tuple[int, int]) -> bool:
    """Whether a shape goes on beyond what is looked at: a rule, a frame, a picture."""
    return (
        (shape.x0 <= 0 < view[0])
        or (shape.y0 <= 0 < view[1])
        or (shape.x1 >= size[0] and view[2] < whole[0])
        or (shape.y1 >= size[1] and view[3] < whole[1])
    )


def _belongs(shape: Shape, inner: PixelBox, height: int, kept: Sequence[PixelBox]) -> bool:
    if shape.inside:
        return shape.inside >= _MOSTLY * shape.pixels
    if shape.x1 - shape.x0 > _SMALL * 2 * height or shape.y1 - shape.y0 > _SMALL * height:
        return False
    near = max(2.0, _NEAR * height)
    beside = shape.x0 > inner[2] + near / 2 or shape.x1 < inner[0] - near / 2
    gap = max(inner[1] - shape.y1, shape.y0 - inner[3])
    if beside or gap > near:
        return False
    middle_x, middle_y = (shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2
    return not any(k[0] <= middle_x <= k[2] and k[1] <= middle_y <= k[3] for k in kept)


def free_of_ink(grey: Image.Image, band: PixelBox, *, from_left: bool) -> int:
    """How many columns of a band are blank, counted from its left or from its right edge.

    Rules that run through the whole band do not count: forms are filled in on them.
    """
    if band[2] <= band[0] or band[3] <= band[1]:
        return 0
    dark = grey.crop(band).point(_LIGHT_INK)
    rows = dark.resize((1, dark.height), Image.Resampling.BOX).tobytes()
    ruled = [y for y, share in enumerate(rows) if share == 255]
    if len(ruled) <= _RULED * len(rows):
        for y in ruled:
            dark.paste(0, (0, y, dark.width, y + 1))
    bounds = dark.getbbox()
    if bounds is None:
        return band[2] - band[0]
    return bounds[0] if from_left else (band[2] - band[0]) - bounds[2]


class Cells:
    """Where a grey picture has ink with an edge, in cells of 4 × 4 pixels.

    Quick to ask about every word of a page. A cell that is all black or all paper has no edge:
    in neither can a word be seen. Ink lighter than a page of text keeps does not count.
    """

    def __init__(self, every_second_row: Image.Image) -> None:
        small = every_second_row.reduce((CELL, CELL // 2))
        self.width, self.height = small.size
        self._small = small
        cells = small.tobytes()
        self._edges = cells.translate(_EDGE)
        self._dark = cells.translate(_DARK)

    def inked(self) -> PixelBox | None:
        """The pixel box of all ink, outward to whole cells; None on an empty page."""
        bounds = self._small.point(_NOT_PAPER).getbbox()
        if bounds is None:
            return None
        x0, y0, x1, y1 = (side * CELL for side in bounds)
        return x0 - CELL, y0 - CELL, x1 + CELL, y1 + CELL

    def dark(self, box: PixelBox) -> bool:
        """Whether a pixel box has ink for certain that stays in black and white."""
        x0, x1 = max(0, -(-box[0] // CELL)), min(self.width, box[2] // CELL)
        middle = (box[1] + box[3]) // 2 // CELL
        for y in range(max(0, middle - 2), min(self.height, middle + 3)):
            if b"\1" in self._dark[y * self.width + x0 : y * self.width + x1]:
                return True
        return False

    def seen(self, box: PixelBox) -> bool:
        """Whether a word can be seen in a pixel box: edges in half of its width.

        Looks at the middle of the height, where every letter has ink, so that a rule below a
        white word does not make it count as seen.
        """
        trim = 0.18 * (box[3] - box[1])
        x0, x1 = max(0, box[0] // CELL), min(self.width, -(-box[2] // CELL))
        y0 = max(0, int((box[1] + trim) / CELL))
        y1 = min(self.height, max(y0 + 1, int((box[3] - trim) / CELL) + 1))
        if x1 <= x0:
            return False
        columns, enough = 0, _SEEN_SHARE * (x1 - x0)
        for y in range(y0, y1):
            start = y * self.width
            columns |= int.from_bytes(self._edges[start + x0 : start + x1])
            if columns.bit_count() >= enough:
                return True
        return False


def is_seen(picture: Image.Image, box: PixelBox, signs: int) -> bool:
    """The same for a picture with tones: contrast in half of the pieces of a word's width."""
    x0, y0 = max(0, box[0]), max(0, box[1])
    x1, y1 = min(picture.width, box[2]), min(picture.height, box[3])
    if x1 - x0 < 2 or y1 - y0 < 3:
        return False
    trim = round(0.18 * (y1 - y0))
    steps = max(1, min(signs, 12, (x1 - x0) // 2))
    middle = picture.crop((x0, y0 + trim, x1, y1 - trim))
    return sum(_has_contrast(middle, step, steps) for step in range(steps)) >= 0.5 * steps


def _has_contrast(middle: Image.Image, step: int, steps: int) -> bool:
    left = middle.width * step // steps
    right = max(left + 1, middle.width * (step + 1) // steps)
    extremes = middle.crop((left, 0, right, middle.height)).getextrema()
    low, high = cast("tuple[int, int]", extremes)
    return high - low >= _CONTRAST
