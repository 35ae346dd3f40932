"""Whole names in web addresses and paths: .../pupils/harry-smith.docx, Harry%20Smith.

An address is no prose, so its words are not read as such: in capitals or not, alone or together,
they say little. Only a first name beside its surname says who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.letters import NOT_LETTERS, folded
from dpdesk.disclosure.mentions import Mention

_PLACE: Final = re.compile(r"://|www\.|^[(\"'“‘]*@\w", re.IGNORECASE)
"""An address, or what somebody is called in a network: @harrysmith."""
_FIGURES: Final = re.compile(r"\d+|_")
_LEAST: Final = 2
"""Letters of each part of a name."""


def named_in_places(words: Iterable[str], people: KnownPeople) -> dict[str, Mention]:
    """The words that are such places and in which whole names stand, as mentions at place 0."""
    found = {}
    for word in words:
        if not _PLACE.search(word):
            continue
        pieces = [
            part
            for piece in NOT_LETTERS.split(folded(unquote(word)))
            for part in _FIGURES.split(piece)
            if len(part) >= _LEAST
        ]
        pairs = [*pairwise(pieces), *(pair for piece in pieces for pair in _halves(piece, people))]
        for one, two in pairs:
            bearers = people.whole(one, two) | people.whole(two, one)
            if bearers:
                found[word] = Mention((0,), "inside", (one, two), frozenset(bearers))
                break
    return found


def _halves(piece: str, people: KnownPeople) -> Iterator[tuple[str, str]]:
    """Two names that are written as one: harrysmith, smithharry."""
    for at in range(_LEAST, len(piece) - _LEAST + 1):
        one, two = piece[:at], piece[at:]
        if one in people.by_name and two in people.by_name:
            yield one, two
