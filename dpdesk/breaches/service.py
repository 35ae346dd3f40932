"""The door to breaches and their parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from dpdesk.breaches import rules, stages
from dpdesk.breaches.parts import Action, Report, StageNote, Told
from dpdesk.breaches.records import Breach
from dpdesk.breaches.rules import Around, Countdown
from dpdesk.errors import InvalidEntry
from dpdesk.law.breach_lists import first_steps
from dpdesk.law.pick_lists import choice
from dpdesk.law.risk import Proposal
from dpdesk.law.steps import ClockResult
from dpdesk.law.words import LONDON
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date, show_moment
from dpdesk.retention.holds import Touch
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Database


class StageNotes(RegisterService[StageNote]):
    """Who did what when."""

    record = StageNote

    def derive(self, session: Session, row: StageNote, values: Values) -> Derived:
        """Called by moment and person."""
        who = f", {values['by_whom']}" if values.get("by_whom") else ""
        return Derived(f"{show_moment(values['at'])}{who}")


class Actions(RegisterService[Action]):
    """What must still be done."""

    record = Action

    def derive(self, session: Session, row: Action, values: Values) -> Derived:
        """Called by what is to be done; due until it is done."""
        by = values.get("by")
        due = by.isoformat() if by is not None and values.get("done") is None else None
        return Derived(str(values["what"]), due=due)


class People(RegisterService[Told]):
    """Who was told besides the regulator."""

    record = Told

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Nobody is told to zero people."""
        if values.get("number_told") == 0:
            return {"number_told": "Leave it empty if nobody was told yet."}
        return {}

    def derive(self, session: Session, row: Told, values: Values) -> Derived:
        """Called by whom and when."""
        whom = values.get("name") or choice("others", values["whom"], "breaches").label
        told = values.get("told_at")
        return Derived(f"{whom}, {show_date(told.astimezone(LONDON).date())}" if told else whom)


class Reports(RegisterService[Report]):
    """Reports that went to the regulator."""

    record = Report

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """What the breach objects to is the moment of sending."""
        said = error.problems
        if "aware" in said:
            return InvalidEntry({"sent_at": "The report would go before the school became aware."})
        if "decision" in said:
            sentence = "The decision is not to report. Change the decision first."
            return InvalidEntry({"sent_at": sentence})
        return InvalidEntry({"sent_at": " ".join(said.values())})

    def derive(self, session: Session, row: Report, values: Values) -> Derived:
        """Called by kind and moment."""
        kind = choice("report_kinds", values["kind"], "breaches").label
        return Derived(f"{kind}, {show_moment(values['sent_at'])}")


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
        self.notes = StageNotes(database, now=now)
        self.actions = Actions(database, now=now)
        self.told = People(database, now=now)
        self.reports = Reports(database, now=now)
        for part in (self.notes, self.actions, self.told, self.reports):
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
        return self._arounds(session, Breach.id == entry_id).get(entry_id, rules.NOTHING_AROUND)

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
        asked: ColumnElement[bool] = Breach.resolved.is_(None) & stages.real(Breach)
        if entry_id:
            asked = asked & (Breach.id == entry_id)
        rows = list(session.scalars(select(Breach).where(asked).order_by(Breach.id)))
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

    def known_names(self, entry: Entry) -> Iterable[str]:
        """Names in the school's own notes on this breach, which the report must not hold."""
        values = entry.values
        for name in ("found_by", "assigned_to", "equipment_by", "triaged_by", "decided_by"):
            yield str(values.get(name) or "")
        yield from str(values.get("staff") or "").replace(" and ", ",").split(",")
        for part in (*self.notes.parts(entry.id), *self.actions.parts(entry.id)):
            yield str(part.values.get("by_whom") or part.values.get("owner") or "")

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

    # --- what the rules add --------------------------------------------------------------

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Moments that contradict each other, numbers that cannot be, decisions without reason."""
        return rules.problems(values, self.around_within(session, entry_id))

    def derive(self, session: Session, row: Breach, values: Values) -> Derived:
        """Called by its few words; state and due date from the facts and the parts.

        Raises InvalidEntry where a report does not fit the facts of the breach.
        """
        around = self.around_within(session, row.id)
        objections = rules.problems(values, around) if around.reported else {}
        if objections:
            raise InvalidEntry(objections)
        title = str(values["summary"])
        if values.get("drill") == "yes":
            title = f"Drill: {title}"
        return Derived(title, rules.state(values, around), rules.next_due(values, around))

    def _arounds(self, session: Session, where: ColumnElement[bool]) -> dict[int, Around]:
        chosen = select(Breach.id).where(where)
        reported: Mapping[int, list[dt.datetime]] = defaultdict(list)
        for parent, sent in session.execute(
            select(Report.parent_id, Report.sent_at)
            .where(Report.parent_id.in_(chosen), Report.archived_at.is_(None))
            .order_by(Report.sent_at)
        ):
            if sent is not None:
                reported[parent].append(sent)
        told = set(
            session.scalars(
                select(Told.parent_id).where(
                    Told.parent_id.in_(chosen),
                    Told.archived_at.is_(None),
                    Told.whom == "people",
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
                tuple(reported.get(number, ())), number in told, tuple(open_.get(number, ()))
            )
            for number in {*reported, *told, *open_}
        }
