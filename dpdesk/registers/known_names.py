"""Finds the names of known persons in a text, however they are written there.

Found are whole names in any case (also surname first, with initials, without accents or hyphens)
and single parts of names that begin with a capital: a first name, a surname however short, what
somebody is called for short (Tom for Thomas). A name that is also a word (Will, Grace, May) counts
by itself only where it can hardly be the word: too many false alarms, and nobody reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from dpdesk import resources
from dpdesk.law.accents import in_form
from dpdesk.registers.same_person import other_forms

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")
_TOUCHING: Final = re.compile("[ \\-\u2010\u2011]")
_BETWEEN: Final = re.compile("[\\s\\-\u2010\u2011–,]{1,3}|\\.\\s{0,2}")
_PARTS: Final = re.compile(r"[;/&()\[\]\n|+]|\s-\s|\band\b|\bor\b|\bof\b|\bfor\b|\bto\b")
_SHORT: Final = 2
"""Letters that a name for short has more of: Al and Jo alone are in too many texts."""
_BEFORE_SENTENCE: Final = re.compile(r"(?:^|[.!?:;•\n])[\s\"'“‘(\-–]{0,8}$")


@cache
def words_of(kind: str) -> frozenset[str]:
    """A list of ``resources/law/name_words.toml``, which says what each is for."""
    return frozenset(resources.kept("law", "name_words.toml")[kind].split())


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    fold: str
    capital: bool
    shouted: bool
    """All in capitals, and longer than an initial."""
    possessive: bool

    @property
    def short(self) -> bool:
        """As short as initials are."""
        return self.end - self.start < 4


def _token(match: re.Match[str]) -> _Token:
    written = match[0].replace("’", "'")
    bare = re.sub(r"('s|s'|')$", lambda end: "s" if end[0] == "s'" else "", written)
    return _Token(
        match.start(),
        match.start()
        + len(match[0])
        - (1 if written.endswith("'") and bare == written[:-1] else 0),
        _folded(bare),
        not written[0].islower() and written[0].isalpha(),
        len(written) > 1 and written.isupper(),
        written.endswith(("'s", "s'")),
    )


def _folded(word: str) -> str:
    """Without case, accents and apostrophes: O’Brien and obrien are the same."""
    parts = in_form("NFD", word.casefold())
    return "".join(sign for sign in parts if sign.isalnum() and not unicodedata.combining(sign))


def _tokens(text: str) -> list[_Token]:
    return [token for match in _WORD.finditer(text) if (token := _token(match)).fold]


Name = tuple[str, ...]


class KnownNames:
    """The names known, by their first words, so that thousands cost no more than one.

    ``names`` were typed where a person is asked for, and may be descriptions; ``sure`` are names of
    people on record, first name first, however they are written.
    """

    def __init__(self, names: Iterable[str], sure: Iterable[str] = ()) -> None:
        self._from: dict[str, set[Name]] = defaultdict(set)
        self._alone: set[str] = set()
        self._short: set[str] = set()
        for written in dict.fromkeys(names):
            for name, single in _names_in(in_form("NFC", written)):
                self._learn(name, single=single)
        for written in dict.fromkeys(sure):
            every = _tokens(in_form("NFC", written))
            name = tuple(token for token in every if token.fold not in words_of("titles"))
            self._learn(name or tuple(every), sure=True)
            self._learn_short(name)

    def _learn(self, name: tuple[_Token, ...], *, single: bool = True, sure: bool = False) -> None:
        words = tuple(token.fold for token in name)
        if len(words) > 1:
            first, last = words[0], words[-1]
            for one in (words, (first, last), (last, first), (first[0], last)):
                self._from[one[0]].add(one)
        for token in name if single else ():
            initials = len(token.fold) < 2 or (len(name) == 1 and token.shouted and token.short)
            said_alone = token.fold not in words_of("particles") | words_of("posts")
            if (token.capital or sure) and not initials and said_alone:
                self._alone.add(token.fold)

    def _learn_short(self, name: tuple[_Token, ...]) -> None:
        """What somebody of that name may be called for short."""
        if len(name) < 2:
            return
        forms = [form for form in other_forms(name[0].fold) if len(form) > _SHORT]
        self._short.update(forms)
        for form in forms:
            self._from[form].add((form, name[-1].fold))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand in a text (in its NFC form); parts that touch are one place."""
        tokens = _tokens(text)
        start = end = -1
        at = 0
        while at < len(tokens):
            long = self._whole(text, tokens, at) or self._single(text, tokens, at)
            if long:
                here = tokens[at]
                if end < 0 or not _TOUCHING.fullmatch(text[end : here.start]):
                    if end >= 0:
                        yield start, end
                    start = here.start
                end = tokens[at + long - 1].end
            at += long or 1
        if end >= 0:
            yield start, end

    def _whole(self, text: str, tokens: list[_Token], at: int) -> int:
        """How many tokens from here are a name of several words; 0 if none."""
        long = 0
        for name in self._from.get(tokens[at].fold, ()):
            here = tokens[at : at + len(name)]
            if len(name) <= long or tuple(token.fold for token in here) != name:
                continue
            gaps = pairwise(here)
            if not all(_joined(text, one, two) for one, two in gaps):
                continue
            if _needs_capitals(name) and not all(token.capital for token in here):
                continue
            long = len(name)
        return long

    def _single(self, text: str, tokens: list[_Token], at: int) -> int:
        """1 if this token by itself is a name, or a part of one."""
        token = tokens[at]
        known = token.fold in self._alone
        if not token.capital or not (known or token.fold in self._short):
            return 0
        before = tokens[at - 1] if at else None
        if before is not None and before.fold in words_of("titles"):
            return 1
        if token.fold in words_of("counties") and _in_a_place(text, tokens, at):
            return 0
        if token.fold in (words_of("months") | words_of("short_months")):
            return int(token.possessive)
        if token.fold not in (words_of("words") | words_of("short_words")):
            return 1
        if token.shouted or (before is not None and before.fold in {"the", "a", "an"}):
            return 0
        after = tokens[at + 1].fold if at + 1 < len(tokens) else ""
        if _BEFORE_SENTENCE.search(text[max(0, token.start - 8) : token.start]):
            does = after not in words_of("after") if known else after in words_of("doing")
            return int(token.possessive or does)
        return int(known or not _beside_capitals(text, tokens, at))


def _in_a_place(text: str, tokens: list[_Token], at: int) -> bool:
    """Does it begin the name of a place or a body: Kent County Council?"""
    for one, two in pairwise(tokens[at : at + 4]):
        if text[one.end : two.start] != " " or not two.capital:
            return False
        if two.fold in words_of("places"):
            return True
    return False


def _beside_capitals(text: str, tokens: list[_Token], at: int) -> bool:
    """Does another word with a capital touch it: "High Court"?"""
    return any(
        0 <= other < len(tokens)
        and tokens[other].capital
        and text[
            min(tokens[at].end, tokens[other].end) : max(tokens[at].start, tokens[other].start)
        ]
        == " "
        for other in (at - 1, at + 1)
    )


def _needs_capitals(name: Name) -> bool:
    """Could these be plain words in a row ("will grace"), or an initial be the word "a"?"""
    ordinary = words_of("words") | words_of("months")
    return any(len(word) == 1 for word in name) or all(word in ordinary for word in name)


def _joined(text: str, one: _Token, two: _Token) -> bool:
    gap = text[one.end : two.start]
    return bool(_BETWEEN.fullmatch(gap)) and ("." not in gap or len(one.fold) == 1)


def _names_in(written: str) -> Iterator[tuple[tuple[_Token, ...], bool]]:
    """The names in what somebody typed where a person is asked for: "Mrs K. Invented (tutor)".

    With each whether its parts count by themselves: not those of a body ("Metropolitan Police").
    Descriptions such as "head of Year 4" or "the family" hold none.
    """
    for part in _PARTS.split(written):
        before, comma, after = part.partition(",")
        here = [_run(before), _run(after)] if comma else [_run(part)]
        if comma and here[1] and len(here[0]) == 1 and len(here[1]) <= 2:
            here = [(*here[1], *here[0])]  # surname first
        bodies = words_of("places") | words_of("bodies")
        single = not any(token.fold in bodies for token in _tokens(part)[1:])
        yield from ((run, single) for run in here if run)


def _run(part: str) -> tuple[_Token, ...]:
    every = [t for t in _tokens(part) if t.fold not in words_of("titles")]
    tokens = [t for t in every if t.fold not in words_of("posts") and not t.fold[0].isdigit()]
    if len(every) == 2 and tokens == every[:1] and all(t.capital for t in every):
        return tuple(every)  # surnames such as Head and Cook
    lower = not any(token.capital for token in tokens)
    if lower:
        # "kit invented", typed in haste; a description of several words would not be all names.
        return tuple(tokens) if len(tokens) == 2 else ()
    return tuple(t for t in tokens if t.capital or t.fold in words_of("particles"))
