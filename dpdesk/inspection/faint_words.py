"""Words below a light, grey or coloured bar within a picture that is not wholly opaque.

A bar of 97 % white looks like paper; whoever raises the contrast reads what is under it. Looked
for is faint writing on ground of one tone: paper that was scanned is never as even, and what is
meant to be read is stronger. The back of a sheet, which shines through its paper, is no bar, and
neither is a watermark. For workers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import methodcaller
from typing import Any, Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from dpdesk.documents.ocr import engine_of
from dpdesk.documents.ocr_rest import Read
from dpdesk.inspection.connected import connected
from dpdesk.inspection.placing import Place
from dpdesk.inspection.shimmering import Below
from dpdesk.inspection.telling import words_in

_PIXELS: Final = 30_000_000
_CELL: Final = 4  # pixels
_APART: Final = 2  # pixels between which tones are compared: edges of letters are soft
_TELLS: Final = 3  # steps of grey
_STRONG: Final = 40  # steps of grey that anybody sees
_INK: Final = 90  # steps of grey of ordinary writing
_SOME: Final = 32  # of 255: the share of a cell that faint edges take
_FLAT: Final = 80  # of 255: the share of a place without any edges; that of a noisy paper has less
_STEPS: Final = tuple((x, y) for x in range(-4, 5) for y in (-1, 0, 1))
"""Letters of a word have gaps."""
_LEAST: Final = (6, 2)  # cells across and down of the smallest word
_LARGEST: Final = 0.25  # of a picture
_TOUCHED: Final = 0.2  # of a word's place: the cells that its letters touch
_BESIDE: Final = 20  # cells: writing so near on the same line goes on below the bar
_DARK: Final = 96  # of 255: what is darker is a dark bar
_NEAR: Final = 2  # steps of grey by which the ground differs, packed with a loss
_GROUND: Final = 0.35  # of the pixels that are of the tone of the ground
_OTHER: Final = 8  # steps of grey from the paper that make another tone
_UNSEEN: Final = 15  # steps of grey that nobody sees on paper
_BELOW_BAR: Final = 28  # the same below a bar that shows, or in the midst of a line
_HIGHEST: Final = 80  # pixels: larger letters in the tone of the paper are a watermark
_BEYOND: Final = 0.06  # of the pixels may be stronger: an edge, a comma beside the bar
_BAR: Final = 0.2  # of a row or column of pixels that belongs to the bar
_AROUND: Final = {True: 6, False: 3}  # cells around such words, where the bar shows or not
_LETTERS_TAKE: Final = 0.02  # of the pixels
_SOFT: Final = 12  # steps of grey beyond the letters: packing exaggerates
_MOST: Final = 20  # places of one picture that are read
_SURE: Final = 60
_WORD: Final = 4  # letters
_ALL: Final = 5  # letters of all words in one place
_SHARE: Final = 0.35  # of what was read that is sure
_PLAINER: Final = 1.5  # times as well to be read as mirrored
_REPEATED: Final = 2  # places where a word of a pattern stands
_PRINTED: Final = frozenset(
    ("draft", "copy", "confidential", "specimen", "sample", "void", "original", "private")
)
"""What watermarks say."""
_TALL: Final = 56  # pixels: a line that is read well is as high
_CLOSER: Final = 4
_ROOM: Final = 24  # pixels around what is read
_DOTS: Final = 300.0


def words_below(picture: Image.Image, memory: dict[str, Any]) -> list[Below]:
    """What can be read in bars of a grey picture that are not dark, once contrast is raised."""
    if picture.width * picture.height > _PIXELS:
        return []
    found = []
    for trials, place in _stretched(picture):
        ways = (plain for turned in _turned(place) for plain in map(turned, trials))
        text = next(filter(None, (_read(plain, memory) for plain in ways)), "")
        if text:
            found.append(Below(text, place))
    counted = Counter(word for each in found for word in set(words_in(each.text)))
    return [
        each
        for each in found
        if any(
            counted[word] < _REPEATED and not any(word in printed for printed in _PRINTED)
            for word in words_in(each.text)
        )
    ]


def _turned(place: Place) -> list[Callable[[Image.Image], Image.Image]]:
    """As a place lies, upside down, and on its sides where it is higher than wide."""
    ways: list[Callable[[Image.Image], Image.Image]] = [_as_it_is]
    how = [Image.Transpose.ROTATE_180]
    if place[3] - place[1] > place[2] - place[0]:
        how += [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270]
    return ways + [methodcaller("transpose", each) for each in how]


def _as_it_is(plain: Image.Image) -> Image.Image:
    return plain


def _read(plain: Image.Image, memory: dict[str, Any]) -> str:
    """The words; none where they are read as well in a mirror: they are on the other side."""
    read = engine_of(memory).look(plain, _DOTS).found
    sure = [
        word for word in read if word.sure >= _SURE and sum(map(len, words_in(word.text))) >= _WORD
    ]
    if sum(len(word.text) for word in sure) < _ALL or _well(sure) < _SHARE * _well(read):
        return ""
    mirrored = engine_of(memory).look(ImageOps.mirror(plain), _DOTS).found
    if _well(read) <= _PLAINER * _well(mirrored):
        return ""
    return " ".join(word.text for word in sure)


def _well(read: Iterable[Read]) -> float:
    """How much was read, and how surely; what is only guessed counts for little."""
    return sum(len(word.text) * word.sure**2 for word in read)


def _stretched(picture: Image.Image) -> Iterator[tuple[list[Image.Image], Place]]:
    """Places with faint writing, from black to white."""
    wide, high = picture.width // _CELL, picture.height // _CELL
    if not wide or not high:
        return
    faint, ink = _faint(picture, (wide, high))
    paper = _usual(picture.histogram())
    read = 0
    for cells in connected(faint, wide, 1, _STEPS):
        across, down = [cell % wide for cell in cells], [cell // wide for cell in cells]
        left, top, right, bottom = min(across), min(down), max(across) + 1, max(down) + 1
        area = (right - left) * (bottom - top)
        if right - left < _LEAST[0] or bottom - top < _LEAST[1]:
            continue
        if len(cells) < _TOUCHED * area or area > _LARGEST * wide * high:
            continue
        inked = ink.crop((left - _BESIDE, top, right + _BESIDE, bottom)).getbbox() is not None
        place = (left * _CELL, top * _CELL, right * _CELL, bottom * _CELL)
        trials = _made_plain(picture, place, paper, inked=inked)
        if trials:
            read += 1
            yield trials, place
        if read >= _MOST:
            return


def _faint(picture: Image.Image, size: tuple[int, int]) -> tuple[bytes, Image.Image]:
    """The cells with faint edges and no strong ones near them, row after row; those with ink."""
    across = ImageChops.difference(picture, ImageChops.offset(picture, _APART, 0))
    across.paste(0, (0, 0, _APART, picture.height))
    down = ImageChops.difference(picture, ImageChops.offset(picture, 0, _APART))
    down.paste(0, (0, 0, picture.width, _APART))
    edges = ImageChops.lighter(across, down).crop((0, 0, size[0] * _CELL, size[1] * _CELL))
    flat = edges.point([255] * 2 + [0] * 254).resize(size, Image.Resampling.BOX)
    flat = flat.filter(ImageFilter.BoxBlur(2))

    def cells(least: int, share: int) -> Image.Image:
        met = edges.point([0] * least + [255] * (256 - least)).resize(size, Image.Resampling.BOX)
        return met.point([0] * share + [1] * (256 - share))

    faint = cells(_TELLS, _SOME)
    noisy = flat.point([255] * _FLAT + [0] * (256 - _FLAT))
    faint.paste(0, (0, 0), noisy)
    strong = cells(_STRONG, 2).point([0] + [255] * 255)
    # Packing with a loss leaves traces around what is strong.
    faint.paste(0, (0, 0), strong.filter(ImageFilter.MaxFilter(5)))
    return faint.tobytes(), cells(_INK, 1)


def _made_plain(
    picture: Image.Image, place: Place, paper: int, *, inked: bool
) -> list[Image.Image]:
    """A place with all its contrast, for dark and for light words; none where no bar is."""
    part = picture.crop(place)
    counts, whole = part.histogram(), part.width * part.height
    ground = _usual(counts, _DARK)
    if sum(counts[max(0, ground - _NEAR) : ground + _NEAR + 1]) < _GROUND * whole:
        return []
    shows = abs(ground - paper) >= _OTHER
    if part.height > _HIGHEST and not shows:
        return []
    most = _BELOW_BAR if shows or inked else _UNSEEN
    if whole - sum(counts[max(0, ground - most) : ground + most + 1]) > _BEYOND * whole:
        return []
    more = _AROUND[shows] * _CELL
    wider = (
        max(0, place[0] - more),
        max(0, place[1] - more),
        min(picture.width, place[2] + more),
        min(picture.height, place[3] + more),
    )
    bar = _bar(picture.crop(wider), ground)
    trials = [_black_on_white(bar, ground, most, sign) for sign in (1, -1)] if bar else []
    return [each for each in trials if each is not None]


def _bar(part: Image.Image, ground: int) -> Image.Image | None:
    """A place without what lies around its bar; None where too little is left."""
    even = part.point([255 if abs(level - ground) <= _NEAR else 0 for level in range(256)])
    across = even.resize((part.width, 1), Image.Resampling.BOX).tobytes()
    down = even.resize((1, part.height), Image.Resampling.BOX).tobytes()
    columns, rows = (
        [place for place, level in enumerate(line) if level >= 255 * _BAR]
        for line in (across, down)
    )
    if not columns or not rows:
        return None
    bar = part.crop((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    return bar if bar.width >= _LEAST[0] * _CELL and bar.height >= _LEAST[1] * _CELL else None


def _black_on_white(bar: Image.Image, ground: int, most: int, sign: int) -> Image.Image | None:
    """Words that are darker (``sign`` 1) or lighter (-1) than their ground; None without any."""
    counts = bar.histogram()
    reach, seen = most, 0
    while reach >= _TELLS:
        level = ground - sign * reach
        seen += counts[level] if 0 <= level < 256 else 0
        if seen > _LETTERS_TAKE * bar.width * bar.height:
            break
        reach -= 1
    else:
        return None
    plain = bar.point(
        [max(0, round(255 - 255 * max(0, sign * (ground - level)) / reach)) for level in range(256)]
    )
    # What is much stronger lies beside the bar, and is seen anyway.
    seen_anyway = [255 if abs(level - ground) > most + _SOFT else 0 for level in range(256)]
    plain.paste(255, (0, 0), bar.point(seen_anyway).filter(ImageFilter.MaxFilter(7)))
    framed = Image.new("L", (bar.width + 2 * _ROOM, bar.height + 2 * _ROOM), 255)
    framed.paste(plain, (_ROOM, _ROOM))
    closer = max(1, min(_CLOSER, round(_TALL / bar.height)))
    size = (framed.width * closer, framed.height * closer)
    return framed.resize(size, Image.Resampling.BICUBIC)


def _usual(counts: list[int], least: int = 0) -> int:
    return max(range(least, 256), key=counts.__getitem__)
