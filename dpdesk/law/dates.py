"""Days as people type them, read in one place for forms, spreadsheets and commands."""

from __future__ import annotations

import datetime as dt
import re

from dpdesk.law.words import month_name

_DAY = re.compile(r"(\d{1,2})[./\-\s](\d{1,2}|[A-Za-z]{3,9})[./\-\s,]*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_date(words: str) -> dt.date:
    """A day as people type it: 3/9/2026, 3 Sept 2026, 2026-09-03.

    Raises ValueError with a sentence for anything else, and for days that do not exist. Day
    before month, always: this is England.
    """
    words = words.strip()
    if found := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY.fullmatch(words):
        day, year = int(found[1]), int(found[3])
        month = int(found[2]) if found[2].isdigit() else month_number(found[2])
    else:
        raise ValueError("Write the date as day, month and year, for example 3 September 2026.")
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError("There is no such day in the calendar.") from error


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
