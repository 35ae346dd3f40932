"""The door to requests and their parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from dpdesk import resources
from dpdesk.assets.records import Asset
from dpdesk.documents.records import Document
from dpdesk.errors import InvalidEntry
from dpdesk.law.clocks import ClockResult, InvalidFacts, sar_clock
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.record import new
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests import rules
from dpdesk.requests.records import (
    OPEN_STATES,
    Clarification,
    Handover,
    Request,
    Search,
)
from dpdesk.retention.holds import ASSET_REFERENCE, Touch
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Database
from dpdesk.store.tables import Base

_SAVING: Final = "requests.saving"
"""Under which a session keeps the clarifications of the one request that is being saved."""
_OF = Base.metadata.tables[Document.__tablename__].c
_DOCUMENTS: Final = select(func.count(_OF.id)).where(
    _OF.register == Request.register.key,
    _OF.entry_id == bindparam("number"),
    _OF.removed_at.is_(None),
)
"""How many documents a request has."""
_SEARCHED = Base.metadata.tables[Search.__tablename__].c
_PLACES: Final = (
    select(_SEARCHED.parent_id, _SEARCHED.place)
    .join(Request, Request.id == _SEARCHED.parent_id)
    .where(Request.closed.is_(None), _SEARCHED.archived_at.is_(None))
)
"""Places searched for open requests."""
_PLACES_OF: Final = select(_SEARCHED.parent_id, _SEARCHED.place).where(
    _SEARCHED.parent_id == bindparam("number"), _SEARCHED.archived_at.is_(None)
)
"""Places searched for one request."""


class Clarifications(RegisterService[Clarification]):
    """Questions to the requester."""

    record = Clarification

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """An answer cannot come before its question."""
        answered = values.get("answered_on")
        if answered is not None and answered < values["asked_on"]:
            return {"answered_on": "The answer would come before the question."}
        return {}

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """What the clock of the request objects to is the day of asking."""
        return InvalidEntry({"asked_on": " ".join(error.problems.values())})

    def derive(self, session: Session, row: Clarification, values: Values) -> Derived:
        """Called by the day of asking; open until it is answered."""
        answered = values.get("answered_on")
        words = f"answered {show_date(answered)}" if answered else "no answer yet"
        return Derived(f"Asked {show_date(values['asked_on'])}, {words}")


class Searches(RegisterService[Search]):
    """Places to look."""

    record = Search

    def derive(self, session: Session, row: Search, values: Values) -> Derived:
        """Called by the place."""
        return Derived(str(values["place"]))


class Handovers(RegisterService[Handover]):
    """What was given to the requester."""

    record = Handover

    def derive(self, session: Session, row: Handover, values: Values) -> Derived:
        """Called by day and person."""
        return Derived(f"{show_date(values['given_on'])}, to {values['to_whom']}")


class RequestService(RegisterService[Request]):
    """The log of subject access requests."""

    record = Request

    def __init__(
        self,
        database: Database,
        school: SchoolService,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        super().__init__(database, now=now)
        self.school = school
        self.clarifications = Clarifications(database, now=now)
        self.searches = Searches(database, now=now)
        self.handovers = Handovers(database, now=now)
        self.clarifications.parent = self.searches.parent = self.handovers.parent = self
        self.released: Callable[[Session, int], bool] = lambda _session, _entry_id: False
        """Set by the desk: has a bundle been released for this request?"""
        self.holding: Callable[[Iterable[str]], tuple[str, ...]] = lambda _people: ()
        """Set by the desk: the assets that hold data of some kinds of people, each in a line."""

    def clock(self, entry: Entry) -> ClockResult:
        """The due date of a request with every step and source.

        Raises InvalidFacts where stored dates contradict each other.
        """
        with self.database.reading() as session:
            return rules.clock(
                entry.values, self._clarified(session, entry.id), self.school.calendar()
            )

    def clocks(
        self, closed: tuple[dt.date, dt.date] | None = None
    ) -> list[tuple[Entry, ClockResult]]:
        """The open requests with their clocks, or those closed between two days, both counted.

        Takes the same few reads however many there are; archived requests count only once closed.
        Raises InvalidFacts as :meth:`clock`.
        """
        asked: ColumnElement[bool]
        if closed is None:
            asked = Request.state.in_(OPEN_STATES) & Request.archived_at.is_(None)
        else:
            asked = Request.closed.between(*closed)
        with self.database.reading() as session:
            calendar = self.school.calendar_within(session)
            questions: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
            for part in session.scalars(
                select(Clarification)
                .where(
                    Clarification.parent_id.in_(select(Request.id).where(asked)),
                    Clarification.archived_at.is_(None),
                )
                .order_by(Clarification.id)
            ):
                questions[part.parent_id].append(self.clarifications.answers(part))
            entries = [self._entry(row) for row in session.scalars(select(Request).where(asked))]
        return [
            (entry, rules.clock(entry.values, questions.get(entry.id, ()), calendar))
            for entry in entries
        ]

    def received_between(self, first: dt.date, last: dt.date) -> int:
        """How many requests came in between two days, both counted, archived ones included."""
        with self.database.reading() as session:
            asked = select(func.count()).where(Request.received.between(first, last))
            return session.scalar(asked) or 0

    def clock_of(self, values: Values) -> ClockResult:
        """The clock of answers that are not saved yet, without clarifications.

        ``received`` must be among them. Raises InvalidFacts.
        """
        return rules.clock(values, (), self.school.calendar())

    def done(self, entry: Entry, *, reviewed: bool) -> frozenset[str]:
        """The stages for which something was really noted; ``reviewed``: is every page?"""
        return rules.done(
            entry.values,
            [part.values for part in self.clarifications.parts(entry.id)],
            [part.values for part in self.searches.parts(entry.id)],
            reviewed=reviewed,
            handed_over=bool(self.handovers.parts(entry.id)),
        )

    def preview_clock(self, entry: Entry, *, extended: dt.date | None) -> ClockResult:
        """The clock as it would be with, or without, an extension told on that day.

        Raises InvalidFacts where dates contradict each other.
        """
        with self.database.reading() as session:
            facts = rules.facts(entry.values, self._clarified(session, entry.id))
        return sar_clock(replace(facts, extended=extended), self.school.calendar())

    def touches_within(self, session: Session, entry_id: int = 0) -> Iterator[Touch]:
        """What the open requests, or one of them, hold up: records of their data subject.

        Also those put out of sight: a request is open until it is closed. Assets and holdings
        count that are linked by hand, or named by reference among the places searched.
        """
        rows: Sequence[Any]
        if entry_id:
            one = session.get(Request, entry_id)
            rows = [one] if one is not None and one.closed is None else []
            places, named_by = _PLACES_OF, {"number": entry_id}
        else:
            columns = (Request.id, Request.reference, Request.archived_at, Request.subject)
            asked = select(*columns).where(Request.closed.is_(None))
            rows = session.execute(asked.order_by(Request.id)).all()
            places, named_by = _PLACES, {}
        if not rows:
            return
        named: dict[int, list[str]] = defaultdict(list)
        for parent, place in session.execute(places, named_by):
            named[parent] += ASSET_REFERENCE.findall(str(place).upper())
        linked = linked_by_hand(session, self.register.key, [row.id for row in rows])
        for row in rows:
            here = linked.get(row.id, [])
            yield Touch(
                self.register.key,
                row.id,
                row.reference,
                "the open request" if row.archived_at is None else "the archived, open request",
                names=(str(row.subject),),
                assets=(*named[row.id], *(ref for key, ref in here if key == "assets")),
                holdings=tuple(ref for key, ref in here if key == "holdings"),
            )

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Dates that contradict each other, and closing before the beginning."""
        found: dict[str, str] = {}
        clarified = self._clarified(session, entry_id)
        session.info[_SAVING] = (entry_id, clarified)  # taken up by ``derive``, next in a save
        try:
            rules.clock(values, clarified, self.school.calendar())
        except InvalidFacts as error:
            for fact, sentence in error.problems.items():
                found[rules.FACT_FIELDS.get(fact, "received")] = sentence
        received = values["received"]
        for name in ("identity_asked", "closed"):
            day = values.get(name)
            if day is not None and day < received:
                label = self.register.field(name).label
                found[name] = f"“{label}” would lie before the day the request was received."
        return found

    def derive(self, session: Session, row: Request, values: Values) -> Derived:
        """Called by the data subject; due and state from the facts and the parts."""
        number, clarified = session.info.pop(_SAVING, (None, []))
        documents, released = 0, False
        if not new(row):
            if number != row.id:
                clarified = self._clarified(session, row.id)
            documents = session.scalar(_DOCUMENTS, {"number": row.id}) or 0
            released = self.released(session, row.id)
        result = rules.clock(values, clarified, self.school.calendar_within(session))
        state = rules.state(values, result, documents=documents, released=released)
        return Derived(str(values["subject"]), state, rules.stored_due(result))

    def settle(self, entry_id: int) -> Changes:
        """Works out where a request stands after its documents or releases changed."""
        with self.database.changing() as change:
            self.refresh_within(change, entry_id)
        return Changes(frozenset({(self.register.key, entry_id)}))

    def start_searches(self, entry_id: int) -> int:
        """Adds the places to look for this kind of data subject that are not listed yet.

        Those are the assets of the register that hold data of such people, and what is searched
        for everybody; where the register has none, the usual places of a school for this kind.
        Returns how many were added.
        """
        entry = self.load(entry_id)
        known = {part.values["place"] for part in self.searches.parts(entry_id)}
        first = (place.split()[0] for place in known if place.split())
        listed = {word for word in first if word.startswith(f"{Asset.register.prefix}-")}
        fresh = [
            place
            for place in self.places_for(entry.values.get("subject_kind") or "other")
            if place not in known and place.split()[0] not in listed
        ]
        with self.database.changing() as change:
            for place in fresh:
                self.searches.save_within(change, {"place": place}, parent_id=entry_id)
            self.refresh_within(change, entry_id)
        return len(fresh)

    def places_for(self, kind: str) -> tuple[str, ...]:
        """Where to look for data of this kind of data subject.

        An asset begins with its reference, so that a new name does not list it twice.
        """
        content = resources.kept("law", "search_places.toml")
        assets = self.holding(content["people"].get(kind, ()))
        wanted = {"all"} if assets else {"all", kind}
        usual = (place for place, kinds in self.usual_places().items() if wanted & kinds)
        return (*assets, *usual)

    def usual_places(self) -> dict[str, frozenset[str]]:
        """Places where a school usually looks, with the kinds of data subject they are for."""
        rows = resources.kept("law", "search_places.toml")["places"]
        return {row["place"]: frozenset(row["for"]) for row in rows}

    def _clarified(self, session: Session, entry_id: int) -> list[Mapping[str, Any]]:
        if not entry_id:
            return []
        return [
            self.clarifications.answers(row)
            for row in self.clarifications.part_rows(session, entry_id)
        ]
