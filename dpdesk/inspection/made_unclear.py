"""Parts of pictures that were made coarse (a mosaic), from which words can be guessed again.

Whoever tries every name in the same letters with the same mosaic finds the one that fits: it is no
redaction. Looked for are edges at equal distances, across and down, with nothing between them, in
a picture that is otherwise fine. For workers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageStat

from dpdesk.inspection.placing import Place

_LEAST: Final = 4  # pixels of the smallest square
_LARGEST: Final = 64
_STRIP: Final = 8  # rows that are looked at together
_EDGES: Final = 6  # beside each other, or it is chance
_BELOW: Final = 3  # edges below each other: two rows of squares
_UNITS: Final = 4  # of the steps between edges are one square wide
_SKIPPED: Final = 4  # squares of one colour that may lie beside each other
_UNEVEN: Final = 3  # the part of a side by which a square may be higher than it is wide
_LOOSE: Final = 5  # pixels from which squares may differ by one
_SMALL: Final = (8, 2)  # pixels below which so many more edges are asked for
_QUIET: Final = (2, 6, 12)  # steps of grey within a square: pictures are packed with a loss
_PACKED: Final = 8  # pixels: the squares in which a JPEG is packed
_LEVELS: Final = 3  # of grey between black and white, or it is a pattern of two colours
_MIDDLE: Final = (40, 215)
_DIFFER: Final = 8  # steps of grey between two levels
_SPREAD: Final = 60  # steps of grey, where squares may come from packing
_HIDDEN: Final = 3
"""Such places of one picture; where there are more, all of it was packed so tightly."""
_PIXELS: Final = 12_000_000
_MOST: Final = 0.5  # of a picture: a larger part was not hidden, the picture is coarse
_PICTURED: Final = 18  # squares across and down of a small picture that was drawn large
_DARKER: Final = 0.25  # of the paper, in the mean: writing is lighter
_BESIDE: Final = 6  # pixels beyond a picture
_BAR: Final = 24  # of 255: what is darker is a bar
_HARD: Final = 0.85  # of a side
_INKED: Final = 0.75  # of a row or column within a picture
_FITS: Final = 0.75  # of what is unlike squares with others near their number
_BLENT: Final = 0.55  # of the pixels: where squares are no whole number of pixels, edges blend
_LOUD: Final = re.compile(rb"#+")


class _Chain(NamedTuple):
    """Edges at equal distances: where they begin and end, and how large the squares are."""

    begins: int
    ends: int
    square: int


def mosaics(picture: Image.Image) -> list[Place]:
    """The places (pixels: left, upper, right, lower) of a grey picture that are mosaics."""
    wide, high = picture.size
    if wide * high > _PIXELS or wide < _LEAST * _EDGES or high < 2 * _STRIP:
        return []
    strips = high // _STRIP
    across = _edges(picture, 1, 0).crop((0, 0, wide, strips * _STRIP))
    profile = across.resize((wide, strips), Image.Resampling.BOX).tobytes()
    found: list[tuple[Place, int]] = []
    for quiet in _QUIET:
        marked = profile.translate(_classes(quiet))
        for strip in range(strips):
            line = marked[strip * wide : (strip + 1) * wide]
            for chain in _chains(line, _EDGES, _UNITS):
                place = _confirmed(picture, chain, strip * _STRIP, quiet)
                if place is not None:
                    found.append((place, chain.square))
    places = _together(found)
    around = (_drawn_large(picture, place, found) for place in places)
    larger = [whole for whole in around if whole is not None]
    places = [each for each in places if not any(_lies_in(each, place) for place in larger)]
    packed = [place for place in places if _is_packed(place)]
    if len(packed) > _HIDDEN:
        places = [place for place in places if place not in packed]
    area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in places)
    return [] if area > _MOST * wide * high else places


def _edges(picture: Image.Image, across: int, down: int) -> Image.Image:
    """How each pixel differs from the one before it, or from the one above."""
    differs = ImageChops.difference(picture, ImageChops.offset(picture, across, down))
    frame = (0, 0, across, picture.height) if across else (0, 0, picture.width, down)
    differs.paste(0, frame)  # the first has none before it
    return differs


def _classes(quiet: int) -> bytes:
    return bytes(ord("." if level <= quiet else "#") for level in range(256))


def _chains(line: bytes, edges: int, units: int) -> Iterator[_Chain]:
    """Stretches of a line in which loud places follow each other at equal distances."""
    loud = [found.span() for found in _LOUD.finditer(line)]
    at = 0
    while at + edges <= len(loud):
        square = loud[at + 1][0] - loud[at][0]
        if not _LEAST <= square <= _LARGEST:
            at += 1
            continue
        last, single = at, 0
        while last + 1 < len(loud) and loud[last][1] - loud[last][0] <= max(1, square // 5):
            step = loud[last + 1][0] - loud[last][0]
            squares = round(step / square)
            loose = 1 if square >= _LOOSE else 0
            if not 1 <= squares <= _SKIPPED or abs(step - squares * square) > loose:
                break
            single += squares == 1
            last += 1
        more = _SMALL[1] if square < _SMALL[0] and edges > _BELOW else 0
        if last - at + 1 >= edges + more and single >= units:
            yield _Chain(loud[at][0], loud[last][0], square)
            at = last
        at += 1


def _confirmed(picture: Image.Image, chain: _Chain, top: int, quiet: int) -> Place | None:
    """The place of a mosaic where there are such squares below each other too."""
    reach = 4 * chain.square
    upper, lower = max(0, top - reach), min(picture.height, top + _STRIP + reach)
    part = picture.crop((chain.begins, upper, chain.ends, lower))
    down = _edges(part, 0, 1).resize((1, part.height), Image.Resampling.BOX).tobytes()
    for below in _chains(down.translate(_classes(quiet)), _BELOW, _BELOW - 1):
        begins, ends = upper + below.begins, upper + below.ends
        if begins >= top + _STRIP or ends <= top or not _alike(below.square, chain.square):
            continue
        place = (chain.begins, begins, chain.ends, ends)
        if _is_shaded(picture, place, chain.square):
            return place
    return None


def _alike(high: int, wide: int) -> bool:
    """Whether squares are as high as wide, but for what a whole number of them leaves over."""
    return abs(high - wide) <= max(1, wide // _UNEVEN)


def _is_shaded(picture: Image.Image, place: Place, square: int) -> bool:
    """Whether the squares have several shades, as words have when they are made coarse."""
    left, top, right, bottom = place
    size = (max(1, round((right - left) / square)), max(1, round((bottom - top) / square)))
    levels = sorted(picture.crop(place).resize(size, Image.Resampling.BOX).tobytes())
    between: list[int] = []
    for level in levels:
        if _MIDDLE[0] < level < _MIDDLE[1] and (not between or level - between[-1] >= _DIFFER):
            between.append(level)
    if len(between) < _LEVELS:
        return False
    packed = square % _PACKED == 0 and _is_packed(place)
    return not packed or levels[-1] - levels[0] >= _SPREAD


def _drawn_large(
    picture: Image.Image, place: Place, found: list[tuple[Place, int]]
) -> Place | None:
    """The small picture, drawn large, that a place is or of which it is a part; None for words."""
    square = min(size for each, size in found if _lies_in(each, place))
    if _is_drawn_large(picture, place, square):
        return place
    whole = _grown(picture, place)
    is_one = _is_coarse(picture, whole, square) and _is_drawn_large(picture, whole, square)
    return whole if is_one else None


def _grown(picture: Image.Image, place: Place) -> Place:
    """A place with all around it up to the paper."""
    counts = picture.histogram()
    paper = max(range(256), key=counts.__getitem__)
    inked = picture.point([255 * (abs(level - paper) >= _DIFFER) for level in range(256)])
    left, top, right, bottom = place
    for _again in range(2):
        line = inked.crop((0, top, picture.width, bottom))
        shares = line.resize((picture.width, 1), Image.Resampling.BOX).tobytes()
        left, right = _reached(shares, left, right)
        line = inked.crop((left, 0, right, picture.height))
        shares = line.resize((1, picture.height), Image.Resampling.BOX).tobytes()
        top, bottom = _reached(shares, top, bottom)
    return left, top, right, bottom


def _reached(shares: bytes, begins: int, ends: int) -> tuple[int, int]:
    while begins and shares[begins - 1] >= 255 * _INKED:
        begins -= 1
    while ends < len(shares) and shares[ends] >= 255 * _INKED:
        ends += 1
    return begins, ends


def _is_coarse(picture: Image.Image, place: Place, square: int) -> bool:
    """Whether all of a place consists of squares: a mosaic within a photograph is finer around.

    Then one number of squares fits much better than any near it.
    """
    part = picture.crop(place)
    fewest, most = part.width // (square + 2), part.width // max(1, square - 1)
    if fewest < _PICTURED or part.width * part.height > _PIXELS // 8:
        return False
    unlike = [_unlike_squares(part, many) for many in range(fewest - 2, most + 3)]
    return any(
        share <= _BLENT and share < _FITS * min(before, after)
        for before, share, after in zip(unlike, unlike[2:], unlike[4:], strict=False)
    )


def _unlike_squares(part: Image.Image, many: int) -> float:
    """How much of a place is not as it would be if it had so many squares across."""
    size = (many, max(1, round(many * part.height / part.width)))
    coarse = part.resize(size, Image.Resampling.BOX)
    coarse = coarse.resize(part.size, Image.Resampling.NEAREST)
    counts = ImageChops.difference(part, coarse).histogram()
    return sum(counts[_DIFFER:]) / (part.width * part.height)


def _is_drawn_large(picture: Image.Image, place: Place, square: int) -> bool:
    """Whether a place is a small picture of something that was drawn large, and no words.

    Such a picture ends hard on paper or a bar on all its sides, has many squares, and is darker
    than any writing.
    """
    left, top, right, bottom = place
    across, down = round((right - left) / square), round((bottom - top) / square)
    if min(across, down) < _PICTURED:
        return False
    counts = picture.histogram()
    paper = max(range(256), key=counts.__getitem__)
    if abs(paper - ImageStat.Stat(picture.crop(place)).mean[0]) < _DARKER * paper:
        return False
    inside, beyond = square // 2, _BESIDE
    sides = (
        ((left - beyond, top, left - 1, bottom), (left, top, left + inside, bottom), (1, down)),
        ((right + 1, top, right + beyond, bottom), (right - inside, top, right, bottom), (1, down)),
        ((left, top - beyond, right, top - 1), (left, top, right, top + inside), (across, 1)),
        ((left, bottom + 1, right, bottom + beyond), (left, bottom - inside, right, bottom),
         (across, 1)),
    )  # fmt: skip
    return all(_ends_hard(picture, *side) for side in sides)


def _ends_hard(picture: Image.Image, outer: Place, inner: Place, squares: tuple[int, int]) -> bool:
    """Whether beyond a side is paper or a bar, and the squares along it are of other tones."""
    outside = picture.crop(outer).resize(squares, Image.Resampling.BOX).tobytes()
    inside = picture.crop(inner).resize(squares, Image.Resampling.BOX).tobytes()
    tone = max(outside)
    hard = 0
    for beyond, level in zip(outside, inside, strict=True):
        bar = beyond <= _BAR  # it lies over the edge of the picture
        hard += bar or (tone - beyond < _DIFFER <= abs(level - beyond))
    return hard >= _HARD * len(outside)


def _lies_in(place: Place, whole: Place) -> bool:
    return (
        whole[0] <= place[0]
        and whole[1] <= place[1]
        and place[2] <= whole[2]
        and place[3] <= whole[3]
    )


def _is_packed(place: Place) -> bool:
    """Whether a place begins and ends where the squares of a JPEG do."""
    return not any(side % _PACKED for side in place)


def _together(found: list[tuple[Place, int]]) -> list[Place]:
    """Places that touch each other, as one each."""
    places: list[Place] = []
    for (x0, y0, x1, y1), square in sorted(found, key=lambda each: each[0][1]):
        for number, (left, top, right, bottom) in enumerate(places):
            if y0 <= bottom + square and x0 < right and x1 > left:
                places[number] = (min(left, x0), min(top, y0), max(right, x1), max(bottom, y1))
                break
        else:
            places.append((x0, y0, x1, y1))
    return places
