"""Events of an iCalendar file; runs in a worker only."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from dpdesk.errors import UnreadableFile
from dpdesk.walls.inside import Answer, Call

MOST: Final = 5_000
"""Events of one file; a school's calendar of some years has a few hundred."""
_LONGEST: Final = 200
_LONDON: Final = ZoneInfo("Europe/London")
_ONE_DAY: Final = dt.timedelta(days=1)


def events(call: Call) -> Answer:
    """A task: name, first and last day of every event, and how many were left out and why."""
    calendars = _calendars(call.blobs[0])
    found: list[list[str]] = []
    left = {"repeating": 0, "dateless": 0}
    for event in (each for calendar in calendars for each in calendar.walk("VEVENT")):
        if str(event.get("STATUS") or "").upper() == "CANCELLED":
            continue
        if event.get("RRULE") is not None or event.get("RDATE") is not None:
            left["repeating"] += 1
            continue
        days = _days(event)
        if days is None:
            left["dateless"] += 1
            continue
        if len(found) == MOST:
            raise UnreadableFile(
                f"This calendar has more than {MOST:,} events.",
                "Export only the term dates, or one school year.",
            )
        summary = " ".join(str(event.get("SUMMARY") or "").split())[:_LONGEST]
        found.append([summary, days[0].isoformat(), days[1].isoformat()])
    return {"events": found, **left}, []


def _calendars(content: bytes) -> Any:
    from icalendar import Calendar

    found: Any = None
    try:
        found = Calendar.from_ical(_text(content), multiple=True)
    except Exception:  # noqa: BLE001 -- the library throws whatever a damaged file makes it
        found = None
    if not found:
        raise UnreadableFile(
            "This file is no calendar that dpdesk can read.",
            "Export it from your calendar again, as an iCalendar file (.ics).",
        )
    return found


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _days(event: Any) -> tuple[dt.date, dt.date] | None:
    """First and last day, both included; None where they cannot be told."""
    try:
        start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
        if start is None:
            return None
        if end is None and event.get("DURATION") is not None:
            end = start + event.decoded("DURATION")
        first = _day(start)
        # An end is the moment after: midnight, or the next day, for whole days.
        last = first if end is None else max(first, _last(end))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return first, last


def _moment(event: Any, name: str) -> dt.date | None:
    value = event.get(name)
    found: dt.date | None = getattr(value, "dt", None)
    return found


def _day(moment: dt.date) -> dt.date:
    if not isinstance(moment, dt.datetime):
        return moment
    return (moment.astimezone(_LONDON) if moment.tzinfo else moment).date()


def _last(end: dt.date) -> dt.date:
    if isinstance(end, dt.datetime):
        return _day(end - dt.timedelta(seconds=1))
    return end - _ONE_DAY
