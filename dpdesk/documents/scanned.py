"""Asks whether the silent words over a scan lie on the words of its picture; for workers only.

A program that reads scans lays the words it found over the picture, without ink. Such words are
seen, in the picture, and a bundle may keep them. Yet the layer may be shifted, the picture may
have been blackened since, or words may be hidden over a photograph. So the ink below each word
must look like letters, as many as the word has, and end where the word ends.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PIL import Image, ImageChops

from dpdesk.documents.pages import Box, Word

if TYPE_CHECKING:
    from dpdesk.documents.sight import Sight

_FLAT: Final = 40  # steps of grey between ink and paper; less is no writing
_BAND: Final = (0.25, 0.75)  # of the line's height: here every letter has ink
_MOST_INK: Final = 0.75  # of that band
_LEAST_INK: Final = 0.03
_BETWEEN: Final = 0.5  # of the pixels may be neither ink nor paper: soft edges, not shades
_LEAST_STROKES: Final = 0.45  # strokes for each letter that a row through the word meets
_MOST_STROKES: Final = 3.2
_SHIFT: Final = 0.25  # of the line's height: some layers lie a little high or low
_WIDE: Final = 0.9  # the ends of a word are looked for so far beside it, in widths of a letter
_INSIDE: Final = 0.45  # and so far within it
_GAP: Final = 0.36  # the narrowest gap between two words, in widths of a letter
_GAP_INK: Final = 0.04  # of a column in a gap; scans have specks
_RULE: Final = 0.97  # of a row: the line below an underlined word, the frame of a table
_SPLIT: Final = 0.75  # a gap within a word is narrower, in widths of a letter
_APART: Final = 0.4  # gaps between the letters of a word, for each place where two meet
_JOINED_FROM: Final = "\u0590"  # the first script beyond Latin, Greek, Cyrillic, Armenian
_COLUMNS: Final = (0.15, 0.85)  # of the height: where gaps are looked for
_LAYER_SHARE: Final = 0.7  # of the words of a layer must fit, or none of it is believed
_LETTERS: Final = 3  # shorter words fit too easily to say something about a layer
_DOUBTFUL: Final = 5  # so many words of a layer may fail on a poor scan
_DOUBTFUL_SHARE: Final = 0.1
_COVERED: Final = 40  # steps of grey by which something drawn over a scan changes it
_STILL_SEEN: Final = 0.7  # of the ink of a word that is drawn over

_OVER = [255 if level < _COVERED else 0 for level in range(256)]


@dataclass(frozen=True, slots=True)
class Layer:
    """Which words of a layer (by their places in it) lie on no ink of their own.

    ``misplaced`` says that the layer as a whole does not fit, so all its words are among them.
    ``told`` is how many of the words were certainly never read from the picture. On a poor scan
    a few others fail because their letters touch; nobody need hear of those.
    """

    places: frozenset[int]
    told: int = 0
    misplaced: bool = False
    certain: frozenset[int] = frozenset()
    """The places of those that are told."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What there is below a word: whether it looks like letters, and how many ends fit.

    ``strokes`` says that there is at least as much ink in as many strokes.
    """

    letters: bool = False
    ends: int = 0
    strokes: bool = False


def judge(sight: Sight, words: Sequence[Word]) -> Layer:
    """Judges the silent words of a page, each by itself and all of them together."""
    whole = sight.whole()
    looks = [_look(whole, word, sight.scale) for word in words]
    telling = [
        look for look, word in zip(looks, words, strict=True) if _length(word) >= _LETTERS
    ] or looks
    fitting = sum(look.letters and look.ends == 2 for look in telling)
    if fitting < _LAYER_SHARE * len(telling):
        return Layer(frozenset(range(len(words))), misplaced=True)
    unseen = {place for place, look in enumerate(looks) if not (look.letters and look.ends)}
    covered = set()
    if sight.drawn_over():
        covered = {
            place
            for place, word in enumerate(words)
            if _drawn_over(whole, sight.pictures(), word.box, sight.scale)
        }
    certain = covered | {place for place in unseen if not looks[place].strokes}
    if len(unseen) > max(_DOUBTFUL, _DOUBTFUL_SHARE * len(words)):
        certain |= unseen
    return Layer(frozenset(unseen | covered), len(certain), certain=frozenset(certain))


def has_strokes(picture: Image.Image, word: Word, scale: float) -> bool:
    """Whether a grey picture of the page has at least strokes of ink where a word stands."""
    return _look(picture, word, scale).strokes


def _length(word: Word) -> int:
    return sum(sign.isalnum() for sign in word.text)


def _look(picture: Image.Image, word: Word, scale: float) -> _Look:
    box, upright = word.box, word.box.height > 2.5 * word.box.width and len(word.text) > 2
    height, width = (box.width, box.height) if upright else (box.height, box.width)
    letter, above = width / max(1, len(word.text)), _SHIFT * height
    reach = (above, _WIDE * letter) if upright else (_WIDE * letter, above)
    around = _pixels(box.inflate(*reach), scale, picture.size)
    if around[2] - around[0] < 3 or around[3] - around[1] < 6:
        return _Look()
    part = picture.crop(around)
    if upright:
        part = part.transpose(Image.Transpose.ROTATE_90)
    margin, step = _WIDE * letter * scale, above * scale
    found = _Look()
    for shift in (0, 1, -1):
        top, bottom = round(step + shift * step), part.height - round(step - shift * step)
        rows = part.crop((0, top, part.width, max(top + 3, bottom)))
        look = _look_at(part, rows, word, margin, letter * scale)
        if look.letters and look.ends == 2:
            return look
        found = max(found, look, key=lambda look: (look.letters, look.ends, look.strokes))
    return found


def _look_at(
    part: Image.Image, line: Image.Image, word: Word, margin: float, letter: float
) -> _Look:
    """Looks at some rows, taken for the line of the word, of a part of the page around it."""
    edge = round(margin)
    inner = line.crop((edge, 0, max(edge + 1, line.width - edge), line.height))
    paper, dark = _levels(inner)
    if abs(paper - dark) < _FLAT:
        return _Look()
    middle = (paper + dark) / 2
    ink = [255 if (level < middle) == (dark < paper) else 0 for level in range(256)]
    strokes = _like_strokes(inner.point(ink), _length(word)) and not _shaded(inner, paper, dark)
    letters = strokes and _stand_apart(_connected(part.point(ink)), edge, word.text)
    top, bottom = (round(share * line.height) for share in _COLUMNS)
    rows = line.crop((0, top, line.width, max(top + 1, bottom))).point(ink)
    return _Look(letters, _ends(_blank_columns(rows), margin, letter), strokes)


def _pixels(box: Box, scale: float, limits: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, y0 = math.floor(box.x0 * scale), math.floor(box.y0 * scale)
    x1, y1 = math.ceil(box.x1 * scale), math.ceil(box.y1 * scale)
    return max(0, x0), max(0, y0), min(limits[0], x1), min(limits[1], y1)


def _levels(part: Image.Image) -> tuple[int, int]:
    """The grey of the paper and that of the ink: the more frequent of the two ends is paper."""
    counts = part.histogram()
    tail = max(1, sum(counts) // 50)
    low = _rank(counts, tail)
    high = 255 - _rank(counts[::-1], tail)
    middle = (low + high) // 2
    lighter = sum(counts[middle + 1 :])
    return (high, low) if 2 * lighter >= sum(counts) else (low, high)


def _rank(counts: Sequence[int], wanted: int) -> int:
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return level
    return 255


def _shaded(part: Image.Image, paper: int, dark: int) -> bool:
    """Whether there are more shades than soft edges make: a photograph, a mosaic."""
    low, high = sorted((paper, dark))
    quarter = (high - low) / 4
    counts = part.histogram()
    return sum(counts[round(low + quarter) : round(high - quarter)]) > _BETWEEN * sum(counts)


def _like_strokes(inked: Image.Image, length: int) -> bool:
    """Whether the rows through the middle meet as many strokes as letters of a word have."""
    low, high = round(_BAND[0] * inked.height), round(_BAND[1] * inked.height)
    band = inked.crop((0, low, inked.width, max(low + 1, high)))
    share = band.histogram()[255] / (band.width * band.height)
    if not _LEAST_INK <= share <= _MOST_INK:
        return False
    raw = band.tobytes()
    strokes = sorted(
        len(raw[start : start + band.width].replace(b"\0", b" ").split())
        for start in range(0, len(raw), band.width)
    )
    usual = strokes[2 * len(strokes) // 3]
    return _LEAST_STROKES * length <= usual <= _MOST_STROKES * length + 1


def _connected(inked: Image.Image) -> Image.Image:
    """The rows of ink around the fullest one, as far as no blank row and no rule parts them."""
    rows = inked.convert("F").resize((1, inked.height), Image.Resampling.BOX)
    shares = cast("Sequence[float]", rows.get_flattened_data())
    filled = [share if share < 255 * _RULE else 0.0 for share in shares]
    top = bottom = max(range(len(filled)), key=filled.__getitem__)
    while top > 0 and filled[top - 1] > 255 * _GAP_INK:
        top -= 1
    while bottom + 1 < len(filled) and filled[bottom + 1] > 255 * _GAP_INK:
        bottom += 1
    return inked.crop((0, top, inked.width, bottom + 1))


def _blank_columns(rows: Image.Image) -> bytes:
    """1 for each column of a mask of ink that has none, 0 for the others."""
    columns = rows.convert("F").resize((rows.width, 1), Image.Resampling.BOX)
    shares = cast("Sequence[float]", columns.get_flattened_data())
    return bytes(share <= 255 * _GAP_INK for share in shares)


def _stand_apart(rows: Image.Image, edge: int, text: str) -> bool:
    """Whether there is paper between the letters: a bar, a hatching or a scribble leaves none.

    Not asked of scripts whose letters join.
    """
    letters = [sign for sign in text if sign.isalnum()]
    if len(letters) < _LETTERS or max(letters) >= _JOINED_FROM:
        return True
    blank = _blank_columns(rows)
    gaps = blank[edge : len(blank) - edge].strip(b"\1").replace(b"\0", b" ").split()
    return len(gaps) >= _APART * (len(letters) - 1)


def _ends(blank: bytes, margin: float, letter: float) -> int:
    """At how many ends of the word a gap parts its ink from its neighbours.

    None where a gap as wide as between words lies within it: then it is two other words.
    """
    wanted = bytes([1]) * max(1, round(_GAP * letter))
    window = max(len(wanted), round(margin + _INSIDE * letter))
    split = bytes([1]) * max(2, math.ceil(_SPLIT * letter))
    if split in blank[window : len(blank) - window]:
        return 0
    return (wanted in blank[:window]) + (wanted in blank[-window:])


def _drawn_over(whole: Image.Image, bare: Image.Image, box: Box, scale: float) -> bool:
    """Whether the ink of a scanned word was changed by something drawn over it."""
    inside = _pixels(box, scale, whole.size)
    scan, shown = bare.crop(inside), whole.crop(inside)
    paper, dark = _levels(scan)
    if abs(paper - dark) < _FLAT:
        return False  # the word is none of the picture: it is in lines
    middle = (paper + dark) / 2
    inked = scan.point([255 if (level < middle) == (dark < paper) else 0 for level in range(256)])
    kept = ImageChops.darker(inked, ImageChops.difference(scan, shown).point(_OVER))
    # Paper that turned dark hides ink as well as ink that turned light.
    papery = ImageChops.invert(inked)
    clear = ImageChops.darker(papery, ImageChops.difference(scan, shown).point(_OVER))
    return (
        kept.histogram()[255] < _STILL_SEEN * inked.histogram()[255]
        or clear.histogram()[255] < _STILL_SEEN * papery.histogram()[255]
    )
