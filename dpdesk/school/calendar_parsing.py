"""Events of an iCalendar file; runs in a worker only."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import time
from typing import Any, Final
from zoneinfo import ZoneInfo

from dpdesk.errors import UnreadableFile
from dpdesk.walls.inside import Answer, Call

MOST: Final = 5_000
"""Events of one file; a school's calendar of some years has a few hundred."""
_LONGEST: Final = 200
_SIGNS: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What cannot be read and would only do harm in a list."""
_YEARS: Final = range(1950, 2101)
"""What lies outside is a slip, or an empty date of another program."""
_LONDON: Final = ZoneInfo("Europe/London")
_REPEATS: Final = 60
"""So often a day without school may come back in one event; lessons and clubs do so more often."""
_YEARS_AHEAD: Final = {"DAILY": 12, "WEEKLY": 12, "MONTHLY": 60, "YEARLY": 60}
"""How many years a rule is followed, by how often it comes; what comes each hour is no day off."""
_KEPT_PARTS: Final = frozenset(
    "FREQ INTERVAL BYMONTH BYMONTHDAY BYDAY BYYEARDAY BYWEEKNO BYSETPOS WKST".split()
)
"""Parts of a rule that say which days. The hour does not matter, and UNTIL and COUNT are ours."""
_LONGEST_RULE: Final = 300
_RULE_SECONDS: Final = 4.0
"""Computing time for all rules of a file: an honest one needs a hundredth of it."""
_ONE_DAY: Final = dt.timedelta(days=1)


def events(call: Call) -> Answer:
    """A task: name, first and last day of every event, and how many were left out and why."""
    calendars = _calendars(call.blobs[0])
    found: list[list[str]] = []
    left = {"repeating": 0, "dateless": 0}
    every = [each for calendar in calendars for each in calendar.walk("VEVENT")]
    moved = _moved(every)
    begun = time.process_time()
    for event in every:
        if time.process_time() - begun > _RULE_SECONDS:
            raise UnreadableFile(
                "The rules in this calendar by which events come back take too long to follow.",
                "Export only the term dates, or one school year.",
            )
        if str(event.get("STATUS") or "").upper() == "CANCELLED":
            continue
        days = _days(event)
        if days is None:
            left["dateless"] += 1
            continue
        spells = repeats(event, days, moved)
        if spells is None:
            left["repeating"] += 1
            continue
        if len(found) + len(spells) > MOST:
            raise _too_many()
        summary = _SIGNS.sub(" ", str(event.get("SUMMARY") or "")[: 4 * _LONGEST])
        summary = " ".join(summary.split())[:_LONGEST]
        found += [[summary, first.isoformat(), last.isoformat()] for first, last in spells]
    return {"events": found, **left}, []


def _too_many() -> UnreadableFile:
    return UnreadableFile(
        f"This calendar has more than {MOST:,} events.",
        "Export only the term dates, or one school year.",
    )


# --- what comes back ---------------------------------------------------------------------------

Spell = tuple[dt.date, dt.date]
"""First and last day, both included."""


def repeats(event: Any, once: Spell, moved: frozenset[tuple[str, dt.date]]) -> list[Spell] | None:
    """When an event takes place; None where it comes back without end or all the year round.

    Many calendars write a week without school as a day that comes back five times: days that
    follow each other are one spell. ``moved``: single times that the file gives apart.
    """
    if event.get("RRULE") is None and event.get("RDATE") is None:
        return [once]
    try:
        begins = _beginnings(event, once[0])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    if begins is None:
        return None
    uid, long = str(event.get("UID") or ""), once[1] - once[0]
    spells: list[Spell] = []
    for first in sorted(begins):
        if (uid, first) in moved:
            continue
        if spells and spells[-1][1] + _ONE_DAY == first:
            spells[-1] = (spells[-1][0], first + long)
        else:
            spells.append((first, first + long))
    return spells


def _beginnings(event: Any, first: dt.date) -> set[dt.date] | None:
    """The days on which an event begins; None where they are too many for days without school."""
    days = {first} | _listed(event, "RDATE")
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
        some = _by_rule(rule.to_ical().decode(), first)
        if some is None:
            return None
        days |= some
    days -= _listed(event, "EXDATE")
    return days if len(days) <= _REPEATS else None


def _by_rule(text: str, first: dt.date) -> set[dt.date] | None:
    """The days that a rule names; None where it has no end, or is none for days without school.

    A rule may name days that never come (30 February), and whoever looks for them looks on to the
    year 9999. So a rule is followed for some years only.
    """
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    years = _YEARS_AHEAD.get(parts.get("FREQ", ""))
    if years is None or len(text) > _LONGEST_RULE or not parts.keys() & {"COUNT", "UNTIL"}:
        return None
    last = dt.date(min(first.year + years, _YEARS.stop), 12, 31)
    if (until := parts.get("UNTIL")) is not None:
        # Whole days are meant, so that the last day counts whatever the hour of its end.
        last = min(last, dt.date.fromisoformat(until[:8]))
    most = min(int(parts.get("COUNT", _REPEATS + 1)), _REPEATS + 1)
    kept = ";".join(f"{name}={said}" for name, said in parts.items() if name in _KEPT_PARTS)
    found = rrulestr(
        f"{kept};UNTIL={last:%Y%m%d}T235959", dtstart=dt.datetime.combine(first, dt.time())
    )
    return {each.date() for each in itertools.islice(found, most)}


def _listed(event: Any, name: str) -> set[dt.date]:
    """The days of a property that may stand several times and hold several days."""
    held = event.get(name)
    some = held if isinstance(held, list) else [held] if held is not None else []
    # A period has a beginning and an end.
    moments = (each.dt for one in some for each in one.dts)
    return {_day(each[0] if isinstance(each, tuple) else each) for each in moments}


def _moved(events: list[Any]) -> frozenset[tuple[str, dt.date]]:
    """Single times of what comes back that stand in the file by themselves, or are called off."""
    apart = ((str(each.get("UID") or ""), _moment(each, "RECURRENCE-ID")) for each in events)
    return frozenset((uid, _day(day)) for uid, day in apart if day is not None)


# --- reading -----------------------------------------------------------------------------------


def _calendars(content: bytes) -> Any:
    from icalendar import Calendar

    if content.upper().count(b"BEGIN:VEVENT") > MOST:
        raise _too_many()
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
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = content.decode("cp1252", "replace")
    # Lines may end in any way, also as on old Macs.
    return found.replace("\r\n", "\n").replace("\r", "\n")


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
    return (first, last) if first.year in _YEARS and last.year in _YEARS else None


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
