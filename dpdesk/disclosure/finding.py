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
_CYRILLIC = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441"
    "\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u0501"
)
_GREEK = "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
_SEEN_ALIKE = (
    str.maketrans(_CYRILLIC, "abekmhopctyxsijhd")
    | str.maketrans(_GREEK, "abezhikmnoptyx")
    | {0x0640: None}
)
"""Letters whose capitals or smalls look like ours, and the stroke that stretches Arabic words."""
_ABROAD = "44"
_PHONE_FIGURES = 10
_NAME_LETTERS = 3  # shorter names stay apart from figures: class 4B is no B


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
            tokens = [token for token in _NOT_LETTERS.split(_folded(text)) if token]
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


def _folded(words: str) -> str:
    plain = fold(words)
    return plain if plain.isascii() else plain.translate(_SEEN_ALIKE)


def _spellings(plain: str) -> tuple[str, ...]:
    """What is sought, and a telephone number also as it is written at home or abroad."""
    if plain.isdecimal() and len(plain) >= _PHONE_FIGURES:
        if plain.startswith("0") and not plain.startswith("00"):
            return plain, _ABROAD + plain[1:]
        if plain.startswith(_ABROAD):
            return plain, "0" + plain.removeprefix(_ABROAD).removeprefix("0")
    return (plain,)


def find(page: Page, sought: str, *, whole_word: bool = False) -> tuple[Finding, ...]:
    """Every place on the page where the words stand, in reading order.

    Without ``whole_word`` a single word is found inside longer words too, and several words
    inside one long word, such as an address. Otherwise several words must follow each other and
    begin where a word of the page does; only the last of them may go on (Ann Example, Ann
    Examples). Spacing and line ends do not matter, nor how a telephone number begins.
    """
    pieces = [piece for piece in _NOT_LETTERS.split(_folded(sought)) if piece]
    if not pieces:
        return ()
    found: dict[tuple[int, ...], None] = {}
    for reading in _readings(page.words):
        for plain in _spellings("".join(pieces)):
            at = reading.letters.find(plain)
            while at >= 0:
                end = at + len(plain)
                # With the dashes and dots in between, so that one mark covers the whole.
                indexes = tuple(range(reading.owner[at], reading.owner[end - 1] + 1))
                whole = _is_whole(reading, at, end)
                if whole or (not whole_word and _inside(reading, at, end, pieces)):
                    found[indexes] = None
                at = reading.letters.find(plain, at + 1)
    return tuple(
        Finding(indexes, " ".join(page.words[i].text for i in indexes)) for indexes in sorted(found)
    )


def _is_whole(reading: _Reading, at: int, end: int) -> bool:
    """Whether words begin and end here; the number of a footnote or of an account is no letter."""
    letters = reading.letters
    begins, ends = at in reading.token_starts, end in reading.token_ends
    if begins and ends:
        return True
    if end - at < _NAME_LETTERS:
        return False
    begins = begins or (letters[at].isalpha() and letters[at - 1].isdecimal())
    return begins and (ends or (letters[end - 1].isalpha() and letters[end].isdecimal()))


def _inside(reading: _Reading, at: int, end: int, pieces: Sequence[str]) -> bool:
    """Whether what is sought is part of a longer word in earnest."""
    # Within one word anything goes; across words, only what begins and ends with them, or
    # "now" and "than" would make an Ann... A word broken by a hyphen counts as one.
    if not any(at < start < end for start in reading.starts):
        return True
    last = end - len(pieces[-1])
    return (
        len(pieces) > 1
        and at in reading.token_starts
        and last in reading.token_starts
        and not any(last < start < end for start in reading.starts)
    )


def standing_alone(page: Page, sought: str, found: Sequence[Finding]) -> dict[str, int]:
    """How often each word of a name stands on the page without the rest of it.

    ``found`` are the places where the whole name stands. Short words say too little.
    """
    names = [name for name in sought.split() if len(name) >= _NAME_LETTERS]
    if len(sought.split()) < 2:
        return {}
    taken = {index for finding in found for index in finding.indexes}
    return {
        name: sum(
            taken.isdisjoint(finding.indexes) for finding in find(page, name, whole_word=True)
        )
        for name in dict.fromkeys(names)
    }


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
