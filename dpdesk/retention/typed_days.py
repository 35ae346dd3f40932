"""What somebody typed as "date or year" of a holding, as the day from which its period runs.

A class that runs from the date of birth is the trap: on a box of leavers stands the year in which
they left. So there a year alone is not taken for either; the words must say which it is.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from dpdesk.law.dates import UnreadDate, read_date
from dpdesk.law.retention_periods import Trigger, YearEnds
from dpdesk.law.rough_dates import last_day
from dpdesk.registers import validation
from dpdesk.registers.wording import show_date

_TWO_YEARS: Final = re.compile(r"(\d{4})\s*[/–-]\s*(\d{1,2}|\d{4})")
_NO_YEAR: Final = re.compile(r"\d{1,2}/\d{1,2}")
_BORN: Final = re.compile(
    r"\b(?:born(?:\s+(?:in|on|by))?|d\.?o\.?b\.?|date of birth)\b[:\s]*|^b\.\s*", re.IGNORECASE
)
_KIND_OF_YEAR: Final = re.compile(
    r"^(?:(?P<school>academic year|school year|ay)|(?P<tax>tax year|ty)"
    r"|(?P<financial>financial year|fiscal year|fy))[:\s]*(?=\d)",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(
    r"^(?:years? (?:ended|ending|end|to)|y/?e)[:\s]*(?:on\s+)?", re.IGNORECASE
)
_LEFT: Final = re.compile(
    r"\b(?:left|leavers?(?:\s+of)?|leaving|leave)\b(?:\s+(?:in|on))?[:\s]*", re.IGNORECASE
)
_AGED: Final = re.compile(
    r"[,;\s]{0,3}\b(?:aged?|at the age of|at)\s{1,3}(\d{1,2})\b(?:\s{0,3}years?(?: old)?)?",
    re.IGNORECASE,
)
_OLDEST: Final = 25
"""Nobody at a school is older."""
_YOUNGEST: Final = 2
_LEAVERS: Final = re.compile(
    r"\b(?:leavers?|left|leaving)\b\D{0,12}(?P<first>\d{4})(?:\s*[/–-]\s*(?P<second>\d{4}|\d{2}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day as it was understood; ``exact`` unless it is the last one that the words may mean."""

    day: dt.date
    exact: bool = True


def typed_day(
    words: str, what: str, trigger: Trigger, years: YearEnds, today: dt.date | None = None
) -> TypedDay:
    """The day from which a period runs that is counted from this trigger.

    ``what`` says what the holding is, where the year of leaving may stand. Raises ValueError with
    a sentence.
    """
    aged = _AGED.search(words)
    rest = _AGED.sub("", words)
    born, left = _BORN.search(rest), _LEFT.search(rest)
    rest = _LEFT.sub("", _BORN.sub("", rest)).strip(" ,;:")
    ended = _ENDED.match(rest)
    rest = _ENDED.sub("", rest)
    rest = re.sub(r"^(?:in|class of)\s+(?=\d{4})", "", rest, flags=re.IGNORECASE)
    if trigger.code == "DOB":
        if left and born:
            raise ValueError("Write one of the two: when the youngest was born, or when they left.")
        if ended and not born:
            raise ValueError("Its class runs from the date of birth, not from the end of a year.")
        return _birth(words, rest, what, (born, left, aged), years, today)
    if born or aged:
        raise ValueError(f"Its class runs from the {trigger.fact}, not from a date of birth.")
    return _read(rest, trigger.year, years, today)


def _birth(
    words: str,
    rest: str,
    what: str,
    said: tuple[re.Match[str] | None, re.Match[str] | None, re.Match[str] | None],
    years: YearEnds,
    today: dt.date | None,
) -> TypedDay:
    born, left, aged = said
    found = _read(rest, "school", years, today)
    if aged is not None and born is None:
        age = int(aged[1])
        if not _YOUNGEST <= age <= _OLDEST:
            raise ValueError(f"How old was the youngest? {age} cannot be right.")
        return TypedDay(_years_before(found.day, age), exact=False)
    if born is None and (left or not found.exact):
        leavers = left or _LEAVERS.search(what)
        if leavers:
            raise ValueError(
                f"They left then. How old was the youngest? Write “left {rest} aged 18”, or the "
                "date of birth of the youngest."
            )
        raise ValueError(
            f"Born or left in {rest}? Write “born {rest}” for the youngest, or “{rest} aged 11”."
        )
    return found


def _years_before(day: dt.date, number: int) -> dt.date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - number, day=last)


def _read(words: str, year: str, years: YearEnds, today: dt.date | None) -> TypedDay:
    if _NO_YEAR.fullmatch(words):
        # On a box, 09/10 is a school year more often than a day of this one.
        raise ValueError(f"Write “{words}” with its year of four digits, for example 2016/17.")
    named = _KIND_OF_YEAR.match(words)
    words = words[named.end() :] if named else words
    if (two := _TWO_YEARS.fullmatch(words)) is not None and (found := _two(words, two)):
        # Of the years that may be meant, the one that ends last.
        kinds = {year or "school", (named.lastgroup if named else None) or year or "school"}
        return TypedDay(max(years.end(kind, dt.date(found, 1, 1)) for kind in kinds), exact=False)
    try:
        return TypedDay(read_date(words, today))
    except UnreadDate:
        day = last_day(words, today)
    _possible(day.year)
    return TypedDay(day, exact=False)


def _two(words: str, two: re.Match[str]) -> int:
    """The second of two consecutive years; 0 where it is a span of years instead."""
    first, written = _possible(int(two[1])), two[2]
    if len(written) == 1:
        # "2016/7" may be July 2016, or the two years; nothing must fall due too early.
        return first + 1 if (first + 1) % 10 == int(written) else 0
    second = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if second % 100 == 0 and len(written) == 2:
        second += 100
    if len(written) == 4 and second > first + 1:
        return 0
    if second == first + 1:
        return second
    if len(written) == 2 and 1 <= int(written) <= 12 and re.search("[-–]", words):
        return 0  # "2015-09" is a month
    raise ValueError(f"“{words}” are not two consecutive years.")


def _possible(year: int) -> int:
    if not validation.EARLIEST.year <= year < validation.LATEST.year:
        raise ValueError(f"The year {year} cannot be right.")
    return year


def too_young(what: str, born: dt.date) -> str:
    """A sentence where nobody who left when the words say can have been born then; else empty."""
    found = _LEAVERS.search(what)
    if found is None:
        return ""
    left = int(found["first"]) + bool(found["second"])
    if born.year <= left - _YOUNGEST:
        return ""
    when = found["first"] + (f"/{found['second']}" if found["second"] else "")
    return (
        f"They left in {when}: none of them was born on {show_date(born)}. Enter the date of birth "
        "of the youngest."
    )
