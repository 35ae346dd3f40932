"""Words of a picture that were only blurred, from which they can be made out again.

Whoever sharpens such a place, or blurs names in the same letters until one fits, reads it. Looked
for is a strip as high as a line that is grey and without edges, in the midst of sharp writing, and
several such lines above or below sharp ones: a photograph or a page out of focus is not. For
workers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from dpdesk.inspection.connected import connected
from dpdesk.inspection.placing import Place
from dpdesk.inspection.shimmering import level_reached

_PIXELS: Final = 30_000_000
_SMALLEST: Final = (300, 100)  # pixels: less is no page, and what was small has no sharp edges
_CELL: Final = 4  # pixels
_APART: Final = 2  # pixels between which tones are compared
_RARE: Final = 0.001  # of the pixels: ink is rare on a page
_INKED: Final = 100  # steps of grey between ink and paper
_SHARP: Final = 0.35  # of these steps: an edge of a sharp letter
_EDGE: Final = 0.22  # of these steps: what has such an edge is not blurred
_GREY: Final = 12  # steps of grey from the paper
_WIDE: Final = 10  # cells of the shortest word
_HIGH: Final = (5, 30)  # cells of the lowest and the highest line
_LONGER: Final = 1.6  # times longer than high
_FILLED: Final = 0.58  # of a strip that is grey
_CUT: Final = 0.15  # of its surroundings that may be sharp: letters cut in two
_DEPTH: Final = (0.15, 0.6)  # of the way from paper to ink: blurred strokes are grey
_SOFT: Final = 0.42  # of its own depth: the steepest edge
_FEW: Final = 0.02  # of the pixels
_DARKER: Final = 0.05  # of the pixels are as dark as the strip is deep
_NEAR: Final = 2  # steps of grey
_EVEN: Final = 0.36  # of the pixels that are of nearly one tone: more of them make a bar
_TURNS: Final = 3  # from lighter to darker and back along the strip: letters, and no shadow
_TELLS: Final = 4  # steps of grey
_BESIDE: Final = 0.25  # of the space beside a strip that the sharp letters of its line take
_LINE: Final = 4  # times longer than high: a line of a blurred paragraph
_ALIKE: Final = 0.25  # of the height of a line by which others of its paragraph may differ
_OVER: Final = 0.7  # of the shorter of two lines that lies over or under the other
_AROUND: Final = 0.12  # the same of a second side: after it, above or below


class _Page(NamedTuple):
    """A picture with what is paper and ink in it, and its edges."""

    picture: Image.Image
    paper: int
    inked: int
    edges: Image.Image
    sharp: Image.Image


def blurred(picture: Image.Image) -> list[Place]:
    """The places of a grey picture where a word or more of a line was blurred."""
    wide, high = picture.width // _CELL, picture.height // _CELL
    if picture.width * picture.height > _PIXELS:
        return []
    if picture.width < _SMALLEST[0] or picture.height < _SMALLEST[1]:
        return []
    counts = picture.histogram()
    paper = max(range(128, 256), key=counts.__getitem__)
    inked = paper - level_reached(counts, _RARE * picture.width * picture.height)
    if inked < _INKED:
        return []
    edges = _edges(picture).crop((0, 0, wide * _CELL, high * _CELL))
    page = _Page(picture, paper, inked, edges, _cells(edges, round(_SHARP * inked)))
    tone = picture.crop((0, 0, wide * _CELL, high * _CELL))
    tone = tone.resize((wide, high), Image.Resampling.BOX)
    grey = tone.point([255 if level <= paper - _GREY else 0 for level in range(256)])
    grey.paste(0, (0, 0), _cells(edges, round(_EDGE * inked)))
    return list(_found(page, grey))


def _found(page: _Page, grey: Image.Image) -> Iterator[Place]:
    apart: list[Place] = []  # smears without sharp letters beside them: lines of a paragraph?
    for cells in connected(grey.tobytes(), grey.width, 255):
        across, down = [cell % grey.width for cell in cells], [cell // grey.width for cell in cells]
        strip = (min(across), min(down), max(across) + 1, max(down) + 1)
        wide, high = strip[2] - strip[0], strip[3] - strip[1]
        if not _HIGH[0] <= high <= _HIGH[1] or wide < max(_WIDE, _LONGER * high):
            continue
        if len(cells) < _FILLED * wide * high:
            continue
        among = _is_among_writing(page.sharp, strip)
        if (among or wide >= _LINE * high) and _is_smear(page, _in_pixels(strip)):
            if among:
                yield _in_pixels(strip)
            else:
                apart.append(strip)
    yield from map(_in_pixels, _paragraphs(page.sharp, apart))


def _in_pixels(strip: Place) -> Place:
    left, top, right, bottom = (side * _CELL for side in strip)
    return left, top, right, bottom


def _paragraphs(sharp: Image.Image, strips: list[Place]) -> Iterator[Place]:
    """Several blurred lines below each other, with sharp writing above the first or below the last.

    ``strips`` are cells. All of a page out of focus is none, as nothing on it is sharp.
    """
    groups: list[list[Place]] = []
    for strip in sorted(strips, key=lambda each: each[1]):
        for group in groups:
            if _is_next_line(group, strip):
                group.append(strip)
                break
        else:
            groups.append([strip])
    for group in groups:
        if len(group) < 2:
            continue
        left, right = min(each[0] for each in group), max(each[2] for each in group)
        top, bottom = group[0][1], group[-1][3]
        near = 2 * (group[1][1] - top)
        above = _share(sharp, (left, top - near, right, top))
        below = _share(sharp, (left, bottom, right, bottom + near))
        if max(above, below) >= _BESIDE:
            yield left, top, right, bottom


def _is_next_line(group: list[Place], strip: Place) -> bool:
    """Whether a strip follows the lines of a group at their distance, and is as high as they."""
    last = group[-1]
    high, step = last[3] - last[1], strip[1] - last[1]
    if abs((strip[3] - strip[1]) - high) > max(2, _ALIKE * high) or not high <= step <= 4 * high:
        return False
    if len(group) > 1 and abs(step - (last[1] - group[-2][1])) > 2:
        return False
    both = min(last[2], strip[2]) - max(last[0], strip[0])
    return both >= _OVER * min(last[2] - last[0], strip[2] - strip[0])


def _edges(picture: Image.Image) -> Image.Image:
    across = ImageChops.difference(picture, ImageChops.offset(picture, _APART, 0))
    across.paste(0, (0, 0, _APART, picture.height))
    down = ImageChops.difference(picture, ImageChops.offset(picture, 0, _APART))
    down.paste(0, (0, 0, picture.width, _APART))
    return ImageChops.lighter(across, down)


def _cells(edges: Image.Image, least: int) -> Image.Image:
    """The cells with an edge of so many steps."""
    met = edges.point([0] * least + [255] * (256 - least))
    size = (edges.width // _CELL, edges.height // _CELL)
    return met.resize(size, Image.Resampling.BOX).point([0] + [255] * 255)


def _is_among_writing(sharp: Image.Image, strip: Place) -> bool:
    """Whether sharp letters stand beside a strip of cells, on its line, and around it."""
    left, top, right, bottom = strip
    framed = sharp.crop((left - 1, top - 1, right + 1, bottom + 1))
    around = framed.histogram()[255] - sharp.crop(strip).histogram()[255]
    if around > _CUT * (2 * (right - left) + 2 * (bottom - top) + 4):
        return False
    near = 2 * (bottom - top)
    before = _share(sharp, (left - near, top, left, bottom))
    after = _share(sharp, (right, top, right + near, bottom))
    above = _share(sharp, (left, top - near, right, top))
    below = _share(sharp, (left, bottom, right, bottom + near))
    more = max(min(before, after), above, below)
    return max(before, after) >= _BESIDE and more >= _AROUND


def _share(sharp: Image.Image, place: Place) -> float:
    counts = sharp.crop(place).histogram()
    return counts[255] / sum(counts)


def _is_smear(page: _Page, place: Place) -> bool:
    """Whether a place is grey with soft edges, and lighter and darker along it as letters are."""
    part = page.picture.crop(place)
    counts, whole = part.histogram(), part.width * part.height
    usual = max(range(256), key=counts.__getitem__)
    if sum(counts[max(0, usual - _NEAR) : usual + _NEAR + 1]) > _EVEN * whole:
        return False
    depth = page.paper - level_reached(counts, _DARKER * whole)
    if not _DEPTH[0] * page.inked <= depth <= _DEPTH[1] * page.inked:
        return False
    # The outermost cells may be where the blurred place was cut out.
    inner = (place[0] + _CELL, place[1] + _CELL, place[2] - _CELL, place[3] - _CELL)
    counts = page.edges.crop(inner).histogram()
    steepest = 255 - level_reached(counts[::-1], _FEW * sum(counts))
    if steepest > _SOFT * depth:
        return False
    return _turns(part.resize((part.width, 1), Image.Resampling.BOX).tobytes()) >= _TURNS


def _turns(line: bytes) -> int:
    """How often a line turns from lighter to darker or back by more than a little."""
    turns, way, reached = 0, 0, line[0]
    for level in line:
        if way and way * (level - reached) > 0:
            reached = level
        elif abs(level - reached) >= _TELLS:
            turns, way, reached = turns + 1, 1 if level > reached else -1, level
    return turns
