"""Numbers and addresses that stand for one person, found in the words of a page.

Only words with figures or an @ are looked at, with a few around them: that is what makes a
thousand pages quick. What has check digits is believed where they are right; what has none only
where a word beside it says what it is.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType
from typing import Final, NamedTuple

from dpdesk.disclosure.candidates import cues, kinds
from dpdesk.disclosure.known_people import plain_telephone
from dpdesk.disclosure.misread_codes import postcode_meant
from dpdesk.disclosure.patterns import ORDINALS, form, loose_days, spoken_day, with_figures
from dpdesk.disclosure.vocabulary import WordStock
from dpdesk.law.dates import read_date
from dpdesk.law.identifiers import (
    is_card,
    is_iban,
    is_insurance,
    is_licence,
    is_nhs,
    is_uln,
    plain,
    upn_fault,
)

_YOUNGEST: Final = 3
_OLDEST: Final = 19
"""Years of the pupils whose dates of birth stand in a list."""
_LIST: Final = 3
"""Names with a date behind them that make a list of births."""
_CUES: Final = 6
"""Words before a number in which it may be said what it is."""
_STREET_BACK: Final = 5
_TOWN: Final = 10
"""Words after a street in which its postcode may stand."""
_EDGES: Final = "\"'“”‘’()[]<>*•.,;:!?"
_TEN: Final = re.compile(r"(?<![\w+\-])\d{3}[ \-]?\d{3}[ \-]?\d{4}(?![\w\-])")
_ULN: Final = re.compile(r"(?<![\w+\-])\d{10}(?![\w\-])")
_IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
_CARD: Final = re.compile(r"(?<![\w\-])\d{4}(?:[ \-]?\d{4}){2}[ \-]?\d{1,7}(?![\w\-])")
_LICENCE: Final = re.compile(
    r"(?<!\w)[A-Z]{1,5}9{0,4} ?\d{6} ?[A-Z][A-Z9] ?[A-Z0-9] ?[A-Z]{2}(?: ?\d\d)?(?!\w)"
)
_UPN: Final = re.compile(r"(?<!\w)[A-Z](?: ?\d){11} ?[A-Z\d](?!\w)", re.IGNORECASE)
_INSURANCE: Final = re.compile(r"(?<!\w)[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]?(?!\w)", re.IGNORECASE)
_SORT: Final = re.compile(r"(?<![\w\-/.])\d\d(?:-\d\d-\d\d|[ \u2013]\d\d[ \u2013]\d\d)(?![\w\-/])")
_SORT_PLAIN: Final = re.compile(r"(?<![\w\-/.])\d{6}(?![\w\-/])")
_SORT_SAID: Final = frozenset({"sort", "s/c"})
_ACCOUNT: Final = re.compile(r"(?<![\w\-/.])\d{8}(?![\w\-/])")
_VEHICLE: Final = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d\d ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?!\w)"
)
_CURRENT: Final = re.compile(r"[A-HJ-PR-Y]{2}(?:[0-2]\d|[5-7]\d)[A-HJ-PR-Z]{3}")
"""A number plate as they have been made since 2001."""
_PASSPORT: Final = re.compile(r"(?<!\w)(?:\d{9}|[A-Z]\d{8})(?!\w)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS: Final = re.compile(r"(?=((?:19|20)\d\d))")
"""Also within a row of figures: 01042015."""
_HOUSE: Final = re.compile(r"\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?,?")
_NO_HOUSE: Final = frozenset(
    "year class room form page grade unit chapter stage key group set level band part section "
    "paragraph term week day".split()
)
_TELEPHONE: Final = 9
"""Figures of the shortest number that needs no word beside it."""
_SPOKEN: Final = 5
"""Words before a year in which the day may be said in words: the first of April 2015."""
_BORN: Final = re.compile(r"(?:\S{1,40} )?\(?(?:d\.?o\.?b\b|born\b|birth)", re.IGNORECASE)
"""Such a word before a date and in one with it: DOB:01/04/2015."""
_DAY: Final = 4
"""Figures of the shortest date: 3.4.14."""
_INWARD: Final = re.compile(
    r"[a-z]{1,2}\d[a-z\d]? \d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}$", re.IGNORECASE
)
"""A postcode in small letters; its last two letters are none of C, I, K, M, O, V."""
_SAID: Final = {"upn": frozenset({"upn"}), "insurance": frozenset({"ni", "nino", "insurance"})}
"""Words beside what is believed without any, which tell it where a letter is mistyped."""
_FLATS: Final = frozenset({"flat", "apartment", "apt"})
_BOOK: Final = re.compile(r"isbn(?:-1[03])?:? $", re.IGNORECASE)
_DOTS: Final = frozenset({"(dot)", "[dot]"})
_HOUSES: Final = frozenset(
    "cottage cottages lodge farm farmhouse barn barns manor grange rectory vicarage parsonage "
    "forge bungalow stables villa house hall mill".split()
)
"""In the name of a house, where there may be no number and no street."""
_MAIL: Final = re.compile(r"[^\s<>;,()\[\]\"':@]{1,64}@[^\s<>;,()\[\]\"'@]{1,250}")


@dataclass(frozen=True, slots=True)
class Number:
    """Something that stands for one person: where it is, what, and in its plainest form."""

    indexes: tuple[int, ...]
    kind: str
    value: str
    doubtful: bool = False
    born: dt.date | None = None
    of: int | None = None
    """The number of the party whose name stands before it, as in a list."""


class _Window(NamedTuple):
    """Some words of a page as one text."""

    text: str
    starts: tuple[int, ...]
    first: int
    near: frozenset[str]
    """The words before and just after, in small letters."""

    def words(self, start: int, end: int) -> tuple[int, ...]:
        """The indexes of the words that a stretch of the text touches."""
        one, two = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return tuple(range(self.first + one, self.first + two + 1))


_Kind = tuple[str, re.Pattern[str], Callable[[str], bool]]
_CHECKED: Final[tuple[_Kind, ...]] = (
    ("bank", _IBAN, is_iban),
    ("bank", _CARD, is_card),
    ("licence", _LICENCE, is_licence),
    ("upn", _UPN, lambda text: not upn_fault(plain(text))),
    ("insurance", _INSURANCE, is_insurance),
    ("nhs", _TEN, is_nhs),
    ("uln", _ULN, is_uln),
)
"""What has check digits, in the order in which it is tried."""


class Numbers:
    """Finds all of them on one page after the other."""

    def __init__(self, vocabulary: WordStock, births: frozenset[dt.date], today: dt.date) -> None:
        self._vocabulary = vocabulary
        self._births = births
        self._years = {str(day.year) for day in births}
        self._today = today
        self._days: dict[str, dt.date | None] = {}
        self._telephone = form("telephone").stretches
        self._mail = form("email").stretches
        self._postcode = form("postcode").stretches
        self._date = form("date").stretches

    def on(
        self,
        words: Sequence[str],
        people: Mapping[int, int] = MappingProxyType({}),
        told: Sequence[int] | None = None,
        named: Collection[int] = frozenset(),
    ) -> list[Number]:
        """Everything on a page that stands for one person; no word twice.

        ``people`` are the last words of whole names on the page, with whose they are; ``told`` is
        what the vocabulary says of the page, where that was asked before; ``named`` are the words
        in which anybody is named.
        """
        figures, mails = self._vocabulary.figures, self._vocabulary.mails
        streets = self._vocabulary.streets
        told = self._vocabulary.told_on(words) if told is None else told
        found: list[Number] = []
        for place in told:
            if words[place] in mails:
                found += self._mails(words, place)
        for place in told:
            if words[place] in streets:
                found += self._address(words, place)
        births = bool(people) and not self._vocabulary.births.isdisjoint(words)
        places = [place for place in told if words[place] in figures]
        at = 0
        while at < len(places):
            end = at
            while end + 1 < len(places) and self._goes_on(words, places[end], places[end + 1]):
                end += 1
            found += self._cluster(words, places[at], places[end], named)
            found += self._listed(words, places[at], people, said_so=births)
            at = end + 1
        if not births and sum(each.of is not None for each in found) < _LIST:
            found = [each if each.of is None else replace(each, doubtful=True) for each in found]
        return _apart(found)

    def _listed(
        self, words: Sequence[str], place: int, people: Mapping[int, int], *, said_so: bool
    ) -> Iterator[Number]:
        """A day that can be a birth, behind a whole name: Walker, Ethan (5B) 12/03/2015.

        ``said_so``: whether the page speaks of births, as a list does at the head of a column.
        """
        back = next((at for at in (place - 1, place - 2) if at in people), None)
        if back is None or (back == place - 2 and not words[place - 1].startswith("(")):
            return
        text = " ".join(words[place : place + 3])
        span = next(self._date(text), None)
        if span is None or span[0] != 0:
            return
        said = text[slice(*span)].strip(" .,;")
        day = self._day(said)
        if day is None:
            return
        if not _YOUNGEST <= self._today.year - day.year <= _OLDEST:
            return
        if _YEAR.search(said) or said_so:
            indexes = tuple(range(place, place + 1 + said.count(" ")))
            yield Number(indexes, "birth", day.isoformat(), born=day, of=people[back])

    @staticmethod
    def _goes_on(words: Sequence[str], one: int, two: int) -> bool:
        if two - one == 1:
            return True
        if two - one > _SPOKEN:
            return False
        if two - one == 2 and not any(map(str.isalnum, words[one + 1])):
            return True  # 01 / 04 / 2015
        # 3 March 2015; 3rd of March 2015; GB82 WEST 1234
        *others, between = words[one + 1 : two]
        said = [word.casefold() for word in others]
        return len(between) <= 10 and between[:1].isupper() and said in ([], ["of"], ["day", "of"])

    def _window(self, words: Sequence[str], first: int, last: int) -> _Window:
        start, stop = max(0, first - 1), min(len(words), last + 2)
        some = [with_figures(word) for word in words[start:stop]]
        starts = tuple(accumulate((len(word) + 1 for word in some), initial=0))
        around = (*words[max(0, first - _CUES) : first], *words[last + 1 : last + 3])
        near = frozenset(word.strip(_EDGES).casefold() for word in around)
        return _Window(" ".join(some), starts, start, near)

    def _cluster(
        self, words: Sequence[str], first: int, last: int, named: Collection[int]
    ) -> Iterator[Number]:
        window = self._window(words, first, last)
        text = window.text
        count = sum(map(str.isdecimal, text))
        if count >= 6:
            yield from self._checked(window)
            yield from self._bank(window)
            if "passport" in window.near or "passports" in window.near:
                for match in _PASSPORT.finditer(text):
                    yield Number(window.words(*match.span()), "passport", plain(match[0]))
        reached = not window.near.isdisjoint(cues("reached"))
        if reached or count >= _TELEPHONE:
            yield from self._telephones(words, window, first)
        for match in _VEHICLE.finditer(text):
            current = _CURRENT.fullmatch(plain(match[0])) is not None
            cued = not window.near.isdisjoint(kinds()["vehicle"].cues)
            if current or cued:
                yield Number(window.words(*match.span()), "vehicle", plain(match[0]))
        yield from self._postcodes(words, window, named)
        if count >= _DAY or _is_of_birth(words, window, first):
            yield from self._born(words, window, first, last)

    def _postcodes(
        self, words: Sequence[str], window: _Window, named: Collection[int]
    ) -> Iterator[Number]:
        """Postcodes, perhaps with the house and the place before them."""
        # As they are written: letters that are taken for figures may be right here.
        text = " ".join(words[window.first : window.first + len(window.starts) - 1])
        for span in self._postcode(text):
            said = text[slice(*span)]
            meant = postcode_meant(said)
            misread = meant != plain(said)
            sure = "postcode" in window.near or (said.isupper() and not misread)
            if sure or misread or _INWARD.search(said):
                there = window.words(*span)
                yield Number(there, "postcode", meant, not sure)
                begin = _house_before(words, there[0], named) if sure or misread else there[0]
                if begin < there[0]:
                    yield Number(tuple(range(begin, there[-1] + 1)), "address", meant)

    @staticmethod
    def _checked(window: _Window) -> Iterator[Number]:
        for kind, pattern, right in _CHECKED:
            needed = kinds()[kind].cues
            for match in pattern.finditer(window.text):
                cued = not needed or not window.near.isdisjoint(needed)
                named = kind == "nhs" and "nhs" in window.near
                agrees = right(match[0]) or named
                said = (needed and cued) or not _SAID.get(kind, frozenset()).isdisjoint(window.near)
                if agrees or said:
                    # A figure may be mistyped; the word beside it says what it is.
                    doubtful = not agrees or (not cued and kind != "bank")
                    yield Number(window.words(*match.span()), kind, plain(match[0]), doubtful)

    @staticmethod
    def _bank(window: _Window) -> Iterator[Number]:
        if window.near.isdisjoint(kinds()["bank"].cues):
            return
        plain_too = () if window.near.isdisjoint(_SORT_SAID) else (_SORT_PLAIN,)
        for pattern in (_SORT, _ACCOUNT, *plain_too):
            for match in pattern.finditer(window.text):
                yield Number(window.words(*match.span()), "bank", plain(match[0]))

    def _telephones(self, words: Sequence[str], window: _Window, first: int) -> Iterator[Number]:
        # The word that says what follows may stand some words before.
        lead = " ".join(words[max(0, first - 2) : window.first])
        text = f"{lead} {window.text}" if lead else window.text
        shift = len(lead) + 1 if lead else 0
        for start, end in self._telephone(text):
            said = text[start:end]
            if start < shift or said.count("/") > 1:
                continue
            if _BOOK.search(text[:start]) is not None:
                continue
            value = plain_telephone(said) or plain(said)
            yield Number(window.words(start - shift, end - shift), "telephone", value)

    def _born(
        self, words: Sequence[str], window: _Window, first: int, last: int
    ) -> Iterator[Number]:
        cued = _is_of_birth(words, window, first)
        if not cued and self._years.isdisjoint(_YEARS.findall(window.text)):
            return
        before = words[max(0, first - _SPOKEN) : first]
        if any(word.strip(_EDGES).casefold() in ORDINALS for word in before):
            window = self._window(words, max(0, first - _SPOKEN), last)
        text = window.text
        usual = ((start, end, text[start:end].strip(" .,")) for start, end in self._date(text))
        for start, end, said in (*usual, *loose_days(text)):
            day = self._day(said)
            if day is None and not (cued and any(sign.isdigit() for sign in said)):
                continue
            if cued or day in self._births:
                indexes = window.words(start, end)
                yield Number(indexes, "birth", day.isoformat() if day else said, not cued, day)

    def _day(self, said: str) -> dt.date | None:
        if said not in self._days:
            try:
                self._days[said] = read_date(spoken_day(said), self._today)
            except ValueError:
                self._days[said] = None
        return self._days[said]

    def _mails(self, words: Sequence[str], place: int) -> Iterator[Number]:
        last = place
        while last + 2 < len(words) and words[last + 2].casefold() in _DOTS:
            last += 2  # post [dot] example
        window = self._window(words, place, last)
        for start, end in self._mail(window.text):
            said = window.text[start:end]
            mail = _MAIL.search(said)
            value = (mail[0] if mail else said).casefold().strip(".>,;")
            yield Number(window.words(start, end), "email", value)

    def _address(self, words: Sequence[str], place: int) -> Iterator[Number]:
        """House number, street, and what follows as far as the postcode."""
        first = self._house(words, place)
        end = place
        last = min(len(words), place + 1 + _TOWN)
        code = ""
        for at in range(place + 1, last):
            pair = " ".join(words[at : at + 2])
            span = next(self._postcode(pair), None)
            if span is not None and span[0] == 0:
                said = pair[slice(*span)]
                end, code = at + (" " in said), postcode_meant(said)
                break
            if not words[at][:1].isupper() and words[at].casefold() not in {
                "on",
                "upon",
                "le",
                "in",
            }:
                break
        if first is None and not code:
            return
        begin = place if first is None else first
        if first is None:
            while begin > max(0, place - _STREET_BACK) and _may_be_of_house(words[begin - 1]):
                begin -= 1
        said = " ".join(words[begin : end + 1])
        yield Number(tuple(range(begin, end + 1)), "address", code or plain(said))

    @staticmethod
    def _house(words: Sequence[str], place: int) -> int | None:
        """Where an address begins: with the number of the house, or the flat in it."""
        for at in range(place - 1, max(-1, place - 1 - _STREET_BACK), -1):
            if not _HOUSE.fullmatch(words[at].lstrip("(\"'“‘")):
                if not _may_be_of_house(words[at]):
                    return None
                continue
            before = [word.strip(_EDGES).casefold() for word in words[max(0, at - 2) : at]]
            if at == place - 1 or (before and before[-1] in _NO_HOUSE):
                return None
            for back, word in enumerate(reversed(before), 1):
                if word in _FLATS:
                    return at - back
            return at
        return None


def _is_of_birth(words: Sequence[str], window: _Window, first: int) -> bool:
    """Whether it is said of some figures that somebody was born then."""
    if not window.near.isdisjoint(cues("born")) or _BORN.match(window.text):
        return True
    some = [word.strip(_EDGES).casefold() for word in words[max(0, first - 4) : first]]
    before = [word for word in some if word][-3:]
    return before == ["d", "o", "b"] or (before[-1:] == ["b"] and words[first - 1].endswith("b."))


def _house_before(words: Sequence[str], code: int, named: Collection[int]) -> int:
    """Where the address begins that ends with this postcode and has no street: a house, a place.

    ``code`` itself where nothing before it says that it is one.
    """
    begin = code
    while begin > max(0, code - _TOWN) and begin - 1 not in named:
        word = words[begin - 1]
        small = word in {"on", "upon", "in", "le", "the", "of"} and begin < code
        if not (small or _HOUSE.fullmatch(word) or _may_be_of_house(word)):
            break
        begin -= 1
    while begin < code and words[begin][:1].islower():
        begin += 1
    bare = [word.strip(_EDGES).casefold() for word in words[begin:code]]
    if not _HOUSES.isdisjoint(bare):
        return begin
    for at, word in enumerate(bare[:-1], begin):
        before = words[at - 1].strip(_EDGES).casefold() if at else ""
        numbered = _HOUSE.fullmatch(words[at]) is not None and before not in _NO_HOUSE
        if word in _FLATS or (numbered and words[at + 1][:1].isupper()):
            return at
    return code


def _may_be_of_house(word: str) -> bool:
    return word[:1].isupper() and not word.endswith((".", ":", ";", "!", "?"))


def _apart(found: Sequence[Number]) -> list[Number]:
    """No word twice: the longest place wins, and of equal ones the sure one."""
    taken: set[int] = set()
    kept: list[Number] = []
    for number in sorted(found, key=lambda each: (-len(each.indexes), each.doubtful)):
        if taken.isdisjoint(number.indexes):
            taken.update(number.indexes)
            kept.append(number)
    return sorted(kept, key=lambda each: each.indexes)
