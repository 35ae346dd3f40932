"""Working days, bank holidays of England, and school days.

Bank holidays by rule come from the library ``holidays``. Those that are proclaimed later (a
coronation, a funeral) are the user's own additions, so a calendar is made from what the user
entered and every due date is computed afresh from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from dpdesk.law.words import day_name

_ONE_DAY: Final = dt.timedelta(days=1)

_LONGEST_HOLIDAY: Final = dt.timedelta(days=80)
"""No school holiday is longer. A wider gap between two terms is a term that was not entered."""

_OFFICIAL_NAMES: Final = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


class DaySpan(NamedTuple):
    """Days from the first to the last, both included: a term, a half-term."""

    first: dt.date
    last: dt.date


class SchoolDay(NamedTuple):
    """A counted school day; ``assumed`` when term dates were missing on the way to it."""

    day: dt.date
    assumed: bool


@cache
def bank_holidays_by_rule(year: int) -> Mapping[dt.date, str]:
    """Bank holidays of England in a year by law and past proclamation, with GOV.UK's names.

    Good Friday and Christmas Day are counted too: in England they are public holidays by common
    law. A holiday on a weekend is listed beside its substitute day.
    """
    # Imported here because the program starts faster without it.
    from holidays import country_holidays

    found = country_holidays("GB", subdiv="ENG", years=year)
    return MappingProxyType(
        {day: _official_name(name) for day, name in sorted(found.items()) if day.year == year}
    )


def _official_name(name: str) -> str:
    plain = name.removesuffix(" (observed)")
    official = _OFFICIAL_NAMES.get(plain, plain)
    return official if plain == name else f"{official} (substitute day)"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are working days and which are school days. Made once by :meth:`build`; hashable.

    ``added`` are bank holidays proclaimed for England which the library does not know yet;
    ``removed`` are holidays of the library that were moved or dropped. Days on which only the
    school is shut belong to ``closures`` or ``inset_days``: they are no public holidays, and do
    not move a statutory date.
    """

    added: tuple[tuple[dt.date, str], ...] = ()
    removed: frozenset[dt.date] = frozenset()
    terms: tuple[DaySpan, ...] = ()
    closures: tuple[DaySpan, ...] = ()
    inset_days: frozenset[dt.date] = frozenset()

    @classmethod
    def build(
        cls,
        *,
        added: Mapping[dt.date, str] | None = None,
        removed: Collection[dt.date] = (),
        terms: Iterable[tuple[dt.date, dt.date]] = (),
        closures: Iterable[tuple[dt.date, dt.date]] = (),
        inset_days: Collection[dt.date] = (),
    ) -> Self:
        """A calendar from what the user entered, in any order.

        ValueError where a term or closure ends before it begins.
        """
        return cls(
            added=tuple(sorted((added or {}).items())),
            removed=frozenset(removed),
            terms=_spans(terms),
            closures=_spans(closures),
            inset_days=frozenset(inset_days),
        )

    def bank_holiday(self, day: dt.date) -> str | None:
        """The name of the bank holiday on this day, or None."""
        for extra, name in self.added:
            if extra == day:
                return name or "Bank holiday"
        if day in self.removed:
            return None
        return bank_holidays_by_rule(day.year).get(day)

    def is_working_day(self, day: dt.date) -> bool:
        """Monday to Friday and no bank holiday. School holidays are working days in law."""
        return day.weekday() < 5 and self.bank_holiday(day) is None

    def why_not_working(self, day: dt.date) -> str:
        """In words: "a Saturday", "Christmas Day, a bank holiday"; empty for a working day."""
        name = self.bank_holiday(day)
        if name is not None:
            return name if "bank holiday" in name.lower() else f"{name}, a bank holiday"
        return f"a {day_name(day)}" if day.weekday() >= 5 else ""

    def roll_forward(self, day: dt.date) -> dt.date:
        """The day itself if it is a working day, else the next one that is."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def roll_back(self, day: dt.date) -> dt.date:
        """The day itself if it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def is_school_day(self, day: dt.date) -> bool:
        """A day with lessons: in term, Monday to Friday, no bank holiday, closure or INSET day.

        Education Act 1996 s.579(1): a school day is a day on which there is a school session.
        """
        return any(term.first <= day <= term.last for term in self.terms) and self._could_teach(day)

    def knows_terms_of(self, day: dt.date) -> bool:
        """Whether the entered terms tell if this day is a school day.

        True inside a term and in the holidays between two terms, but not before the first, after
        the last, or in a gap so wide that a term must be missing.
        """
        before = [term for term in self.terms if term.first <= day]
        after = [term for term in self.terms if term.last >= day]
        if not before or not after:
            return False
        return after[0].first - max(term.last for term in before) <= _LONGEST_HOLIDAY

    def add_school_days(self, day: dt.date, number: int) -> SchoolDay:
        """The ``number``-th school day after ``day``.

        Where the terms were not entered, working days count as school days and the result says
        ``assumed``: the true date can then only be later, never earlier.
        """
        assumed = False
        for candidate in _days_after(day):
            if number <= 0:
                break
            day = candidate
            known = self.knows_terms_of(day)
            assumed = assumed or not known
            if self.is_school_day(day) or (not known and self._could_teach(day)):
                number -= 1
        return SchoolDay(day, assumed)

    def _could_teach(self, day: dt.date) -> bool:
        """A working day on which the school has not said that it is closed."""
        closed = day in self.inset_days or any(
            gap.first <= day <= gap.last for gap in self.closures
        )
        return self.is_working_day(day) and not closed


def _spans(pairs: Iterable[tuple[dt.date, dt.date]]) -> tuple[DaySpan, ...]:
    spans = tuple(sorted(DaySpan(*pair) for pair in pairs))
    for span in spans:
        if span.last < span.first:
            raise ValueError("a term or closure ends before it begins")
    return spans


def _days_after(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += _ONE_DAY
        yield day
