"""The unseen words of one finished page: only those let through, each at its place.

``plain`` is the normal form in which words are compared everywhere in the check.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from dpdesk.disclosure.check_case import PageCase, middle_as_seen, on_paper, require, strip_top
from dpdesk.disclosure.plan import Move
from dpdesk.documents.pages import Box, Word
from dpdesk.law.accents import in_form
from dpdesk.law.direction import turned_round

_WORD = re.compile(
    rb"/F (\d{1,5}) Tf (\d{1,4}) Tz (1 0 0 1|0 1 -1 0) (-?\d+(?:\.5)?) (-?\d+(?:\.5)?) Tm "
    rb"<((?:[0-9a-f]{4})+)> Tj\n"
)
_ADVANCE = 0.5  # of the font size; the font has no other width
_SEEN = frozenset("LNPSM")
_SLACK, _SLACK_SHARE = 2.0, 0.3  # points, and of a word's thickness: how far it may be set off


@lru_cache(maxsize=16_384)
def plain_word(word: str) -> str:
    """The same for a word; a page says most words of the page before again."""
    return plain(word)


def plain(text: str) -> str:
    """What of a text a reader sees, so that two ways of writing it compare equal."""
    return "".join(
        part if part.isascii() and part.isprintable() else _folded(part) for part in text.split()
    )


def _folded(part: str) -> str:
    # Signs that nobody sees are dropped before letters and accents are composed: one of them
    # between the two must not tell two ways of writing apart. Composing may bring new ones.
    return _visible(in_form("NFKC", _visible(part)))


def _visible(part: str) -> str:
    # U+FFFD stands for a sign whose letter the source does not tell; it is never let through.
    return "".join(
        sign for sign in part if sign != "\ufffd" and unicodedata.category(sign)[0] in _SEEN
    )


class SetWord(NamedTuple):
    """A word as the finished page sets it: its text, size, stretch (percent) and start."""

    text: str
    size: int
    stretch: int
    turned: bool
    x: float
    y: float

    def reach(self) -> tuple[float, float]:
        """Between which heights the middles of its characters lie."""
        if self.turned:
            return self.y, self.y + len(self.text) * self.size * _ADVANCE * self.stretch / 100
        return self.y, self.y + self.size

    def box(self) -> Box:
        """Where it is set, in PDF points (y upwards)."""
        length = len(self.text.rstrip()) * self.size * _ADVANCE * self.stretch / 100
        low, high = 0.2 * self.size, 0.8 * self.size
        if self.turned:
            return Box(self.x - high, self.y, self.x + low, self.y + length)
        return Box(self.x, self.y - low, self.x + length, self.y + high)

    def centres(self) -> list[tuple[float, float]]:
        """The middle of each character, in PDF points."""
        step = self.size * _ADVANCE * self.stretch / 100
        lift = 0.3 * self.size
        along = [(rank + 0.5) * step for rank, sign in enumerate(self.text) if not sign.isspace()]
        if self.turned:
            return [(self.x - lift, self.y + far) for far in along]
        return [(self.x + far, self.y + lift) for far in along]


def read_words(content: bytes, says: dict[int, str]) -> list[SetWord]:
    """The unseen words, by a grammar that allows nothing else."""
    if not content:
        return []
    require(content.startswith(b"BT\n3 Tr\n") and content.endswith(b"ET\n"))
    place, end = 8, len(content) - 3
    words = []
    known: dict[bytes, str] = {}
    while place < end:
        found = _WORD.match(content, place)
        require(found is not None)
        assert found is not None
        text = known.get(found[6])
        if text is None:
            codes = bytes.fromhex(found[6].decode("ascii"))
            pairs = struct.unpack(f">{len(codes) // 2}H", codes)
            signs = [says.get(code) for code in pairs]
            require(None not in signs, "word")
            text = "".join(map(str, signs))
            require(text.endswith(" "))
            text = known[found[6]] = turned_round(text[:-1]) + " "
        size, stretch, turned = int(found[1]), int(found[2]), found[3] == b"0 1 -1 0"
        words.append(SetWord(text, size, stretch, turned, float(found[4]), float(found[5])))
        place = found.end()  # never beyond the end, as no word ends in ET
    return words


def check_words(words: Sequence[SetWord], case: PageCase) -> None:
    """No word but those let through, and none of them where something was removed."""
    allowed = Counter(map(plain_word, (*(word.text for word in case.kept), *case.own)))
    found = Counter(plain_word(word.text) for word in words)
    require(found <= allowed, "word")
    # What was set anew may stand where a mark was, but never where something is burnt.
    marks = [mark for mark, _ in case.fixed()]
    areas = [on_paper(area, case) for area in (*case.areas, *marks)]
    for word in words if areas else ():
        low, high = word.reach()
        near = [area for area in areas if area.y0 < high and area.y1 > low]
        for x, y in word.centres() if near else ():
            require(not any(_holds(area, x, y) for area in near), "word")


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def places_of(words: Sequence[SetWord], case: PageCase) -> list[tuple[str, Box, Box]]:
    """Each word of the source that is set: its text, its place there, its place now.

    A word must be set where a word of that text stands, or where the part of the page that it
    stands in was moved to. Raises Flaw.
    """
    known: dict[str, list[tuple[Word, Box]]] = {}
    moves = [move for line in case.lines for move in line.moves]
    for word in case.kept:
        target = _target(word.box, moves) if moves else word.box
        known.setdefault(plain_word(word.text), []).append((word, target))
    found = []
    foot = strip_top(case)
    for one in words:
        box = one.box()
        if box.y1 <= foot:
            continue  # the stamp below the page
        x, y = middle_as_seen(box, case)
        for word, target in known.get(plain_word(one.text), ()):
            off = max(target.x0 - x, x - target.x1, target.y0 - y, y - target.y1)
            if off < _SLACK + _SLACK_SHARE * min(target.width, target.height):
                found.append((word.text, word.box, target))
                break
        else:
            require(condition=False, kind="place")
    return found


def _target(box: Box, moves: Sequence[Move]) -> Box:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for move in moves:
        if move.box.y0 < y < move.box.y1 and move.box.x0 < x < move.box.x1:
            return Box(box.x0 + move.across, box.y0, box.x1 + move.across, box.y1)
    return box


def check_reading(shown: Any, words: Sequence[SetWord], case: PageCase) -> None:
    """What pdfium reads is no more than what was set, and nothing at a burnt place."""
    page = shown.get_textpage()
    try:
        known = Counter(plain("".join(word.text for word in words)))
        read = Counter(plain(page.get_text_range()))
        more = read - known
        require(not any(sign.isalnum() for sign in more), "word")
        for area in (*case.areas, *(mark for mark, _ in case.fixed())):
            box = on_paper(area, case)
            inner = box.inflate(-min(2.0, 0.3 * box.width), -0.3 * box.height)
            if inner.width > 0.5 and inner.height > 0.5:
                text = page.get_text_bounded(inner.x0, inner.y0, inner.x1, inner.y1)
                require(not plain(text), "word")
    finally:
        page.close()
