"""The doors to the parts of a request: questions, places searched, handovers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


class Searches(RegisterService[Search]):
    """Places to look."""

    record = Search

    def problems(self, values: Values, around: None) -> dict[str, str]:
        """An answer is not wanted before it was asked for."""
        asked, wanted = values.get("asked_on"), values.get("answer_by")
        if asked is not None and wanted is not None and wanted < asked:
            return {"answer_by": "That is before the day on which they were asked."}
        return {}

    def derive(self, values: Values, around: None) -> Derived:
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


class Handovers(RegisterService[Handover, str]):
    """What was given to the requester."""

    record = Handover

    def surroundings(self, session: Session, scope: Scope[Handover]) -> Callable[[int], str]:
        """Why nothing may be handed over yet, by the answers of the request; usually nothing."""
        fresh = {row.parent_id for row in scope.rows.values() if new(row)}
        rows = session.scalars(select(Request).where(Request.id.in_(fresh))).all()
        names = [field.name for field in Request.register.fields]
        open_ones = {row.id: {name: getattr(row, name) for name in names} for row in rows}

        def problem(number: int) -> str:
            request = open_ones.get(scope.rows[number].parent_id)
            if request is None:
                return ""
            # What counts is what held on the day on which it was given.
            return handover_problem(request, scope.values[number].get("given_on") or self.today())

        return problem

    def problems(self, values: Values, around: str) -> dict[str, str]:
        """Nothing is handed over while it is open who asks, and whether they may."""
        return {"to_whom": around} if around else {}

    def derive(self, values: Values, around: str) -> Derived:
        """Title: day and person."""
        return Derived(f"{show_date(values['given_on'])}, to {values['to_whom']}")
