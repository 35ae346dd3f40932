"""Moments as people type them: a day and a time of day in the school's local time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dpdesk.law.dates import TIME, UnreadDate, noon_as_figures, read_date
from dpdesk.law.words import LONDON

EXAMPLE: Final = "for example 20 November 2026, 09:10 or yesterday 9:10"
_WANTED: Final = f"Write the day and the time, {EXAMPLE}."
_MIDNIGHT: Final = "Write 23:59 with the day that ends, or 0:00 with the day that begins."
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>.{{1,60}}?)(?:[,\s]+at)?(?:[,\s]+|(?<=\d)T))?{TIME}", re.IGNORECASE
)
_TIME_FIRST = re.compile(rf"{TIME}[,\s]+(?:on\s+)?(?P<day>.+)", re.IGNORECASE)


def read_moment(words: str, now: dt.datetime | None = None) -> dt.datetime:
    """A moment in local time as people type it, in UTC: 20 November 2026, 09:10; 26/11/26 9.10am.

    ``now`` lets a day be left out (today), be called today or yesterday, or stand without its
    year (the nearest one); without it such words are refused, since a sheet or a file may be
    read on another day than it was written. The day is read as by :func:`read_date`.

    A full ISO moment with its offset is taken as it is. In the hour that comes twice when summer
    time ends, the first is meant unless GMT stands behind it: a deadline then is never late.
    Raises ValueError with a sentence, also for the hour that summer time skips.
    """
    words = noon_as_figures(words.strip())
    if (exact := _exact(words)) is not None:
        return exact
    if now is not None and words.casefold() == "now":
        return now.astimezone(dt.UTC).replace(second=0, microsecond=0)
    plain = re.sub(r"^at\s+", "", words, flags=re.IGNORECASE)
    found = _DAY_FIRST.fullmatch(plain) or _TIME_FIRST.fullmatch(plain)
    if re.search(r"\bmidnight\b", plain, re.IGNORECASE):
        raise ValueError(f"Midnight is the end of one day and the start of the next. {_MIDNIGHT}")
    if found is None or not (found["minute"] or found["half"]):
        raise ValueError(_WANTED)
    hour, minute = _time_of_day(found)
    today = now.astimezone(LONDON).date() if now is not None else None
    return _in_utc(_day(found["day"] or "", today), hour, minute, (found["zone"] or "").upper())


def _exact(words: str) -> dt.datetime | None:
    """A moment that carries its offset; None for all others."""
    try:
        exact = dt.datetime.fromisoformat(words)
    except ValueError:
        return None
    if exact.tzinfo is None:
        return None
    try:
        return exact.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(f"The year {exact.year} cannot be right. {_WANTED}") from None


def _time_of_day(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").casefold()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise ValueError(f"There is no such time of day. {_WANTED}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, minute


def _day(words: str, today: dt.date | None) -> dt.date:
    """The day beside a time; none means today."""
    words = words.strip(" ,")
    if today is not None and not words:
        return today
    try:
        return read_date(words, today, timed=False)
    except UnreadDate:
        raise ValueError(_WANTED) from None
    except ValueError as error:
        # What is wrong with a day is said without a time, which would be missed next.
        raise ValueError(f"{error} {_WANTED}") from None


def _in_utc(day: dt.date, hour: int, minute: int, zone: str) -> dt.datetime:
    local = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    if zone and local.tzname() != zone:
        local = local.replace(fold=1)
    moment = local.astimezone(dt.UTC)
    back = moment.astimezone(LONDON)
    if (back.hour, back.minute) != (hour, minute):
        raise ValueError(
            "There is no such time: the clocks go forward an hour then. Write it an hour later, "
            f"for example {day.day}/{day.month}/{day.year} {hour + 1:02}:{minute:02}."
        )
    if zone and back.tzname() != zone:
        raise ValueError(
            f"The clocks do not show {zone} on that day. Leave {zone} out, "
            f"for example {day.day}/{day.month}/{day.year} {hour:02}:{minute:02}."
        )
    return moment


def due_at(due: str | None) -> dt.date | None:
    """When something is due, out of what is stored: a day, or a moment where hours count.

    Raises ValueError for a text that is neither.
    """
    if not due:
        return None
    if "T" not in due:
        return dt.date.fromisoformat(due)
    moment = dt.datetime.fromisoformat(due)
    if moment.tzinfo is None:
        raise ValueError("this is no stored moment")
    return moment
