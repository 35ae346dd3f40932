"""Do two names mean the same person? Over-cautious: what may be the same counts as the same.

Blocking too much costs a look; blocking too little destroys what somebody has a right to see. So
order, capitals, accents, hyphens, apostrophes, titles, middle names, initials, short forms
("Tom", ``resources/names/alike.toml``), former names beside the present one, spelling, parts that
are written together ("Delamare"), and Cyrillic or Greek letters make no difference. Asked wherever
papers are held up, or looked for, by a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from dpdesk import resources
from dpdesk.law.folding import in_latin, indexed

_WORD: Final = re.compile(r"[^\W\d_]+")
_PARTED: Final = re.compile(r"[;,\n/]|\bor\b|\band\b")
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_SOUNDS: Final = (
    ("ee", "i"), ("oo", "u"), ("ou", "u"),
    ("ph", "f"), ("v", "f"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("q", "k"), ("z", "s"), ("x", "ks"), ("y", "i"), ("w", "u"),
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")
_SILENT: Final = re.compile(r"(?<=.)h")
_VOWELS: Final = re.compile(r"(?<=.)[aeiou]")
_ENDING: Final = re.compile(r"(?:ie|ey|y|i|s|o)$")
_NEAR_LEAST: Final = 5
"""Letters; shorter names are near to too many others."""
_BONES_LEAST: Final = 3
"""Consonants, the first letter with them, that keep names apart which only vowels part."""
_NEAR_TWO: Final = 9
"""Letters from which two may differ."""
_STEM_LEAST: Final = 3
_END_LEAST: Final = 4
"""Letters of the end of a name by which somebody may be called: Preet for Gurpreet."""
_LONGEST: Final = 40
"""Letters of a name that are compared for spelling; nobody's is longer."""


class Fit(IntEnum):
    """How a part of one name fits a part of another."""

    NO = 0
    MAYBE = 1
    """Shortened, an initial, or spelt nearly the same."""
    YES = 2
    """The same, or a usual other form of it."""


@lru_cache(maxsize=16384)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name in one plain form: "Example, R. J." is example, r, j."""
    # O’Brien is one name, and the same as Brien.
    words = _WORD.findall(in_latin(indexed(name)))
    kept = [word for word in words if word not in _beside()]
    # Who is called Master, and nothing else, still has a name.
    return tuple(_plain(word) for word in kept or words)


def is_beside(word: str) -> bool:
    """Does a word stand beside names without being one: a title, as "Mrs" or "Dr."?"""
    return all(part in _beside() for part in _WORD.findall(indexed(word)))


def _plain(word: str) -> str:
    # Müller and Mueller are one name, as are MacDonald and McDonald; both sides are treated alike.
    for long, short in _UMLAUTS:
        word = word.replace(long, short)
    if word == "saint":
        return "st"
    return f"mc{word[3:]}" if word.startswith("mac") and len(word) > 5 else word


@lru_cache(maxsize=16384)
def _spelt(part: str) -> str:
    """A part as it sounds, about: Smyth and Smith, Phillip and Filip are one."""
    if len(part) < 3:
        return part
    found = part
    for letters, sound in _SOUNDS:
        found = found.replace(letters, sound)
    found = _TWICE.sub(r"\1", _SILENT.sub("", found))
    if len(found) > 3 and found.endswith("e"):
        found = found[:-1]
    return found if len(found) > 1 else part


def _skeleton(part: str) -> str:
    """The first letter and the consonants of a longer part; empty for a short one.

    Of one that only its spelling makes long, as Ahmed, but not of Jenny, who would be Jonny too.
    """
    spelt = _spelt(part)
    bones = _TWICE.sub(r"\1", _VOWELS.sub("", spelt))
    long = len(part) >= _NEAR_LEAST and len(bones) >= _BONES_LEAST
    return f"~{bones}" if long or len(spelt) >= _NEAR_LEAST else ""


@cache
def _beside() -> frozenset[str]:
    return frozenset(resources.kept("names", "alike.toml")["beside"].split())


@cache
def _kin() -> Mapping[str, tuple[str, ...]]:
    """Every name of the list, as it sounds, to all that may be the same person's, in plain form."""
    lists = resources.kept("names", "alike.toml")
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in (*lists["given"].splitlines(), *lists["surnames"].splitlines()):
        group = [_plain(name) for name in line.split()]
        for name in group:
            found[_spelt(name)].update(dict.fromkeys(group))
    return MappingProxyType({name: tuple(others) for name, others in found.items()})


@lru_cache(maxsize=16384)
def other_forms(part: str) -> tuple[str, ...]:
    """Usual other forms of a part of a name: of "thomas" tom, tommy and so on; itself left out."""
    return tuple(name for name in _kin().get(_spelt(part), ()) if name != part)


@lru_cache(maxsize=16384)
def _sounds_of(part: str) -> frozenset[str]:
    """How a part, or another form of it, may sound."""
    return frozenset((_spelt(part), *map(_spelt, other_forms(part))))


@lru_cache(maxsize=65536)
def fit(one: str, other: str) -> Fit:
    """How a part of one name fits a part of another; the order makes no difference."""
    if one == other:
        return Fit.YES if len(one) > 1 else Fit.MAYBE
    if len(one) > 1 and len(other) > 1:
        if _spelt(other) in _sounds_of(one):
            return Fit.YES
        near = _nearly(_spelt(one)[:_LONGEST], _spelt(other)[:_LONGEST])
        if _skeleton(one) == _skeleton(other) != "" and (
            near or _nearly(one[:_LONGEST], other[:_LONGEST])
        ):
            return Fit.YES
        if near or _stem_of(one, other) or _stem_of(other, one):
            return Fit.MAYBE
        if _ends(one, other) or _ends(other, one):
            return Fit.MAYBE
    if _begins(one, other) or _begins(other, one):
        return Fit.MAYBE
    return Fit.NO


def _begins(short: str, long: str) -> bool:
    """Is it a beginning of the other, or an initial of another form: B. for William?"""
    if long.startswith(short):
        return True
    return len(short) == 1 and any(form.startswith(short) for form in other_forms(long))


def _stem_of(short: str, long: str) -> bool:
    """Does the other begin as a pet form does: Robbie and Robert?"""
    stem = _TWICE.sub(r"\1", _ENDING.sub("", short))
    return len(stem) >= _STEM_LEAST and _TWICE.sub(r"\1", long).startswith(stem)


def _ends(short: str, long: str) -> bool:
    """Is it the end of the other, as in Mila for Ludmila?"""
    return len(short) >= _END_LEAST and len(long) > len(short) + 1 and long.endswith(short)


def _nearly(one: str, other: str) -> bool:
    """Do they differ in one letter, or in two where both are long?"""
    short = min(len(one), len(other))
    if short < _NEAR_LEAST or one[0] != other[0]:
        return False
    allowed = 2 if short >= _NEAR_TWO else 1
    return abs(len(one) - len(other)) <= allowed and distance(one, other, allowed) <= allowed


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out, or swap with their neighbour; beyond ``most`` is far."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        after = [i]
        for j, letter in enumerate(other, 1):
            cost = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (sign != letter))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        if min(after) > most:
            return most + 1
        before, row = row, after
    return row[-1]


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May these parts be of the same person's name?

    Yes if every part of the shorter fits a part of its own in the longer; or if two parts do; one
    of them surely. A name of initials alone is the same as any that they could stand for.
    """
    return _paired(one, other) or (
        _surely(one, other) and _paired(_joined(one, other), _joined(other, one))
    )


def _surely(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Does a whole part surely fit one of the other name?"""
    return any(fit(part, each) is Fit.YES for part in one for each in other)


def _joined(parts: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Parts that the other name writes as one, so here too: "de la Mare" for Delamare."""
    long = [each for each in other if len(each) >= _NEAR_LEAST]
    if not long:
        return parts
    made = list(parts)
    for number in (3, 2):
        place = 0
        while place + number <= len(made):
            whole = _plain("".join(made[place : place + number]))
            found = next((each for each in long if _written_as(whole, each)), "")
            if found and found not in made:
                made[place : place + number] = [found]
            place += 1
    return tuple(made)


def _written_as(one: str, other: str) -> bool:
    """Are they spelt alike, or nearly?"""
    return fit(one, other) is Fit.YES or _nearly(_spelt(one), _spelt(other))


def _paired(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Do enough parts of two names fit each other?"""
    short, long = sorted((_apart(one, other), _apart(other, one)), key=len)
    if not short:
        return False
    sure = _surely(short, long)
    paired = len(_pairs(short, long))
    if paired == len(short):
        return sure or _initials(short) or _initials(long)
    return paired >= 2 and sure


def _apart(parts: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
    """Initials written together stand apart where they are those of the name: SJ for Sarah-Jane."""
    begins = "".join(part[0] for part in name)
    return tuple(
        letter
        for part in parts
        for letter in (part if len(part) in (2, 3) and _together(part, begins, name) else (part,))
    )


def _together(part: str, begins: str, name: tuple[str, ...]) -> bool:
    """Are these the first letters of parts that follow each other, and no form of one of them?"""
    return part in begins and not any(fit(part, each) for each in name)


def _initials(parts: tuple[str, ...]) -> bool:
    return all(len(part) == 1 for part in parts)


def _pairs(short: tuple[str, ...], long: tuple[str, ...]) -> dict[int, str]:
    """Places in the longer name to the parts of the shorter that fit them, as many as can be."""
    taken: dict[int, str] = {}

    def find(part: str, tried: set[int]) -> bool:
        for place, candidate in enumerate(long):
            if place in tried or not fit(part, candidate):
                continue
            tried.add(place)
            # Whoever took it before may find another.
            if place not in taken or find(taken[place], tried):
                taken[place] = part
                return True
        return False

    for part in short:
        find(part, set())
    return taken


def mentions(text: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """May a text, given by its parts, speak of the person of that name?

    Yes if two whole parts of the name stand in it, one of them surely; if one does with an initial
    or a short form of another beside it ("T. Ward"); or the only whole part that there is.
    """
    if _mentioned(text, name):
        return True
    if len(name) < 2 or not _surely(text, name):
        return False
    together = _joined(text, name), _joined(name, text)
    return together != (text, name) and _mentioned(*together)


def _mentioned(text: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Do enough parts of a name stand in a text?"""
    name, text = _apart(name, text), _apart(text, name)
    whole = [part for part in name if len(part) > 1]
    if not whole:
        return False
    # Looked up where it can be: a text has many words, and most are of no name.
    sounds = frozenset().union(*map(_alike, whole))
    sure = {
        word
        for word in text
        if not sounds.isdisjoint(_own(word)) and any(fit(word, part) is Fit.YES for part in whole)
    }
    if not sure:
        return False
    if len(whole) == 1:
        return True
    # Two letters begin too many words of a text: Al is not in every allergy list.
    long = [p for p in whole if len(p) > 2 or any(fit(word, p) is Fit.YES for word in sure)]
    present = _pairs(tuple(long), tuple(word for word in text if len(word) > 2 or word in sure))
    return len(present) >= 2 or _beside_it(text, name, sure)


def _beside_it(text: tuple[str, ...], name: tuple[str, ...], sure: set[str]) -> bool:
    """Does an initial of the name stand beside a part of it?"""
    for place, word in enumerate(text):
        if word not in sure:
            continue
        around = text[max(0, place - 2) : place + 3]
        if any(_stands_for_another(word, other, name) for other in around if len(other) <= 2):
            return True
    return False


def _stands_for_another(sure: str, short: str, name: tuple[str, ...]) -> bool:
    """Does the short one stand for another part of the name than the sure one?"""
    return any(
        fit(sure, part) is Fit.YES and any(fit(short, rest) for rest in name[:n] + name[n + 1 :])
        for n, part in enumerate(name)
    )


def known_names(name: str, others: str | None) -> Iterator[str]:
    """The name of a person, and each other name that was typed beside it, made whole.

    "formerly Ward" beside Tom Hill is Tom Ward too.
    """
    yield name
    for other in _PARTED.split(others or ""):
        if parts_of(other):
            yield other.strip() if len(parts_of(other)) > 1 else f"{name} {other.strip()}"


# ------------------------------------------------------------------------------- finding


@lru_cache(maxsize=16384)
def _alike(part: str) -> frozenset[str]:
    """Everything under which a part that surely fits may be kept."""
    return frozenset(_asked(part))


def kept_under(parts: Iterable[str]) -> tuple[str, ...]:
    """What the parts of a name are written into an index as; each once."""
    return tuple(dict.fromkeys(key for part in parts for key in _own(part)))


def looked_under(parts: Iterable[str]) -> tuple[str, ...]:
    """What to look for in such an index, so that no name that may be the same is missed."""
    return tuple(dict.fromkeys(key for part in parts for key in _asked(part)))


@lru_cache(maxsize=16384)
def _own(part: str) -> tuple[str, ...]:
    spelt = _spelt(part)
    bones = _skeleton(part)
    return (spelt, bones) if bones else (spelt,)


@lru_cache(maxsize=16384)
def _asked(part: str) -> tuple[str, ...]:
    return (*_own(part), *map(_spelt, other_forms(part)))


def why_same(words: str, name: str) -> str:
    """Why a name, or a text, may be of the person of that name, in words: “Tom” may be “Thomas”.

    Empty where every part that fits is written the same.
    """
    text, parts = parts_of(words), parts_of(name)
    for part in parts:
        if part in text:
            continue
        for wanted in (Fit.YES, Fit.MAYBE):
            for word in text:
                if word not in parts and fit(word, part) is wanted:
                    return f"“{word.capitalize()}” may be “{part.capitalize()}”"
    return ""
