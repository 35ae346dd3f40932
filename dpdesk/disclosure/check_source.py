"""A finished page beside its source: the same ink at the same places, but for what was removed.

What is expected is made from the check's own drawing of the source: marked words taken out,
moved parts moved. Then the finished picture must show all dark ink that is expected, and none
that is not. So a page that is displaced, or another page, or a removed word that shows beside
its burnt place, is found without believing anything that the builder reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops

from dpdesk.disclosure.check_case import PageCase, require
from dpdesk.disclosure.check_drawing import CompareGrid, GridBox
from dpdesk.disclosure.check_parts import Picture
from dpdesk.disclosure.ink import shapes
from dpdesk.documents.pages import Box

_DARK = 96  # ink for certain
_INK = 160  # ink of our own letters on their strip
_BARE = 250  # paper for certain, where nothing near is darker
_PALE = 200  # nothing dark is near what is this light
_SPECKS = 12  # dark pixels that two drawings of one page may have in different places
_EDGE = 1.3  # pixels around a burnt place where both may differ
_MOSTLY = 0.4  # a shape with this share inside a mark belongs to the marked word
_REACH = 0.4  # of the line's height: how far it is followed
_UPRIGHT = 3.0  # a mark so many times higher than wide lies on a word that runs up or down
_DARK_ONLY = [255 if value < _DARK else 0 for value in range(256)]
_INK_ONLY = [255 if value < _INK else 0 for value in range(256)]
_BARE_ONLY = [255 if value > _BARE else 0 for value in range(256)]
_PALE_ONLY = [255 if value > _PALE else 0 for value in range(256)]


def compare(finished: Image.Image, source: Image.Image, sheet: CompareGrid, case: PageCase) -> None:
    """The finished page shows what the source shows, where nothing was removed. Raises Flaw."""
    _check_outgrown(source, sheet, case)
    expected = _set_anew(source, sheet, case)
    beside = finished.copy()
    for area in case.areas:
        place = sheet.pixels(area, _EDGE)
        expected.paste(255, place)
        beside.paste(255, place)
    # Words that were set anew were drawn again, and not moved by whole pixels of this grid.
    more = 1 if case.lines else 0
    strange = _lone(beside.point(_DARK_ONLY), expected, _BARE_ONLY, more)
    require(_count(strange) <= _SPECKS, "source")
    missing = _lone(expected.point(_DARK_ONLY), beside, _PALE_ONLY, more)
    # What a burnt place touches may have gone with it.
    for area in case.areas:
        missing.paste(0, sheet.pixels(area, 2 * _EDGE))
    require(_count(missing) <= _SPECKS, "source")


def _lone(dark: Image.Image, other: Image.Image, light: list[int], more: int) -> Image.Image:
    """Which dark pixels have nothing but light around them in the other picture.

    Around are the eight neighbours, and ``more`` pixels further left and right.
    """
    lights = other.point(light)
    found = ImageChops.darker(dark, lights)
    if found.getbbox() is None:
        return found
    wide, high = found.size
    # Few pixels of a page are dark here and light there: these are looked at one by one.
    pixels, around = bytearray(found.tobytes()), lights.tobytes()
    reach, place = 1 + more, pixels.find(255)
    while place >= 0:
        y, x = divmod(place, wide)
        left, right = max(0, x - reach), min(wide, x + reach + 1)
        for row in range(max(0, y - 1), min(high, y + 2)):
            if b"\0" in around[row * wide + left : row * wide + right]:
                pixels[place] = 0
                break
        place = pixels.find(255, place + 1)
    return Image.frombytes("L", found.size, bytes(pixels))


def _count(mask: Image.Image) -> int:
    """How many pixels are white; on nearly all pages none, which is quickly told."""
    return mask.histogram()[255] if mask.getbbox() else 0


def _set_anew(source: Image.Image, sheet: CompareGrid, case: PageCase) -> Image.Image:
    """The source with lines wiped and the words that stay at their new places."""
    expected = source.copy()
    for line in case.lines:
        top, foot = line.band.y0, line.band.y1
        for word in case.kept:
            if not top < (word.box.y0 + word.box.y1) / 2 < foot:
                continue
            lost = _lies_in(word.box, line.band) and _tells(word.text)
            require(not lost or any(_lies_in(word.box, m.box) for m in line.moves), "source")
        expected.paste(255, sheet.pixels(line.band))
    for move in (move for line in case.lines for move in line.moves):
        place = sheet.pixels(move.box)
        part = source.crop(place)
        target = place[0] + round(sheet.across * move.across), place[1]
        below = expected.crop((*target, target[0] + part.width, target[1] + part.height))
        expected.paste(ImageChops.darker(below, part), target)
    return expected


def _lies_in(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def _tells(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _thickness(box: Box) -> float:
    return (
        min(box.height, _UPRIGHT * box.width) if box.height > _UPRIGHT * box.width else box.height
    )


def _check_outgrown(source: Image.Image, sheet: CompareGrid, case: PageCase) -> None:
    """No letter of a marked word sticks out of the burnt places: no tail, no accent."""
    burnt = [sheet.pixels(area, _EDGE) for area in case.areas]
    for mark, follows in case.fixed():
        if not follows:
            continue
        inner = sheet.pixels(mark)
        reach = max(3, round(_REACH * sheet.down * _thickness(mark)))
        view = (
            max(0, inner[0] - reach), max(0, inner[1] - reach),
            min(sheet.size[0], inner[2] + reach), min(sheet.size[1], inner[3] + reach),
        )  # fmt: skip
        for box in _outgrown(source.crop(view), inner, view, sheet.size):
            require(any(_holds(area, box) for area in burnt), "shows")


def _outgrown(
    near: Image.Image,
    inner: GridBox,
    view: GridBox,
    limits: tuple[int, int],
) -> Iterator[GridBox]:
    """The boxes of shapes that belong to a mark and reach beyond it by more than a pixel."""
    local = (inner[0] - view[0], inner[1] - view[1], inner[2] - view[0], inner[3] - view[1])
    for shape in shapes(near, local):
        box = shape.x0 + view[0], shape.y0 + view[1], shape.x1 + view[0], shape.y1 + view[1]
        beyond = max(inner[0] - box[0], inner[1] - box[1], box[2] - inner[2], box[3] - inner[3])
        if beyond < 2 or shape.inside < _MOSTLY * shape.pixels:
            continue
        runs_on = (
            (shape.x0 <= 0 < view[0]) or (shape.y0 <= 0 < view[1])
            or (shape.x1 >= near.width and view[2] < limits[0])
            or (shape.y1 >= near.height and view[3] < limits[1])
        )  # fmt: skip
        if not runs_on:
            yield box


def _holds(area: GridBox, box: GridBox) -> bool:
    return area[0] <= box[0] and area[1] <= box[1] and area[2] >= box[2] and area[3] >= box[3]


def own_ink(full: Image.Image, picture: Picture, case: PageCase, words: Sequence[Box]) -> None:
    """Where the program writes itself, ink stands only where its words are set. Raises Flaw.

    That is the strip with the stamp, and all of a sheet for a page that is withheld.
    """
    foot = 0
    if case.source:
        foot = max(0, round(picture.pixels(Box(0, 0, case.width, case.height), case)[3]))
    if foot >= full.height:
        return
    strip = full.crop((0, foot, full.width, full.height)).convert("L").point(_INK_ONLY)
    across, down = full.width / picture.across, full.height / picture.down
    top = picture.foot + picture.down
    for word in words:
        left, right = (word.x0 - picture.left) * across, (word.x1 - picture.left) * across
        upper, lower = (top - word.y1) * down - foot, (top - word.y0) * down - foot
        place = math.floor(left), math.floor(upper), math.ceil(right), math.ceil(lower)
        if place[2] > 0 and place[3] > 0 and place[0] < strip.width and place[1] < strip.height:
            clipped = (
                max(0, place[0]), max(0, place[1]),
                min(strip.width, place[2]), min(strip.height, place[3]),
            )  # fmt: skip
            strip.paste(0, clipped)
    require(strip.getbbox() is None, "source")
