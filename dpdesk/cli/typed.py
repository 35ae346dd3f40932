"""What is typed after a command, read as days, moments, pages and answers."""

from __future__ import annotations

import argparse
import datetime as dt
import math

from dpdesk.law.dates import read_date
from dpdesk.law.words import LONDON


def day(words: str) -> dt.date:
    """A day as people type it."""
    try:
        return read_date(words, dt.datetime.now(LONDON).date())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def span(words: str) -> tuple[dt.date, dt.date]:
    """FIRST:LAST, two days, both included."""
    first, sign, last = words.partition(":")
    if not sign:
        raise argparse.ArgumentTypeError("Write the first and the last day, as 2/9/26:16/12/26.")
    both = day(first), day(last)
    if both[1] < both[0]:
        raise argparse.ArgumentTypeError("The last day comes before the first.")
    return both


def moment(words: str) -> dt.datetime:
    """A day and time as people type it, in the school's local time; in UTC."""
    from dpdesk.registers.wording import read_moment  # slow to load, and only breaches need it

    try:
        return read_moment(words, dt.datetime.now(dt.UTC))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def page(words: str) -> int:
    """The number of a page, from 1."""
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError("Pages are counted from 1.")
    return int(words)


def box(words: str) -> tuple[int, float, float, float, float]:
    """N,X,Y,W,H: a page from 1, then left, top, width and height in points."""
    wrong = argparse.ArgumentTypeError(
        "Write page, left, top, width and height, for example 3,72,140.5,200,14."
    )
    parts = words.split(",")
    if len(parts) != 5:
        raise wrong
    number = page(parts[0].strip())
    try:
        x, y, width, height = (float(part) for part in parts[1:])
    except ValueError:
        raise wrong from None
    if not all(math.isfinite(each) for each in (x, y, width, height)) or min(width, height) <= 0:
        raise wrong
    return number, x, y, width, height


def answer(words: str) -> tuple[str, str]:
    """FIELD=VALUE as a field and its value."""
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        # Without quoting the words: they may be a name that wants quotation marks.
        raise argparse.ArgumentTypeError(
            "Write each answer as FIELD=VALUE, in quotation marks if it holds spaces."
        )
    return name.strip(), value
