"""The door to people and to who belongs to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError
from dpdesk.people import rules
from dpdesk.people.pick_lists import YEARS
from dpdesk.people.records import Person, Relationship
from dpdesk.registers.crossings import Offers
from dpdesk.registers.entries import Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.flagging import Flagging, Flags, UseFlag, flags_of, follow_flags
from dpdesk.registers.hooks import Scope
from dpdesk.registers.matters import Touching
from dpdesk.registers.names import Naming
from dpdesk.registers.same_person import parts_of, same
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show
from dpdesk.store.database import Change, Database


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as other rooms see them: number, reference, names, and where they belong."""

    id: int
    reference: str
    kind: str
    name: str
    """As the person is called every day."""
    names: tuple[str, ...]
    """Every name that they go by."""
    year_group: str
    form: str
    here: bool
    values: Values


@dataclass(frozen=True, slots=True)
class NameBearer:
    """A person as far as documents may name them, archived or not: names, and how reached."""

    id: int
    kind: str
    surname: str
    firsts: tuple[str, ...]
    """First name, and the one used every day."""
    middle: str
    others: tuple[str, ...]
    """Former names and nicknames, as they were typed."""
    place: str
    """Where they belong: year group, class, post."""
    born: dt.date | None
    emails: tuple[str, ...]
    telephones: tuple[str, ...]
    address: str
    numbers: tuple[str, ...]
    """UPN and admission number."""
    sex: str = ""
    """"f" for a mother, "m" for a father; empty for all others."""


class Relationships(RegisterService[Relationship, "dict[int, str]"]):
    """Who belongs to a pupil."""

    record = Relationship
    follows_calendar = False

    def surroundings(
        self, session: Session, scope: Scope[Relationship]
    ) -> Callable[[int], dict[int, str]]:
        """The names of the adults."""
        asked = {values.get("adult") for values in scope.values.values()} - {None}
        titles = select(Person).where(Person.id.in_(asked))
        names = {row.id: row.title for row in session.scalars(titles)}
        return lambda _number: names

    def derive(self, values: Values, around: dict[int, str]) -> Derived:
        """Title: the adult, and what they are to the pupil."""
        field = self.register.field("relationship")
        said = show(field, values.get("relationship"))
        name = around.get(values["adult"], "")
        gone = " (removed)" if values.get("ended_on") else ""
        return Derived(f"{name}, {said.lower()}{gone}" if said else f"{name}{gone}")


class PeopleService(RegisterService[Person, Flags], Naming):
    """Pupils, parents, staff and others."""

    record = Person

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.relationships = Relationships(database)
        self.own(self.relationships)
        self._matters: tuple[Touching, ...] = ()
        self._flagging: tuple[Flagging, ...] = ()

    def join(self, rooms: Offers) -> None:
        """Open matters keep a person from being removed; flags say what must not be used."""
        self._matters = rooms.every(Touching)
        self._flagging = rooms.every(Flagging)
        follow_flags(self._flagging, self._follow_flags)

    # --- looking -------------------------------------------------------------------------

    def known(self, where: ColumnElement[bool] | None = None) -> tuple[KnownPerson, ...]:
        """The people that ``where`` holds for, or all, in the order of their names."""
        with self.database.reading() as session:
            return tuple(self.known_within(session, where))

    def staff(self) -> tuple[KnownPerson, ...]:
        """Everybody who works at the school, leavers included, in the order of their names."""
        return self.known(Person.kind == "staff")

    def known_within(
        self, session: Session, where: ColumnElement[bool] | None = None
    ) -> Iterator[KnownPerson]:
        """The same inside a session that is open already."""
        asked = select(Person).where(Person.archived_at.is_(None)).order_by(Person.title)
        today = self.today()
        for row in session.scalars(asked if where is None else asked.where(where)):
            values = self.answers(row)
            yield KnownPerson(
                row.id,
                row.reference,
                str(row.kind),
                rules.everyday_name(values),
                rules.names_of(values),
                row.year_group or "",
                row.form or "",
                rules.state(values, today) == "here",
                values,
            )

    def names_within(
        self, session: Session, numbers: Collection[int]
    ) -> dict[int, tuple[str, ...]]:
        """Every name that these people go by, archived ones included, by their numbers."""
        if not numbers:
            return {}
        rows = session.scalars(select(Person).where(Person.id.in_(numbers)))
        return {row.id: rules.names_of(self.answers(row)) for row in rows}

    def named(self, name: str, among: tuple[KnownPerson, ...]) -> tuple[KnownPerson, ...]:
        """Those who may be meant by a name: exactly so called, else possibly so."""
        sought = parts_of(name)
        exact = tuple(
            each for each in among if any(parts_of(known) == sought for known in each.names)
        )
        if exact or not sought:
            return exact
        return tuple(
            each for each in among if any(same(sought, parts_of(known)) for known in each.names)
        )

    def children_of(self, adult: int) -> tuple[tuple[int, str], ...]:
        """Numbers and names of the pupils to whom this adult belongs: the other way round."""
        with self.database.reading() as session:
            rows = session.execute(
                select(Person.id, Person.title)
                .join(Relationship, Relationship.parent_id == Person.id)
                .where(Relationship.adult == adult, Relationship.archived_at.is_(None))
                .order_by(Person.title)
            )
            return tuple((number, title) for number, title in rows)

    def naming_within(self, session: Session) -> Iterator[str]:
        """Every name that anybody goes by, archived people included."""
        for row in session.scalars(select(Person)):
            yield from rules.names_of(self.answers(row))

    def bearers_within(self, session: Session) -> Iterator[NameBearer]:
        """Everybody by what they are called; without the rest, as thousands are asked for."""
        asked = select(
            Person.id, Person.kind, Person.surname, Person.forename, Person.known_as,
            Person.middle_names, Person.other_names, Person.year_group, Person.form, Person.post,
            Person.born, Person.email, Person.telephone, Person.address, Person.upn,
            Person.admission_number,
        ).order_by(Person.id)  # fmt: skip
        parents = select(Relationship.adult, Relationship.relationship).where(
            Relationship.relationship.in_(("mother", "father"))
        )
        sexes = {adult: "f" if who == "mother" else "m" for adult, who in session.execute(parents)}
        years = {choice.code: choice.label for choice in YEARS}
        for row in session.execute(asked):
            places = (years.get(row.year_group or "", ""), row.form, row.post)
            yield NameBearer(
                row.id,
                str(row.kind),
                row.surname or "",
                tuple(dict.fromkeys(filter(None, (row.known_as, row.forename)))),
                row.middle_names or "",
                tuple(filter(None, map(str.strip, (row.other_names or "").splitlines()))),
                ", ".join(filter(None, places)),
                row.born,
                tuple(filter(None, (row.email,))),
                tuple(filter(None, (row.telephone,))),
                row.address or "",
                tuple(filter(None, (row.upn, row.admission_number))),
                sexes.get(row.id, ""),
            )

    def state_within(self, session: Session) -> str:
        """Another text as soon as anybody is added or changed."""
        asked = select(func.count(), func.sum(Person.version), func.max(Person.changed_at))
        return repr(tuple(session.execute(asked).one()))

    def flags(self, session: Session) -> Flags:
        """Every restriction and objection that stands."""
        return flags_of(self._flagging, session)

    def flags_on(self, entry: Entry) -> tuple[UseFlag, ...]:
        """What must not be used of the data about somebody."""
        with self.database.reading() as session:
            return self.flags(session).on_person(entry.id, rules.names_of(entry.values))

    def flagged(self) -> dict[int, tuple[UseFlag, ...]]:
        """The same for everybody of whom anything must not be used, by their numbers."""
        asked = select(Person).where(Person.flagged == "yes")
        with self.database.reading() as session:
            flags = self.flags(session)
            return {
                row.id: flags.on_person(row.id, rules.names_of(self.answers(row)))
                for row in session.scalars(asked)
            }

    # --- changing ------------------------------------------------------------------------

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Puts a person out of sight. Raises DpdeskError while something about them is open."""
        entry = self.load(entry_id)
        with self.database.reading() as session:
            found = self.held_within(session, [rules.names_of(entry.values)])
        if found:
            raise DpdeskError(
                f"This may be the person of {found}, so they stay in the list.",
                "Close that first, or give a leaving date instead.",
            )
        return super().archive(entry_id, version, why)

    def held_within(self, session: Session, people: Iterable[tuple[str, ...]]) -> str:
        """The first open matter that may be about one of these people, in words; empty if none.

        ``people``: the names of each.
        """
        mine = [parts_of(name) for names in people for name in names]
        for room in self._matters:
            for touch in room.touches_within(session):
                theirs = [parts_of(name) for name in touch.names]
                if any(same(one, other) for one in mine for other in theirs):
                    return touch.said
        return ""

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Person]) -> Callable[[int], Flags]:
        """The flags that stand, to find those on each person."""
        flags = self.flags(session)
        return lambda number: Flags(
            flags.on_person(number, rules.names_of(scope.values[number])) if flags.every else ()
        )

    def fill(self, values: Values, before: Values, around: Flags) -> Values:
        """A UPN is written in capitals."""
        upn = values.get("upn")
        return {**values, "upn": str(upn).replace(" ", "").upper()} if upn else values

    def problems(self, values: Values, around: Flags) -> dict[str, str]:
        """Answers that cannot be."""
        return rules.problems(values, self.today())

    def derive(self, values: Values, around: Flags) -> Derived:
        """Title: surname first. State: here, coming or gone. Flagged: is any use forbidden?"""
        return Derived(
            rules.sorted_name(values),
            rules.state(values, self.today()),
            None,
            {"flagged": "yes" if around.every else None},
        )

    def behind(self, today: dt.date) -> ColumnElement[bool]:
        """Who has started or left since."""
        here, coming, left = (Person.state == key for key in ("here", "coming", "left"))
        gone = Person.left_on < today
        return (
            (coming & (gone | (Person.started_on <= today)))
            | (here & gone)
            | (left & (Person.left_on >= today))
        )

    def mark_flags(self) -> None:
        """Marks whom flags from before there were marks stand on."""
        with self.database.reading() as session:
            marked = session.scalar(select(Person.id).where(Person.flagged == "yes").limit(1))
            waiting = marked is None and bool(self.flags(session).every)
        if waiting:
            with self.database.changing() as change:
                self._follow_flags(change, None)

    def _follow_flags(self, change: Change, row: Any) -> None:
        """A restriction or objection was changed: whoever it is on, or was on, shows it."""
        session = change.session
        session.flush()
        flags = self.flags(session)
        marked = set(session.scalars(select(Person.id).where(Person.flagged == "yes")))
        if not flags.every and not marked:
            return
        if any(not flag.person for flag in flags.every):
            rows = session.scalars(select(Person))
            marked |= {
                each.id
                for each in rows
                if flags.on_person(each.id, rules.names_of(self.answers(each)))
            }
        else:
            marked |= {flag.person for flag in flags.every}
        self.refresh_where(change, Person.id.in_(marked))

    def written(self, change: Change, row: Person, values: Values, *, made: bool) -> None:
        """Relationships show the name of the adult, so they follow when it changes."""
        if not made:
            self.relationships.refresh_where(change, Relationship.adult == row.id)
