"""A spreadsheet of boxes, as a school has kept one, as lines of the page for several holdings.

Its columns are known by what they are called. What is not understood is named and left out; each
line is then read, and can be mended, as if it had been typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dpdesk.law.folding import fold
from dpdesk.registers.wording import show_date
from dpdesk.retention.typed_rows import COLUMNS

_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {
        0: "class|retention class|class of records|record class|class of the schedule|"
        "which class of the schedule|code|retention code|category|record type|type of record|type|"
        "schedule",
        1: "what|what is it|description|contents|content|item|items|records|record|title|box|"
        "box contents|file|file title|details|subject",
        2: "date or year|date|dates|year|years|date range|covering dates|period|period covered|"
        "end date|last date|to|date of event|last entry|academic year|school year|tax year|"
        "financial year|any day in the year it belongs to",
        3: "name of the person|name|person|pupil|pupil name|student|student name|employee|"
        "employee name|staff name|staff member|full name|whose",
        4: "where is it kept|where|kept in|kept|location|place|shelf|room|store|storage|"
        "storage location|box location",
        5: "how much|quantity|amount|volume|number of boxes|boxes|no of boxes|size",
        6: "safeguarding|does it concern the safeguarding of a child|child protection|cp",
    }
)
"""What a column for each cell of a line may be called."""
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("date of birth", "dob", "d o b", "born", "birth date"), "born"),
        **dict.fromkeys(
            ("left", "left on", "leaving date", "date left", "leaving year", "year left",
             "leavers", "year of leaving", "date of leaving", "left the school on"),
            "left",
        ),
    }
)  # fmt: skip
"""Columns of dates that say which date it is."""
HEADINGS: Final = frozenset((*_SAID, *(n for names in _NAMES.values() for n in names.split("|"))))
"""Every heading that is understood, in small letters."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """Lines as they would be typed, and the headings of what was left out."""

    lines: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...] = ()


def arrange(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Arranged:
    """The rows of a table as lines: by the headings, or as they stand where none is known."""
    places, dated = _places(columns)
    if len(places) + bool(dated) < 2:
        every = [columns, *rows]
        return Arranged(tuple(_padded([_words(cell) for cell in row]) for row in every))
    used = {*places.values(), *dated}
    lines = tuple(tuple(_line(row, places, dated)) for row in rows)
    left = tuple(heading for n, heading in enumerate(columns) if n not in used and heading.strip())
    return Arranged(tuple(line for line in lines if any(line)), left)


def with_heading(rows: Sequence[Sequence[str]]) -> Arranged:
    """Pasted lines: arranged by the first of them, where it is a row of headings."""
    if rows:
        places, dated = _places(rows[0])
        if len(places) + len(dated) >= 2 and len(places) + len(dated) * 2 > len(rows[0]) / 2:
            return arrange(rows[0], rows[1:])
    return Arranged(tuple(tuple(row) for row in rows))


def _places(columns: Sequence[str]) -> tuple[dict[int, int], dict[int, str]]:
    """By the cell of a line the column that fills it; and columns of dates that say which."""
    plain = [" ".join(fold(heading).split()) for heading in columns]
    places: dict[int, int] = {}
    for cell, names in _NAMES.items():
        for name in names.split("|"):
            if name in plain and plain.index(name) not in places.values():
                places[cell] = plain.index(name)
                break
    dated = {n: _SAID[heading] for n, heading in enumerate(plain) if heading in _SAID}
    return places, dated


def _line(row: Sequence[Any], places: Mapping[int, int], dated: Mapping[int, str]) -> Iterator[str]:
    for cell in range(len(COLUMNS)):
        place = places.get(cell)
        words = _words(row[place]) if place is not None and place < len(row) else ""
        if cell == 2:
            said = [f"{word} {_words(row[n])}" for n, word in dated.items() if _words(row[n])]
            words = words or (said[0] if said else "")
        yield words


def _padded(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple([*cells, *[""] * len(COLUMNS)][: len(COLUMNS)])


def _words(cell: Any) -> str:
    """A cell as somebody would type it."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return show_date(cell.date())
    if isinstance(cell, dt.date):
        return show_date(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
