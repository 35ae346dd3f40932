"""Whole names whose spaces were moved or dropped: HARRYS MITH, HAR RYSMITH, JoPrice.

Files and scans do this. One word then holds the end of a first name and the beginning of a surname,
so that neither is found, or one alone, and the rest would stay to be read. What is believed here is
a word that joins two parts of one name, where the words beside it are exactly the rest of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.known_people import Called, KnownPeople
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.spelt_pieces import Piece, SpeltGroup, SpeltWhole
from dpdesk.disclosure.vocabulary import WordStock

_REACH: Final = 4
"""Words beside the one that joins two names, in which the rest of them may stand."""
_LEAST: Final = 6
"""Letters of a name without any space, and of an initial with its surname."""

_HALF: Final = 4
"""Letters of a part of a surname by which somebody may be called."""

_Joint = tuple[str, tuple[str, ...], int]
"""The letters of a whole name, its parts, and where in it a word begins."""


class MovedSpaces:
    """Finds them on the pages whose words are known; ``renew`` takes in who was met since."""

    def __init__(self, people: KnownPeople, vocabulary: WordStock) -> None:
        self._people = people
        self._vocabulary = vocabulary
        self._seen = 0
        self._names: set[tuple[str, ...]] = set()
        self._joints: defaultdict[str, set[_Joint]] = defaultdict(set)
        self._ordinary = no_names() | name_words("plain")
        self.seeds: set[str] = set()
        """Words in which one part of a name ends and another begins."""

    def renew(self) -> None:
        """Takes in the people who were met since."""
        before = set(self._joints)
        for party in self._people.parties[self._seen :]:
            for name in party.called:
                for parts in _written(name):
                    if parts not in self._names:
                        self._names.add(parts)
                        self._take(parts)
        self._seen = len(self._people.parties)
        self.seeds |= self._vocabulary.spelt(self._joints.keys() - before)

    def _take(self, parts: tuple[str, ...]) -> None:
        text, known = "".join(parts), self._vocabulary.by_letters
        for middle in accumulate(map(len, parts[:-1])):
            for start in range(middle):
                for end in range(middle + 1, len(text) + 1):
                    word = text[start:end]
                    if word in known and (end - start < len(text) or self._is_alone(parts, word)):
                        self._joints[word].add((text, parts, start))

    def _is_alone(self, parts: tuple[str, ...], word: str) -> bool:
        """Whether a whole name in one word is no other word."""
        return len(parts[0]) > 1 and len(word) >= _LEAST and word not in self._ordinary

    def _is_ordinary(self, letters: str) -> bool:
        return letters in self._ordinary or self._vocabulary.is_usual(letters)

    def beside(self, words: Sequence[str], at: int) -> range:
        """The places that may be such a name around one of the ``seeds``; none where it is none."""
        parts = self._vocabulary.shapes[words[at]].parts
        if len(parts) == 1:
            before = _letters(words[max(0, at - _REACH) : at], self._vocabulary)
            after = _letters(words[at + 1 : at + 1 + _REACH], self._vocabulary)
            letters = parts[0].letters
            if not any(
                before.endswith(text[:start]) and after.startswith(text[start + len(letters) :])
                for text, _parts, start in self._joints[letters]
            ):
                return range(0)
        return range(max(0, at - _REACH), min(len(words), at + _REACH + 1))

    def among(self, pieces: Sequence[Piece]) -> Iterator[SpeltWhole]:
        """The names among some pieces of which one joins two of their parts."""
        for at, piece in enumerate(pieces):
            for text, parts, start in sorted(self._joints.get(piece.letters, ())):
                first = _back(pieces, at, text[:start])
                last = _on(pieces, at, text[start + len(piece.letters) :])
                if first is None or last is None:
                    continue
                some = pieces[first : last + 1]
                if not all(self._is_ordinary(each.letters) for each in some):
                    yield SpeltWhole(first, last, tuple(_groups(some, first, parts)), len(text))


def _letters(words: Sequence[str], vocabulary: WordStock) -> str:
    return "".join(part.letters for word in words for part in vocabulary.shapes[word].parts)


def _written(name: Called) -> Iterator[tuple[str, ...]]:
    """The ways in which a whole name stands in files, in its parts."""
    if not name.given or not name.surname:
        return
    halves = [(piece,) for piece in name.surname if len(piece) >= _HALF]
    for surname in {name.surname, *halves}:
        yield (*name.given, *surname)
        yield (*surname, *name.given)
    if name.middle:
        initials = tuple(piece[0] for piece in name.middle)
        for middle in (name.middle, initials):
            yield (*name.given, *middle, *name.surname)
            yield (*name.surname, *name.given, *middle)
    if len("".join(name.surname)) >= _LEAST - 1:
        yield (name.given[0][0], *name.surname)


def _back(pieces: Sequence[Piece], at: int, wanted: str) -> int | None:
    """The first of the pieces before this one that are exactly these letters."""
    while wanted:
        if pieces[at].cut or not at or not pieces[at - 1].letters:
            return None
        at -= 1
        if not wanted.endswith(pieces[at].letters):
            return None
        wanted = wanted.removesuffix(pieces[at].letters)
    return at


def _on(pieces: Sequence[Piece], at: int, wanted: str) -> int | None:
    """The last of the pieces behind this one that are exactly these letters."""
    while wanted:
        at += 1
        if at == len(pieces) or pieces[at].cut or not pieces[at].letters:
            return None
        if not wanted.startswith(pieces[at].letters):
            return at if pieces[at].letters == wanted + "s" else None
        wanted = wanted.removeprefix(pieces[at].letters)
    return at


def _groups(pieces: Sequence[Piece], first: int, parts: tuple[str, ...]) -> Iterator[SpeltGroup]:
    """For each part of a name the pieces that hold it; one piece may hold several."""
    holder = [at for at, piece in enumerate(pieces, first) for _letter in piece.letters]
    bounds = accumulate(map(len, parts), initial=0)
    for part, (start, end) in zip(parts, pairwise(bounds), strict=True):
        yield SpeltGroup(holder[start], holder[end - 1], part)
