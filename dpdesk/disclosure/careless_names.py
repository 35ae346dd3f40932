"""Names as they are typed in haste: toHarry, MrSmith, 5mith, harrys mum, mrs ward.

What can hardly be anything else is proposed; the rest is for the user to look through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from dpdesk.disclosure.candidates import cues, name_words
from dpdesk.disclosure.known_people import Bearing, KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.name_tokens import wordy
from dpdesk.disclosure.vocabulary import WordStock

_EDGES: Final = "\"'“”‘’()[]<>*•.,;:!?-–/"
_OWNS: Final = re.compile(r"['’]s?$")
_TURN: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
"""Where a small letter is followed by a capital: to|Harry."""
_LEAST: Final = 4
"""Letters of a name that is looked for inside a word."""
_FIGURES: Final = str.maketrans("013458", "oieasb")
"""Figures that are typed, or read from a picture, for letters."""
_YEAR: Final = re.compile(r"\d{1,4}$")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "mx", "dr"})
"""Titles that are no word in small letters, as miss and master are."""
_NO_INITIALS: Final = frozenset("ai")


def in_a_word(vocabulary: WordStock, people: KnownPeople) -> Iterator[tuple[str, Mention]]:
    """The words in which a name stands with something else, each with its mention at place 0."""
    for word in vocabulary.shapes:
        core = _OWNS.sub("", word.strip(_EDGES))
        if len(core) < _LEAST or not core.isalnum() or folded(core) in people.by_name:
            continue
        found = _glued(_TURN.split(core), people) or _misspelt(core, vocabulary, people)
        if found is not None:
            yield word, found


def _bearing(people: KnownPeople, letters: str) -> Bearing | None:
    """Who bears a name that is hardly ever a word."""
    if len(letters) < _LEAST or letters in wordy():
        return None
    return people.by_name.get(letters)


def _glued(pieces: Sequence[str], people: KnownPeople) -> Mention | None:
    if len(pieces) < 2:
        return None
    small = [folded(piece) for piece in pieces]
    for one, two in pairwise(small):
        if one in name_words("titles"):
            bearing = people.by_name.get(two)
            if bearing is not None and bearing.surname:
                return Mention((0,), "titled", (two,), title=one)
        for end in range(len(two), _LEAST - 1, -1):
            if bearers := people.whole(one, two[:end]):
                return Mention((0,), "inside", (one, two[:end]), frozenset(bearers))
    for each in small:
        if (bearing := _bearing(people, each)) is not None:
            return _doubtful(each, bearing)
    # A name that may be a word is one behind a word that it was written to.
    if len(small) == 2 and small[0] in cues("written_to") and small[1] not in name_words("months"):
        bearing = people.by_name.get(small[1])
        return _doubtful(small[1], bearing) if bearing is not None else None
    return None


def _misspelt(core: str, vocabulary: WordStock, people: KnownPeople) -> Mention | None:
    small = folded(core)
    tried = []
    if any(map(str.isdecimal, core)):
        meant = small.translate(_FIGURES)
        if not core[-1].isdecimal() and len(core) > _LEAST and meant in people.by_name:
            return _doubtful(meant, people.by_name[meant])
        tried += [meant, _YEAR.sub("", small)]
    elif core.islower() and core.endswith("s") and not vocabulary.is_usual(small):
        tried.append(small[:-1])
    for letters in tried:
        bearing = _bearing(people, letters) if letters.isalpha() else None
        if bearing is not None:
            return _doubtful(letters, bearing)
    return None


def _doubtful(name: str, bearing: Bearing) -> Mention | None:
    bearers = frozenset(bearing.given | bearing.surname | bearing.nick)
    return Mention((0,), "careless", (name,), bearers, near=True) if bearers else None


def with_small_letters(words: Sequence[str], people: KnownPeople) -> Iterator[Mention]:
    """Surnames behind a title or an initial of which one at least has no capital: mrs ward."""
    for at, (one, two) in enumerate(pairwise(words)):
        if len(one) > _LEAST:
            continue
        first = one.casefold().rstrip(".")
        if first in _TITLES:
            if one[:1].isupper() and two[:1].isupper():
                continue  # read as names are
            surname = folded(_OWNS.sub("", two.strip(_EDGES)))
            bearing = people.by_name.get(surname)
            if bearing is not None and bearing.surname:
                yield Mention((at + 1,), "titled", (surname,), title=first)
        elif len(first) == 1 and first.isalpha() and first not in _NO_INITIALS and one.islower():
            surname = folded(_OWNS.sub("", two.strip(_EDGES)))
            if len(surname) >= _LEAST and (who := people.whole(first, surname)):
                yield Mention((at, at + 1), "careless", (first, surname), frozenset(who), near=True)
