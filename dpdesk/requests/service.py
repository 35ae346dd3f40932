"""The door to requests and their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dpdesk import resources
from dpdesk.assets.service import AssetService
from dpdesk.assets.told_service import AssetsTold, AssetTelling
from dpdesk.law.clocks import ClockResult, own_target, rights_clock
from dpdesk.law.request_kinds import ClockKind, RequestKind
from dpdesk.people.service import PeopleService
from dpdesk.registers.crossings import ConsentsKept, Offers, ReleaseTold, Releasing, SettingAside
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.matters import ASSET_REFERENCE, Touching
from dpdesk.registers.same_person import parts_of
from dpdesk.registers.service import Derived
from dpdesk.registers.wording import show_date
from dpdesk.requests import beside, rules, standing
from dpdesk.requests.conditions import must_tell, rules_of
from dpdesk.requests.enquiry_service import EnquiryService
from dpdesk.requests.feedback_service import FeedbackService
from dpdesk.requests.health import release_problem, runs_out
from dpdesk.requests.known_people import PeopleOfRequests
from dpdesk.requests.letter_service import RequestLetters
from dpdesk.requests.part_services import Clarifications, Handovers, Searches
from dpdesk.requests.readiness import OpenPoint, handover_problem, late_notice, open_points
from dpdesk.requests.recipient_service import RecipientService
from dpdesk.requests.records import Request
from dpdesk.requests.rules import Around
from dpdesk.requests.settings import RequestSettingsService
from dpdesk.requests.states import OPEN_STATES
from dpdesk.requests.touching import RequestTouching
from dpdesk.retention.schedule_service import ScheduleService
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Database

_ASSET: Final = "AS-"
"""How the reference of an asset begins."""


COMING_DAYS: Final = 45
"""So many days ahead the school calendar should be known: 15 school days with a holiday."""


class RequestService(RequestTouching):
    """The log of requests and complaints."""

    record = Request

    def __init__(
        self,
        database: Database,
        school: SchoolService,
        settings: RequestSettingsService,
    ) -> None:
        super().__init__(database)
        self.school = school
        self.settings = settings
        self.clarifications = Clarifications(database)
        self.searches = Searches(database)
        self.handovers = Handovers(database)
        self.letters = RequestLetters(database)
        self.feedback = FeedbackService(database)
        self.recipients = RecipientService(database)
        self.enquiries = EnquiryService(database)
        self.own(
            self.clarifications,
            self.enquiries,
            self.searches,
            self.recipients,
            self.handovers,
            self.letters,
            self.feedback,
        )
        self._releasing: tuple[Releasing, ...] = ()
        self.setting_aside: tuple[SettingAside, ...] = ()
        self._assets: tuple[AssetService, ...] = ()
        self._telling: tuple[AssetTelling, ...] = ()
        self.schedules: tuple[ScheduleService, ...] = ()
        self.touching: tuple[Touching, ...] = ()

    def join(self, rooms: Offers) -> None:
        """Asks who hands bundles over, and which assets hold data of whom."""
        self._releasing = rooms.every(Releasing)
        self.setting_aside = rooms.every(SettingAside)
        self._assets = rooms.every(AssetService)
        self._telling = rooms.every(AssetTelling)
        self.schedules = rooms.every(ScheduleService)
        self.touching = rooms.every(Touching)
        self.consents = rooms.every(ConsentsKept)
        self.people = next(iter(map(PeopleOfRequests, rooms.every(PeopleService))), None)

    def clock(self, entry: Entry) -> ClockResult:
        """The due date of a request with every step and source.

        Raises InvalidFacts where stored dates contradict each other.
        """
        with self.database.reading() as session:
            return rules.clock(
                entry.values,
                self._clarified(session, entry.id),
                self.school.calendar(),
                self.settings.targets(),
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
            own = self.settings.targets_within(session)
            questions = beside.questions(session, asked, self.clarifications)
            entries = [self._entry(row) for row in session.scalars(select(Request).where(asked))]
        return [
            (entry, rules.clock(entry.values, questions.get(entry.id, ()), calendar, own))
            for entry in entries
        ]

    def own_target(self, entry: Entry, clock: ClockResult) -> dt.date | None:
        """The day by which the school means to answer; None for kinds without a month."""
        if rules_of(entry.values).clock is not ClockKind.MONTH:
            return None
        return own_target(clock, self.settings.targets().target_days, self.school.calendar())

    def missing_terms(self) -> str:
        """Says that the terms of the coming weeks are missing; empty where none are needed.

        School days are counted for one promise of the policy only, which can be switched off.
        """
        if not self.settings.targets().promised:
            return ""
        calendar, today = self.school.calendar(), self.today()
        if calendar.knows_terms_of(today + dt.timedelta(days=COMING_DAYS)):
            return ""
        ends = max((term.last for term in calendar.terms if term.last >= today), default=None)
        if ends is None:
            return "No term dates are entered, so 15 school days can only be guessed"
        return f"The term dates end on {show_date(ends)}: enter the next ones"

    def received_between(self, first: dt.date, last: dt.date) -> int:
        """How many requests came in between two days, both counted, archived ones included."""
        with self.database.reading() as session:
            asked = select(func.count()).where(Request.received.between(first, last))
            return session.scalar(asked) or 0

    def clock_of(self, values: Values) -> ClockResult:
        """The clock of answers that are not saved yet, without clarifications.

        ``received`` must be among them. Raises InvalidFacts.
        """
        return rules.clock(values, (), self.school.calendar(), self.settings.targets())

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
        kind = rules_of(entry.values).kind
        return rights_clock(kind, replace(facts, extended=extended), self.school.calendar())

    def surroundings(self, session: Session, scope: Scope[Request]) -> Callable[[int], Around]:
        """The questions asked, the documents and releases of requests, and the school's days."""
        calendar = self.school.calendar_within(session)
        own = self.settings.targets_within(session)
        plain = Around(calendar, own=own, taken_back=self.taken_back(session, scope))
        if scope.making:
            return lambda _number: plain
        one = next(iter(scope.rows)) if len(scope.rows) == 1 else 0
        return beside.around_of(
            session,
            scope,
            plain,
            self.clarifications,
            self.recipients,
            self._released(session, one),
        )

    def prefix(self, values: Values) -> str:
        """References tell the kinds apart."""
        return rules_of(values).prefix

    def fill(self, values: Values, before: Values, around: Around) -> Values:
        """The kind where none was chosen, and the outcome that follows from a decision."""
        return rules.filled(values, before)

    def problems(self, values: Values, around: Around) -> dict[str, str]:
        """Dates that contradict each other, and closing before the beginning."""
        return rules.problems(values, around)

    def derive(self, values: Values, around: Around) -> Derived:
        """Title: the data subject. State and due date: from the facts and the parts."""
        result = rules.clock(values, around.questions, around.calendar, around.own)
        state = rules.state(values, result, around)
        return Derived(str(values["subject"]), state, rules.stored_due(result))

    def name_kinds(self) -> Changes:
        """Requests from before there were kinds are for access; the history of each says so."""
        nameless = select(Request).where(Request.kind.is_(None))
        with self.database.reading() as session:
            if session.scalar(nameless.limit(1)) is None:
                return Changes(frozenset())
        with self.database.changing() as change:
            for row in change.session.scalars(nameless).all():
                row.kind = RequestKind.ACCESS.value
                row.version += 1
                key = self.register.key
                change.note(key, row.id, "kind", None, row.kind, "Every request has a kind now")
                change.touched.add((key, row.id))
        return Changes(frozenset(change.touched))

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
        listed = {word for word in first if word.startswith(_ASSET)}
        fresh = [
            place
            for place in self.places_for(standing.likely_kind(entry.values))
            if place not in known and place.split()[0] not in listed
        ]
        with self.database.changing() as change:
            for place in fresh:
                self.searches.save_within(change, {"place": place}, parent_id=entry_id)
            self.refresh_within(change, entry_id)
        return len(fresh)

    def propose_recipients(self, entry_id: int) -> int:
        """Lists those to whom the data may have been given, as the asset register has them.

        Of the assets in which something was found or on which the flag stands; where none is named,
        of all that hold data of such people. Returns how many were added.
        """
        entry = self.load(entry_id)
        named = [*self._found_in(entry_id), *(entry.values.get("flag_assets") or ())]
        if not named:
            lines = self._asset_lines(entry.values.get("subject_kind") or "other")
            named = [line.split()[0] for line in lines]
        given_to: dict[str, tuple[str, ...]] = {}
        for each in self._telling:
            given_to |= each.given_to(named)
        with self.database.changing() as change:
            added = self.recipients.propose_within(change, entry_id, given_to)
            self.refresh_within(change, entry_id)
        return added

    def _asset_lines(self, kind: str) -> list[str]:
        people = resources.kept("law", "search_places.toml")["people"].get(kind, ())
        return [line for each in self._assets for line in each.holding(people)]

    def _found_in(self, entry_id: int) -> list[str]:
        """References of the assets in which something was found."""
        return [
            reference
            for part in self.searches.parts(entry_id)
            if part.values.get("found") == "yes"
            for reference in ASSET_REFERENCE.findall(str(part.values["place"]).upper())
        ]

    def places_for(self, kind: str) -> tuple[str, ...]:
        """Where to look for data of this kind of data subject.

        An asset begins with its reference, so that a new name does not list it twice.
        """
        assets = self._asset_lines(kind)
        wanted = {"all"} if assets else {"all", kind}
        usual = (place for place, kinds in self.usual_places().items() if wanted & kinds)
        return (*assets, *usual)

    def usual_places(self) -> dict[str, frozenset[str]]:
        """Places where a school usually looks, with the kinds of data subject they are for."""
        rows = resources.kept("law", "search_places.toml")["places"]
        return {row["place"]: frozenset(row["for"]) for row in rows}

    def _released(self, session: Session, entry_id: int = 0) -> frozenset[int]:
        every = (each.released_within(session, entry_id) for each in self._releasing)
        return frozenset().union(*every)

    def redaction_reasons(self, entry_id: int) -> tuple[str, ...]:
        """Why something is removed from the documents of a request, in words for its letters."""
        every = (each.redaction_reasons(entry_id) for each in self._releasing)
        return tuple(dict.fromkeys(reason for reasons in every for reason in reasons))

    def removes_now(self, entry_id: int) -> bool:
        """Is anything marked or withheld in its documents at the moment?"""
        return any(each.removes_now(entry_id) for each in self._releasing)

    def cautions(self, entry: Entry) -> tuple[str, ...]:
        """What must be decided or minded before an open request goes on, in sentences."""
        values = entry.values
        notice_due = self.preview_clock(entry, extended=None).extension_notice_due
        found = [
            *standing.cautions(values),
            standing.identity_delay(values, self.today()),
            late_notice(values, notice_due) if rules_of(values).extends else "",
            self.asked_before(entry),
            self._overlapping(entry),
            standing.lifted_untold(values),
            self.untold(entry),
            runs_out(values, self.clock(entry).due),
            *(self.people.cautions(entry) if self.people is not None else ()),
        ]
        return tuple(sentence for sentence in found if sentence)

    def untold(self, entry: Entry) -> str:
        """Says that others are still to be told (UK GDPR Art 19); empty where nobody is."""
        if not must_tell(entry.values) or entry.values.get("told_none"):
            return ""
        with self.database.reading() as session:
            return rules.untold(*self.recipients.counted_within(session, entry.id))

    def release_problem(self, entry: Entry) -> str:
        """Why no bundle may be built today: data about health without a valid opinion."""
        return release_problem(entry.values, self.today())

    def handover_problem(self, entry: Entry) -> str:
        """Why nothing may leave for the requester today; empty where all is settled."""
        return handover_problem(entry.values, self.today())

    def _overlapping(self, entry: Entry) -> str:
        if not rules_of(entry.values).pauses:
            return ""
        return standing.overlapping(each.values for each in self.clarifications.parts(entry.id))

    def open_points(self, entry: Entry) -> tuple[OpenPoint, ...]:
        """What must be settled before anything is given: who asks, and that they may."""
        return open_points(entry.values, self.today())

    def asked_before(self, entry: Entry) -> str:
        """Says that the same person asked for the same within a year; empty where nobody did."""
        values = entry.values
        since = values["received"] - dt.timedelta(days=365)
        asked = select(Request).where(
            Request.id != entry.id,
            Request.archived_at.is_(None),
            Request.received.between(since, values["received"]),
            func.coalesce(Request.kind, "access") == rules_of(values).kind.value,
        )
        mine = (parts_of(str(values["subject"])), parts_of(str(values.get("requester") or "")))
        with self.database.reading() as session:
            rows = session.scalars(asked.order_by(Request.received.desc())).all()
        for row in rows:
            theirs = (parts_of(row.subject or ""), parts_of(row.requester or ""))
            if theirs == mine and (row.received, row.id) < (values["received"], entry.id):
                return standing.repeated(row.reference, row.received, closed=row.closed is not None)
        return ""

    def searched(self, entry_id: int) -> tuple[str, ...]:
        """The places where somebody has looked, for the cover sheet and the letters.

        An asset by its name only: where files on child protection lie is nobody's business.
        """
        looked = (
            rules.place_told(str(part.values["place"]))
            for part in self.searches.parts(entry_id)
            if part.values.get("found") in {"yes", "no"}
        )
        return tuple(dict.fromkeys(looked))

    def not_searched(self, entry_id: int) -> tuple[str, ...]:
        """The places where nobody looked, each with the reason, for the letters."""
        return tuple(
            f"{rules.place_told(str(values['place']))}: {values.get('why_not') or 'not searched'}"
            for values in (part.values for part in self.searches.parts(entry_id))
            if values.get("found") == "not_searched"
        )

    def releases_told(self, entry_id: int) -> tuple[ReleaseTold, ...]:
        """The bundles of a request that were released, oldest first."""
        return tuple(told for each in self._releasing for told in each.releases_told(entry_id))

    def redactions_told(self, entry_id: int) -> tuple[tuple[str, str, int], ...]:
        """Reason, law and number of the redactions of a request."""
        return tuple(told for each in self._releasing for told in each.redactions_told(entry_id))

    def naming_removed(self, entry_id: int, texts: Collection[str]) -> frozenset[str]:
        """Of these texts, those that say what was removed from the documents of a request."""
        every = (each.naming_removed(entry_id, texts) for each in self._releasing)
        return frozenset().union(*every)

    def assets_told(self, entry_id: int) -> AssetsTold:
        """What the register says of the assets in which something was found (Art 15(1)–(2))."""
        found = self._found_in(entry_id)
        return next((each.told_of(found) for each in self._telling), AssetsTold())

    def all_given(self, entry: Entry) -> bool:
        """Is it known that nothing was left out of the answer?

        So where a bundle was released of pages that somebody has looked at, from which nothing is
        removed, and neither the outcome nor a document taken off the request says otherwise.
        """
        outcome = entry.values.get("outcome")
        if outcome in {"given_in_part", "refused"}:
            return False
        if not any(each.everything_given(entry.id) for each in self._releasing):
            return False
        with self.database.reading() as session:
            taken_off = session.scalar(beside.TAKEN_OFF, {"number": entry.id})
        return outcome == "given" or not taken_off

    def _clarified(self, session: Session, entry_id: int) -> list[Mapping[str, Any]]:
        if not entry_id:
            return []
        return [
            self.clarifications.answers(row)
            for row in self.clarifications.part_rows(session, entry_id)
        ]
