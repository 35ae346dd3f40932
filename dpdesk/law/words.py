"""Dates and moments as a person says them, the same on every screen, paper and system.

Months and days are spelt here instead of by the operating system: ``%-d`` fails on Windows, and
names would follow the language that the computer happens to be set to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
"""Where the school is. Moments are stored in UTC and shown in this zone."""

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()


def day_name(day: dt.date) -> str:
    """The day of the week: "Friday"."""
    return _DAYS[day.weekday()]


def month_name(day: dt.date) -> str:
    """The month: "December"."""
    return _MONTHS[day.month - 1]


def long_date(day: dt.date) -> str:
    """For example "Friday 18 December 2026". A moment is given by its day in London."""
    day = _local_day(day)
    return f"{day_name(day)} {day.day} {month_name(day)} {day.year}"


def short_date(day: dt.date) -> str:
    """For example "18 Dec 2026", for tables. A moment is given by its day in London."""
    day = _local_day(day)
    return f"{day.day} {month_name(day)[:3]} {day.year}"


def clock_time(moment: dt.datetime) -> str:
    """For example "09:05", London time; "01:30 GMT" in the hour that comes twice in autumn."""
    local = _aware(moment).astimezone(LONDON)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local.hour:02}:{local.minute:02}" + (f" {local.tzname()}" if twice else "")


def long_moment(moment: dt.datetime) -> str:
    """For example "Friday 18 December 2026 at 09:05", London time."""
    return f"{long_date(moment)} at {clock_time(moment)}"


def short_moment(moment: dt.datetime) -> str:
    """For example "18 Dec 2026 09:05", London time, for tables."""
    return f"{short_date(moment)} {clock_time(moment)}"


def due_phrase(due: dt.date, today: dt.date) -> str:
    """How far off a due date is, in a phrase.

    For a day: "Due Friday 18 December, in 26 days", "Due tomorrow, Monday 23 November",
    "Due today", "2 days overdue"; the year is named when it is not the present one. For a moment
    (an aware ``datetime``; ``today`` must then be the present moment): "18 h 12 min left",
    "3 h 5 min overdue", in hours also beyond a day, because the 72 hours are spoken of in hours.
    """
    if isinstance(due, dt.datetime):
        if not isinstance(today, dt.datetime):
            raise TypeError("a moment is compared with a moment")
        return _moment_phrase(_aware(due) - _aware(today))
    today = _local_day(today)
    days = (due - today).days
    if days < 0:
        return f"{count(-days, 'day')} overdue"
    if days == 0:
        return "Due today"
    year = "" if due.year == today.year else f" {due.year}"
    named = f"{day_name(due)} {due.day} {month_name(due)}{year}"
    return f"Due tomorrow, {named}" if days == 1 else f"Due {named}, in {days} days"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "8 days", "1,200 days"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def number_word(number: int) -> str:
    """Small numbers as words: "two"; larger ones as figures."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if 0 <= number < len(words) else f"{number:,}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _moment_phrase(left: dt.timedelta) -> str:
    """Whole minutes; what is left is rounded down, so that nobody is promised a minute too many.

    Long after a moment its hours say nothing any more: from four days on, days are spoken of.
    """
    late = left < dt.timedelta(0)
    minutes = abs(left) // dt.timedelta(minutes=1)
    if minutes == 0:
        return "Less than a minute overdue" if late else "Less than a minute left"
    hours, rest = divmod(minutes, 60)
    if late and hours >= 96:
        return f"{hours // 24:,} days overdue"
    spoken = f"{hours} h {rest} min" if hours else f"{rest} min"
    return f"{spoken} overdue" if late else f"{spoken} left"


def _aware(moment: dt.datetime) -> dt.datetime:
    """The same moment; ValueError where it names no time zone, for then it is no moment at all."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    return moment


def _local_day(day: dt.date) -> dt.date:
    """The calendar day in London."""
    if isinstance(day, dt.datetime):
        return _aware(day).astimezone(LONDON).date()
    return day


def page_list(numbers: Sequence[int]) -> str:
    """Page numbers as words: "page 3", "pages 3, 4 and 9", "pages 1, 2, 3 and 40 more"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) > 8:
        shown = ", ".join(str(number) for number in numbers[:6])
        return f"pages {shown} and {len(numbers) - 6} more"
    return f"pages {', '.join(str(number) for number in numbers[:-1])} and {numbers[-1]}"
