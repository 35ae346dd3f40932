"""Taking a calendar file into the school's calendar: first a proposal, then what was ticked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dpdesk.errors import InvalidEntry
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes, Entry
from dpdesk.school.calendar_in import CalendarFile
from dpdesk.school.calendar_words import TERM, FoundDays, days_found, says_nothing
from dpdesk.school.records import DAY_KINDS
from dpdesk.school.service import SchoolService

SCHOOL = 1
"""Number of the one entry of the school, to which days and terms belong."""


class DayFate(StrEnum):
    """What becomes of days that a file has."""

    NEW = "new"
    CHANGED = "changed"
    """The calendar has them otherwise: the same term with another day."""
    HERE = "here"
    """They are in the calendar already."""


@dataclass(frozen=True, slots=True)
class ProposedDays:
    """Days of a file, and what they are in the calendar."""

    days: FoundDays
    fate: DayFate
    entry: Entry | None = None
    """What stands in the calendar instead."""

    @property
    def said(self) -> str:
        """In words: "Term, Autumn 2026: Wednesday 2 September to Friday 18 December 2026"."""
        days = self.days
        kind = "Term" if days.kind == TERM else _KINDS[days.kind]
        span = long_date(days.first)
        span += f" to {long_date(days.last)}" if days.last != days.first else ""
        text = f"{kind}, {days.name}: {span}" if days.name else f"{kind}: {span}"
        if self.fate is DayFate.CHANGED and self.entry is not None:
            text += f" (instead of {_span_of(self.entry)})"
        return text


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """Everything that a file says of school days."""

    proposed: tuple[ProposedDays, ...]
    left_out: int
    """Events that say nothing of school days."""
    repeating: int
    dateless: int

    def of(self, fate: DayFate) -> tuple[ProposedDays, ...]:
        """Those with one fate."""
        return tuple(each for each in self.proposed if each.fate is fate)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, in sentences."""
        told = []
        if self.left_out:
            told.append(f"{count(self.left_out, 'other event')} left out.")
        if self.repeating:
            events = count(self.repeating, "repeating event")
            told.append(f"{events} left out: enter such days by hand.")
        if self.dateless:
            told.append(f"{count(self.dateless, 'event')} without a date left out.")
        return tuple(told)


_KINDS = {each.code: each.label for each in DAY_KINDS}


class CalendarImport:
    """Compares a file with the school's calendar, and takes over what is wanted."""

    def __init__(self, school: SchoolService) -> None:
        self._school = school

    def plan(self, file: CalendarFile) -> CalendarPlan:
        """What a file would change; nothing is written."""
        found = days_found(file.events)
        terms = self._school.terms.parts(SCHOOL)
        special = self._school.special_days.parts(SCHOOL)
        ruled = self._school.calendar()
        proposed: list[ProposedDays] = []
        claimed: set[tuple[str, int]] = set()
        for days in found:
            if days.kind == "bank_holiday" and ruled.bank_holiday(days.first):
                proposed.append(ProposedDays(days, DayFate.HERE))
                continue
            own = terms if days.kind == TERM else special
            same = [each for each in own if days.kind in {TERM, each.values.get("kind")}]
            made = _against(days, [each for each in same if (days.kind, each.id) not in claimed])
            if made.fate is DayFate.CHANGED and made.entry is not None:
                claimed.add((days.kind, made.entry.id))
            proposed.append(made)
        rest = sum(map(says_nothing, file.events))
        return CalendarPlan(tuple(proposed), rest, file.repeating, file.dateless)

    def accept(self, chosen: Collection[ProposedDays]) -> Changes:
        """Writes what was chosen, all of it or nothing. Raises InvalidEntry, StaleEntry."""
        wanted = [each for each in chosen if each.fate is not DayFate.HERE]
        wanted.sort(key=lambda one: (one.days.first, one.days.kind))
        try:
            return self._write(wanted)
        except InvalidEntry:
            # Where terms move to later days the last of them makes room for those before it.
            with suppress(InvalidEntry):
                return self._write(wanted[::-1])
            raise

    def _write(self, wanted: Collection[ProposedDays]) -> Changes:
        school = self._school
        touched: set[tuple[str, int]] = set()
        with school.database.changing() as change:
            for each in wanted:
                is_term = each.days.kind == TERM
                service: Any = school.terms if is_term else school.special_days
                values = _term(each.days) if is_term else _special(each.days)
                old = each.entry
                number, version = (old.id, old.version) if old is not None else (0, 0)
                row = service.save_within(
                    change, values, number, version, SCHOOL, "From a calendar file"
                )
                touched.add((service.register.key, row.id))
        return Changes(frozenset(touched))


def _against(days: FoundDays, kept: Collection[Entry]) -> ProposedDays:
    """What days of a file are in the calendar; ``kept``: what it has of that kind.

    Where it has several within the one of the file, such as the halves of a term, it says more
    than the file, and stays. Else the file changes the one with which it shares the most days.
    """
    meeting = []
    for each in kept:
        first, last = _days_of(each)
        if (first, last) == (days.first, days.last):
            return ProposedDays(days, DayFate.HERE, each)
        if first <= days.last and days.first <= last:
            meeting.append((first, last, each))
    if not meeting:
        return ProposedDays(days, DayFate.NEW)
    within = [days.first <= first and last <= days.last for first, last, _ in meeting]
    if len(meeting) > 1 and all(within):
        return ProposedDays(days, DayFate.HERE, meeting[0][2])
    shared = [min(last, days.last) - max(first, days.first) for first, last, _ in meeting]
    return ProposedDays(days, DayFate.CHANGED, meeting[shared.index(max(shared))][2])


def _term(days: FoundDays) -> dict[str, Any]:
    return {"name": days.name, "first": days.first, "last": days.last}


def _special(days: FoundDays) -> dict[str, Any]:
    last = days.last if days.last != days.first else None
    return {"day": days.first, "last": last, "kind": days.kind, "name": days.name}


def _days_of(entry: Entry) -> tuple[dt.date, dt.date]:
    """First and last day of what stands in the calendar."""
    first: dt.date = entry.values.get("first") or entry.values["day"]
    return first, entry.values.get("last") or first


def _span_of(entry: Entry) -> str:
    first, last = _days_of(entry)
    return long_date(first) + (f" to {long_date(last)}" if last != first else "")
