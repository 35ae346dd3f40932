"""The door to breaches and their parts."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from dpdesk.breaches import rules, stages
from dpdesk.breaches.case import CONCERNED, FRAME, NOT_KNOWN
from dpdesk.breaches.part_services import Actions, People, Reports, Staff, StageNotes
from dpdesk.breaches.parts import Action, FrozenReport, Involved, Report, StageNote, Told
from dpdesk.breaches.records import Breach, is_breach
from dpdesk.breaches.rules import Around, Countdown
from dpdesk.errors import InvalidEntry
from dpdesk.law import breach_lists
from dpdesk.law.breach_lists import Body, first_steps
from dpdesk.law.risk import Proposal
from dpdesk.law.steps import ClockResult
from dpdesk.law.words import LONDON
from dpdesk.papers.flow import Letterhead
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Values
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.record import new
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.validation import EARLIEST, LATEST
from dpdesk.retention.holds import Touch
from dpdesk.school.records import School
from dpdesk.school.service import KEY, SchoolService
from dpdesk.store.database import Change, Database

PERSONS_TOLD = CONCERNED | {"other"}
"""Kinds of those told behind whose names may stand persons, and not bodies."""
_READ = "breaches.read"
"""Under which a session keeps a ``_Read``."""
_SAVING = "breaches.saving"
"""Under which it keeps what stands around the one breach that is being saved."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read at once while many breaches are worked out afresh."""

    around: Mapping[int, Around]
    months: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in a reading of many: chosen answers, and what its parts say."""

    id: int
    reference: str
    state: str
    archived: bool
    values: Values
    around: Around


class BreachService(RegisterService[Breach]):
    """The breach log."""

    record = Breach

    def __init__(
        self,
        database: Database,
        school: SchoolService,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        super().__init__(database, now=now)
        self.school = school
        self.staff = Staff(database, now=now)
        self.notes = StageNotes(database, now=now)
        self.actions = Actions(database, now=now)
        self.told = People(database, school, now)
        self.reports = Reports(database, now=now)
        for part in (self.staff, self.notes, self.actions, self.told, self.reports):
            part.parent = self

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
        found = self.with_around(Breach.state.in_(stages.CLOCK_STATES))
        counted = [(entry, rules.countdown(entry.values, around)) for entry, around in found]
        return sorted((each for each in counted if each[1].owed), key=lambda each: each[1].due)

    def deadline(self, aware: dt.datetime) -> dt.datetime:
        """The end of the 72 hours that begin at a moment, in UTC."""
        return rules.deadline({"aware": aware})

    def equipment_due(self, values: Values) -> dt.datetime | None:
        """When the written report on equipment is due; None if there is none to make."""
        return rules.equipment_due(values)

    def around(self, entry_id: int) -> Around:
        """What the parts of a breach say."""
        with self.database.reading() as session:
            return self.around_within(session, entry_id)

    def around_within(self, session: Session, entry_id: int) -> Around:
        """The same inside a session that is open already."""
        if not entry_id:
            return rules.NOTHING_AROUND
        read: _Read | None = session.info.get(_READ)
        if read is not None:
            return read.around.get(entry_id, rules.NOTHING_AROUND)
        return self._arounds(session, Breach.id == entry_id).get(entry_id, rules.NOTHING_AROUND)

    def missing(self, values: Values, entry_id: int = 0) -> tuple[Field, ...]:
        """The questions that still want an answer.

        Once the 72 hours have run out without a report, the reasons for the delay are among them
        (UK GDPR Art 33(1)). Where the staff involved are listed, nothing is asked about them here.
        """
        found = {field.name for field in super().missing(values, entry_id)}
        if not entry_id or values.get("aware") is None:
            return tuple(field for field in self.register.fields if field.name in found)
        late = rules.reasons_due(values, self.around(entry_id), self.now())
        if late and not values.get("delay_why"):
            found.add("delay_why")
        if "trained" in found and self.staff.parts(entry_id):
            found.remove("trained")
        return tuple(field for field in self.register.fields if field.name in found)

    def bodies(self) -> tuple[Body, ...]:
        """Who may have to be told besides people and regulator, under the school's names."""
        school = self.school.particulars()
        return tuple(
            replace(body, name=school.body(code) or body.name)
            for code, body in breach_lists.bodies().items()
        )

    def next_review(self, values: Values) -> dt.date | None:
        """When a breach that was not reported is looked at again, as often as the school set."""
        return rules.next_review(values, self.school.particulars().breach_review_months)

    def proposal(self, values: Values) -> Proposal:
        """Not reportable, report, or report and tell: what the answers point to, and why."""
        return rules.proposal(values)

    def first_steps(self, values: Values) -> tuple[str, ...]:
        """Codes of the steps to offer for what is known so far."""
        return first_steps(values.get("incident_type"), equipment=values.get("equipment") == "yes")

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
            asked = asked & stages.real(Breach)
        with self.database.reading() as session:
            around = self._arounds(session, asked)
            entries = [self._entry(row) for row in session.scalars(select(Breach).where(asked))]
        return [(entry, around.get(entry.id, rules.NOTHING_AROUND)) for entry in entries]

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
            asked = Breach.resolved.is_(None) & stages.real(Breach)
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
            raise InvalidEntry({"last": "The period would end before it begins."})
        start = dt.datetime.combine(first, dt.time(), tzinfo=LONDON)
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=LONDON)
        return (Breach.aware >= start) & (Breach.aware < end)

    def lines(
        self, where: ColumnElement[bool], names: Sequence[str], *, drills: bool = False
    ) -> list[Line]:
        """Chosen answers of many incidents, in the order of awareness; archived ones too.

        Read in a few statements however many there are. Left out are drills, unless asked for,
        and entries whose making was undone.
        """
        asked = where & stages.made(Breach)
        if not drills:
            asked = asked & stages.real(Breach)
        columns = [getattr(Breach, name) for name in names]
        with self.database.reading() as session:
            around = self._arounds(session, asked)
            rows = session.execute(
                select(Breach.id, Breach.reference, Breach.state, Breach.archived_at, *columns)
                .where(asked)
                .order_by(Breach.aware, Breach.id)
            ).all()
        return [
            Line(
                number,
                reference,
                state,
                archived is not None,
                {name: v for name, v in zip(names, answers, strict=True) if v is not None},
                around.get(number, rules.NOTHING_AROUND),
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
        """Names of persons in the whole log and in this breach, which no report must hold."""
        typed = ("found_by", "assigned_to", "equipment_by", "triaged_by", "decided_by", "staff")
        yield from (str(entry.values.get(name) or "") for name in typed)
        columns = [
            *(getattr(Breach, name) for name in typed),
            Involved.name,
            StageNote.by_whom,
            Action.owner,
        ]
        with self.database.reading() as session:
            for column in columns:
                yield from session.scalars(select(column).where(column.is_not(None)).distinct())
            told = select(Told.name).where(Told.whom.in_(PERSONS_TOLD), Told.name.is_not(None))
            yield from (name for name in session.scalars(told.distinct()) if name)

    def bodies_named(self) -> Iterator[str]:
        """Names that are no persons': the school with its place, bodies, firms told, suppliers."""
        school = self.school.particulars()
        yield from (school.name, school.regulator_name, *school.address.splitlines())
        yield from (body.name for body in self.bodies())
        told = select(Told.name).where(Told.whom.not_in(PERSONS_TOLD), Told.name.is_not(None))
        asked = select(Breach.processor).where(Breach.processor.is_not(None))
        with self.database.reading() as session:
            for names in (told, asked):
                yield from (name for name in session.scalars(names.distinct()) if name)

    def letterhead(self) -> Letterhead:
        """The school at the head of the papers of this room."""
        school = self.school.particulars()
        address = tuple(school.address.splitlines())
        return Letterhead(school.name, address, school.telephone, school.email, school.website)

    def by_asset(self, session: Session) -> Mapping[str, tuple[str, ...]]:
        """References of assets to those of the breaches that touched them, drills left out."""
        found: Mapping[str, list[str]] = defaultdict(list)
        asked = select(Breach.reference, Breach.asset_links).where(
            Breach.asset_links.is_not(None),
            Breach.archived_at.is_(None),
            stages.real(Breach),
            or_(Breach.outcome.is_(None), Breach.outcome == "breach"),
        )
        for reference, assets in session.execute(asked.order_by(Breach.id)):
            for asset in assets or ():
                found[asset].append(reference)
        return {asset: tuple(references) for asset, references in found.items()}

    def save_within(
        self,
        change: Change,
        values: Values,
        entry_id: int = 0,
        version: int = 0,
        parent_id: int = 0,
        why: str = "",
    ) -> Breach:
        """As everywhere; a fresh decision says when it was made and by whom.

        Where that is left empty it is now, by whoever sits at the desk. A decision that stood
        there already gets no moment afterwards: it was not made then.
        """
        row = change.session.get(Breach, entry_id) if entry_id else None
        before = self.answers(row) if row is not None else {}
        after = {**before, **values}
        if is_breach(after) and after.get("decision") not in {None, before.get("decision")}:
            begun = after.get("occurred") or after.get("aware") or self.now()
            made = {
                "decided": max(self.now().replace(microsecond=0), begun),
                "decided_by": self.database.who,
            }
            values = {**values, **{n: said for n, said in made.items() if not after.get(n)}}
        return super().save_within(change, values, entry_id, version, parent_id, why)

    # --- what the rules add --------------------------------------------------------------

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Moments that contradict each other, numbers that cannot be, decisions without reason."""
        around = self.around_within(session, entry_id)
        session.info[_SAVING] = (entry_id, around)  # taken up again by ``derive``, next in a save
        return rules.problems(values, around)

    def derive(self, session: Session, row: Breach, values: Values) -> Derived:
        """Called by its few words; state and due date from the facts and the parts.

        Raises InvalidEntry where a report does not fit the facts of the breach.
        """
        number, around = session.info.pop(_SAVING, (None, rules.NOTHING_AROUND))
        if number != row.id and not new(row):
            around = self.around_within(session, row.id)
        objections = rules.problems(values, around) if around.reported else {}
        if objections:
            raise InvalidEntry(objections)
        title = str(values["summary"])
        if values.get("drill") == "yes":
            title = f"Drill: {title}"
        months = self._review_months(session)
        return Derived(title, rules.state(values, around), rules.next_due(values, around, months))

    def refresh_where(self, change: Change, where: ColumnElement[bool]) -> None:
        """As everywhere; the parts of all these breaches are read at once and not one by one."""
        session = change.session
        session.info[_READ] = _Read(self._arounds(session, where), self._review_months(session))
        try:
            super().refresh_where(change, where)
        finally:
            del session.info[_READ]

    @staticmethod
    def _review_months(session: Session) -> int | None:
        """The school's number, read inside the session that may be changing it."""
        read: _Read | None = session.info.get(_READ)
        if read is not None:
            return read.months
        row = session.get(School, KEY)
        return row.breach_review_months if row is not None else None

    def _arounds(self, session: Session, where: ColumnElement[bool]) -> dict[int, Around]:
        chosen = select(Breach.id).where(where)
        reported: Mapping[int, list[dt.datetime]] = defaultdict(list)
        last_paper: dict[int, int | None] = {}
        for parent, sent, paper in session.execute(
            select(Report.parent_id, Report.sent_at, Report.paper)
            .where(Report.parent_id.in_(chosen), Report.archived_at.is_(None))
            .order_by(Report.sent_at)
        ):
            if sent is not None:
                reported[parent].append(sent)
                last_paper[parent] = paper
        papers = select(FrozenReport.breach_id, FrozenReport.number, FrozenReport.answers)
        papers = papers.where(
            FrozenReport.breach_id.in_(chosen), FrozenReport.answers.contains(NOT_KNOWN)
        )
        gaps = {
            (parent, number)
            for parent, number, answers in session.execute(papers)
            if any(text == NOT_KNOWN and n not in FRAME for n, text in json.loads(answers).items())
        }
        told = set(
            session.scalars(
                select(Told.parent_id).where(
                    Told.parent_id.in_(chosen),
                    Told.archived_at.is_(None),
                    Told.whom.in_(CONCERNED),
                    Told.told_at.is_not(None),
                )
            )
        )
        open_: Mapping[int, list[dt.date | None]] = defaultdict(list)
        for parent, by in session.execute(
            select(Action.parent_id, Action.by).where(
                Action.parent_id.in_(chosen),
                Action.archived_at.is_(None),
                Action.done.is_(None),
            )
        ):
            open_[parent].append(by)
        return {
            number: Around(
                tuple(reported.get(number, ())),
                number in told,
                tuple(open_.get(number, ())),
                (number, last_paper.get(number)) in gaps,
            )
            for number in {*reported, *told, *open_}
        }
