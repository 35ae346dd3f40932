"""Days as they stand on old boxes: a month, a term, a season, a span of years, a decade.

Whoever counts a retention period from such words counts from the last day that they may mean:
nothing must fall due too early. Full dates are read by :mod:`dpdesk.law.dates`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from dpdesk.law.dates import UnreadDate, full_year, month_number, read_date

_YEAR: Final = re.compile(r"(\d{4})")
_MONTH: Final = re.compile(
    r"(?:(?P<word>[A-Za-z]{3,9})\.?[\s,\-/]*|(?P<number>\d{1,2})[/\-.])'?(?P<year>\d{4}|(?<=')\d{2})"
    r"|(?P<late>\d{4})[/\-.](?P<after>\d{1,2})"
)
_SEASONS: Final = {
    "spring": (5, 31), "lent": (4, 30), "hilary": (4, 30), "easter": (4, 30),
    "summer": (8, 31), "trinity": (8, 31), "whitsun": (6, 30),
    "autumn": (12, 31), "fall": (12, 31), "michaelmas": (12, 31), "christmas": (12, 31),
    "xmas": (12, 31),
}  # fmt: skip
"""The last day that a season or a term of that name may have, in any school."""
_PART: Final = r"(?:half[\s-]?)?(?:terms?|exams?|(?P<away>holidays?|hols|break))"
_SEASON: Final = re.compile(
    rf"(?:(?P<first>{'|'.join(_SEASONS)}|winter)(?:\s+{_PART})?[\s,]+(?:of\s+)?"
    r"(?P<year>\d{4}|'\d{2})(?:\s?[/-]\s?(?P<next>\d{4}|\d{2}))?"
    rf"|(?P<late>\d{{4}})[\s,]+(?P<second>{'|'.join(_SEASONS)}|winter)"
    rf"(?:\s+{_PART.replace('away', 'off')})?)"
)
_IN_AUTUMN: Final = 9
"""A season that may end in this month or later is in the first year of a school year."""
_QUARTER: Final = re.compile(
    r"(?:(?:q\s?(?P<q>[1-4])|(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth|last)\squarter)"
    r"(?:\sof)?[\s,/-]*(?P<year>\d{4})(?:\s?[/-]\s?(?P<next>\d{4}|\d{2}))?"
    r"|(?P<late>\d{4})(?:\s?[/-]\s?(?P<then>\d{4}|\d{2}))?[\s,/-]*q\s?(?P<after>[1-4]))"
)
_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_HALF_TERM: Final = re.compile(
    r"(?:half[\s-]?term,?\s(?P<after>.{4,20})|(?P<month>.{3,12})\shalf[\s-]?term,?\s(?P<year>\d{4}))"
)
_SPILLS: Final = 7
"""Days of the next month into which a half-term holiday may reach."""
_HOLIDAYS: Final = 15
"""Days after a season into which the holidays of its name may reach: Christmas into January."""
_DECADE: Final = re.compile(r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(\d{3})0'?s")
_UNTIL: Final = re.compile(r"(?:up to|until|till|to|through)\s+(?P<end>.+)")
_BEFORE: Final = re.compile(r"(?:before\s+|pre[\s-]+)(?P<year>\d{4})")
_PART_OF: Final = re.compile(
    r"(?:early|mid|late|(?:the )?(?:start|beginning|middle|end)(?: of)?(?: the)?)[\s-]+"
    r"(?:term,?\s(?:in\s)?)?(?=[a-z0-9])"
)
_WEEK: Final = re.compile(
    r"(?:(?P<end>w/?e|week end(?:ing|ed))|w/?c|w/?b"
    r"|(?:the )?week (?:commencing|beginning|starting|of))"
    r"[:\s]+(?P<day>.{1,40})"
)
_YEARS: Final = re.compile(r"\d{4}(?:\s?(?:,|&|\+|/|\band\b)\s?\d{4}){1,9}")
_AND_BEFORE: Final = re.compile(r"(?P<end>.{4,40}?)\s(?:and|or|&)\s(?:earlier|before)")
_ABOUT: Final = re.compile(
    r"(?:circa|ca?\b|about|approx(?:imately)?|around|roughly)\b\.?\s*(?=\d)|\?|.*\d\?$"
)
_OPEN: Final = re.compile(
    r"(?:.{4,40}\s(?:and\s)?(?:onwards?|later|after)|(?:since|after)\s.{4,40})"
)
_TWO_FIGURES: Final = re.compile(r"[a-z]{3,9}\.?\s\d{2}")
_MONTHS: Final = re.compile(r"[a-z]{3,9}\.?\s?(?:-|/|to|and|&)\s?(?=[a-z]{3,9}\.?\s+\d{4}$)")
"""The first of two months of one year: "Jan-Mar 2012"."""
_TWO_DAYS: Final = re.compile(r"(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})-(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})")
_SPAN: Final = re.compile(
    r"(?:from\s+|between\s+)?(?P<start>.{1,60}?)"
    r"(?:\s{1,3}(?:to|until|till|and|&|through)\s{1,3}|\s{0,3}-\s{1,3}|\s{1,3}-\s{0,3}"
    r"|(?<=\d{4})-(?=\d{4}$))(?P<end>.{1,60})"
)


def last_day(words: str, today: dt.date | None = None) -> dt.date:
    """The last day that the words may mean: "May 2024", "Summer 2012", "1998 to 2003", "1990s".

    Full dates and years are read too. Raises ValueError with a sentence where it is nothing of
    that, a span runs backwards, or the day does not exist.
    """
    plain = " ".join(re.sub("[\u2010-\u2015]", "-", words).replace("\u2019", "'").split())
    plain = _TWO_DAYS.sub(r"\1 to \2", plain.casefold().strip(" .,;[]()"))
    if _ABOUT.match(plain):
        raise UnreadDate(f"{_WANTED} Where that is not sure, write the last: up to 2016.")
    plain = _PART_OF.sub("", plain, count=1)
    if (week := _WEEK.fullmatch(plain)) is not None:
        day = read_date(week["day"], today)
        _end(day.year, day.month)
        return day if week["end"] else day + dt.timedelta(6)
    try:
        if (found := _part(plain)) is not None:
            return found
        if months := _MONTHS.match(plain):
            first = plain[: months.end()].rstrip(" -/&").removesuffix(" to").removesuffix(" and")
            begun, ended = last_day(first + plain[-5:]), last_day(plain[months.end() :])
            if ended < begun:
                raise ValueError(f"“{words}” needs a year for each of its months.")
            return ended
        return read_date(plain, today)
    except UnreadDate:
        span = _SPAN.fullmatch(plain)
        if span is None or _OPEN.fullmatch(plain):
            raise _unread(plain) from None
    start, end = last_day(span["start"], today), last_day(span["end"], today)
    if end < start:
        raise ValueError(f"“{words}” ends before it begins.")
    return end


_WANTED: Final = "Write a date, a month, a term or a year: 3 September 2016, Sept 2016, 2016/17."


def _unread(plain: str) -> UnreadDate:
    """What is missing, in words."""
    if _OPEN.fullmatch(plain):
        return UnreadDate(f"{_WANTED} Write when it ends too: 2012 to 2016.")
    if _TWO_FIGURES.fullmatch(plain):
        return UnreadDate(f"{_WANTED} Write the year with its four digits.")
    return UnreadDate(_WANTED)


def _part(plain: str) -> dt.date | None:
    """A year, month, season or decade; None where it is none of these."""
    if (year := _YEAR.fullmatch(plain)) is not None:
        return _end(int(year[1]), 12)
    if (decade := _DECADE.fullmatch(plain)) is not None:
        return _end(int(decade[1]) * 10 + 9, 12)
    if (before := _BEFORE.fullmatch(plain)) is not None:
        return _end(int(before["year"]) - 1, 12)
    if _YEARS.fullmatch(plain) is not None:
        return _end(max(map(int, re.findall(r"\d{4}", plain))), 12)
    if (earlier := _AND_BEFORE.fullmatch(plain)) is not None:
        return last_day(earlier["end"])
    if (until := _UNTIL.fullmatch(plain)) is not None:
        return last_day(until["end"])
    if (season := _SEASON.fullmatch(plain)) is not None:
        last = _season(
            season["first"] or season["second"],
            full_year((season["year"] or season["late"]).lstrip("'")),
            season["next"] or "",
        )
        return last + dt.timedelta(_HOLIDAYS) if season["away"] or season["off"] else last
    if (half := _HALF_TERM.fullmatch(plain)) is not None:
        found = _part(half["after"] or f"{half['month']} {half['year']}")
        return found and found + dt.timedelta(_SPILLS)
    if (quarter := _QUARTER.fullmatch(plain)) is not None:
        return _quarter(quarter)
    return _month(plain)


def _quarter(found: re.Match[str]) -> dt.date:
    """Counted as late as any: a school's financial year often runs from September to August."""
    year = int(found["year"] or found["late"])
    following = found["next"] or found["then"] or ""
    if following and int(following) % 100 != (year + 1) % 100:
        raise UnreadDate(_WANTED)
    named = found["nth"] or ""
    number = _NTH.get(named) or int(found["q"] or found["after"] or named[0])
    months = 8 + 3 * number
    return _end(year + (months > 12), months - 12 * (months > 12))


def _season(name: str, year: int, following: str = "") -> dt.date:
    """``following``: the second of two years, as in "autumn term 2025/26"."""
    if following and int(following) % 100 != (year + 1) % 100:
        raise UnreadDate(_WANTED)
    if name == "winter":
        # The winter of 2012 ends in February 2013.
        return _end(year + 1, 2)
    month, day = _SEASONS[name]
    if following and month < _IN_AUTUMN:
        year += 1
    return dt.date(year, month, day)


def _month(plain: str) -> dt.date | None:
    found = _MONTH.fullmatch(re.sub(r"^(\d{4}) ([a-z]{3,9})$", r"\2 \1", plain))
    if found is None:
        return None
    word, year = found["word"], found["year"] or found["late"]
    try:
        number = month_number(word) if word else int(found["number"] or found["after"])
    except ValueError:
        raise UnreadDate(_WANTED) from None
    if not 1 <= number <= 12:
        # "2016/17" are two years: whoever knows the school's year reads them.
        return None
    return _end(full_year(year), number)


def _end(year: int, month: int) -> dt.date:
    if not 1 <= year <= 9998:
        raise ValueError(f"The year {year} cannot be right.")
    return dt.date(year, month, calendar.monthrange(year, month)[1])
