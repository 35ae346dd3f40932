"""The example school's own particulars, its terms and its special days."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from dpdesk.law.calendar import WorkCalendar

PARTICULARS: Final[dict[str, Any]] = {
    "name": "Example School",
    "address": "1 Specimen Lane\nExampleton\nEX0 0EX",
    "telephone": "01632 960100",
    "email": "office@school.example",
    "website": "www.school.example",
    "head": "Robin Sample",
    "proprietor": "Example Schools Trust",
    "ico_number": "Z0000000",
    "dpo_name": "Pat Example",
    "dpo_post": "Data Protection Officer",
    "dpo_email": "dpo@school.example",
    "dpo_telephone": "01632 960101",
}
"""The telephone numbers are set aside for fiction, and .example belongs to nobody."""

# First and last days by month and day; the year is that of the autumn term, or the one after.
_TERMS: Final = (
    ("Autumn, first half", 0, (9, 3), (10, 23)),
    ("Autumn, second half", 0, (11, 2), (12, 16)),
    ("Spring, first half", 1, (1, 6), (2, 12)),
    ("Spring, second half", 1, (2, 22), (3, 25)),
    ("Summer, first half", 1, (4, 19), (5, 28)),
    ("Summer, second half", 1, (6, 7), (7, 14)),
)


def _autumn(today: dt.date) -> int:
    """The year in which the present school year began."""
    return today.year if today.month >= 8 else today.year - 1


def terms(today: dt.date) -> list[dict[str, Any]]:
    """The terms of the present school year and the next, on working days."""
    calendar = WorkCalendar.build()
    return [
        {
            "name": f"{name} {year + later}",
            "first": calendar.roll_forward(dt.date(year + later, *first)),
            "last": calendar.roll_back(dt.date(year + later, *last)),
        }
        for year in (_autumn(today), _autumn(today) + 1)
        for name, later, first, last in _TERMS
    ]


def special_days(today: dt.date) -> list[dict[str, Any]]:
    """A day of each kind that a school is likely to enter."""
    year = _autumn(today)
    calendar = WorkCalendar.build()
    return [
        {
            "day": calendar.roll_back(dt.date(year, 9, 2)),
            "kind": "inset",
            "name": "Staff training before the autumn term",
        },
        {
            "day": calendar.roll_forward(dt.date(year + 1, 3, 8)),
            "kind": "closure",
            "name": "Founder’s day",
        },
        {
            "day": calendar.roll_forward(dt.date(year + 1, 6, 21)),
            "kind": "bank_holiday",
            "name": "Example bank holiday",
        },
    ]
