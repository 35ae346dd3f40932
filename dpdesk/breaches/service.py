"""The door to breaches and their parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from dpdesk.breaches import rules, states
from dpdesk.breaches.around import known_of_school, read_around
from dpdesk.breaches.carried import KnownBeside, carried, taken
from dpdesk.breaches.conditions import numbers_owed, with_equipment
from dpdesk.breaches.part_services import (
    Actions,
    LettersWritten,
    PeopleInformed,
    Reports,
    StaffInvolved,
    StageNotes,
)
from dpdesk.breaches.parts import Informed, Report
from dpdesk.breaches.pick_lists import pick
from dpdesk.breaches.records import Breach
from dpdesk.breaches.report_case import CONCERNED
from dpdesk.breaches.rules import Around, Countdown
from dpdesk.breaches.settings import BreachSettingsService
from dpdesk.errors import InvalidEntry
from dpdesk.law.breach_lists import first_steps
from dpdesk.law.risk import Proposal
from dpdesk.law.steps import ClockResult, add_months
from dpdesk.law.words import LONDON
from dpdesk.registers.crossings import IncidentsByAsset, RiskHint, RiskSource
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.matters import Touch, Touching
from dpdesk.registers.names import person_fields
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.validation import EARLIEST, LATEST
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Change, Database

PERSONS_TOLD = CONCERNED | {"other"}
"""Kinds of those told behind whose names may stand persons, and not bodies."""


_NOT_YET_TOLD = frozenset({None, "telling", "planning", "not", "undecided"})
"""Answers that a note of who was told overtakes."""


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in a reading of many: chosen answers, and what its parts say."""

    id: int
    reference: str
    state: str
    archived: bool
    values: Values
    around: Around


class BreachService(RegisterService[Breach, Around], Touching, IncidentsByAsset, RiskSource):
    """The breach log."""

    record = Breach

    def __init__(
        self,
        database: Database,
        school: SchoolService,
        settings: BreachSettingsService,
    ) -> None:
        super().__init__(database)
        self.school = school
        self.settings = settings
        settings.followers.append(lambda change, _row: self.refresh_where(change, true()))
        self.staff = StaffInvolved(database)
        self.notes = StageNotes(database)
        self.actions = Actions(database)
        self.told = PeopleInformed(database, settings)
        self.reports = Reports(database)
        self.letters = LettersWritten(database)
        self.own(self.staff, self.notes, self.actions, self.told, self.reports, self.letters)
        self.told.followers.append(self._follow_told)

    # --- looking -------------------------------------------------------------------------

    def clock(self, entry: Entry) -> ClockResult:
        """The 72 hours of a breach with every step and source."""
        return rules.clock(entry.values, self.around(entry.id))

    def done(self, entry: Entry) -> frozenset[str]:
        """The stages of policy 23 in which something was noted."""
        if not entry.id:
            return frozenset()
        notes = frozenset(
            str(part.values["stage"])
            for part in self.notes.parts(entry.id)
            if part.values.get("stage")
        )
        return rules.done(entry.values, self.around(entry.id), notes)

    def countdown(self, entry: Entry) -> Countdown:
        """How the 72 hours of a breach stand."""
        return rules.countdown(entry.values, self.around(entry.id))

    def countdowns(self) -> list[tuple[Entry, Countdown]]:
        """The incidents for which a report may still be owed, the most urgent first."""
        found = self.with_around(Breach.state.in_(states.CLOCK_STATES))
        counted = [(entry, rules.countdown(entry.values, around)) for entry, around in found]
        return sorted((each for each in counted if each[1].owed), key=lambda each: each[1].due)

    def deadline(self, aware: dt.datetime) -> dt.datetime:
        """The end of the 72 hours that begin at a moment, in UTC."""
        return rules.deadline({"aware": aware})

    def with_equipment(self, values: Values) -> bool:
        """Was equipment lost, damaged or stolen, as said or as the kind implies?"""
        return with_equipment(values)

    def equipment_due(self, values: Values) -> dt.datetime | None:
        """When the written report on equipment is due; None if there is none to make."""
        return rules.equipment_due(values)

    def due_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """By incident: what it is that is due next there; those with nothing due are left out."""
        found = self.with_around(Breach.id.in_(numbers), drills=True, archived=True)
        things = {entry.id: rules.next_thing(entry.values, around) for entry, around in found}
        return {number: thing[0] for number, thing in things.items() if thing is not None}

    def rest_due(self, entry: Entry) -> dt.date | None:
        """By when the regulator is to get what a report left open; None if nothing is."""
        around = self.around(entry.id)
        promised = rules.follow_up_due(entry.values, around)
        return promised or rules.rest_reminder(entry.values, around)

    def around(self, entry_id: int) -> Around:
        """What the parts of a breach say; nothing where it was not saved yet."""
        with self.database.reading() as session:
            return self._around_of(session, Breach.id == entry_id)(entry_id)

    def reported_within(self, session: Session, entry_id: int) -> tuple[dt.datetime, ...]:
        """When it was reported to the regulator, the first report first."""
        return self._around_of(session, Breach.id == entry_id)(entry_id).reported

    def missing(self, values: Values, entry_id: int = 0) -> tuple[Field, ...]:
        """The questions that still want an answer.

        Once the 72 hours have run out without a report, the reasons for the delay are among them
        (UK GDPR Art 33(1)). Where the staff involved are listed, nothing is asked about them here.
        Where a number is said to be known, the number itself is among them.
        """
        found = {field.name for field in super().missing(values, entry_id)}
        found |= numbers_owed(values)
        if not entry_id or values.get("aware") is None:
            return tuple(field for field in self.register.fields if field.name in found)
        late = rules.reasons_due(values, self.around(entry_id), self.now())
        if late and not values.get("delay_why"):
            found.add("delay_why")
        if "trained" in found and self.staff.parts(entry_id):
            found.remove("trained")
        return tuple(field for field in self.register.fields if field.name in found)

    def proposal(self, values: Values) -> Proposal:
        """Not reportable, report, or report and tell: what the answers point to, and why."""
        return rules.proposal(values)

    def as_decision(self, values: Values) -> Values:
        """The answers that say that the proposal is taken as the decision, with its reasons."""
        return taken(rules.proposal(values))

    def first_steps(self, values: Values) -> tuple[str, ...]:
        """Codes of the steps to offer for what is known so far."""
        return first_steps(values.get("incident_type"), equipment=with_equipment(values))

    def with_around(
        self, where: ColumnElement[bool], *, drills: bool = False, archived: bool = False
    ) -> list[tuple[Entry, Around]]:
        """Breaches with what their parts say, in a few reads however many there are.

        Archived ones and drills are left out unless asked for.
        """
        asked = where
        if not archived:
            asked = asked & Breach.archived_at.is_(None)
        if not drills:
            asked = asked & states.real(Breach)
        with self.database.reading() as session:
            around = self._around_of(session, asked)
            entries = [self._entry(row) for row in session.scalars(select(Breach).where(asked))]
        return [(entry, around(entry.id)) for entry in entries]

    def touches_within(self, session: Session, entry_id: int = 0) -> Iterator[Touch]:
        """What the open breaches, or one of them, hold up: the assets that they touched.

        Drills hold up nothing. Also those put out of sight: a breach is open until it is resolved.
        """
        rows: Sequence[Any]
        if entry_id:
            one = session.get(Breach, entry_id)
            holds = one is not None and one.resolved is None and one.drill != "yes"
            rows = [one] if holds else []
        else:
            columns = (Breach.id, Breach.reference, Breach.archived_at, Breach.asset_links)
            asked = Breach.resolved.is_(None) & states.real(Breach)
            rows = session.execute(select(*columns).where(asked).order_by(Breach.id)).all()
        linked = linked_by_hand(session, self.register.key, [row.id for row in rows])
        for row in rows:
            here = linked.get(row.id, [])
            yield Touch(
                self.register.key,
                row.id,
                row.reference,
                "the open breach" if row.archived_at is None else "the archived, open breach",
                assets=(*(row.asset_links or ()), *(ref for key, ref in here if key == "assets")),
                holdings=tuple(ref for key, ref in here if key == "holdings"),
            )

    def aware_between(self, first: dt.date, last: dt.date) -> ColumnElement[bool]:
        """Incidents of a period by the school's own days, both counted.

        Raises InvalidEntry where the period would end before it begins, or lies in years that
        cannot be meant.
        """
        for name, day in (("first", first), ("last", last)):
            if not EARLIEST <= day <= LATEST:
                raise InvalidEntry({name: f"Please check the year ({day.year})."})
        if last < first:
            raise InvalidEntry({"last": "The period ends before it begins."})
        start = dt.datetime.combine(first, dt.time(), tzinfo=LONDON)
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=LONDON)
        return (Breach.aware >= start) & (Breach.aware < end)

    def lines(
        self, where: ColumnElement[bool], names: Sequence[str], *, drills: bool = False
    ) -> list[IncidentLine]:
        """Chosen answers of many incidents, in the order of awareness; archived ones too.

        Read in a few statements however many there are. Left out are drills, unless asked for,
        and entries whose making was undone.
        """
        asked = where & states.made(Breach)
        if not drills:
            asked = asked & states.real(Breach)
        columns = [getattr(Breach, name) for name in names]
        with self.database.reading() as session:
            around = self._around_of(session, asked)
            rows = session.execute(
                select(Breach.id, Breach.reference, Breach.state, Breach.archived_at, *columns)
                .where(asked)
                .order_by(Breach.aware, Breach.id)
            ).all()
        return [
            IncidentLine(
                number,
                reference,
                state,
                archived is not None,
                {name: v for name, v in zip(names, answers, strict=True) if v is not None},
                around(number),
            )
            for number, reference, state, archived, *answers in rows
        ]

    def last_references(self) -> dict[int, str]:
        """By breach: the case reference that the regulator gave last."""
        with self.database.reading() as session:
            rows = session.execute(
                select(Report.parent_id, Report.case_reference)
                .where(Report.case_reference.is_not(None), Report.archived_at.is_(None))
                .order_by(Report.sent_at)
            )
            return {parent: reference for parent, reference in rows if reference}

    def names(self, entry: Entry) -> Iterator[str]:
        """Names of persons typed about this breach, and of the persons told of any."""
        for field in person_fields(self):
            yield str(entry.values.get(field.name) or "")
        with self.database.reading() as session:
            told = select(Informed.name).where(
                Informed.whom.in_(PERSONS_TOLD), Informed.name.is_not(None)
            )
            yield from (name for name in session.scalars(told.distinct()) if name)

    def bodies_named(self) -> Iterator[str]:
        """Names that are no persons': the school with its place, bodies, firms told, suppliers."""
        school = self.school.particulars()
        yield from (school.name, school.regulator_name, *school.address.splitlines())
        yield from (body.name for body in self.settings.bodies().values())
        told = select(Informed.name).where(
            Informed.whom.not_in(PERSONS_TOLD), Informed.name.is_not(None)
        )
        asked = select(Breach.processor).where(Breach.processor.is_not(None))
        with self.database.reading() as session:
            for names in (told, asked):
                yield from (name for name in session.scalars(names.distinct()) if name)

    def by_asset(self, session: Session) -> Mapping[str, tuple[str, ...]]:
        """References of assets to those of the breaches that touched them, drills left out."""
        found: Mapping[str, list[str]] = defaultdict(list)
        asked = select(Breach.reference, Breach.asset_links).where(
            Breach.asset_links.is_not(None),
            Breach.archived_at.is_(None),
            states.real(Breach),
            or_(Breach.outcome.is_(None), Breach.outcome == "breach"),
        )
        for reference, assets in session.execute(asked.order_by(Breach.id)):
            for asset in assets or ():
                found[asset].append(reference)
        return {asset: tuple(references) for asset, references in found.items()}

    def risk_hints(self) -> tuple[RiskHint, ...]:
        """Each kind of incident of the last twelve months; drills and false alarms left out."""
        since = add_months(self.today(), -12)
        kinds = {each.code: each.label for each in pick("incident_types")}
        found: Mapping[str, list[tuple[str, str]]] = defaultdict(list)
        asked = select(Breach.incident_type, Breach.outcome, Breach.reference).where(
            Breach.incident_type.in_(kinds),
            Breach.outcome.in_(("breach", "near_miss")),
            Breach.archived_at.is_(None),
            Breach.aware >= dt.datetime.combine(since, dt.time(), LONDON),
            states.real(Breach),
        )
        with self.database.reading() as session:
            for kind, outcome, reference in session.execute(asked.order_by(Breach.id)):
                found[str(kind)].append((str(outcome), reference))
        hints = []
        for kind, incidents in sorted(found.items(), key=lambda each: -len(each[1])):
            breach = any(outcome == "breach" for outcome, _ in incidents)
            references = ", ".join(reference for _, reference in incidents)
            name = f"It happens again: {kinds[kind][0].lower()}{kinds[kind][1:]}"
            hints.append(RiskHint(name, "breach" if breach else "near_miss", references))
        return tuple(hints)

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Breach]) -> Callable[[int], Around]:
        """What the parts of breaches say, and how often the school looks at one again."""
        if scope.making:
            around = replace(
                rules.NOTHING_AROUND, review_months=self.settings.months_within(session)
            )
            around = known_of_school(session, around, 0)
            return lambda _number: around
        found = self._around_of(session, scope.where)
        if len(scope.values) > 1:
            return found
        return lambda number: known_of_school(session, found(number), number)

    def _around_of(self, session: Session, where: ColumnElement[bool]) -> Callable[[int], Around]:
        return read_around(session, where, self.settings.months_within(session))

    def fill(self, values: Values, before: Values, around: Around) -> Values:
        """What a fresh answer implies stands there too, as far as nothing else does."""
        return {**values, **self._carried(values, before, around)}

    def _carried(self, values: Values, before: Values, around: Around) -> Values:
        known = KnownBeside(self.now(), self.database.who, around.training, around.reported_before)
        return carried(values, before, known)

    def carried(self, values: Values, before: Values, entry_id: int = 0) -> Values:
        """What answers given since ``before`` imply, for a form that is being filled in."""
        with self.database.reading() as session:
            around = known_of_school(session, rules.NOTHING_AROUND, entry_id)
        return self._carried(values, before, around)

    def prefix(self, values: Values) -> str:
        """Drills are numbered by themselves, so that they leave no gap in the log."""
        return states.DRILLS if states.is_drill(values) else super().prefix(values)

    def guard(self, values: Values, before: Values) -> None:
        """A drill stays one: the number of a drill must not stand in the log of real incidents."""
        if states.is_drill(before) and not states.is_drill(values):
            told = "A drill stays a drill, as it has a number of its own. Log what really happened"
            raise InvalidEntry({"drill": f"{told} as a new incident."})

    def problems(self, values: Values, around: Around) -> dict[str, str]:
        """Moments that contradict each other, numbers that cannot be, decisions without reason."""
        return rules.problems(values, around)

    def derive(self, values: Values, around: Around) -> Derived:
        """Title: its few words. State and due date: from the facts and the parts.

        Raises InvalidEntry where a report does not fit the facts of the breach.
        """
        objections = rules.problems(values, around) if around.reported else {}
        if objections:
            raise InvalidEntry(objections)
        title = str(values["summary"])
        if states.is_drill(values):
            title = f"Drill: {title}"
        return Derived(title, rules.state(values, around), rules.next_due(values, around))

    def _follow_told(self, change: Change, row: Informed) -> None:
        """Once people affected are noted as told, the answer says so; taken back, it does not."""
        breach = change.session.get(Breach, row.parent_id)
        if breach is None or row.whom not in CONCERNED or row.told_at is None:
            return
        if row.archived_at is None:
            said = "told" if breach.telling in _NOT_YET_TOLD else breach.telling
        else:
            told = self.around_within(change.session, breach).people_told
            said = "telling" if breach.telling == "told" and not told else breach.telling
        if said != breach.telling:
            self.save_within(change, {"telling": said}, breach.id, breach.version)
            change.touched.add((self.register.key, breach.id))
