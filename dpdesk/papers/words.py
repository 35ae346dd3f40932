"""Dates and counts as a school would write them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def long_date(day: date) -> str:
    """A day without its week day: 18 December 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """A day with its week day: Friday 18 December 2026."""
    return f"{DAYS[day.weekday()]} {long_date(day)}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 page, 2 pages."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def and_list(words: tuple[str, ...] | list[str]) -> str:
    """Words joined as in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
