"""Everything that falls due, as a calendar that other programs read; without personal data.

Duties name people ("Answer the access request about …"), so the calendar says only on what kind
of entry something is due, and its reference.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dpdesk import resources
from dpdesk.law.words import listed, long_date
from dpdesk.registers.duties import Duty
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import SCHOOL_TIME

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet
    from dpdesk.papers.letterhead import Letterhead

Registers = Mapping[str, RegisterService[Any, Any]]


def due_words(duty: Duty, registers: Registers) -> str:
    """What is due, without names: "Request SAR-2026-004 is due"."""
    service = registers.get(duty.register)
    kind = service.register.entry if service is not None else "something"
    named = f"{kind[0].upper()}{kind[1:]} {duty.reference}".strip()
    return f"{named} is due (see dpdesk)"


def calendar_file(duties: Iterable[Duty], registers: Registers, now: dt.datetime) -> bytes:
    """The dated duties as an iCalendar file; the same duty has the same mark in each file.

    A program that reads it again changes its entries instead of doubling them.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//dpdesk//duties//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Data protection: what is due")
    for duty in duties:
        if duty.due is None:
            continue
        day = duty.due
        if isinstance(day, dt.datetime):
            day = day.astimezone(SCHOOL_TIME).date()
        event = Event()
        key = f"{duty.register}|{duty.entry_id}|{duty.place}|{duty.reference}"
        event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@dpdesk")
        event.add("dtstamp", now.astimezone(dt.UTC))
        # By these two a calendar knows that a later file speaks of the same date afresh.
        event.add("last-modified", now.astimezone(dt.UTC))
        event.add("sequence", int(now.timestamp() // 60))
        event.add("dtstart", day)
        event.add("summary", due_words(duty, registers))
        event.add("class", "CONFIDENTIAL")
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


@dataclass(frozen=True, slots=True)
class YearLine:
    """A duty in the year, without names: its day, what it is, and where it is done."""

    day: dt.date
    words: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of the year with what falls due in it, by day."""

    first: dt.date
    lines: tuple[YearLine, ...]

    @property
    def title(self) -> str:
        """Such as "September 2026"."""
        return f"{self.first:%B %Y}"


@dataclass(frozen=True, slots=True)
class TermWork:
    """What a data protection officer does in a term: words, the page for it, and the source."""

    title: str
    work: tuple[tuple[str, str, str], ...]


def months(
    duties: Iterable[Duty], registers: Registers, today: dt.date, number: int = 12
) -> tuple[YearMonth, ...]:
    """This month and those after it; what is overdue is shown in this month."""
    begin = today.replace(day=1)
    firsts = [_months_on(begin, step) for step in range(number)]
    found: dict[dt.date, list[YearLine]] = {first: [] for first in firsts}
    for duty in duties:
        day = duty.due
        if isinstance(day, dt.datetime):
            day = day.astimezone(SCHOOL_TIME).date()
        if day is None:
            continue
        month = max(day.replace(day=1), begin)
        if month in found:
            service = registers.get(duty.register)
            kind = service.register.entry if service is not None else "settings"
            words = f"{kind[0].upper()}{kind[1:]} {duty.reference}".strip()
            found[month].append(YearLine(day, words, duty))
    return tuple(
        YearMonth(first, tuple(sorted(lines, key=lambda each: (each.day, each.words))))
        for first, lines in found.items()
    )


def by_day(year: Iterable[YearMonth], today: dt.date) -> Mapping[dt.date, tuple[YearLine, ...]]:
    """What stands on which day of a calendar; what is overdue is shown on today."""
    found: dict[dt.date, list[YearLine]] = {}
    for month in year:
        for line in month.lines:
            found.setdefault(max(line.day, today), []).append(line)
    return {day: tuple(lines) for day, lines in found.items()}


def weeks(first: dt.date) -> tuple[tuple[dt.date, ...], ...]:
    """The weeks of a month, from Monday, with the days of its neighbours that fill them."""
    return tuple(map(tuple, calendar.Calendar().monthdatescalendar(first.year, first.month)))


def _months_on(first: dt.date, number: int) -> dt.date:
    years, month = divmod(first.month - 1 + number, 12)
    return dt.date(first.year + years, month + 1, 1)


def terms() -> tuple[TermWork, ...]:
    """A data protection officer's year, as proposed in ``resources/guidance/year.toml``."""
    rows = resources.toml("guidance", "year.toml")["terms"]
    return tuple(
        TermWork(
            row["title"],
            tuple((each["what"], each["opens"], each["source"]) for each in row["work"]),
        )
        for row in rows
    )


def _by(day: dt.date, today: dt.date) -> str:
    """A day of the month that it stands in; with its year where that is over."""
    named = f"{day:%a} {day.day}"
    return named if day >= today else f"Overdue since {named} {day:%b %Y}"


def wall_plan(year: Sequence[YearMonth], today: dt.date, head: Letterhead | None) -> Leaflet:
    """The year for the wall: what falls due by month, and the work of the terms; no names."""
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

    sections = [
        LeafletSection(
            month.title,
            columns=("By", "What", "Done"),
            rows=tuple((_by(each.day, today), each.words, "") for each in month.lines),
            shares=(0.35, 0.45, 0.2),
        )
        for month in year
        if month.lines
    ]
    free = [month.title for month in year if not month.lines]
    if free:
        sections.append(LeafletSection("Nothing is due yet", (f"In {listed(free)}.",)))
    sections += [
        LeafletSection(
            term.title, points=tuple(f"{what} ({source})" for what, _, source in term.work)
        )
        for term in terms()
    ]
    return Leaflet(
        "Data protection: the year",
        tuple(sections),
        today,
        opening=("Entries are named by their references; no person is named.",),
        letterhead=head,
        foot=f"As on {long_date(today)}.",
    )
