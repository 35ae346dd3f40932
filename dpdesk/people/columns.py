"""Which column of a school system's export says what about whom.

Every system heads its columns in words of its own; what is known of them stands in
``resources/people/columns.toml``. A sheet speaks of one person a row, or of a pupil with one or
several adults; the columns of an adult come after the pupil's, or say whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.folding import fold
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

PERSON: Final = "person"
"""The one whom a row is about."""
_ADULT: Final = "adult"
_OF_ADULTS: Final = frozenset({"priority", "responsible", "lives_with", "relationship"})
OF_ADULTS: Final = _OF_ADULTS | {
    "name", "surname", "forename", "known_as", "other_names", "title", "email", "telephone",
    "address", "address_part", "id",
}  # fmt: skip
"""What a column may say about an adult of a pupil."""
_OF_STAFF: Final = frozenset({"post", "staff_id"})
_OF_PUPILS: Final = frozenset(
    {"year_group", "form", "upn", "house", "status", "looked_after", "admission_number"}
)
_OFTEN: Final = frozenset({"telephone", "email", "address", "other_names", "address_part"})
"""What one person may have several of: the first that is filled counts."""
_NAMES: Final = frozenset({"name", "surname", "forename"})
_BEGINS: Final = _NAMES | {"title", "relationship", "priority"}
"""With what the columns of an adult may begin."""
_LEAST_ABOVE: Final = 2
"""Cells that say whose the headings below are; a single one is a title."""
_MARKS: Final = re.compile(r"[^a-z0-9]+")

Mapped = Mapping[int, tuple[str, str]]
"""Place of a column to whose answer it is ("person", "adult 1" …) and which."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read: what its columns say, and of whom its rows are."""

    columns: Mapped
    kind: str
    """Of the person of a row: pupil, parent, staff or other."""
    unknown: tuple[str, ...] = ()
    """Headings that nothing is known of."""
    relations: Mapping[str, str] = field(default_factory=dict)
    """What the headings themselves call an adult: "adult 1" to "Mother"."""

    @property
    def names_somebody(self) -> bool:
        """Can anybody's name be read?"""
        told = {what for who, what in self.columns.values() if who == PERSON}
        return bool(told & {"name", "surname"})


def with_headings(sheet: Sheet) -> Sheet:
    """The sheet with whole headings: two rows of them are made one, and what lacks them gets them.

    Above the headings may stand whose they are ("Pupil", "Contact 1", "Contact 2"); and a first row
    may be no heading but a person already.
    """
    if not _is_data(sheet.columns):
        return replace(sheet, columns=_with_those_above(sheet))
    lists: Sequence[Sequence[str]] = _known()["without_headings"]
    for names in lists:
        if len(names) == len(sheet.columns) and _fits(names, sheet.columns):
            first = SheetRow(1, tuple(cell or None for cell in sheet.columns))
            return Sheet(tuple(names), (first, *sheet.rows), sheet.notes, sheet.how)
    return sheet


def _with_those_above(sheet: Sheet) -> tuple[str, ...]:
    """The headings with whose they are before them, where a row right above says that."""
    head = sheet.how.asked.head
    rows = [row for row in sheet.how.top if row.number < head and any(row.cells)]
    said = [" ".join(str(cell or "").split()) for cell in rows[-1].cells] if rows else []
    whose = [_whose_alone(each) for each in said if each]
    if len(whose) < _LEAST_ABOVE or None in whose or set(whose) == {PERSON}:
        return sheet.columns
    found, above = [], ""
    for place, heading in enumerate(sheet.columns):
        above = (said[place] if place < len(said) else "") or above
        alone = not heading or _meaning(heading)[0]
        found.append(heading if alone else f"{above} {heading}".strip())
    return tuple(found)


def layout(columns: Sequence[str], said: Mapping[str, str] | None = None) -> Layout:
    """What the columns say.

    ``said``: what the user says of headings: "adult 1.email", "surname", "" for leaving it out. A
    heading that comes twice is told apart by its place: "Forename", "Forename (2)".
    """
    reading = _Reading(columns)
    unknown: list[str] = []
    for place, heading in enumerate(numbered(columns)):
        if said is not None and heading in said:
            who, _, what = said[heading].rpartition(".")
            if what:
                reading.found[place] = (who or PERSON, what)
        elif not reading.take(place) and columns[place].strip():
            unknown.append(heading)
    found, relations = _with_numbers(reading.found)
    names = {what for who, what in found.values() if who == PERSON} & {"name", "surname"}
    adults = {who for who, _ in found.values() if who != PERSON}
    kind = _kind(found, columns)
    if not names and len(adults) == 1 and not any(who == PERSON for who, _ in found.values()):
        # A list of parents only: the rows are about them.
        found = {place: (PERSON, what) for place, (_, what) in found.items()}
        kind = "parent"
    return Layout(found, kind, tuple(unknown), relations)


class _Reading:
    """What headings mean, read from left to right: a heading may go on with the adult before it."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self.found: dict[int, tuple[str, str]] = {}
        self._current = PERSON
        self._seen: dict[tuple[str, str], str] = {}
        """Whose answer and which, to the words of the heading."""

    def take(self, place: int) -> bool:
        """Takes a column in. False where nothing is known of its heading."""
        heading = self.columns[place]
        who, what = _meaning(heading)
        if not what:
            return False
        if not who and self._begins_next(what, place):
            who = _next(self._current)
        elif what in _OF_ADULTS and not who:
            who = _ADULT + " 1" if self._current == PERSON else self._current
        elif not who and self._begins_adult(what, place):
            who = _ADULT + " 1"
        if who:
            self._current = who
        whose = who or (PERSON if what in _OF_PUPILS else self._current)
        if (whose, what) in self._seen and what not in _OFTEN:
            lesser = [at for at, told in self.found.items() if told == (whose, what)]
            if _is_lesser(heading) or not all(_is_lesser(self.columns[at]) for at in lesser):
                return True
            # The class itself goes before the sets of a pupil, whichever stands first.
            for at in lesser:
                del self.found[at]
        self._seen[whose, what] = " ".join(_words(heading))
        self.found[place] = (whose, what)
        return True

    def _begins_next(self, what: str, place: int) -> bool:
        """Does a further adult begin here? Where the same words come again as of the one before."""
        if self._current == PERSON or what not in _BEGINS:
            return False
        again = self._seen.get((self._current, what)) == " ".join(_words(self.columns[place]))
        return again and (what != "title" or bool(self._later(place) & _NAMES))

    def _begins_adult(self, what: str, place: int) -> bool:
        """Does an adult's name begin here? Where a name is said that was said before."""
        if self._current != PERSON or what not in {*_NAMES, "title", "id"}:
            return False
        named = (PERSON, "surname") in self._seen or (PERSON, "name") in self._seen
        if what == "name":
            return named and bool(self._later(place) & _OF_ADULTS)
        if (PERSON, what) in self._seen:
            return True
        # A title that stands behind the pupil's name, before another name, is the adult's.
        return what == "title" and named and bool(self._later(place) & {"surname", "forename"})

    def _later(self, place: int) -> set[str]:
        return {_meaning(heading)[1] for heading in self.columns[place + 1 : place + 4]}


def _next(who: str) -> str:
    family, _, number = who.rpartition(" ")
    return f"{family} {int(number) + 1}" if number.isdecimal() else f"{who} 2"


def _with_numbers(
    found: Mapping[int, tuple[str, str]],
) -> tuple[dict[int, tuple[str, str]], dict[str, str]]:
    """The same with a number for each adult, and what the headings say the adults are.

    "Mother", "Parent 1" and "Emergency contact 1" of one list are three adults, if each has a name;
    "Parent name" and "Contact e-mail" are one.
    """
    named = [who for who, what in found.values() if what in _NAMES and who != PERSON]
    named = sorted(dict.fromkeys(named), key=lambda who: not who.startswith(_ADULT + " "))
    numbers: dict[str, str] = {}
    for who in named:
        wanted = _number_of(who)
        free = (
            n
            for n in (wanted, *range(1, len(found) + 2))
            if n not in map(_number_of, numbers.values())
        )
        numbers[who] = f"{_ADULT} {next(free)}"
    plain = {
        place: (numbers.get(who, who if who == PERSON else f"{_ADULT} {_number_of(who)}"), what)
        for place, (who, what) in found.items()
    }
    relations = {
        number: relation
        for who, number in numbers.items()
        if (relation := _known()["relations"].get(who.rpartition(" ")[0]))
    }
    return _first_of_each(plain), relations


def _first_of_each(found: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Each answer of a person once, but for what somebody has several of."""
    kept: dict[int, tuple[str, str]] = {}
    for place, told in found.items():
        if told[1] in _OFTEN or told not in kept.values():
            kept[place] = told
    return kept


def _number_of(who: str) -> int:
    """Of which adult it is said, by the number behind the word."""
    family, _, number = who.rpartition(" ")
    return int(number) if family and number.isdecimal() else 1


def numbered(columns: Sequence[str]) -> tuple[str, ...]:
    """Headings of which none comes twice."""
    times: dict[str, int] = {}
    found = []
    for heading in columns:
        times[heading] = times.get(heading, 0) + 1
        count = times[heading]
        found.append(heading if count == 1 else f"{heading} ({count})")
    return tuple(found)


def headings() -> tuple[str, ...]:
    """Every heading that is known, as systems write it; by them the row of headings is found."""
    return tuple(each for known in _known()["headings"].values() for each in known)


def fields() -> dict[str, str]:
    """What a column may say, in the words in which it is offered."""
    return dict(_known()["labels"])


def _meaning(heading: str) -> tuple[str, str]:
    """Whose answer a heading announces ("" where it does not say), and which ("" for none)."""
    words = _words(heading)
    whole = " ".join(words)
    aliases = _aliases()
    if whole in aliases:
        return "", aliases[whole]
    for size in (3, 2, 1):
        who = _whose(words[:size])
        if who is None or len(words) <= size:
            continue
        rest = words[size:]
        number = ""
        if rest[0].isdigit() and len(rest) > 1:
            number, rest = rest[0], rest[1:]
        what = aliases.get(" ".join(rest), "")
        if what:
            return _numbered(who, number), what
    alone = _whose_alone(heading)
    if alone is not None and alone.rpartition(" ")[0] in _known()["names_alone"]:
        return alone, "name"
    without = " ".join(word for word in words if word not in _known()["ignored"])
    if without in aliases:
        return "", aliases[without]
    for start in _known()["beginnings"]:
        if whole.startswith(start + " ") and start in aliases:
            return "", aliases[start]
    return "", ""


def _whose(words: Sequence[str]) -> str | None:
    """The person, or an adult by what the list calls them; with 0 where a number may follow."""
    said = " ".join(words)
    if said in _known()["of_pupils"]:
        return PERSON
    found: str | None = _known()["of_adults"].get(said)
    return found


def _whose_alone(heading: str) -> str | None:
    """Whose it is that a heading names, and nothing else: "Mum", "Parent 2"."""
    words = _words(heading)
    number = words.pop() if len(words) > 1 and words[-1].isdigit() else ""
    who = _whose(words)
    if who is None or not who.endswith(" 0"):
        return None if number else who
    return _numbered(who, number)


def _numbered(who: str, number: str) -> str:
    return f"{who.removesuffix(' 0')} {int(number or 1)}" if who.endswith(" 0") else who


def _is_lesser(heading: str) -> bool:
    """Does it head what may stand for the answer only where nothing better does?"""
    return " ".join(_words(heading)) in _known()["lesser"]


def _kind(found: Mapped, columns: Sequence[str]) -> str:
    told = {what for who, what in found.values() if who == PERSON}
    adults = any(who != PERSON for who, _ in found.values())
    if told & _OF_PUPILS or adults:
        return "pupil"
    headings = " ".join(" ".join(_words(heading)) for heading in columns)
    if told & _OF_STAFF or "staff" in headings or "teacher" in headings:
        return "staff"
    if any(word in headings for word in ("parent", "contact", "carer", "guardian")):
        return "parent"
    return "pupil"


def _fits(names: Sequence[str], cells: Sequence[str]) -> bool:
    """May a row be one of a list without headings? Its numbers are numbers, and names are not."""
    for name, cell in zip(names, cells, strict=True):
        digits = any(sign.isdigit() for sign in cell)
        if name == "Role number" and cell.strip() not in {"1", "2", "3", "4"}:
            return False
        if name == "Admission No" and not digits:
            return False
        if name in {"Forename", "Surname"} and (digits or not cell.strip()):
            return False
    return True


def _is_data(columns: Sequence[str]) -> bool:
    """Is the row of headings a person already? Headings are words that announce something."""
    known = sum(bool(_meaning(heading)[1]) for heading in columns)
    digits = sum(any(sign.isdigit() for sign in heading) for heading in columns)
    return known == 0 and digits >= 2


def _words(heading: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return [word for word in _MARKS.split(fold(spaced)) if word]


@cache
def _known() -> Mapping[str, Any]:
    return resources.toml("people", "columns.toml")


@cache
def _aliases() -> Mapping[str, str]:
    """Every heading that is known, in plain words, to what it announces."""
    return {
        " ".join(_words(heading)): name
        for name, headings in _known()["headings"].items()
        for heading in headings
    }
