"""Moments as people type them: a day and a time of day in the school's local time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dpdesk.law.dates import month_number, read_date
from dpdesk.law.words import LONDON

EXAMPLE: Final = "for example 20 November 2026, 09:10 or yesterday 9:10"
_WANTED: Final = f"Write the day and the time, {EXAMPLE}."
_SPOKEN: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*(?P<zone>GMT|BST))?"
)
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>.{{1,60}}?)(?:[,\s]+at)?(?:[,\s]+|(?<=\d)T))?{_TIME}", re.IGNORECASE
)
_TIME_FIRST = re.compile(rf"{_TIME}[,\s]+(?:on\s+)?(?P<day>.+)", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{1,2}[./\-\s](?:\d{1,2}|[A-Za-z]{3,9})[./\-\s,]+)(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})(?:/(\d{1,2})|[\s.\-]?([A-Za-z]{3,9}))")


def read_moment(words: str, now: dt.datetime | None = None) -> dt.datetime:
    """A moment in local time as people type it, in UTC: 20 November 2026, 09:10; 26/11/26 9.10am.

    ``now`` lets a day be left out (today), be called today or yesterday, or stand without its
    year (the nearest one); without it such words are refused, since a sheet or a file may be
    read on another day than it was written. Years of two digits are of this century.

    A full ISO moment with its offset is taken as it is. In the hour that comes twice when summer
    time ends, the first is meant unless GMT stands behind it: a deadline then is never late.
    Raises ValueError with a sentence, also for the hour that summer time skips.
    """
    words = words.strip()
    if (exact := _exact(words)) is not None:
        return exact
    if now is not None and words.casefold() == "now":
        return now.astimezone(dt.UTC).replace(second=0, microsecond=0)
    plain = re.sub(r"^at\s+", "", words, flags=re.IGNORECASE)
    found = _DAY_FIRST.fullmatch(plain) or _TIME_FIRST.fullmatch(plain)
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
    if today is not None and (not words or words.casefold() in _SPOKEN):
        return today + dt.timedelta(_SPOKEN.get(words.casefold(), 0))
    try:
        if short := _SHORT_YEAR.fullmatch(words):
            return read_date(f"{short[1]}20{short[2]}")
        if today is not None and (found := _NO_YEAR.fullmatch(words)):
            month = int(found[2]) if found[2] else month_number(found[3])
            return _nearest(int(found[1]), month, today)
        return read_date(words)
    except ValueError as error:
        # What is wrong with a day is said without a time, which would be missed next.
        said = str(error)
        raise ValueError(
            _WANTED if said.startswith("Write the date") else f"{said} {_WANTED}"
        ) from None


def _nearest(day: int, month: int, today: dt.date) -> dt.date:
    """The day of that name nearest to today."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError("There is no such day in the calendar.")
    return min(found, key=lambda one: abs(one - today))


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
