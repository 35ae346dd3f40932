"""Which due dates moved when they were worked out afresh, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dpdesk.law.moments import due_at
from dpdesk.law.words import count, short_date
from dpdesk.registers.entries import Changes


@dataclass(frozen=True, slots=True)
class MovedDate:
    """An open entry whose due date is another one now."""

    register: str
    entry_id: int
    reference: str
    before: str
    """ISO day, as lists keep it."""
    after: str

    @property
    def said(self) -> str:
        """For example "SAR-2026-004 from 5 Oct 2026 to 6 Oct 2026"."""
        return f"{self.reference} from {_day(self.before)} to {_day(self.after)}"


@dataclass(frozen=True, slots=True)
class Recount:
    """What working out every date afresh changed."""

    changes: Changes
    moved: tuple[MovedDate, ...] = ()

    def said(self, most: int = 3) -> str:
        """A sentence that names the first few; empty where no date moved."""
        if not self.moved:
            return ""
        named = "; ".join(each.said for each in self.moved[:most])
        more = f"; and {len(self.moved) - most} more" if len(self.moved) > most else ""
        dates = f"{count(len(self.moved), 'date')} moved"
        return f"The calendar changed, and {dates}: {named}{more}."


Dues = Mapping[int, tuple[str, str]]
"""Reference and due day of open entries, by number."""


def moved(register: str, before: Dues, after: Dues) -> tuple[MovedDate, ...]:
    """The entries of a register whose date is another one now, the nearest first."""
    found = [
        MovedDate(register, number, reference, before[number][1], due)
        for number, (reference, due) in after.items()
        if number in before and before[number][1] != due
    ]
    return tuple(sorted(found, key=lambda each: (each.after, each.reference)))


def _day(due: str) -> str:
    day = due_at(due)
    assert day is not None
    return short_date(day)
