"""Rows of a school system's list as people: a pupil once, with the adults who belong to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.law.folding import fold
from dpdesk.people.belonging import Belonging
from dpdesk.people.cells import (
    DETAILS,
    answers,
    beside,
    day_before_month,
    is_parted,
    is_shouted,
    joined,
    names_two,
    quiet,
    relationship,
    surname_parted,
    ways,
    whole_number,
    word,
    year_of_class,
    yes_no,
)
from dpdesk.people.columns import Layout
from dpdesk.people.headings import PERSON
from dpdesk.people.left_out import NotTaken, is_no_person, months_first
from dpdesk.people.likely_same import (
    as_written,
    of_other_adults,
    perhaps_two,
    plausible,
    say_the_same,
)
from dpdesk.people.name_order import NameOrder, first_names, order_of
from dpdesk.people.on_roll import has_left, is_coming
from dpdesk.people.pick_lists import kind_of
from dpdesk.people.told_together import share_out
from dpdesk.registers.same_person import parts_of
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_TWO: Final = ""
"""Stands for the class of a pupil of whom rows name two, until all rows are read."""
_MOST_DIGITS: Final = 4
"""In a name; with more it is a telephone number."""


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
    reference: str = ""
    """Of the person here, where the list came from here."""
    left_is_guessed: bool = False
    """Is the leaving date only of the day of the import, because the list has none?"""
    name_is_parted: bool = False
    """Was a whole name parted here, so that the surname may begin elsewhere?"""
    number_is_lesser: bool = False
    """Is the admission number only that of the system, which a real one goes before?"""
    by_name: bool = False
    """Are there several rows of which only name and class say that they are one pupil?"""
    classes: set[str] = field(default_factory=set)
    """What stood for the class in their rows, where it may be the sets that they go to."""

    @property
    def year(self) -> str:
        """The year group that the list has, or with which the class or all the sets begin."""
        said = {year_of_class(each) for each in self.classes}
        return str(self.values.get("year_group") or (said.pop() if len(said) == 1 else ""))

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.values.get('forename') or ''} {self.values.get('surname') or ''}".strip()

    @property
    def key(self) -> str:
        """Tells them apart in the list, for what the user decides about them."""
        reach = next((str(self.values[n]) for n in DETAILS if self.values.get(n)), "")
        return f"{self.rows[0]} {self.name} {reach}".strip()


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a list, and what was left out of it."""

    people: tuple[Listed, ...]
    adults: tuple[Listed, ...]
    notes: tuple[str, ...]


def people_of(sheet: Sheet, layout: Layout, today: dt.date) -> People:
    """Reads the rows. Rows of the same pupil become one; so do those of the same adult."""
    pupils = _Those()
    adults = Adults()
    plain = _said_no(sheet, layout)
    left = NotTaken()
    turned = months_first(sheet, layout, left)
    order = order_of(sheet, layout)
    person: Listed | None = None
    for row in sheet.rows:
        cells = _cells(layout, row, turned, order)
        if is_no_person(row, cells.get(PERSON, {}), layout):
            left.lines += 1
            person = None
            continue
        values, doubts = answers(cells.get(PERSON, {}), row.number, today)
        if not values.get("surname"):
            filled = {who for who, of in cells.items() if any(map(word, of.values()))}
            if person is not None and filled and PERSON not in filled:
                # A further adult, in a row of their own below the pupil.
                for who in sorted(filled):
                    _add_contact(person, cells[who], adults, row.number, today, plain)
            else:
                left.nameless += 1
                person = None
            continue
        left.look(cells[PERSON], values)
        if is_coming(cells[PERSON]) and "left_on" not in values:
            left.applicants += 1
            person = None
            continue
        guessed = has_left(cells[PERSON]) and "left_on" not in values
        if guessed:
            values["left_on"] = today - dt.timedelta(days=1)
            doubts.append(f"Row {row.number}: left, but no leaving date; yesterday is used.")
        kind = _kind(layout.kind, cells[PERSON])
        found = Listed(kind, values, (row.number,), word(cells[PERSON].get("id")), [], doubts)
        found.left_is_guessed = guessed
        found.name_is_parted = is_parted(cells[PERSON])
        found.number_is_lesser = not word(cells[PERSON].get("admission_number"))
        found.reference = word(cells[PERSON].get("reference")).upper()
        if layout.sets and values.get("form"):
            found.classes.add(values["form"])
        person = pupils.one(found)
        for who in sorted(who for who in cells if who != PERSON):
            _add_contact(person, cells[who], adults, row.number, today, plain)
    _quieten(pupils.all, adults.all, left)
    _settle(pupils.all)
    left.one_by_name = of_other_adults(pupils.all, layout)
    say_the_same(pupils.all, layout)
    _settle_classes(pupils.all, left)
    notes = (*sheet.notes, *order.notes(), *left.notes(), *adults.notes())
    return People(tuple(pupils.all), tuple(adults.all), notes)


def _settle(people: Sequence[Listed]) -> None:
    """Leaves open what rows of the same pupil contradict each other in."""
    for each in people:
        each.contacts = [(adult, belonging.settled()) for adult, belonging in each.contacts]


def _settle_classes(people: Sequence[Listed], left: NotTaken) -> None:
    """Leaves out classes that are teaching sets, and those of which a pupil has two."""
    left.sets = any(len(each.classes) > 1 for each in people)
    left.other_classes = [each.rows for each in people if each.values.get("form") == _TWO]
    for each in people:
        if left.sets or each.values.get("form") == _TWO:
            each.values.pop("form", None)


def _quieten(people: Sequence[Listed], adults: Sequence[Listed], left: NotTaken) -> None:
    """Names of two letters too are written as usual where the whole list is in capitals.

    First names only where they are known as such: TJ may be initials.
    """
    if left.shouted * 2 <= len(people):
        return
    for each in (*people, *adults):
        surname = str(each.values["surname"])
        loud = is_shouted(surname, least=2)
        if loud:
            each.values["surname"] = quiet(surname)
        for name in ("forename", "known_as"):
            first = str(each.values.get(name) or "")
            short = is_shouted(first, least=2) and fold(first) in first_names()
            if short or (loud and is_shouted(first)):
                each.values[name] = quiet(first)


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
                    known.values[name] = joined(name, known.values.get(name, value), value)
                known.rows = tuple(dict.fromkeys((*known.rows, *found.rows)))
                self._pupils[place].add(surname)
                return known
        self._by_name.setdefault(key, []).append(len(self.all))
        self.all.append(found)
        self._pupils.append({surname})
        return found

    def notes(self) -> Iterator[str]:
        """Who is there several times, with nothing that says whether they are one."""
        for places in self._by_name.values():
            those = [self.all[place] for place in places]
            bare = [each for each in those if not any(each.values.get(n) for n in DETAILS)]
            if len(those) > 1 and bare:
                rows = ", ".join(str(each.rows[0]) for each in those)
                yield (
                    f"{those[0].name} comes in {len(those)} times (rows {rows}): nothing in the "
                    "list says whether that is one person."
                )


def same_adult(one: Listed, other: Listed, *, shared: bool) -> bool:
    """Are two adults of the same name one person?

    Their number decides where both have one; then whatever they can be reached by. Where nothing
    can be compared, they are one if their children share a surname (``shared``).
    """
    if one.id and other.id:
        return one.id == other.id
    compared = False
    for name in DETAILS:
        mine, theirs = one.values.get(name), other.values.get(name)
        if mine and theirs:
            compared = True
            if ways(name, mine) & ways(name, theirs):
                return True
    return shared and not compared


class _Those:
    """The people of the rows, each of them once."""

    def __init__(self) -> None:
        self.all: list[Listed] = []
        self._by: dict[tuple[Any, ...], Listed] = {}

    def one(self, found: Listed) -> Listed:
        """Who was met in a row before, with what is new about them; else this one.

        A number that stands for somebody else already is left out, and said so: two pupils under
        one number are a slip of the list, and nobody may vanish by it.
        """
        for key in _keys(found):
            known = self._by.get(key)
            if known is None:
                continue
            if key[0] == "name" and not _other_number(known, found):
                rows, told = (known.rows[0], found.rows[0]), (known.values, found.values)
                doubts = perhaps_two(rows, *told, sets=bool(found.classes))
                known.doubts += [each for each in doubts if each not in known.doubts]
                known.by_name = known.by_name or "born" not in found.values
                return self._met(known, found)
            if key[0] != "name" and plausible(known.values, found.values):
                return self._met(known, found)
            name = {"upn": "upn", "adno": "admission_number"}.get(str(key[0]))
            if name is not None:
                del found.values[name]
                label = "UPN" if name == "upn" else "admission number"
                found.doubts.append(
                    f"Row {found.rows[0]}: row {known.rows[0]} has the same {label} for somebody "
                    "else. It is left out here."
                )
        self.all.append(found)
        return self._keep(found, found)

    def _met(self, known: Listed, found: Listed) -> Listed:
        classes = {each.values["form"] for each in (known, found) if "form" in each.values}
        if len(classes) > 1:
            known.values["form"] = _TWO
        known.values.update({n: v for n, v in found.values.items() if n not in known.values})
        known.rows = (*known.rows, *found.rows)
        known.doubts += [each for each in found.doubts if each not in known.doubts]
        known.id = known.id or found.id
        known.classes |= found.classes
        return self._keep(known, found)

    def _keep(self, known: Listed, found: Listed) -> Listed:
        for key in (*_keys(found), *_keys(known)):
            self._by.setdefault(key, known)
        return known


def _other_number(one: Listed, other: Listed) -> bool:
    """Have both a number of the same kind, and not the same one?"""
    pairs = [(one.values.get(n), other.values.get(n)) for n in ("upn", "admission_number")]
    pairs += [(one.id, other.id), (one.reference, other.reference)]
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _keys(found: Listed) -> list[tuple[Any, ...]]:
    """What tells somebody apart, the surest first: numbers of theirs, and the name with the birth.

    A class beside the name does only where there is nothing better.
    """
    values = found.values
    numbers = [("upn", values.get("upn")), ("adno", values.get("admission_number"))]
    keys: list[tuple[Any, ...]] = [pair for pair in numbers if pair[1]]
    if found.reference:
        keys.insert(0, ("reference", found.reference))
    if found.id:
        keys.append(("id", found.id))
    name = ("pupil" if found.kind == "pupil" else "", *as_written(found.name))
    if values.get("born"):
        keys.append(("name", name, values["born"], values.get("email")))
    elif not keys:
        beside = (found.year, None if found.classes else values.get("form"))
        keys.append(("name", name, beside, values.get("email")))
    return keys


def _add_contact(
    person: Listed,
    cells: Mapping[str, Any],
    adults: Adults,
    number: int,
    today: dt.date,
    plain: Collection[str],
) -> None:
    """Joins an adult to a pupil. ``plain``: the questions whose empty cells say nothing."""
    values, doubts = answers(cells, number, today)
    if not values.get("surname"):
        if any(values.get(name) for name in ("forename", *DETAILS)):
            person.doubts.append(f"Row {number}: an adult without a surname is left out.")
        return
    if sum(map(str.isdigit, str(values["surname"]))) > _MOST_DIGITS:
        person.doubts.append(f"Row {number}: there is a number where an adult’s name should be.")
        return
    if names_two(cells):
        person.doubts.append(
            f"Row {number}: a cell names two adults at once, and neither is taken. "
            "Give each a name in the list, or enter them by hand."
        )
        return
    person.doubts += doubts
    if values.get("court_order"):
        person.values["court_order"] = "yes"  # it is about the pupil, whoever it is against
    adult = adults.one(
        Listed("parent", {n: v for n, v in values.items() if n in _OF_ADULT}, (number,),
               word(cells.get("id")), name_is_parted=is_parted(cells)),
        person,
    )  # fmt: skip
    belonging = Belonging(
        relationship(cells.get("relationship")),
        _told(cells, "responsible", plain, person, number),
        _told(cells, "lives_with", plain, person, number),
        whole_number(cells.get("priority")),
    )
    for place, (known, before) in enumerate(person.contacts):
        if known is adult:
            both, contradicted = before.beside(belonging)
            person.contacts[place] = (known, both)
            person.doubts += (
                f"Row {number}: another row of the pupil says otherwise {what}. That is left "
                "unanswered; if these are two adults, enter one of them by hand."
                for what in contradicted
            )
            return
    person.contacts.append((adult, belonging))


def _told(
    cells: Mapping[str, Any], name: str, plain: Collection[str], person: Listed, number: int
) -> str | None:
    """Yes or no of an adult. An empty cell is a no among ticks, and says nothing beside a no."""
    if name not in cells or (name in plain and not word(cells[name])):
        return None
    said = yes_no(cells[name])
    if said is None:
        what = "has parental responsibility" if name == "responsible" else "lives with the pupil"
        person.doubts.append(
            f"Row {number}: the cell does not say plainly whether an adult {what}. That is "
            "left unanswered."
        )
    return said


def _said_no(sheet: Sheet, layout: Layout) -> frozenset[str]:
    """The questions about adults whose empty cells say nothing.

    The list answers them with a no in words elsewhere, or never with a yes: these are no ticks.
    """
    found: dict[str, set[str | None]] = {}
    for place, (_who, what) in layout.columns.items():
        if what in {"responsible", "lives_with"}:
            cells = (row.cells[place] for row in sheet.rows if place < len(row.cells))
            found.setdefault(what, set()).update(yes_no(cell) for cell in cells if word(cell))
    return frozenset(what for what, told in found.items() if "no" in told or "yes" not in told)


_OF_ADULT: Final = frozenset(
    {"surname", "forename", "middle_names", "known_as", "other_names",
     "court_order", "address_kept", *DETAILS}
)  # fmt: skip


def _cells(
    layout: Layout, row: SheetRow, turned: Collection[int], order: NameOrder
) -> dict[str, dict[str, Any]]:
    """The filled cells of a row, by whose they are. ``turned``: columns with the month first."""
    found: dict[str, dict[str, Any]] = {}
    for place, (who, told) in layout.columns.items():
        cell = row.cells[place] if place < len(row.cells) else None
        if place in turned:
            cell = day_before_month(cell)
        if told == "name":
            cell = order.told.get(word(cell), cell)
        reversed_ = told == "name_reversed"
        what, cell = ("name", surname_parted(word(cell))) if reversed_ else (told, cell)
        kept = found.setdefault(who, {})
        if what not in kept or kept[what] in {None, ""}:
            kept[what] = cell
        else:
            kept[what] = beside(what, kept[what], cell)
    for who, relation in layout.relations.items():
        if any(map(word, found[who].values())) and not word(found[who].get("relationship")):
            found[who]["relationship"] = relation
    share_out(found)
    return found


def _kind(kind: str, cells: Mapping[str, Any]) -> str:
    """What a row says of the person's kind itself, else what the whole list is of."""
    role, told = word(cells.get("role")), kind_of(word(cells.get("kind"))) or kind
    return {"1": "pupil", "2": "staff", "3": "staff", "4": "other"}.get(role, told)


def doubts_of(people: Iterable[Listed]) -> Iterator[str]:
    """Every cell that could not be read."""
    for person in people:
        yield from person.doubts
