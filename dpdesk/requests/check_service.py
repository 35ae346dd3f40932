"""The door to the sample check: drawing closed requests at random, and how well they did."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.clocks import ClockResult
from dpdesk.law.words import count
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests.check_records import NOT_RIGHT, QUESTIONS, RIGHT, WRONG, RequestCheck
from dpdesk.requests.records import Request
from dpdesk.requests.service import RequestService


@dataclass(frozen=True, slots=True)
class CheckTrend:
    """How the checks of a year did: how many, and how many of them were right."""

    year: int
    checked: int
    right: int

    @property
    def share(self) -> int:
        """Per cent that were right."""
        return round(100 * self.right / self.checked)


class CheckService(RegisterService[RequestCheck, "dict[int, str]"]):
    """Sample checks of closed requests."""

    record = RequestCheck
    follows_calendar = False

    def __init__(self, requests: RequestService, chance: random.Random | None = None) -> None:
        super().__init__(requests.database)
        self._requests = requests
        self._chance = chance or random.SystemRandom()

    # --- drawing -------------------------------------------------------------------------

    def undrawn(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """Numbers of the requests closed between two days that were never drawn."""
        drawn = select(RequestCheck.request).where(RequestCheck.archived_at.is_(None))
        asked = (
            select(Request.id)
            .where(
                Request.closed.between(first, last),
                Request.disposed_on.is_(None),
                Request.id.not_in(drawn),
            )
            .order_by(Request.id)
        )
        with self.database.reading() as session:
            return tuple(session.scalars(asked))

    def draw(self, first: dt.date, last: dt.date, percent: int) -> tuple[int, Changes]:
        """Draws a share of those closed in a period, at least one; says how many.

        Raises InvalidEntry for a share that is none, DpdeskError where there is nothing to draw.
        """
        if not 1 <= percent <= 100:
            raise InvalidEntry({"percent": "Write a share from 1 to 100 per cent."})
        numbers = self.undrawn(first, last)
        if not numbers:
            raise DpdeskError(
                "There is nothing to draw: every request closed in this period was drawn before.",
                "Choose another period.",
            )
        many = ceil(len(numbers) * percent / 100)
        with self.database.changing() as change:
            for number in sorted(self._chance.sample(numbers, many)):
                row = self.save_within(change, {"request": number, "drawn_on": self.today()})
                change.touched.add((self.register.key, row.id))
        return many, Changes(frozenset(change.touched))

    def record_shows(self, number: int) -> tuple[tuple[str, str], ...]:
        """What is on record of a request, for whoever checks it: what it is, and in words.

        Facts only; whether they are right is for the person to say. Raises NotFound.
        """
        requests = self._requests
        entry = requests.load(number)
        parts = {of.register.key: of.parts(number) for of in requests.part_services}
        looked = [part.values.get("found") for part in parts["searches"]]
        sent = [part for part in parts["request_letters"] if part.values.get("sent_on")]
        return (
            ("In time", _in_time(entry, requests.clock(entry))),
            ("Identity", entry.shown("identity_documents") or "Nothing recorded"),
            ("Search", _searched(looked)),
            (
                "Withheld",
                "; ".join(
                    f"bundle {told.number}: {told.removed}"
                    for told in requests.releases_told(number)
                )
                or "No bundle",
            ),
            (
                "Letters",
                "; ".join(
                    f"{part.shown('kind')}, {show_date(part.values['sent_on'])}" for part in sent
                )
                or "None recorded as sent",
            ),
            (
                "Handover",
                "; ".join(
                    f"{part.shown('how')}, {show_date(part.values['given_on'])}"
                    for part in parts["handovers"]
                )
                or "Not recorded",
            ),
        )

    # --- what the rules add --------------------------------------------------------------

    def surroundings(
        self, session: Session, scope: Scope[RequestCheck]
    ) -> Callable[[int], dict[int, str]]:
        """The requests by their references and names."""
        asked = {values.get("request") for values in scope.values.values()} - {None}
        rows = session.scalars(select(Request).where(Request.id.in_(asked)))
        names = {row.id: f"{row.reference} {row.title}" for row in rows}
        return lambda _number: names

    def fill(self, values: Values, before: Values, around: dict[int, str]) -> Values:
        """The day of the check is that on which its last question was answered, unless given."""
        open_ones = any(values.get(name) is None for name in QUESTIONS)
        if open_ones or values.get("checked_on") is not None or before.get("checked_on"):
            return values
        return {**values, "checked_on": max(self.today(), values["drawn_on"])}

    def problems(self, values: Values, around: dict[int, str]) -> dict[str, str]:
        """A check cannot be before the draw."""
        checked = values.get("checked_on")
        if checked is not None and checked < values["drawn_on"]:
            return {"checked_on": "That is before the request was drawn."}
        return {}

    def derive(self, values: Values, around: dict[int, str]) -> Derived:
        """Title: the request. State: right only where nothing is wrong and all was answered."""
        title = around.get(values["request"], "")
        answers = [values.get(name) for name in QUESTIONS]
        if WRONG in answers:
            due = values.get("better_by") if values.get("better_done") is None else None
            return Derived(title, "to_mend", due.isoformat()) if due else Derived(title, "wrong")
        state = "drawn" if None in answers or values.get("checked_on") is None else "right"
        return Derived(title, state)

    # --- how well ------------------------------------------------------------------------

    def trend(self) -> tuple[CheckTrend, ...]:
        """How well the checks of each year did, oldest first."""
        asked = select(RequestCheck.checked_on, RequestCheck.state).where(
            RequestCheck.checked_on.is_not(None), RequestCheck.archived_at.is_(None)
        )
        found: dict[int, list[str]] = {}
        with self.database.reading() as session:
            for day, state in session.execute(asked):
                if state in {"right", *NOT_RIGHT} and day is not None:
                    found.setdefault(day.year, []).append(state)
        return tuple(
            CheckTrend(year, len(states), states.count(RIGHT))
            for year, states in sorted(found.items())
        )


def _in_time(entry: Entry, clock: ClockResult) -> str:
    closed, due = entry.values.get("closed"), clock.due
    if closed is None or due is None:
        return "Not closed" if closed is None else f"Closed {show_date(closed)}, no due date"
    days = (closed - due).days
    late = f"{count(days, 'day')} late" if days > 0 else "in time"
    return f"Closed {show_date(closed)}, due {show_date(due)}: {late}"


def _searched(looked: Sequence[object]) -> str:
    if not looked:
        return "No places listed"
    told = [f"{count(len(looked), 'place')} listed"]
    for code, words in (("yes", "found something"), ("not_searched", "not searched")):
        if many := looked.count(code):
            told.append(f"{many} {words}")
    if left := looked.count(None):
        told.append(f"{left} without a result")
    return ", ".join(told)


class CheckAnswers:
    """What the sample checks ask for, and what they prove."""

    def __init__(self, checks: CheckService) -> None:
        self._checks = checks

    def duties(self) -> Iterator[Duty]:
        """What was to be done better, by its day."""
        asked = select(RequestCheck).where(
            RequestCheck.due.is_not(None), RequestCheck.archived_at.is_(None)
        )
        with self._checks.database.reading() as session:
            rows = [(row.id, row.reference, row.title, row.due) for row in session.scalars(asked)]
        for number, reference, title, due in rows:
            text = f"Do better what the check of {title} found"
            yield Duty(text, dt.date.fromisoformat(due or ""), reference, "request_checks", number)

    def findings(self) -> Iterator[Finding]:
        """Checks that were drawn and not made."""
        drawn = self._checks.counts().get("drawn")
        if drawn:
            yield Finding(
                "closed requests drawn for a check and not checked yet",
                drawn,
                "request_checks",
                "drawn",
                "UK GDPR Art 5(2): accountability",
                "closed request drawn for a check and not checked yet",
            )

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """Checked, and right, between two days."""
        asked = select(RequestCheck.state).where(
            RequestCheck.checked_on.between(first, last), RequestCheck.archived_at.is_(None)
        )
        with self._checks.database.reading() as session:
            states = list(session.scalars(asked))
        if states:
            yield Measure("closed requests checked", len(states))
            yield Measure("of these right", states.count(RIGHT))

    def evidence(self) -> Iterator[Evidence]:
        """The checks prove that the school looks at its own answers."""
        asked = select(RequestCheck.reference).where(
            RequestCheck.checked_on.is_not(None), RequestCheck.archived_at.is_(None)
        )
        with self._checks.database.reading() as session:
            references = tuple(session.scalars(asked))
        if references:
            yield Evidence.counted("15.3", "closed requests were checked", references)
