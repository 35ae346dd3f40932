"""The school's own days of a request: halfway, its target, exam marks, and how long it is kept.

None of them is a day of the law for the answer; that one is the clock's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    ClockResult,
    ClockState,
    add_months,
    half_time,
    own_target,
)
from dpdesk.law.request_kinds import ClockKind, RequestKind
from dpdesk.registers.entries import Entry
from dpdesk.requests.conditions import rules_of
from dpdesk.requests.records import Request
from dpdesk.requests.rules import marks_day
from dpdesk.requests.service import RequestService
from dpdesk.requests.settings import OwnTargets
from dpdesk.retention.hold_service import Touches, holding_up

AHEAD: Final = 7
"""Days before its own day on which something is told."""
_CASE_AHEAD: Final = 30
"""The same for a case whose years are over."""
CASES_MOST: Final = 50
"""So many such cases are told one by one, the oldest first; nobody reads on."""
_CLASS: Final = "D01"
"""The class of the standard schedule for the papers of requests."""
_CLASSES: Final[Mapping[str, str]] = {RequestKind.COMPLAINT.value: "D02"}
"""The classes for other kinds."""
_EARLY: Final[Mapping[str, str]] = {
    "search": "how is the search going?",
    "acknowledge": "is it acknowledged yet?",
    "enquire": "how are the enquiries going?",
}
"""States in which halfway is worth a look, with what to look at."""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that a school set itself, or a later one of the law for a part of a request."""

    text: str
    """Followed by whose data it is."""
    due: dt.date
    place: str


def own_days(
    entry: Entry, result: ClockResult, calendar: WorkCalendar, own: OwnTargets, today: dt.date
) -> Iterator[OwnDay]:
    """The days of an open request beside that of its clock, as far as they are near.

    Halfway is a look for today until the work has moved on; then the school's target comes.
    Neither is told once the answer itself is late.
    """
    yield from _marks(entry, calendar)
    if result.state is not ClockState.RUNNING or result.due is None or result.due < today:
        return
    target = _target(entry, result, calendar, own)
    look, half = _EARLY.get(entry.state), half_time(result)
    if look is not None and half is not None and half - today <= dt.timedelta(days=AHEAD):
        yield OwnDay(f"Halfway: {look}", max(half, today), entry.state)
    elif target is not None and today <= target <= today + dt.timedelta(days=AHEAD):
        yield OwnDay("Your own target for the answer:", target, entry.state)


@dataclass(frozen=True, slots=True)
class CaseOver:
    """A closed case whose years are over, or soon."""

    entry_id: int
    reference: str
    title: str
    until: dt.date
    held: tuple[str, ...] = ()
    """Open matters that need its papers still, in words."""


def case_years(requests: RequestService, kind: str | None) -> int:
    """So many years a closed case of a kind is kept: as the schedule of the school has it.

    Where the schedule has no class for them that counts in years, as the settings have it.
    """
    own = requests.settings.targets().case_years
    found = case_class(requests, kind)
    if found is None or found.values.get("unit") != "years":
        return own
    return int(found.values.get("period") or 0) or own


def case_class(requests: RequestService, kind: str | None) -> Entry | None:
    """The class of the school's schedule for the papers of a kind; None where it has none."""
    code = class_code(kind)
    every = (entry for schedule in requests.schedules for entry in schedule.in_use())
    return next((each for each in every if str(each.values["code"]).upper() == code), None)


def class_code(kind: str | None) -> str:
    """The code of that class in the standard schedule."""
    return _CLASSES.get(kind or "", _CLASS)


def holding_case(requests: RequestService, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What needs the papers of a closed case still: holds and open matters about its people."""
    with requests.database.reading() as session:
        touches = open_touches(requests, session)
    return held_by(touches, values, case_class(requests, values.get("kind")))


def open_touches(requests: RequestService, session: Session) -> Touches:
    """All open matters of all rooms that may need papers still, ready to be asked about many."""
    return Touches(tuple(each for of in requests.touching for each in of.touches_within(session)))


def held_by(touches: Touches, values: Mapping[str, Any], of: Entry | None) -> tuple[str, ...]:
    """Which of them need the papers of a case, in words; ``of`` is its class of the schedule."""
    others = "; ".join(
        str(values[name]) for name in ("requester", "other_names") if values.get(name)
    )
    code = class_code(values.get("kind"))
    return holding_up(
        touches,
        str(values.get("subject") or ""),
        others,
        code=code,
        rule=of.reference if of is not None else "",
    )


def cases_over(requests: RequestService) -> Iterator[CaseOver]:
    """Closed cases in sight whose years are over, or will be within the month.

    Those that are over longest come first, and no more than ``CASES_MOST``.
    """
    years = _both(requests)
    added = case((_COMPLAINT, f"+{years[1]} years"), else_=f"+{years[0]} years")
    ends = func.coalesce(Request.keep_until, func.date(Request.closed, added))
    asked = select(Request).where(_over(requests, years)).order_by(ends, Request.id)
    with requests.database.reading() as session:
        rows = session.scalars(asked.limit(CASES_MOST)).all()
        touches = open_touches(requests, session)
    classes = {kind: case_class(requests, kind) for kind in {row.kind for row in rows}}
    for row in rows:
        of = years[row.kind == RequestKind.COMPLAINT.value]
        values = requests.answers(row)
        until = kept_until(values, of)
        assert until is not None
        held = held_by(touches, values, classes[row.kind])
        yield CaseOver(row.id, row.reference, row.title, until, held)


def many_over(requests: RequestService) -> int:
    """How many cases :func:`cases_over` would tell if it told all of them."""
    years = _both(requests)
    with requests.database.reading() as session:
        asked = select(func.count()).select_from(Request).where(_over(requests, years))
        return session.execute(asked).scalar_one()


_COMPLAINT: Final = Request.kind == RequestKind.COMPLAINT.value


def _both(requests: RequestService) -> tuple[int, int]:
    """The years of requests, and those of complaints."""
    return case_years(requests, None), case_years(requests, RequestKind.COMPLAINT.value)


def _over(requests: RequestService, years: tuple[int, int]) -> ColumnElement[bool]:
    """Closed, in sight, and its years are over within the month."""
    soon = requests.today() + dt.timedelta(days=_CASE_AHEAD)
    since = case((_COMPLAINT, _since(soon, years[1])), else_=_since(soon, years[0]))
    return and_(
        Request.closed.is_not(None),
        Request.disposed_on.is_(None),
        Request.archived_at.is_(None),
        func.coalesce(Request.keep_until <= soon, Request.closed <= since),
    )


def _since(soon: dt.date, years: int) -> dt.date:
    """The last day from which the years end in time: months are not equally long."""
    since = add_months(soon, -12 * years) + dt.timedelta(days=2)
    while add_months(since, 12 * years) > soon:
        since -= dt.timedelta(days=1)
    return since


def kept_until(values: Mapping[str, Any], years: int) -> dt.date | None:
    """Until when a closed case is kept: as somebody said, else so many years after closing."""
    closed: dt.date | None = values.get("closed")
    if closed is None:
        return None
    said: dt.date | None = values.get("keep_until")
    return said or add_months(closed, 12 * years)


def _target(
    entry: Entry, result: ClockResult, calendar: WorkCalendar, own: OwnTargets
) -> dt.date | None:
    if rules_of(entry.values).clock is not ClockKind.MONTH:
        return None
    return own_target(result, own.target_days, calendar)


def _marks(entry: Entry, calendar: WorkCalendar) -> Iterator[OwnDay]:
    marks = marks_day(entry.values, calendar)
    if marks is not None and marks.due is not None:
        yield OwnDay("Give the exam marks:", marks.due, "logged")
