"""Finding words on a page, however they are written there.

Accents, capitals and apostrophes do not matter; a name may run over two lines, be broken by a
hyphen or be spaced out letter by letter. What is found is always whole words of the page,
because half a word gives the other half away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.store.search_index import fold

_NOT_LETTERS = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’‘ʼ`´′]")  # noqa: RUF001 — these are what is looked for
_HYPHENS = "-\u00ad\u2010\u2011"


@dataclass(frozen=True, slots=True)
class Finding:
    """Words found together: their indexes on the page, and the text as it stands there."""

    indexes: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the page: letters only, and for each letter the word it comes from."""

    letters: str
    owner: tuple[int, ...]
    starts: frozenset[int]
    token_starts: frozenset[int]
    token_ends: frozenset[int]


def _readings(words: Sequence[Word]) -> Iterator[_Reading]:
    # Apostrophes either vanish (obrien) or part the word (smith’s is smith and s).
    for parting in (False, True):
        letters: list[str] = []
        owner: list[int] = []
        starts: set[int] = set()
        token_starts: set[int] = set()
        token_ends: set[int] = set()
        place = 0
        broken = False
        for index, word in enumerate(words):
            text = _POSSESSIVE.sub(" ", word.text) if parting else word.text
            tokens = [token for token in _NOT_LETTERS.split(fold(text)) if token]
            # A word broken at the end of a line may go on in the next one. It may also just end in
            # a dash, so both readings count: a name must not be missed for the sake of a dash.
            if not broken:
                starts.add(place)
            for token in tokens:
                token_starts.add(place)
                letters.append(token)
                owner += [index] * len(token)
                place += len(token)
                token_ends.add(place)
            if tokens:
                broken = word.text.endswith(tuple(_HYPHENS))
        yield _Reading(
            "".join(letters),
            tuple(owner),
            frozenset(starts),
            frozenset(token_starts),
            frozenset(token_ends),
        )


def find(page: Page, sought: str, *, whole_word: bool = False) -> tuple[Finding, ...]:
    """Every place on the page where the words stand, in reading order.

    Without ``whole_word`` a single word is found inside longer words too. Several words must
    follow each other, and begin and end where words of the page do, so that spacing and line
    ends do not matter.
    """
    plain = _NOT_LETTERS.sub("", fold(sought))
    if not plain:
        return ()
    inside = not whole_word and not _NOT_LETTERS.search(fold(sought).strip())
    found: dict[tuple[int, ...], None] = {}
    for reading in _readings(page.words):
        at = reading.letters.find(plain)
        while at >= 0:
            end = at + len(plain)
            # With the dashes and dots in between, so that one mark covers the whole.
            indexes = tuple(range(reading.owner[at], reading.owner[end - 1] + 1))
            if _counts(reading, at, end, indexes, inside=inside):
                found[indexes] = None
            at = reading.letters.find(plain, at + 1)
    return tuple(
        Finding(indexes, " ".join(page.words[i].text for i in indexes)) for indexes in sorted(found)
    )


def _counts(
    reading: _Reading, at: int, end: int, indexes: tuple[int, ...], *, inside: bool
) -> bool:
    if at in reading.token_starts and end in reading.token_ends:
        return True
    # Within one word anything goes; across words, only what begins and ends with them, or
    # "now" and "than" would make an Ann... A word broken by a hyphen counts as one.
    return inside and not any(at < start < end for start in reading.starts)


def line_boxes(words: Sequence[Word]) -> tuple[Box, ...]:
    """One box for each line of the given words, covering everything between first and last."""
    boxes: list[Box] = []
    for word in words:
        box = word.box
        if boxes and _same_line(boxes[-1], box):
            boxes[-1] = boxes[-1].union(box)
        else:
            boxes.append(box)
    return tuple(boxes)


def _same_line(one: Box, other: Box) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.5 * min(one.height, other.height) and other.x0 > one.x0


def words_under(page: Page, box: Box) -> tuple[int, ...]:
    """Indexes of the words that a box touches in earnest, not just brushes."""
    found = []
    for index, word in enumerate(page.words):
        across = min(box.x1, word.box.x1) - max(box.x0, word.box.x0)
        down = min(box.y1, word.box.y1) - max(box.y0, word.box.y0)
        if across > 0.05 * word.box.width and down > 0.2 * word.box.height:
            found.append(index)
    return tuple(found)
