"""Which column of a school system's export says what about whom.

Every system heads its columns in words of its own; what is known of them stands in
``resources/people/columns.toml``. A sheet speaks of one person a row, or of a pupil with one or
several adults; the columns of an adult come after the pupil's, or say whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    "address", "id",
}  # fmt: skip
"""What a column may say about an adult of a pupil."""
_OF_STAFF: Final = frozenset({"post", "staff_id"})
_OF_PUPILS: Final = frozenset(
    {"year_group", "form", "upn", "house", "status", "looked_after", "admission_number"}
)
_OFTEN: Final = frozenset({"telephone", "email", "address", "other_names"})
"""What one person may have several of: the first that is filled counts."""
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

    @property
    def names_somebody(self) -> bool:
        """Can anybody's name be read?"""
        told = {what for who, what in self.columns.values() if who == PERSON}
        return bool(told & {"name", "surname"})


def with_headings(sheet: Sheet) -> Sheet:
    """The sheet; where its first row is no heading but a person, with the headings it lacks."""
    if not _is_data(sheet.columns):
        return sheet
    lists: Sequence[Sequence[str]] = _known()["without_headings"]
    for names in lists:
        if len(names) == len(sheet.columns) and _fits(names, sheet.columns):
            first = SheetRow(1, tuple(cell or None for cell in sheet.columns))
            return Sheet(tuple(names), (first, *sheet.rows), sheet.notes, sheet.how)
    return sheet


def layout(columns: Sequence[str], said: Mapping[str, str] | None = None) -> Layout:
    """What the columns say.

    ``said``: what the user says of headings: "adult 1.email", "surname", "" for leaving it out. A
    heading that comes twice is told apart by its place: "Forename", "Forename (2)".
    """
    found: dict[int, tuple[str, str]] = {}
    unknown: list[str] = []
    current = PERSON
    seen: set[tuple[str, str]] = set()
    for place, heading in enumerate(numbered(columns)):
        if said is not None and heading in said:
            who, _, what = said[heading].rpartition(".")
            if what:
                found[place] = (who or PERSON, what)
            continue
        who, what = _meaning(columns[place])
        if not what:
            if columns[place].strip():
                unknown.append(heading)
            continue
        if what in _OF_ADULTS and not who:
            who = _ADULT + " 1" if current == PERSON else current
            current = who
        elif not who and _begins_adult(what, current, seen, columns, place):
            current = _ADULT + " 1"
        if who:
            current = who
        whose = who or (PERSON if what in _OF_PUPILS else current)
        if (whose, what) in seen and what not in _OFTEN:
            lesser = [at for at, told in found.items() if told == (whose, what)]
            if _is_lesser(columns[place]) or not all(_is_lesser(columns[at]) for at in lesser):
                continue
            # The class itself goes before the sets of a pupil, whichever stands first.
            for at in lesser:
                del found[at]
        seen.add((whose, what))
        found[place] = (whose, what)
    return Layout(found, _kind(found, columns), tuple(unknown))


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


def _begins_adult(
    what: str, current: str, seen: set[tuple[str, str]], columns: Sequence[str], place: int
) -> bool:
    """Does another person's name begin here? Where a name is said that was said before."""
    names = {"surname", "forename", "title", "id"}
    if current != PERSON or what not in names:
        return False
    if (PERSON, what) in seen:
        return True
    # A title that stands behind the pupil's name, before another name, is the adult's.
    later = {_meaning(heading)[1] for heading in columns[place + 1 : place + 4]}
    return what == "title" and (PERSON, "surname") in seen and bool(later & {"surname", "forename"})


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
            return (f"{who} {number or '1'}" if who == _ADULT else who), what
    without = " ".join(word for word in words if word not in _known()["ignored"])
    if without in aliases:
        return "", aliases[without]
    for start in _known()["beginnings"]:
        if whole.startswith(start + " ") and start in aliases:
            return "", aliases[start]
    return "", ""


def _whose(words: Sequence[str]) -> str | None:
    said = " ".join(words)
    if said in _known()["of_pupils"]:
        return PERSON
    found: int | None = _known()["of_adults"].get(said)
    return None if found is None else f"{_ADULT} {found}" if found else _ADULT


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
