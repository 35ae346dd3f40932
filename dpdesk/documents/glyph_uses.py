"""Remembers where each glyph of a document is used, so that it can be looked at in its words.

Used inside workers only.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.documents.glyphs import NONE, Glyphs
from dpdesk.documents.pages import Box
from dpdesk.documents.signs import SignRun, around_all
from dpdesk.documents.words import Reading

_WORDS: Final = 3  # in which a glyph is looked at, if need be
_LONG: Final = 4  # signs; a shorter word is read less surely
_SHORT, _WIDE = 3, 1.8
"""Fewer signs are read too unsurely to say anything, unless so wide that one may be a word."""
_LONGEST: Final = 24  # signs of a word that is looked at
_UNKNOWN, _END = 0xFFFF, 0xFFFE  # in what is kept of a page
_UPRIGHT: Final = 0.05  # radians
_CROWDED: Final = 0.2  # of a word may lie below another


@dataclass(frozen=True, slots=True)
class WordUse:
    """A word as it is used on a page: its glyphs, its box, the height of its line in points.

    ``inked`` is how high its letters are, where they stand upright, else 0; ``turn`` is by how
    much (counter-clockwise, in degrees) its line is turned.
    """

    page: int
    box: Box
    glyphs: tuple[int, ...]
    height: float
    inked: float
    turn: int


class GlyphUses:
    """Collects, page after page, which words use which glyphs."""

    def __init__(self) -> None:
        self.glyphs = Glyphs()
        self._kept: list[list[WordUse]] = []
        self._pages: list[bytes] = []
        self._on: list[int] = []

    def add(self, reading: Reading) -> None:
        """Remembers the glyphs of the next page."""
        page = len(self._pages)
        kept, whole, seen = self._kept, array("H"), 0
        more = len(self.glyphs.codes) - len(kept)
        kept.extend([] for _ in range(more))
        self._on.extend([0] * more)
        wanted = {number for number, words in enumerate(kept) if not _is_enough(words)}
        used: set[int] = set()
        for place, run in enumerate(reading.runs):
            numbers = [] if run is None else [sign.glyph for sign in run.signs]
            whole.extend(_UNKNOWN if number == NONE else number for number in numbers)
            whole.append(_END)
            if place in reading.page.unseen or run is None or run.silent:
                continue
            used.update(numbers)
            if not wanted.isdisjoint(numbers):
                use = _use(page, reading, place, run)
                if use is not None:
                    for number in wanted.intersection(numbers):
                        _keep(kept[number], use)
                    wanted = {number for number in wanted if not _is_enough(kept[number])}
        seen = 1 << page
        for number in used - {NONE}:
            self._on[number] |= seen
        self._pages.append(zlib.compress(whole.tobytes(), 1))

    def of(self, number: int) -> Sequence[WordUse]:
        """Some words in which a glyph is used, the best to look at first."""
        return sorted(self._kept[number], key=lambda use: -min(len(use.glyphs), 8))

    def pages_of(self, numbers: Collection[int]) -> Iterator[int]:
        """The pages, from 0, on which any of these glyphs is seen."""
        on = 0
        for number in numbers:
            on |= self._on[number]
        return (page for page in range(len(self._pages)) if on >> page & 1)

    def words_of(self, page: int, numbers: Collection[int]) -> frozenset[int]:
        """The places of the words of a page that have any of these glyphs."""
        whole = array("H")
        whole.frombytes(zlib.decompress(self._pages[page]))
        found, place = set(), 0
        for number in whole:
            if number == _END:
                place += 1
            elif number in numbers:
                found.add(place)
        return frozenset(found)


def _is_enough(words: Sequence[WordUse]) -> bool:
    return len(words) >= _WORDS and all(len(use.glyphs) >= _LONG for use in words)


def _keep(kept: list[WordUse], use: WordUse) -> None:
    if any(each.glyphs == use.glyphs for each in kept):
        return
    if len(kept) < _WORDS:
        kept.append(use)
        return
    shortest = min(range(len(kept)), key=lambda place: len(kept[place].glyphs))
    if len(kept[shortest].glyphs) < min(len(use.glyphs), _LONG):
        kept[shortest] = use


def _use(page: int, reading: Reading, place: int, run: SignRun) -> WordUse | None:
    word = reading.page.words[place]
    low, high = sorted((word.box.width, word.box.height))
    short = len(run.signs) < _SHORT and high < _WIDE * low
    if short or len(run.signs) > _LONGEST or _is_crowded(reading, place):
        return None
    first, last = run.signs[0].reach, run.signs[-1].reach
    across, up = first[2] - first[0], first[3] - first[1]
    turn = 0
    if len(run.signs) > 1:
        slope = math.atan2(
            last[1] + last[3] - first[1] - first[3], last[0] + last[2] - first[0] - first[2]
        )
        turn = round(math.degrees(slope)) if abs(slope) > _UPRIGHT else 0
    height = across if abs(turn) in range(46, 135) else up
    outline = around_all([sign.outline for sign in run.signs])
    inked = 0.0 if turn else outline[3] - outline[1]
    return WordUse(page, word.box, tuple(sign.glyph for sign in run.signs), height, inked, turn)


def _is_crowded(reading: Reading, place: int) -> bool:
    """Whether other words lie over a word, so that its picture is not its own."""
    box = reading.page.words[place].box
    most = _CROWDED * box.width * box.height
    for number, other in enumerate(reading.page.words):
        if number == place or not other.box.intersects(box):
            continue
        across = min(box.x1, other.box.x1) - max(box.x0, other.box.x0)
        if across * (min(box.y1, other.box.y1) - max(box.y0, other.box.y0)) > most:
            return True
    return False
