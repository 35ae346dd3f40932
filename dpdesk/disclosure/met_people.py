"""People met in the documents alone: in the heads of mail, after a greeting, under a letter.

Somebody whom no register knows is still somebody else; and whoever writes from the school's own
address, or signs as a teacher, does so in their job.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dpdesk.disclosure.candidates import PartyStanding, cues, name_words
from dpdesk.disclosure.known_people import Called, Party, called, reached
from dpdesk.disclosure.vocabulary import WordStock

_MAIL: Final = re.compile(r"[^\s<>;,()\[\]\"'@]{1,64}@[^\s<>;,()\[\]\"'@]{3,250}")
_CHUNK: Final = re.compile(r"[;|]|(?<=>)|(?<=\))")
_HEAD: Final = 80
"""Words of one line of a head that are looked at."""
_NAMES: Final = 4
"""Words of a name."""
_ENDS: Final = (",", "!", ":", "-", "–")
_SIGNED: Final = 10
"""Words below a name in which its owner may say what they are."""
_NOBODY: Final = frozenset(
    "colleague colleagues madam sirs folks friends team sender recipient undisclosed external "
    "caution warning mailing list group sent from via behalf on reg ref re fw fwd".split()
)


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody met, as they are written there."""

    name: str
    titled: bool = False
    email: str = ""
    signed: tuple[str, ...] = ()
    """What stands below the name."""


@cache
def no_names() -> frozenset[str]:
    """Words with a capital that are no part of a name."""
    lists = ("plain", "posts", "places")
    said = ("usual", "staff", "professions", "reached", "born", "after_heads", "boxes")
    return frozenset(
        _NOBODY.union(*(cues(each) for each in said), *(name_words(each) for each in lists))
        - name_words("words")
        | cues("greetings")
    )


def met_on(words: Sequence[str], vocabulary: WordStock, told: Sequence[int]) -> Iterator[Met]:
    """Everybody who is met on one page; ``told`` are its words that say anything."""
    anchors, mails = vocabulary.anchors, vocabulary.mails
    places = [place for place in told if words[place] in anchors]
    for at, place in enumerate(places):
        match anchors[words[place]]:
            case "head" if _bare(words[place]) in cues("heads"):
                rest = (other for other in places[at + 1 :] if anchors[words[other]] == "head")
                end = min(next(rest, len(words)), place + _HEAD)
                yield from _in_head(words[place + 1 : end])
            case "greeting":
                yield from _greeted(words, place)
            case "closing":
                if place + 1 not in places[at + 1 : at + 2]:
                    yield from _signed(words, place)
            case _:
                pass
    for place in told:
        if words[place].startswith("<") and words[place] in mails:
            yield from _before_mail(words, place)


def _in_head(words: Sequence[str]) -> Iterator[Met]:
    text = " ".join(words)
    chunks = [chunk.strip(" ,;\"'") for chunk in _CHUNK.split(text)]
    addressed = any("@" in chunk for chunk in chunks)
    for chunk in chunks if addressed else (chunks[:1] if ";" not in text else chunks):
        mail = _MAIL.search(chunk)
        name = _MAIL.sub("", chunk).strip(" ,;<>()[]\"'")
        each = [name]
        if name.count(",") and all(len(part.split()) > 1 for part in name.split(",")):
            each = name.split(",")
        for one in each:
            if _may_be_name(one):
                yield Met(one, email=mail[0] if mail and len(each) == 1 else "")


def _before_mail(words: Sequence[str], place: int) -> Iterator[Met]:
    mail = _MAIL.search(words[place])
    first = place
    while first > max(0, place - _NAMES) and _is_part(words[first - 1]):
        if first < place and words[first - 1].endswith((",", ";", ":", ".")):
            break
        first -= 1
    name = " ".join(words[first:place]).strip(" ,;\"'")
    if mail and _may_be_name(name) and len(name.split()) > 1:
        yield Met(name, email=mail[0])


def _greeted(words: Sequence[str], place: int) -> Iterator[Met]:
    """After a greeting: Dear Mrs Walker and Tom."""
    run: list[str] = []
    for word in words[place + 1 : place + 9]:
        if _bare(word) in {"and", "&", "or"}:
            yield from _one(run)
            run = []
            continue
        if not _is_part(word):
            break
        run.append(word)
        if word.endswith((",", ".", "!", ":", "-", "–")) and not _is_title(word):
            break
    yield from _one(run)


def _signed(words: Sequence[str], place: int) -> Iterator[Met]:
    """Under a letter: Kind regards, Tom and Jane Walker."""
    runs: list[list[str]] = [[]]
    at = place + 1
    for word in words[at : at + 2 * _NAMES]:
        if runs[-1] and len(runs) == 1 and _bare(word) in {"and", "&"}:
            runs.append([])
            at += 1
            continue
        if not _is_part(word) or len(runs[-1]) == _NAMES:
            break
        runs[-1].append(word)
        at += 1
        if word.endswith((",", ".", "!", ")")) and not _is_title(word) and len(_bare(word)) > 1:
            break
    below = tuple(_bare(word) for word in words[at : at + _SIGNED])
    for run in runs:
        for met in _one(run):
            yield Met(met.name, met.titled, signed=below)


def _one(run: Sequence[str]) -> Iterator[Met]:
    titled = bool(run) and _is_title(run[0])
    name = " ".join(word for word in run if not _is_title(word)).strip(" ,.!:-–\"'")
    if _may_be_name(name):
        yield Met(name, titled)


def _may_be_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= _NAMES or "@" in name or any(sign.isdigit() for sign in name):
        return False
    parts = [_bare(word) for word in words]
    if any(part in no_names() or part in name_words("months") for part in parts):
        return False
    capital = all(
        word[:1].isupper() or part in name_words("particles")
        for word, part in zip(words, parts, strict=True)
    )
    return capital and any(len(part) > 1 for part in parts)


def _is_part(word: str) -> bool:
    bare = _bare(word)
    if not bare or "@" in word or any(sign.isdigit() for sign in word):
        return False
    return (word.strip("\"'(“‘")[:1].isupper() and bare not in no_names()) or (
        bare in name_words("particles")
    )


def _is_title(word: str) -> bool:
    return _bare(word) in name_words("titles")


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’()[]<>*•.,;:!?-–—").casefold()


class PeopleMet:
    """Gathers the people met on many pages, and makes each of them one party."""

    def __init__(self, domains: frozenset[str]) -> None:
        self._domains = domains
        self._met: dict[Met, None] = {}

    def read(self, words: Sequence[str], vocabulary: WordStock, told: Sequence[int]) -> None:
        """Takes in a page; ``told`` as ``met_on`` has it."""
        if told:
            self._met.update(dict.fromkeys(met_on(words, vocabulary, told)))

    def parties(self) -> Iterator[Party]:
        """Everybody once; the whole names first."""
        found: dict[tuple[str, ...], list[Met]] = {}
        names: dict[tuple[str, ...], Called] = {}
        for met in self._met:
            made = called(met.name)
            if made is None:
                continue
            if met.titled and not made.surname:
                made = Called((), (), made.given)
            key = (*made.given, *made.surname) if made.given else ("mr", *made.surname)
            names.setdefault(key, made)
            found.setdefault(key, []).append(met)
        for key in sorted(found, key=lambda key: -len(key)):
            yield self._party(key, names[key], found[key])

    def _party(self, key: tuple[str, ...], name: Called, met: Sequence[Met]) -> Party:
        standing, why = self._standing(met)
        label = " ".join(piece.strip(",.") for piece in met[0].name.split())
        if not name.given:
            label = f"Mr or Mrs {label}"
        mails = {one.email for one in met if one.email}
        return Party(
            "met:" + " ".join(key), label, "met", standing, (name,), reached(emails=mails), why
        )

    def _standing(self, met: Sequence[Met]) -> tuple[PartyStanding, str]:
        domains = {one.email.casefold().rpartition("@")[2] for one in met if one.email}
        if domains & self._domains:
            return PartyStanding.STAFF, "Writes from the school’s own address."
        if any(domain.endswith(tuple(cues("official"))) for domain in domains):
            return PartyStanding.PROFESSIONAL, "Writes from a public body’s address."
        signed = {word for one in met for word in one.signed}
        if signed & cues("professions"):
            return PartyStanding.PROFESSIONAL, "Signs with a profession."
        if signed & cues("staff"):
            return PartyStanding.STAFF, "Signs with a job title at a school."
        return PartyStanding.OTHER, "Named in these documents only."
