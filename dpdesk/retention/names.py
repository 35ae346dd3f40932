"""Do two names mean the same person? Over-cautious: what may be the same counts as the same.

Blocking too much costs a look; blocking too little destroys what somebody has a right to see. So
order, capitals, accents, hyphens, apostrophes, titles, middle names, initials and short forms make
no difference.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dpdesk.store.search_index import indexed

_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir lady master rev revd the and of for parent parents".split()
)
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@lru_cache(maxsize=4096)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name in one plain form: "Example, R. J." is example, r, j."""
    # O’Brien is one name, and the same as Brien.
    words = _WORD.findall(indexed(name))
    return tuple(_plain(word) for word in words if word not in _TITLES)


def _plain(word: str) -> str:
    # Müller and Mueller are one name, as are MacDonald and McDonald; both sides are treated alike.
    for long, short in _UMLAUTS:
        word = word.replace(long, short)
    return f"mc{word[3:]}" if word.startswith("mac") and len(word) > 5 else word


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May these parts be of the same person's name?

    Yes if every part of the shorter stands, whole or shortened, in the longer; or if two parts
    do, one of them whole. A name of initials alone is the same as any that they could stand for.
    """
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    whole = sum(len(part) > 1 and part in long for part in short)
    paired = _paired(short, long)
    if paired == len(short):
        return whole > 0 or all(len(part) == 1 for part in short) or _initials(long)
    return paired >= 2 and whole >= 1


def _initials(parts: tuple[str, ...]) -> bool:
    return all(len(part) == 1 for part in parts)


def _paired(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """How many parts of the shorter name can find a part of their own in the longer one."""
    taken: dict[int, str] = {}

    def find(part: str, tried: set[int]) -> bool:
        for place, candidate in enumerate(long):
            fits = part.startswith(candidate) or candidate.startswith(part)
            if not fits or place in tried:
                continue
            tried.add(place)
            # Whoever took it before may find another.
            if place not in taken or find(taken[place], tried):
                taken[place] = part
                return True
        return False

    return sum(find(part, set()) for part in short)


def mentions(text: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """May a text, given by its parts, speak of the person of that name?

    Yes if two whole parts of the name stand in it, or the only whole part that there is.
    """
    whole = [part for part in name if len(part) > 1]
    present = sum(part in text for part in whole)
    return bool(whole) and present >= min(2, len(whole))
