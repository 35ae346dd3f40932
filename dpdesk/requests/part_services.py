"""The doors to the parts of a request: questions, places searched, handovers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.errors import InvalidEntry
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.record import new
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests.parts import Clarification, Handover, Search
from dpdesk.requests.readiness import handover_problem
from dpdesk.requests.records import Request

Received = dt.date | None
"""The day on which the request of a part was received."""
TOO_EARLY: Final = "That is before the request was received."


def received_of(session: Session, scope: Scope[Any]) -> Callable[[int], Received]:
    """The day on which the request was received, for each of its parts."""
    parents = {number: row.parent_id for number, row in scope.rows.items()}
    asked = select(Request.id, Request.received).where(Request.id.in_(set(parents.values())))
    days = {number: day for number, day in session.execute(asked)}  # noqa: C416 — types
    return lambda number: days.get(parents[number])


def too_early(values: Values, around: Received, *names: str) -> dict[str, str]:
    """A sentence for each of these days that would lie before the request."""
    if around is None:
        return {}
    days = {name: values.get(name) for name in names}
    return {name: TOO_EARLY for name, day in days.items() if day is not None and day < around}


class Clarifications(RegisterService[Clarification]):
    """Questions to the requester."""

    record = Clarification

    def problems(self, values: Values, around: None) -> dict[str, str]:
        """An answer cannot come before its question."""
        answered = values.get("answered_on")
        if answered is not None and answered < values["asked_on"]:
            return {"answered_on": "The answer would come before the question."}
        return {}

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """What the clock of the request objects to is the day of asking."""
        return InvalidEntry({"asked_on": " ".join(error.problems.values())})

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the day of asking. Open until it is answered."""
        answered = values.get("answered_on")
        words = f"answered {show_date(answered)}" if answered else "no answer yet"
        return Derived(f"Asked {show_date(values['asked_on'])}, {words}")


@dataclass(frozen=True, slots=True)
class Reminder:
    """Of whom an answer is awaited, for which open request."""

    entry_id: int
    reference: str
    title: str
    name: str
    answer_by: dt.date
    places: int


class Searches(RegisterService[Search, Received]):
    """Places to look."""

    record = Search
    follows_calendar = False

    def surroundings(self, session: Session, scope: Scope[Search]) -> Callable[[int], Received]:
        """The day on which the request was received."""
        return received_of(session, scope)

    def problems(self, values: Values, around: Received) -> dict[str, str]:
        """Nobody looks for a request before it is there, nor answers before being asked."""
        found = too_early(values, around, "asked_on", "searched_on")
        asked, wanted = values.get("asked_on"), values.get("answer_by")
        if asked is not None and wanted is not None and wanted < asked:
            found["answer_by"] = "That is before the day on which they were asked."
        return found

    def derive(self, values: Values, around: Received) -> Derived:
        """Title: the place."""
        return Derived(str(values["place"]))

    def open_places(self, entry_id: int) -> tuple[Entry, ...]:
        """The places of a request of which it is not recorded what came of looking there."""
        return tuple(part for part in self.parts(entry_id) if part.values.get("found") is None)

    def record_together(self, parts: Sequence[Entry], values: Values) -> tuple[Saved, ...]:
        """Records the same answers for several places: for all of them or for none.

        Raises InvalidEntry and StaleEntry as ``save`` does.
        """
        with self.database.changing() as change:
            rows = [
                self.save_within(change, values, part.id, part.version, part.parent_id)
                for part in parts
            ]
            entries = [self._labelled(change.session, row) for row in rows]
        touched = {(self.register.key, entry.id) for entry in entries}
        changes = Changes(frozenset(touched | change.touched))
        return tuple(Saved(entry, changes, change.before) for entry in entries)

    def reminders(self) -> tuple[Reminder, ...]:
        """All answers that are awaited for open requests, in one read.

        By the searches, which are few where nearly all is closed, and not by the requests.
        """
        asked = (
            select(
                Request.id,
                Request.reference,
                Request.title,
                Search.asked_whom,
                Search.answer_by,
            )
            .join(Request, Request.id == Search.parent_id)
            .where(
                Request.closed.is_(None),
                Request.archived_at.is_(None),
                Search.archived_at.is_(None),
                Search.found.is_(None),
            )
            .order_by(Search.parent_id, Search.id)
        )
        found: dict[tuple[int, str, str, str, dt.date], int] = {}
        with self.database.reading() as session:
            for number, reference, title, name, day in session.execute(asked):
                if name is None or day is None:
                    continue
                key = (number, reference, title, name, day)
                found[key] = found.get(key, 0) + 1
        return tuple(Reminder(*key, places=many) for key, many in found.items())


Refused = Mapping[str, str]
"""Why something cannot be noted, a sentence for each question."""


class Handovers(RegisterService[Handover, Refused]):
    """What was given to the requester."""

    record = Handover
    follows_calendar = False

    def surroundings(self, session: Session, scope: Scope[Handover]) -> Callable[[int], Refused]:
        """Why nothing may be handed over yet, by the answers of the request; usually nothing."""
        received = received_of(session, scope)
        fresh = {row.parent_id for row in scope.rows.values() if new(row)}
        rows = session.scalars(select(Request).where(Request.id.in_(fresh))).all()
        names = [field.name for field in Request.register.fields]
        open_ones = {row.id: {name: getattr(row, name) for name in names} for row in rows}

        def problem(number: int) -> Refused:
            values = scope.values[number]
            found = too_early(values, received(number), "given_on")
            request = open_ones.get(scope.rows[number].parent_id)
            if request is not None:
                # What counts is what held on the day on which it was given.
                why = handover_problem(request, values.get("given_on") or self.today())
                found |= {"to_whom": why} if why else {}
            return found

        return problem

    def problems(self, values: Values, around: Refused) -> dict[str, str]:
        """Nothing is handed over before it was asked for, or while it is open who asks."""
        return dict(around)

    def derive(self, values: Values, around: Refused) -> Derived:
        """Title: day and person."""
        return Derived(f"{show_date(values['given_on'])}, to {values['to_whom']}")
