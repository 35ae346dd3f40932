"""Rows of a school system's list as people: a pupil once, with the adults who belong to them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dpdesk.law.dates import read_date
from dpdesk.law.identifiers import upn_fault
from dpdesk.people import rules
from dpdesk.people.columns import PERSON, Layout
from dpdesk.people.pick_lists import RELATIONSHIPS, YEARS
from dpdesk.registers.same_person import is_beside, parts_of
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_YES: Final = frozenset({"t", "true", "yes", "y", "1", "x", "✓", "✔", "ticked", "on", "p"})
_NO: Final = frozenset({"f", "false", "no", "n", "0", "", "-", "–", "off", "unticked"})
_LEFT: Final = ("left", "leaver", "former", "off roll", "alumn", "ex-", "previous")
_COMING: Final = (
    "applicant",
    "accepted",
    "offered",
    "future",
    "enquir",
    "pre-admission",
    "waiting",
)
_FLAGS: Final = ("looked_after", "court_order", "address_kept")
_OWN: Final = (
    "surname", "forename", "middle_names", "known_as", "born", "year_group", "form", "house", "upn",
    "admission_number", "post", "started_on", "left_on", "email", "telephone", "address",
)  # fmt: skip
_DETAILS: Final = ("email", "telephone", "address")


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an adult is to a pupil."""

    relationship: str | None = None
    responsible: str | None = None
    lives_with: str | None = None
    priority: int | None = None


@dataclass
class Listed:
    """A person as a list has them. ``values`` by the names of the register's questions."""

    kind: str
    values: dict[str, Any]
    rows: tuple[int, ...]
    id: str = ""
    """Their number in the school's system, where the list has it."""
    contacts: list[tuple[Listed, Belonging]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """Cells that could not be read, in a sentence each; they are left out."""

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.values.get('forename') or ''} {self.values.get('surname') or ''}".strip()

    @property
    def key(self) -> str:
        """Tells them apart in the list, for what the user decides about them."""
        return f"{self.rows[0]} {self.name}"


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a list, and what was left out of it."""

    people: tuple[Listed, ...]
    adults: tuple[Listed, ...]
    notes: tuple[str, ...]


def people_of(sheet: Sheet, layout: Layout, today: dt.date) -> People:
    """Reads the rows. Rows of the same pupil become one; so do those of the same adult."""
    pupils: dict[tuple[Any, ...], Listed] = {}
    adults = Adults()
    applicants = nameless = 0
    for row in sheet.rows:
        cells = _cells(layout, row)
        values, doubts = _values(cells.get(PERSON, {}), row.number, today)
        if not values.get("surname"):
            nameless += 1
            continue
        status = str(cells[PERSON].get("status") or "").casefold()
        if any(word in status for word in _COMING) and "left_on" not in values:
            applicants += 1
            continue
        if any(word in status for word in _LEFT) and "left_on" not in values:
            values["left_on"] = today - dt.timedelta(days=1)
            doubts.append(f"Row {row.number}: left, but no leaving date; yesterday is taken.")
        kind = _kind(layout.kind, cells[PERSON])
        found = Listed(kind, values, (row.number,), _word(cells[PERSON].get("id")), [], doubts)
        person = _one_of(pupils, found)
        for who in sorted(who for who in cells if who != PERSON):
            _add_contact(person, cells[who], adults, row.number, today)
    notes = list(sheet.notes)
    if nameless:
        notes.append(f"Rows without a surname are left out ({nameless}).")
    if applicants:
        notes.append(f"Pupils who have not started are left out ({applicants}).")
    return People(tuple(pupils.values()), tuple(adults.all), tuple(notes))


class Adults:
    """The adults of a list, each of them once."""

    def __init__(self) -> None:
        self.all: list[Listed] = []
        self._pupils: list[set[str]] = []
        self._by_name: dict[tuple[str, ...], list[int]] = {}

    def one(self, found: Listed, pupil: Listed) -> Listed:
        """The adult who was met before, with what is new about them; else this one."""
        key = tuple(sorted(parts_of(found.name)))
        surname = str(pupil.values.get("surname") or "").casefold()
        for place in self._by_name.get(key, []):
            known = self.all[place]
            if same_adult(known, found, shared=surname in self._pupils[place]):
                for name, value in found.values.items():
                    known.values.setdefault(name, value)
                known.rows = tuple(dict.fromkeys((*known.rows, *found.rows)))
                self._pupils[place].add(surname)
                return known
        self._by_name.setdefault(key, []).append(len(self.all))
        self.all.append(found)
        self._pupils.append({surname})
        return found


def same_adult(one: Listed, other: Listed, *, shared: bool) -> bool:
    """Are two adults of the same name one person?

    Their number decides where both have one; then whatever they can be reached by. Where nothing
    can be compared, they are one if their children share a surname (``shared``).
    """
    if one.id and other.id:
        return one.id == other.id
    compared = False
    for name in _DETAILS:
        mine, theirs = one.values.get(name), other.values.get(name)
        if mine and theirs:
            compared = True
            if reached(mine) == reached(theirs):
                return True
    return shared and not compared


def reached(detail: Any) -> str:
    """A telephone number, e-mail address or address without what makes no difference."""
    plain = "".join(sign for sign in str(detail).casefold() if sign.isalnum() or sign == "@")
    return re.sub(r"^(0044|44|0)(?=\d{9,10}$)", "", plain)


def _one_of(pupils: dict[tuple[Any, ...], Listed], found: Listed) -> Listed:
    for key in _keys(found):
        if key in pupils:
            known = pupils[key]
            known.values.update({n: v for n, v in found.values.items() if n not in known.values})
            known.rows = (*known.rows, *found.rows)
            known.doubts += [each for each in found.doubts if each not in known.doubts]
            return known
    for key in _keys(found):
        pupils[key] = found
    return found if _keys(found) else pupils.setdefault((found.rows,), found)


def _keys(found: Listed) -> list[tuple[Any, ...]]:
    """What tells somebody apart: a number of theirs; else the name with birth or class."""
    values = found.values
    numbers = [("upn", values.get("upn")), ("adno", values.get("admission_number"))]
    keys: list[tuple[Any, ...]] = [pair for pair in numbers if pair[1]]
    if found.id:
        keys.append(("id", found.id))
    if not keys:
        beside = values.get("born") or (values.get("year_group"), values.get("form"))
        keys.append(("name", tuple(sorted(parts_of(found.name))), beside, values.get("email")))
    return keys[:1]


def _add_contact(
    person: Listed, cells: Mapping[str, Any], adults: Adults, number: int, today: dt.date
) -> None:
    values, doubts = _values(cells, number, today)
    if not values.get("surname"):
        return
    person.doubts += doubts
    adult = adults.one(
        Listed("parent", {n: v for n, v in values.items() if n in _OF_ADULT}, (number,),
               _word(cells.get("id"))),
        person,
    )  # fmt: skip
    belonging = Belonging(
        _relationship(cells.get("relationship")),
        yes_no(cells.get("responsible")) if "responsible" in cells else None,
        yes_no(cells.get("lives_with")) if "lives_with" in cells else None,
        _whole(cells.get("priority")),
    )
    for place, (known, before) in enumerate(person.contacts):
        if known is adult:
            told = {n: getattr(belonging, n) for n in Belonging.__slots__}
            person.contacts[place] = (
                known,
                replace(before, **{n: v for n, v in told.items() if v is not None}),
            )
            return
    person.contacts.append((adult, belonging))


_OF_ADULT: Final = frozenset({"surname", "forename", "middle_names", "known_as", "other_names"}) | {
    *_DETAILS
}


def _cells(layout: Layout, row: SheetRow) -> dict[str, dict[str, Any]]:
    """The filled cells of a row, by whose they are."""
    found: dict[str, dict[str, Any]] = {}
    for place, (who, what) in layout.columns.items():
        cell = row.cells[place] if place < len(row.cells) else None
        kept = found.setdefault(who, {})
        if what not in kept or kept[what] in {None, ""}:
            kept[what] = cell
        elif what == "other_names" and _word(cell):
            kept[what] = f"{kept[what]}\n{_word(cell)}"
    return found


def _values(
    cells: Mapping[str, Any], number: int, today: dt.date
) -> tuple[dict[str, Any], list[str]]:
    """The answers of one person, and a sentence for each cell that could not be read."""
    values: dict[str, Any] = {}
    doubts: list[str] = []
    if cells.get("name") and not cells.get("surname"):
        values.update(_split(_word(cells["name"])))
    for name in _OWN:
        cell = cells.get(name)
        if cell is None or _word(cell) == "":
            continue
        try:
            values[name] = _value(name, cell, today)
        except ValueError as error:
            doubts.append(f"Row {number}: {error}")
    values = {name: value for name, value in values.items() if value not in {None, ""}}
    surname = str(values.get("surname", "")).casefold()
    others = [_word(line) for line in str(cells.get("other_names") or "").splitlines()]
    others = [name for name in dict.fromkeys(others) if name and name.casefold() != surname]
    if others:
        values["other_names"] = "\n".join(others)
    if values.get("known_as") == values.get("forename"):
        values.pop("known_as", None)
    for name, fault in rules.problems({"kind": "pupil", **values}, today).items():
        del values[name]
        doubts.append(f"Row {number}: {fault} It is left out.")
    for name in _FLAGS:
        if name in cells and yes_no(cells[name]) == "yes":
            values[name] = "yes"
    return values, doubts


def _value(name: str, cell: Any, today: dt.date) -> Any:
    if name in {"born", "started_on", "left_on"}:
        return _day(cell, today)
    word = _word(cell)
    if name == "year_group":
        return year_code(word)
    if name == "upn":
        plain = word.replace(" ", "").upper()
        if fault := upn_fault(plain):
            raise ValueError(f"{fault} It is left out.")
        return plain
    if name == "telephone":
        # A spreadsheet that takes it for a number loses the nought in front.
        return f"0{word}" if word.isdecimal() and len(word) == 10 and word[0] in "127" else word
    return "\n".join(part.strip() for part in word.split(",")) if name == "address" else word


def _day(cell: Any, today: dt.date) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    return read_date(str(cell), today)


def year_code(word: str) -> str | None:
    """The year group that a cell names: "Year 7", "Y7", "7" and "Yr 07" are one."""
    plain = re.sub(r"[^a-z0-9]", "", word.casefold())
    plain = re.sub(
        r"^(?:nationalcurriculum|curriculum|nc)?(?:year|yr|y)?(?:group)?0*(?=.)", "", plain
    )
    for year in YEARS:
        named = {year.code, year.label, *year.also}
        if plain in {re.sub(r"[^a-z0-9]", "", each.casefold()) for each in named}:
            return year.code
    return None


def yes_no(cell: Any) -> str | None:
    """Yes, no, or nothing where the cell says neither."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    word = _word(cell).casefold()
    return "yes" if word in _YES else "no" if word in _NO else None


def _relationship(cell: Any) -> str | None:
    word = _word(cell).casefold()
    if not word:
        return None
    usual = {
        "mum": "mother", "mummy": "mother", "dad": "father", "daddy": "father", "mam": "mother",
        "stepmother": "step_parent", "stepfather": "step_parent", "carer": "guardian",
        "grandmother": "grandparent", "grandfather": "grandparent", "brother": "sibling",
        "sister": "sibling", "parent": "other",
    }  # fmt: skip
    plain = re.sub(r"[^a-z]", "", word)
    if plain in usual:
        return usual[plain]
    for each in RELATIONSHIPS:
        if plain == re.sub(r"[^a-z]", "", each.label.casefold()):
            return each.code
    return "other"


def _kind(kind: str, cells: Mapping[str, Any]) -> str:
    """What a row says of the person's kind itself, else what the whole list is of."""
    role = _word(cells.get("role"))
    return {"1": "pupil", "2": "staff", "3": "staff", "4": "other"}.get(role, kind)


def _split(name: str) -> dict[str, str]:
    """A whole name in a cell: "Ward, Thomas", "Thomas Ward" or "Mr Thomas Ward"."""
    if "," in name:
        surname, _, forename = name.partition(",")
    else:
        forename, _, surname = name.rpartition(" ")
    words = forename.split()
    while words and is_beside(words[0]):
        words = words[1:]
    forename = " ".join(words)
    found = {"surname": surname.strip(), "forename": forename.strip()}
    return {key: value for key, value in found.items() if value}


def _word(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def _whole(cell: Any) -> int | None:
    word = _word(cell)
    return int(word) if word.isdecimal() and 0 < int(word) < 100 else None


def doubts_of(people: Iterable[Listed]) -> Iterator[str]:
    """Every cell that could not be read."""
    for person in people:
        yield from person.doubts
