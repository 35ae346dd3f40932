"""Days as people type them, read in one place for forms, spreadsheets and commands."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from dpdesk.law.words import LONDON, day_name, month_name

WANTED: Final = "Write the date as day, month and year, for example 3 September 2026."
SPOKEN: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
TIME: Final = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?)?"
    r"(?:\s*(?:(?P<half>[ap])\.?m\.?|h(?:ou)?rs?\b))?(?:\s*(?P<zone>GMT|BST))?"
)
"""A time of day; it needs minutes or a half of the day to be one."""
_NOON: Final = re.compile(r"(?:\b12\s?|\b)(?:noon|mid-?day)\b", re.IGNORECASE)

_SURE_YEARS: Final = 30
"""So far from today may a year of two digits lie; beyond, it may be of either century."""
_SURE_DAYS: Final = 150
"""So far from today may a day without its year lie; beyond, it may be of either year."""
_FILES_YEAR: Final = 2026
"""What a year of two digits is near to where the day of reading is not known."""

_GAP = r"[./\-,\s]"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:'?(?P<year>\d{4}|\d{2}))"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[./\-](?P<month>\d{1,2})[./\-](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})",
        rf"(?P<day>\d{{1,2}})\s?[./\-\s]\s*(?P<month>\d{{1,2}}){_GAP}+{_YEAR}",
        rf"(?:the\s+)?{_DAY}(?:\s+of\s+|{_GAP}*){_MONTH}(?:{_GAP}*{_YEAR})?",
        rf"{_MONTH}{_GAP}*{_DAY}{_GAP}+{_YEAR}",
        # Without its ending, "Dec 26" may as well be December 2026.
        rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?P<year>)",
        rf"{_MONTH}\s*(?P<day>0?[1-9])(?P<year>)",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>)",
    )
)
_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,\s]*")
_ENDING = re.compile(
    rf"(?P<before>.{{1,60}}?)(?:[,\s]{{1,9}}(?:at\s+)?|(?<=\d)T){TIME}", re.IGNORECASE
)
"""A day and a time of day; no day takes more than sixty signs."""
_TIME_FIRST = re.compile(rf"{TIME}(?:,\s?|\s)(?:on\s+)?(?P<before>.{{1,60}})", re.IGNORECASE)


class UnreadDate(ValueError):
    """What is typed does not look like a day at all; says how to write one."""


def read_date(words: str, today: dt.date | None = None, *, timed: bool = True) -> dt.date:
    """A day as people type it: 3/9/2026, 3/9/26, 3 Sept, 2nd November 2026, 2026-09-03.

    Day before month, always: this is England. A day of the week before it must be the right one,
    and a year of two digits is the one near ``today``. ``timed``: a time behind the day is read
    over.

    ``today`` lets a day be called today, yesterday or tomorrow, or stand without its year (the
    nearest one); without it such words are refused, since a sheet or a file may be read on another
    day than it was written.

    Raises ValueError with a sentence for days that do not exist or may be two, and its kind
    UnreadDate for anything else.
    """
    words = " ".join(re.sub("[\u2010-\u2015]", "-", words).replace("\u2019", "'").split())
    words = noon_as_figures(words.rstrip(" .,;"))
    if timed and (exact := _with_offset(words)) is not None:
        return exact
    if today is not None and words.casefold() in SPOKEN:
        return today + dt.timedelta(SPOKEN[words.casefold()])
    plain = words
    if weekday := _WEEKDAY.match(words.casefold()):
        plain = words[weekday.end() :]
    found = next((found for form in _FORMS if (found := form.fullmatch(plain))), None)
    if found is None:
        if timed and (before := _before_time(words)):
            return read_date(before, today, timed=False)
        raise UnreadDate(WANTED)
    day = _day(found, today)
    if weekday and not day_name(day).casefold().startswith(weekday[1][:3]):
        raise ValueError(
            f"{day.day} {month_name(day)} {day.year} is a {day_name(day)}. "
            "Mend the date or leave out the day of the week."
        )
    return day


def month_number(word: str) -> int:
    """The number of a month by its English name or the beginning of it.

    Raises ValueError with a sentence.
    """
    for number in range(1, 13):
        if month_name(dt.date(2000, number, 1)).casefold().startswith(word.casefold()):
            return number
    if word.casefold() == "sept":
        return 9
    raise ValueError("The name of the month is not known. Write it in English or as a number.")


def noon_as_figures(words: str) -> str:
    """The words with noon, 12 noon and midday written as 12:00."""
    return _NOON.sub("12:00", words)


def _with_offset(words: str) -> dt.date | None:
    """The school's day of a moment that carries its offset; None for all others."""
    try:
        exact = dt.datetime.fromisoformat(words)
        return exact.astimezone(LONDON).date() if exact.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _before_time(words: str) -> str:
    """What stands beside a time of day; empty where there is none."""
    ending = _ENDING.fullmatch(words) or _TIME_FIRST.fullmatch(words)
    if ending is None or not (ending["minute"] or ending["half"]):
        return ""
    possible = int(ending["hour"]) < 24 and int(ending["minute"] or 0) < 60
    return ending["before"] if possible else ""


def _day(found: re.Match[str], today: dt.date | None) -> dt.date:
    day, month = int(found["day"]), found["month"]
    number = int(month) if month.isdigit() else month_number(month)
    year = found["year"] or ""
    if not year:
        return _nearest(day, number, today)
    return _in_calendar(full_year(year, today), number, day)


def full_year(year: str, today: dt.date | None = None) -> int:
    """The year that two digits mean: the one near today. Raises ValueError where it may be two."""
    if len(year) == 4:
        return int(year)
    near = today.year if today is not None else _FILES_YEAR
    meant = near + (int(year) - near + 50) % 100 - 50
    if abs(meant - near) > _SURE_YEARS:
        other = meant + (100 if meant < near else -100)
        first, second = sorted((meant, other))
        raise ValueError(f"Write the year with four digits: {first} or {second}?")
    return meant


def _nearest(day: int, month: int, today: dt.date | None) -> dt.date:
    """The day of that name nearest to today."""
    if today is None:
        raise UnreadDate(WANTED)
    found = []
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2000, month)[1]:
        raise ValueError("There is no such day in the calendar.")
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    found.sort(key=lambda one: abs(one - today))
    if len(found) < 2 or abs(found[0] - today).days > _SURE_DAYS:
        named = " or ".join(f"{day} {month_name(one)} {one.year}" for one in sorted(found[:2]))
        raise ValueError(
            f"Write the year as well: {named}?" if found else "Write the year as well."
        )
    return found[0]


def _in_calendar(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        said = "There is no such day in the calendar"
        if month > 12 >= day:
            said += f": there is no month {month}, and the day comes before the month"
        elif 1 <= month <= 12 and day > 28 and 1 <= year <= 9999:
            last = calendar.monthrange(year, month)[1]
            said += f": {month_name(dt.date(2000, month, 1))} {year} has {last} days"
        raise ValueError(f"{said}.") from error
