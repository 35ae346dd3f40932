"""The door to training: courses, who did them, and who still must."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from dpdesk.law.steps import add_months
from dpdesk.people.pick_lists import ROLES
from dpdesk.people.records import Person
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.people.training_records import Course, Training
from dpdesk.registers.crossings import LastTraining
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Change, Database

_NEWEST = 1 << 60
"""Stands for the number of an entry that is being made."""
USUAL_MONTHS = 24
"""Where a course does not say how long it is valid; the ICO asks about the two years before."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a training is of: the person's and the course's name, and how long it is valid."""

    person: str
    course: str
    months: int
    again: bool = False
    """Has the same person done the same course later?"""


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """How many of those who have a role at the school have done what they must."""

    code: str
    label: str
    done: int
    must: int


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """A course with the staff who must do it, and those of them who did."""

    course_id: int
    course: str
    must: tuple[KnownPerson, ...]
    valid: frozenset[int]
    """Numbers of those whose training counts today."""

    ends: Mapping[int, dt.date]
    """Of those whose training counts: its last day, by their numbers."""

    @property
    def missing(self) -> tuple[KnownPerson, ...]:
        """Those who still must, or must again."""
        return tuple(each for each in self.must if each.id not in self.valid)

    def ending(self, until: dt.date) -> tuple[tuple[KnownPerson, dt.date], ...]:
        """Those who must do it again by that day, with the last day of theirs; soonest first."""
        found = [(each, self.ends[each.id]) for each in self.must if each.id in self.ends]
        return tuple(sorted((e for e in found if e[1] <= until), key=lambda each: each[1]))

    def by_role(self) -> tuple[RoleStanding, ...]:
        """The same for each role that some of them have."""
        found = []
        for role in ROLES:
            having = [each for each in self.must if role.code in (each.values.get("roles") or ())]
            if having:
                done = sum(each.id in self.valid for each in having)
                found.append(RoleStanding(role.code, role.label, done, len(having)))
        return tuple(found)


class Courses(RegisterService[Course]):
    """The training that staff must have."""

    record = Course
    follows_calendar = False


class TrainingService(RegisterService[Training, Named], LastTraining):
    """Who did which training, when."""

    record = Training

    def __init__(self, database: Database, people: PeopleService) -> None:
        super().__init__(database)
        self.courses = Courses(database)
        self._people = people
        self.courses.followers.append(
            lambda change, row: self.refresh_where(change, Training.course == row.id)
        )
        people.followers.append(self._renamed)
        self.followers.append(self._settle_others)

    def standing(self) -> tuple[CourseStanding, ...]:
        """Every course with who must do it and who did, in the order of their names."""
        today = self.today()
        staff = [each for each in self._people.staff() if each.here]
        with self.database.reading() as session:
            ends: dict[int, dict[int, dt.date]] = defaultdict(dict)
            asked = select(Training.course, Training.person, Training.valid_until).where(
                Training.archived_at.is_(None), Training.valid_until >= today
            )
            for course, person, until in session.execute(asked):
                last = ends[course or 0].get(person or 0, today)
                ends[course or 0][person or 0] = max(last, until or today)
            courses = session.scalars(
                select(Course).where(Course.archived_at.is_(None)).order_by(Course.title)
            ).all()
            return tuple(
                CourseStanding(
                    course.id,
                    course.title,
                    tuple(each for each in staff if _must(each, course.roles or ())),
                    frozenset(ends[course.id]),
                    ends[course.id],
                )
                for course in courses
            )

    def note_done(self, course: int, people: Sequence[int], day: dt.date) -> Changes:
        """Notes that several people did a course on a day, or none of them. Raises InvalidEntry."""
        made = set()
        with self.database.changing() as change:
            for person in people:
                values = {"person": person, "course": course, "done_on": day}
                made.add((self.register.key, self.save_within(change, values).id))
        return Changes(frozenset(change.touched | made), frozenset(made))

    def last_trained(
        self, session: Session, name: str, before: dt.date, linked: Collection[str] = ()
    ) -> dt.date | None:
        """As :class:`LastTraining` says."""
        among = tuple(self._people.known_within(session, Person.kind == "staff"))
        named = self._people.named(name, among)
        if len(named) > 1:
            named = tuple(each for each in named if each.reference in linked)
        if len(named) != 1:
            return None
        return session.scalar(
            select(Training.done_on)
            .where(
                Training.person == named[0].id,
                Training.archived_at.is_(None),
                Training.done_on <= before,
            )
            .order_by(Training.done_on.desc())
            .limit(1)
        )

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Training]) -> Callable[[int], Named]:
        """The names of people and courses, and how long the courses are valid."""
        people = {values.get("person") for values in scope.values.values()}
        courses = {values.get("course") for values in scope.values.values()}
        names = {
            row.id: row.title
            for row in session.scalars(select(Person).where(Person.id.in_(people)))
        }
        held = {
            row.id: row for row in session.scalars(select(Course).where(Course.id.in_(courses)))
        }

        asked = select(Training.id, Training.person, Training.course, Training.done_on).where(
            Training.person.in_(people), Training.archived_at.is_(None)
        )
        others: dict[tuple[Any, Any], list[tuple[dt.date, int]]] = defaultdict(list)
        for other, person, what, day in session.execute(asked):
            if day is not None:
                others[person, what].append((day, other))

        def around(number: int) -> Named:
            values: Values = scope.values[number]
            pair = values.get("person"), values.get("course")
            done = values.get("done_on")
            own = (done, number or _NEWEST)
            course = held.get(values.get("course") or 0)
            return Named(
                names.get(values.get("person") or 0, ""),
                course.title if course is not None else "",
                (course.valid_months if course is not None else None) or USUAL_MONTHS,
                done is not None and any(each > own and each[1] != number for each in others[pair]),
            )

        return around

    def fill(self, values: Values, before: Values, around: Named) -> Values:
        """How long it is valid follows from the course, until somebody says otherwise."""
        done, until = values.get("done_on"), values.get("valid_until")
        followed = _follows(before, around) and until == before.get("valid_until")
        if done is not None and (until is None or followed):
            return {**values, "valid_until": add_months(done, around.months)}
        return values

    def problems(self, values: Values, around: Named) -> dict[str, str]:
        """Nothing is valid until before it was done."""
        until, done = values.get("valid_until"), values.get("done_on")
        if until is not None and done is not None and until < done:
            return {"valid_until": "That is before the day it was done."}
        return {}

    def behind(self, today: dt.date) -> ColumnElement[bool]:
        """Which are no longer valid, or stand as due though they were done again."""
        again, renewed = _done_again(), Training.state == "renewed"
        run_out = (Training.state == "valid") & (Training.valid_until < today)
        return run_out | (~renewed & again) | (renewed & ~again)

    def derive(self, values: Values, around: Named) -> Derived:
        """Title: who and what. Due when it must be done again."""
        until = values.get("valid_until")
        state = "valid" if until is None or until >= self.today() else "again"
        title = f"{around.person}: {around.course}"
        if around.again:
            return Derived(title, "renewed")
        return Derived(title, state, until.isoformat() if until is not None else None)

    def _settle_others(self, change: Change, row: Training) -> None:
        """What the same person did of the same course before is no longer due, or due again.

        So is what another person did, or of another course, where that was entered by mistake.
        """
        same = (Training.person == row.person) & (Training.course == row.course)
        left = (Training.state == "renewed") & ~_done_again()
        self.refresh_where(change, (same | left) & (Training.id != row.id))

    def _renamed(self, change: Change, row: Any) -> None:
        if row.version > 1 and row.kind == "staff":
            self.refresh_where(change, Training.person == row.id)


def _done_again() -> ColumnElement[bool]:
    """The same person did the same course once more, later or as a later entry of that day."""
    other = aliased(Training)
    same_day = (other.done_on == Training.done_on) & (other.id > Training.id)
    return (
        select(other.id)
        .where(
            other.person == Training.person,
            other.course == Training.course,
            other.archived_at.is_(None),
            (other.done_on > Training.done_on) | same_day,
        )
        .exists()
    )


def _follows(before: Values, around: Named) -> bool:
    """Was the day until which it is valid that of the course?"""
    done, until = before.get("done_on"), before.get("valid_until")
    return done is not None and until == add_months(done, around.months)


def _must(person: KnownPerson, roles: tuple[str, ...]) -> bool:
    return "all" in roles or bool(set(roles) & set(person.values.get("roles") or ()))
