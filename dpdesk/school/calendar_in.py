"""The door for foreign calendars: they are read in a worker, within limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits, Sentences, Worker

LARGEST: Final = 4_000_000
"""Bytes of a calendar file; an honest one has a hundredth of that."""
LIMITS: Final = Limits(seconds=30, memory=400_000_000, size=LARGEST)
_MOST: Final = 5_000
_AGAIN: Final = "Export it from your calendar again, as an iCalendar file (.ics)."
_SENTENCES: Final = Sentences(
    damaged=("This calendar is damaged and cannot be read.", _AGAIN),
    endless=("Reading this calendar took too long, so dpdesk stopped.", _AGAIN),
    large=("This calendar needs more memory than an import is allowed.", _AGAIN),
)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event as the file has it; ``first`` and ``last`` are both included."""

    summary: str
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """All events of a file, and how many could not be taken."""

    events: tuple[CalendarEvent, ...]
    repeating: int = 0
    """Events that repeat by a rule."""
    dateless: int = 0
    """Events without a day that can be told."""


def read_calendar(content: bytes, *, cancelled: Callable[[], bool] | None = None) -> CalendarFile:
    """Reads an iCalendar file. Raises UnreadableFile with a sentence, Cancelled."""
    if not content.strip():
        raise UnreadableFile("This file is empty.", _AGAIN)
    if len(content) > LARGEST:
        raise UnreadableFile("This file is too large for a calendar.", _AGAIN)
    if b"BEGIN:VCALENDAR" not in content[:4_096].upper():
        raise UnreadableFile(
            "This file is not an iCalendar file.",
            "Export the term dates from your calendar as a file that ends in .ics.",
        )
    with Worker(LIMITS, _SENTENCES) as worker:
        answer, _ = worker.call(
            "dpdesk.school.calendar_parsing:events", {}, [content], cancelled=cancelled
        )
    try:
        rows = answer["events"]
        if len(rows) > _MOST:
            raise ValueError("more events than a calendar has")
        events = tuple(
            CalendarEvent(str(name), dt.date.fromisoformat(first), dt.date.fromisoformat(last))
            for name, first, last in rows
        )
        return CalendarFile(events, int(answer["repeating"]), int(answer["dateless"]))
    except (ValueError, TypeError, KeyError):
        raise UnreadableFile(*_SENTENCES.damaged) from None
