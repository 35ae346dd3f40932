"""Request log in figures for a period, as numbers and on paper."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import select

from dpdesk.errors import InvalidEntry
from dpdesk.law.clocks import ClockResult
from dpdesk.law.request_kinds import ClockKind, kind_rules
from dpdesk.law.words import month_name
from dpdesk.papers.flow import Printed
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.requests.counted import CountedRequests, LateRequest, RequestFigures
from dpdesk.requests.records import Request
from dpdesk.requests.service import RequestService

_MOST_MONTHS: Final = 24
"""A longer period is counted by years."""
_REFUSED: Final = frozenset({"refused"})
_PART: Final = frozenset({"given_in_part", "done_in_part"})


class RequestFiguresService:
    """Counts what is in the request log."""

    def __init__(self, requests: RequestService) -> None:
        self._requests = requests

    def between(self, first: dt.date, last: dt.date) -> RequestFigures:
        """The figures of a period. Raises InvalidEntry where it would end before it begins."""
        if last < first:
            raise InvalidEntry({"last": "The period ends before it begins."})
        closed = self._requests.clocks(closed=(first, last))
        today = self._requests.today()
        still = self._requests.clocks()
        received = self._received(first, last)
        return RequestFigures(
            first=first,
            last=last,
            received=len(received),
            closed=len(closed),
            on_time=sum(_on_time(entry, clock) for entry, clock in closed),
            with_day=sum(clock.due is not None for _, clock in closed),
            days=_average([entry.values for entry, _ in closed]),
            extended=sum(_extended(entry.values) for entry, _ in closed),
            refused=sum(entry.values.get("outcome") in _REFUSED for entry, _ in closed),
            in_part=sum(entry.values.get("outcome") in _PART for entry, _ in closed),
            open_now=len(still),
            overdue_now=sum(
                clock.due is not None and _day(clock.due) < today for _, clock in still
            ),
            by_kind=_by(received, lambda entry: _kind(entry.values)),
            by_source=_by(received, lambda entry: entry.shown("channel") or "Not said"),
            by_outcome=_by(
                [entry for entry, _ in closed], lambda entry: entry.shown("outcome") or "Not said"
            ),
            stretches=_stretches(received, first, last),
            late=tuple(
                _late(entry, clock)
                for entry, clock in closed
                if clock.due is not None and not _on_time(entry, clock)
            ),
        )

    def paper(self, first: dt.date, last: dt.date) -> Printed:
        """The figures with a chart, as a PDF. Raises as ``between``."""
        from dpdesk.requests import papers  # reportlab is loaded only when something is printed

        requests = self._requests
        return papers.figures(
            self.between(first, last), requests.today(), requests.school.letterhead()
        )

    def _received(self, first: dt.date, last: dt.date) -> list[Entry]:
        asked = select(Request.id).where(Request.received.between(first, last))
        with self._requests.database.reading() as session:
            numbers = list(session.scalars(asked.order_by(Request.received, Request.id)))
        return [self._requests.load(number) for number in numbers]


def _kind(values: Values) -> str:
    return kind_rules(values.get("kind")).choice.label


def _day(due: dt.date) -> dt.date:
    return due.date() if isinstance(due, dt.datetime) else due


def _met(values: Values) -> dt.date:
    """The day on which what the clock asks for was done: a complaint is acknowledged by then."""
    if kind_rules(values.get("kind")).clock is ClockKind.COMPLAINT:
        days = (values.get(name) for name in ("acknowledged", "outcome_told"))
        told: list[dt.date] = [day for day in days if day is not None]
        if told:
            return min(told)
    closed: dt.date = values["closed"]
    return closed


def _on_time(entry: Entry, clock: ClockResult) -> bool:
    return clock.due is not None and _met(entry.values) <= _day(clock.due)


def _extended(values: Values) -> bool:
    return values.get("extended") is not None and values.get("extension_reason") is not None


def _average(closed: Sequence[Values]) -> float | None:
    days = [(values["closed"] - values["received"]).days for values in closed]
    return round(sum(days) / len(days), 1) if days else None


def _by(entries: Sequence[Entry], label: Callable[[Entry], str]) -> tuple[CountedRequests, ...]:
    """Most first."""
    counted = Counter(map(label, entries))
    return tuple(CountedRequests(each, number) for each, number in counted.most_common())


def _late(entry: Entry, clock: ClockResult) -> LateRequest:
    assert clock.due is not None
    return LateRequest(
        entry.id,
        entry.reference,
        _day(clock.due),
        _met(entry.values),
        str(entry.values.get("late_reason") or ""),
    )


def _stretches(
    received: Sequence[Entry], first: dt.date, last: dt.date
) -> tuple[CountedRequests, ...]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1

    def label(year: int, month: int) -> str:
        if months > _MOST_MONTHS:
            return str(year)
        return f"{month_name(dt.date(year, month, 1))[:3]} {year}"

    starts = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months)]
    found = dict.fromkeys((label(year, month + 1) for year, month in starts), 0)
    for entry in received:
        day: dt.date = entry.values["received"]
        found[label(day.year, day.month)] += 1
    return tuple(CountedRequests(each, number) for each, number in found.items())
