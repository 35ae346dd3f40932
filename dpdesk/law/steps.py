"""What every clock gives back: a due date with the steps that led to it.

Only facts are stored. The result is computed from them each time, so that a bank holiday added
later, or a corrected date, gives another due date and other steps.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dpdesk.errors import InvalidEntry
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.sources import Confidence, source
from dpdesk.law.words import long_date

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200


class InvalidFacts(InvalidEntry):
    """The facts contradict each other; ``problems`` has a sentence for each fact by its name."""


class ClockState(StrEnum):
    """Whether a clock runs."""

    RUNNING = "running"
    PAUSED = "paused"
    NOT_STARTED = "not started"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of "Why this date?": a sentence, what it rests on, and the date it arrives at."""

    text: str
    source: str
    date: dt.date | None = None
    """The date (or moment) that this step speaks of; of the last step, the due date."""
    confidence: Confidence = Confidence.CONFIRMED
    """Anything but confirmed is shown with "check with your adviser"."""


@dataclass(frozen=True, slots=True)
class ClockResult:
    """A due date that explains itself.

    ``due`` is a day (due by its end), or for the breach clock a moment in UTC; None while the
    clock is paused, has not started or does not apply. ``paused_since`` is the first day on which
    the running clock stood still. ``extension_notice_due`` is the last day to tell the requester
    about an extension; while the clock is paused it is the day that is safe whatever happens.
    ``target`` is an earlier working day to aim at where the law can be counted in two ways.
    """

    due: dt.date | None
    paused_since: dt.date | None = None
    extension_notice_due: dt.date | None = None
    target: dt.date | None = None
    steps: tuple[Step, ...] = ()
    state: ClockState = ClockState.RUNNING
    start: dt.date | None = None
    """The day (or moment) from which the clock runs."""
    ends: dt.date | None = None
    """The last day of the period itself, which may be no working day; ``due`` comes after it."""
    waiting_for: tuple[str, ...] = ()
    """What the clock waits for, in words: "proof of identity"."""


def step(text: str, key: str, date: dt.date | None = None) -> Step:
    """A step whose source is the entry ``key`` of ``resources/law/sources.toml``."""
    found = source(key)
    return Step(text, found.text, date, found.confidence)


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding date ``months`` later, or the last day of that month if it has none.

    31 January plus one month is 28 (or 29) February. ICO right of access guidance; Regulation
    1182/71 Art 3(2)(c).
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(years, month + 1)[1]
    return day.replace(year=years, month=month + 1, day=min(day.day, last))


def roll_steps(day: dt.date, calendar: WorkCalendar, key: str) -> tuple[dt.date, list[Step]]:
    """The working day on which a period ending on ``day`` ends, and the step if it moved."""
    rolled = calendar.roll_forward(day)
    if rolled == day:
        return day, []
    text = (
        f"{long_date(day)} is not a working day ({calendar.why_not_working(day)}), so the time "
        f"runs to the end of the next working day, {long_date(rolled)}."
    )
    return rolled, [step(text, key, rolled)]


def implausible(name: str, day: dt.date) -> dict[str, str]:
    """A sentence for a date whose year must be a slip of the keyboard, by the fact's ``name``."""
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return {}
    return {name: f"The year {day.year} cannot be right. Check the date."}
