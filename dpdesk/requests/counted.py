"""The figures of a period as numbers: what is shown on the screen and printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountedRequests:
    """How many requests are of one kind, came in one way, or came in one month."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class LateRequest:
    """A request answered after its day, with the reason that was written down."""

    id: int
    reference: str
    due: dt.date
    closed: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """What came in and what was closed from ``first`` to ``last``, both days counted.

    Requests put out of sight count too: archiving undoes nothing.
    """

    first: dt.date
    last: dt.date
    received: int
    closed: int
    on_time: int
    """Of those closed that have a day: answered by it; complaints: acknowledged by it."""
    with_day: int
    """Closed ones that have a day to be answered by."""
    days: float | None
    """Average days from receipt to closing; None where nothing was closed."""
    extended: int
    """Closed ones of which the requester was told that more time is needed."""
    refused: int
    in_part: int
    open_now: int
    overdue_now: int
    by_kind: tuple[CountedRequests, ...]
    by_source: tuple[CountedRequests, ...]
    by_outcome: tuple[CountedRequests, ...]
    stretches: tuple[CountedRequests, ...]
    late: tuple[LateRequest, ...]

    @property
    def share(self) -> int | None:
        """Per cent on time; None where nothing could be late."""
        return round(100 * self.on_time / self.with_day) if self.with_day else None


def number_lines(found: RequestFigures) -> list[tuple[str, str]]:
    """The figures in words, as paper and screen show them."""
    share = "" if found.share is None else f" ({found.share}%)"
    days = "–" if found.days is None else f"{found.days:g}"
    return [
        ("Received", f"{found.received:,}"),
        ("Closed", f"{found.closed:,}"),
        ("of these on time", f"{found.on_time:,}{share}"),
        ("of these late", f"{len(found.late):,}"),
        ("Average days from receipt to closing", days),
        ("Extended, with notice", f"{found.extended:,}"),
        ("Refused", f"{found.refused:,}"),
        ("Given or done in part", f"{found.in_part:,}"),
        ("Open today", f"{found.open_now:,}"),
        ("Overdue today", f"{found.overdue_now:,}"),
    ]
