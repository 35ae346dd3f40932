"""The school's own days of a request: half-time, its target, exam marks, and how long it is kept.

None of them is a day of the law for the answer; that one is the clock's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    ClockResult,
    ClockState,
    add_months,
    half_time,
    own_target,
)
from dpdesk.law.request_kinds import ClockKind
from dpdesk.registers.entries import Entry
from dpdesk.requests.conditions import rules_of
from dpdesk.requests.records import Request
from dpdesk.requests.rules import marks_day
from dpdesk.requests.service import RequestService
from dpdesk.requests.settings import OwnTargets

AHEAD: Final = 7
"""Days before its own day on which something is told."""
_CASE_AHEAD: Final = 30
"""The same for a case whose years are over."""
CASES_MOST: Final = 50
"""So many such cases are told one by one, the oldest first; nobody reads on."""
_EARLY: Final[Mapping[str, str]] = {
    "search": "how far is the search?",
    "acknowledge": "is it acknowledged yet?",
    "enquire": "how far are the enquiries?",
}
"""States in which half-time is worth a look, with what to look at."""


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

    Half-time is a look for today until the work has moved on; then the school's target comes.
    Neither is told once the answer itself is late.
    """
    yield from _marks(entry, calendar)
    if result.state is not ClockState.RUNNING or result.due is None or result.due < today:
        return
    target = _target(entry, result, calendar, own)
    look, half = _EARLY.get(entry.state), half_time(result)
    if look is not None and half is not None and half - today <= dt.timedelta(days=AHEAD):
        yield OwnDay(f"Half-time: {look}", max(half, today), entry.state)
    elif target is not None and today <= target <= today + dt.timedelta(days=AHEAD):
        yield OwnDay("Your own target for the answer:", target, entry.state)


@dataclass(frozen=True, slots=True)
class CaseOver:
    """A closed case whose years are over, or soon."""

    entry_id: int
    reference: str
    title: str
    until: dt.date


def cases_over(requests: RequestService) -> Iterator[CaseOver]:
    """Closed cases in sight whose years are over, or will be within the month; in one read.

    Those that are over longest come first, and no more than ``CASES_MOST``.
    """
    years = requests.settings.targets().case_years
    ends = func.coalesce(Request.keep_until, func.date(Request.closed, f"+{years} years"))
    asked = (
        select(Request.id, Request.reference, Request.title, Request.closed, Request.keep_until)
        .where(_over(requests, years))
        .order_by(ends, Request.id)
        .limit(CASES_MOST)
    )
    with requests.database.reading() as session:
        rows = session.execute(asked).all()
    for number, reference, title, closed, said in rows:
        until = kept_until({"closed": closed, "keep_until": said}, years)
        assert until is not None
        yield CaseOver(number, reference, title, until)


def many_over(requests: RequestService) -> int:
    """How many cases :func:`cases_over` would tell if it told all of them."""
    years = requests.settings.targets().case_years
    with requests.database.reading() as session:
        asked = select(func.count()).select_from(Request).where(_over(requests, years))
        return session.execute(asked).scalar_one()


def _over(requests: RequestService, years: int) -> ColumnElement[bool]:
    """Closed, in sight, and its years are over within the month."""
    soon = requests.today() + dt.timedelta(days=_CASE_AHEAD)
    # The last day from which the years end in time: months are not equally long.
    since = add_months(soon, -12 * years) + dt.timedelta(days=2)
    while add_months(since, 12 * years) > soon:
        since -= dt.timedelta(days=1)
    return and_(
        Request.closed.is_not(None),
        Request.archived_at.is_(None),
        func.coalesce(Request.keep_until <= soon, Request.closed <= since),
    )


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
