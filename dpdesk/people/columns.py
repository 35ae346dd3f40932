"""Which column of a school system's export says what about whom.

Every system heads its columns in words of its own; what is known of them stands in
``resources/people/columns.toml``. A sheet speaks of one person a row, or of a pupil with one or
several adults; the columns of an adult come after the pupil's, or say whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from dpdesk.law.identifiers import upn_fault
from dpdesk.people.cells import word, yes_no
from dpdesk.people.headings import (
    NAMES,
    OF_ADULTS,
    OFTEN,
    PERSON,
    TIES,
    Announced,
    is_lesser,
    known,
    meaning,
    numbered,
    whose_alone,
    words,
)
from dpdesk.people.pick_lists import kind_of
from dpdesk.registers.same_person import is_beside
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_ADULT: Final = "adult"
_OF_STAFF: Final = frozenset({"post", "staff_id"})
_OF_PUPILS: Final = frozenset(
    {"year_group", "form", "upn", "house", "status", "on_roll", "leaver", "looked_after",
     "admission_number"}
)  # fmt: skip
_TAUGHT: Final = frozenset({"student", "pupil", "learner"})
_STAFF: Final = ("staff", "teacher", "employee")
_BEGINS: Final = NAMES | {"title", "relationship", "priority"}
"""With what the columns of an adult may begin."""
_REACHED: Final = frozenset({"email", "telephone", "address", "address_part"})
_LEAST_ABOVE: Final = 2
"""Cells that say whose the headings below are; a single one is a title."""
_SAMPLED: Final = 300
"""Filled cells of a column by which its heading is checked."""
_LEAST_DIGITS: Final = 6
"""Of a telephone number, as against the place of a contact in an order."""
_MOST_PLACES: Final = 20

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
    sets: bool = False
    """May what stands for the class be the sets of a pupil, a row for each and each contact?"""

    @property
    def names_somebody(self) -> bool:
        """Can anybody's name be read?"""
        told = {what for who, what in self.columns.values() if who == PERSON}
        return bool(told & {"name", "name_reversed", "surname"})


def with_headings(sheet: Sheet) -> Sheet:
    """The sheet with whole headings: two rows of them are made one, and what lacks them gets them.

    Above the headings may stand whose they are ("Pupil", "Contact 1", "Contact 2"); and a first row
    may be no heading but a person already.
    """
    if not _is_data(sheet.columns):
        return replace(sheet, columns=_with_those_above(sheet))
    lists: Sequence[Sequence[str]] = known()["without_headings"]
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
    whose = [whose_alone(each) for each in said if each]
    if len(whose) < _LEAST_ABOVE or None in whose or set(whose) == {PERSON}:
        return sheet.columns
    found, above = [], ""
    for place, heading in enumerate(sheet.columns):
        above = (said[place] if place < len(said) else "") or above
        alone = not heading or meaning(heading).who
        found.append(heading if alone else f"{above} {heading}".strip())
    return tuple(found)


def layout(
    columns: Sequence[str],
    said: Mapping[str, str] | None = None,
    rows: Sequence[SheetRow] = (),
) -> Layout:
    """What the columns say. ``rows``: what stands below, where that tells two meanings apart.

    ``said``: what the user says of headings: "adult 1.email", "surname", "" for leaving it out. A
    heading that comes twice is told apart by its place: "Forename", "Forename (2)".
    """
    reading = _Reading(columns, rows)
    unknown: list[str] = []
    for place, heading in enumerate(numbered(columns)):
        if said is not None and heading in said:
            who, _, what = said[heading].rpartition(".")
            if what:
                reading.found[place] = (who or PERSON, what)
        elif not reading.take(place) and columns[place].strip():
            unknown.append(heading)
    found, relations = _with_numbers(reading.found)
    names = {what for who, what in found.values() if who == PERSON} & (NAMES - {"forename"})
    adults = {who for who, _ in found.values() if who != PERSON}
    kind = _kind(found, columns)
    if not names and len(adults) == 1 and not any(who == PERSON for who, _ in found.values()):
        # A list of parents only: the rows are about them.
        found = {place: (PERSON, what) for place, (_, what) in found.items()}
        kind = "parent"
    forms = [at for at, told in found.items() if told == (PERSON, "form")]
    sets = bool(adults) and any(is_lesser(columns[at]) for at in forms)
    return Layout(found, kind, tuple(unknown), relations, sets)


class _Reading:
    """What headings mean, read from left to right: a heading may go on with the adult before it."""

    def __init__(self, columns: Sequence[str], rows: Sequence[SheetRow]) -> None:
        self.columns = columns
        self._meant = _meant(columns, rows)
        self.found: dict[int, tuple[str, str]] = {}
        self._current = PERSON
        self._explicit: dict[str, set[str]] = {}
        """Of adults whose columns say whose they are: which answers do."""
        self._seen: dict[tuple[str, str], str] = {}
        """Whose answer and which, to the words of the heading."""

    def take(self, place: int) -> bool:
        """Takes a column in. False where nothing is known of its heading."""
        heading = self.columns[place]
        who, what = self._meant[place].who, self._meant[place].what
        if not what:
            return False
        if who.startswith(tuple(known()["of_adults"])):
            self._explicit.setdefault(who, set()).add(what)
        theirs = not who and self._is_the_pupils(what)
        if theirs:
            pass
        elif not who and self._begins_next(what, place):
            who = _next(self._current)
        elif what in TIES and not who:
            who = _ADULT + " 1" if self._current == PERSON else self._current
        elif not who and self._begins_adult(what, place):
            who = _ADULT + " 1"
        if who:
            self._current = who
        whose = who or (PERSON if theirs or what in _OF_PUPILS else self._current)
        if (whose, what) in self._seen and what not in OFTEN:
            lesser = [at for at, told in self.found.items() if told == (whose, what)]
            if is_lesser(heading) or not all(is_lesser(self.columns[at]) for at in lesser):
                return True
            # The class itself goes before the sets of a pupil, whichever stands first.
            for at in lesser:
                del self.found[at]
        self._seen[whose, what] = " ".join(words(heading))
        self.found[place] = (whose, what)
        return True

    def _is_the_pupils(self, what: str) -> bool:
        """Is a column behind those of adults, which does not say whose it is, the pupil's?

        So is what no adult has, as a date of birth, and a court order; and so is the address behind
        two parents each of whose own columns says whose it is.
        """
        if self._current == PERSON:
            return False
        if what == "court_order" or what not in OF_ADULTS:
            return (PERSON, what) not in self._seen
        told = list(self._explicit.values())
        several = len(told) > 1 and all(each & _REACHED for each in told)
        if what == "address_kept":
            # Beside the address of the one adult of a row it is about that address.
            own = self.found.values()
            return several or not {(self._current, n) for n in ("address", "address_part")} & {*own}
        return several and what in _REACHED

    def _begins_next(self, what: str, place: int) -> bool:
        """Does a further adult begin here? Where the same words come again as of the one before."""
        if self._current == PERSON or what not in _BEGINS:
            return False
        again = self._seen.get((self._current, what)) == " ".join(words(self.columns[place]))
        return again and (what != "title" or bool(self._later(place) & NAMES))

    def _begins_adult(self, what: str, place: int) -> bool:
        """Does an adult's name begin here? Where a name is said that was said before."""
        if self._current != PERSON or what not in {*NAMES, "title", "id"}:
            return False
        named = any((PERSON, name) in self._seen for name in NAMES - {"forename"})
        if what == "name":
            return named and bool(self._later(place) & OF_ADULTS)
        if (PERSON, what) in self._seen:
            return True
        # A title that stands behind the pupil's name, before another name, is the adult's.
        return what == "title" and named and bool(self._later(place) & {"surname", "forename"})

    def _later(self, place: int) -> set[str]:
        return {told.what for told in self._meant[place + 1 : place + 4]}


def _meant(columns: Sequence[str], rows: Sequence[SheetRow]) -> list[Announced]:
    """What each heading announces, and what stands below it does not deny."""
    found = [meaning(heading) for heading in columns]
    if all(told.what != "kind" for told in found):
        found = [_kinds(told, place, rows) for place, told in enumerate(found)]
    if any(told.numbered != told and told.what in NAMES and told.behind > 1 for told in found):
        # "Contact forename 2" is of the second contact, and so is "Contact e-mail 2" beside it.
        found = [told.numbered for told in found]
    _of_their_parents(found, rows)
    for place, told in enumerate(found):
        cells = (word(row.cells[place]) for row in rows if place < len(row.cells))
        filled = list(islice(filter(None, cells), _SAMPLED))
        if filled:
            found[place] = replace(told, what=_as_filled(told, filled))
    return found


def _kinds(told: Announced, place: int, rows: Sequence[SheetRow]) -> Announced:
    """A column that is not known and says pupil, parent or staff of each row."""
    if told.what and told.what != "role":
        return told
    cells = (word(row.cells[place]) for row in rows if place < len(row.cells))
    filled = {kind_of(cell) for cell in islice(filter(None, cells), _SAMPLED)}
    return Announced("", "kind") if len(filled - {""}) > 1 and "" not in filled else told


def _of_their_parents(found: list[Announced], rows: Sequence[SheetRow]) -> None:
    """A list of parents that names the child beside: what does not say whose it is, is theirs.

    A heading names the pupil, and other names stand beside that are not the pupil's.
    """
    whole = next(
        (n for n, t in enumerate(found) if t.who == PERSON and t.what in {"name", "name_reversed"}),
        None,
    )
    first = next((n for n, t in enumerate(found) if not t.who and t.what == "forename"), None)
    if whole is None or first is None:
        return
    pairs = [
        (word(row.cells[first]).casefold(), word(row.cells[whole]).casefold())
        for row in rows[:_SAMPLED]
        if max(first, whole) < len(row.cells) and word(row.cells[first])
    ]
    if pairs and _share(one not in other for one, other in pairs):
        for place, told in enumerate(found):
            if not told.who and told.what in OF_ADULTS:
                found[place] = replace(told, who=f"{_ADULT} 1")


def _as_filled(told: Announced, cells: Sequence[str]) -> str:
    """What a column says whose cells do not fit the usual meaning of its heading."""
    what = told.what
    if not what:
        return "upn" if not told.who and not any(map(upn_fault, cells)) else ""
    if what in {"left_on", "leaver", "status", "on_roll"}:
        if all(yes_no(cell) for cell in cells):
            return {"left_on": "leaver", "status": "on_roll"}.get(what, what)
        days = _share(any(map(str.isdigit, cell)) for cell in cells)
        return {"leaver": "left_on" if days else "status", "on_roll": "status"}.get(what, what)
    if what == "title" and told.who in {"", PERSON}:
        # "Title: Teacher" is what somebody does, and "Title: Mrs" what they are called.
        posts = [cell for cell in cells if not all(map(is_beside, cell.split()))]
        taught = any(word.casefold() in _TAUGHT for cell in posts for word in cell.split())
        return "post" if len(posts) * 2 > len(cells) and not taught else what
    long = _share(sum(map(str.isdigit, cell)) >= _LEAST_DIGITS for cell in cells)
    if what == "telephone" and all(
        cell.isdecimal() and int(cell) <= _MOST_PLACES for cell in cells
    ):
        return "priority"
    an_adults_name = what == "name" and told.who not in {"", PERSON}
    if an_adults_name and _share("@" in cell for cell in cells):
        return "email"
    if long and (what == "priority" or an_adults_name):
        return "telephone"
    return what


def _share(told: Iterable[bool]) -> bool:
    """Do more than half say so?"""
    said = list(told)
    return sum(said) * 2 > len(said)


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
    named = [who for who, what in found.values() if what in NAMES and who != PERSON]
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
        if (relation := known()["relations"].get(who.rpartition(" ")[0]))
    }
    return _first_of_each(plain), relations


def _first_of_each(found: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Each answer of a person once, but for what somebody has several of."""
    kept: dict[int, tuple[str, str]] = {}
    for place, told in found.items():
        if told[1] in OFTEN or told not in kept.values():
            kept[place] = told
    return kept


def _number_of(who: str) -> int:
    """Of which adult it is said, by the number behind the word."""
    family, _, number = who.rpartition(" ")
    return int(number) if family and number.isdecimal() else 1


def _kind(found: Mapped, columns: Sequence[str]) -> str:
    told = {what for who, what in found.values() if who == PERSON}
    adults = any(who != PERSON for who, _ in found.values())
    if told & _OF_PUPILS or adults:
        return "pupil"
    beside = {" ".join(words(each)) for n, each in enumerate(columns) if n not in found}
    if any(each.startswith("pupil") and "name" in each for each in beside):
        return "parent"  # who names pupils beside, and is none
    headings = " ".join(" ".join(words(heading)) for heading in columns)
    if told & _OF_STAFF or any(each in headings for each in _STAFF):
        return "staff"
    if any(each in headings for each in ("parent", "contact", "carer", "guardian")):
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
    told = sum(bool(meaning(heading).what) for heading in columns)
    digits = sum(any(sign.isdigit() for sign in heading) for heading in columns)
    return told == 0 and digits >= 2
