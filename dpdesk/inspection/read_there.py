"""Whether a picture of a page shows a word where the text laid over it says that it lies.

The place of the word is looked at by itself, larger and with all its contrast: small, pale and
sideways words are missed where a whole page is read. For workers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from PIL import Image, ImageFilter, ImageOps

from dpdesk.documents import scanned
from dpdesk.documents.pages import Box, Word
from dpdesk.inspection.connected import connected
from dpdesk.inspection.telling import words_in

SOUND: Final = 4
"""Letters of a word that is compared by itself."""
CONTRAST: Final = 40
"""Steps of grey between letters that everybody sees and their paper."""
PALE: Final = 14
"""The same of letters that are seen by whoever looks for them."""
_LONG: Final = 8  # letters of a word that may be misread twice
_EDGE: Final = 0.15  # of the height of a word, around it
_LEAST: Final = 4  # pixels
_TALL: Final = 48  # pixels of a line that is read well
_LARGER: Final = 4.0
_DOTS: Final = 300.0
_LIKE: Final = 60.0  # of 100: letters of a small word that are read as they are
_INK: Final = 30  # steps of grey from the paper
_FRINGE: Final = 7  # pixels that packing with a loss leaves around a bar
_LYING: Final = 1.6  # times as long as high, or it may be read in either way
_TURNS: Final = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)


def is_there(word: Word, picture: Image.Image, scale: float, engine: Any, least: int) -> bool:
    """Whether a word is read in a grey picture of its page (``scale`` pixels for each point).

    ``least`` steps of grey must part its letters from their paper.
    """
    box = word.box
    edge = _EDGE * min(box.width, box.height)
    sides = (box.x0 - edge, box.y0 - edge, box.x1 + edge, box.y1 + edge)
    left, top, right, bottom = (round(side * scale) for side in sides)
    part = picture.crop((left, top, right, bottom))
    levels = [level for level, number in enumerate(part.histogram()) if number]
    if min(part.size) < _LEAST or levels[-1] - levels[0] < least:
        return False
    ways: tuple[Image.Transpose | None, ...] = (None, *_TURNS)
    if box.width > _LYING * box.height:
        ways = (None,)
    elif box.height > _LYING * box.width:
        ways = _TURNS
    return any(
        _reads(plain if way is None else plain.transpose(way), word.text, engine)
        for plain in _trials(part)
        for way in ways
    )


def is_new(letters: str, shown: Iterable[str]) -> bool:
    """Whether a word stands in no way among those that were read from a picture."""
    from rapidfuzz.distance import OSA

    if len(letters) < SOUND or letters in shown:
        return False
    near = 1 if len(letters) < _LONG else 2
    return all(OSA.distance(letters, each, score_cutoff=near) > near for each in shown)


def _trials(part: Image.Image) -> Iterator[Image.Image]:
    """The place of a word with all its contrast; once more without what reaches in from outside.

    Bars of other words often lie so near that their edge is within the place of this one.
    """
    yield ImageOps.autocontrast(part)
    paper = _paper(part)
    inked = part.point([1 if abs(level - paper) >= _INK else 0 for level in range(256)])
    wide, high = part.size
    rim = {*range(wide), *range((high - 1) * wide, high * wide)}
    rim.update(range(0, high * wide, wide), range(wide - 1, high * wide, wide))
    levels = bytearray(high * wide)
    for cells in connected(inked.tobytes(), wide):
        if not rim.isdisjoint(cells):
            for cell in cells:
                levels[cell] = 255
    if any(levels):
        outside = Image.frombytes("L", part.size, bytes(levels))
        cleaned = part.copy()
        cleaned.paste(paper, (0, 0), outside.filter(ImageFilter.MaxFilter(_FRINGE)))
        yield ImageOps.autocontrast(cleaned)


def _reads(part: Image.Image, text: str, engine: Any) -> bool:
    """Whether a part of a picture, its line upright, shows the letters of a word."""
    from rapidfuzz.fuzz import ratio

    wanted = words_in(text)
    if all(len(each) < SOUND for each in wanted):
        # Too few letters to be read by themselves: there is at least writing of this length.
        return scanned.has_strokes(part, Word(text, Box(0, 0, *part.size)), 1.0)
    room = min(part.size) // 2
    framed = Image.new("L", (part.width + 2 * room, part.height + 2 * room), _paper(part))
    framed.paste(part, (room, room))
    larger = max(1.0, min(_LARGER, _TALL / min(part.size)))
    size = round(framed.width * larger), round(framed.height * larger)
    framed = framed.resize(size, Image.Resampling.BICUBIC)
    seen = {each for read in engine.look(framed, _DOTS).found for each in words_in(read.text)}
    if not any(is_new(each, seen) for each in wanted):
        return True
    line = "".join(words_in(engine.line(framed, _DOTS)[0]))
    return bool(ratio("".join(wanted), line) >= _LIKE)


def _paper(part: Image.Image) -> int:
    """The shade that most of a part has."""
    counts = part.histogram()
    return max(range(256), key=counts.__getitem__)
