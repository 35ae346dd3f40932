"""Lists in which a class is a line of its own above its pupils, or the title above the headings.

Such a list is read as if it had one more column, in which the class stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dpdesk.people.cells import word, year_code
from dpdesk.people.columns import Layout
from dpdesk.people.headings import PERSON
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_MOST_CELLS: Final = 3
"""Cells of a row that are looked at closely; some may hold blanks only."""
_BEHIND: Final = r"(?: ?[-–(,:].{0,60})?"
"""What may follow a class: the name of whoever teaches it."""
_BEFORE: Final = (
    r"(?:(?:class list|class|form|tutor group|reg group|registration group|register|pupils)"
    r"(?: for| of| in)?(?: class| form)? ?[:–-]? ?)"
)
_CLASS: Final = re.compile(r"((?:1[0-3]|[1-9])[A-Z]{1,3}|[RN][A-Z])" + _BEHIND)
_SAID: Final = re.compile(_BEFORE + r"((?:1[0-3]|[1-9]|R|N) ?[A-Z]{1,3})" + _BEHIND, re.IGNORECASE)
_CALLED: Final = re.compile(
    r"(?i:class|form|tutor group) ?[:–-]? "
    r"(?!(?i:list|lists|register|teachers?|tutors?|group|names?)\b)"
    r"([A-Z][\w’']{1,20})" + _BEHIND
)
"""A class with a name: "Class Oak"."""
_YEAR: Final = re.compile(
    r"(?:pupils (?:of|in) )?((?:year|yr|y) ?(?:1[0-3]|[1-9])|reception|nursery)" + _BEHIND,
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outlined:
    """A list with its lines as columns: the sheet and the layout that has them."""

    sheet: Sheet
    layout: Layout
    lines: Mapping[int, str]
    """Places of the new columns, to the words of the first of their lines."""
    numbers: frozenset[int]
    """Rows that are such lines and nobody."""


def outlined(sheet: Sheet, layout: Layout) -> Outlined | None:
    """The list as if its lines were columns; None where it has none, or a column says the same."""
    if layout.kind != "pupil":
        return None
    said = {what for who, what in layout.columns.values() if who == PERSON}
    wanted = [what for what in ("year_group", "form") if what not in said]
    above = [row for row in sheet.how.top if row.number < sheet.how.asked.head]
    top = list(_lines(above, wanted))
    within = list(_lines(sheet.rows, wanted))
    places: dict[str, int] = {}
    lines: dict[int, str] = {}
    width = max([len(sheet.columns), *(len(row.cells) for row in sheet.rows)])
    for what in wanted:
        first = next((each for each in (*top, *within) if each[1] == what), None)
        if first is not None:
            places[what] = width + len(places)
            lines[places[what]] = first[3]
    if not places:
        return None
    wide = width + len(places)
    told = {row.number: (what, value) for row, what, value, _ in within}
    rows = [_told(row.number, wide, places[what], value) for row, what, value, _ in top]
    for row in sheet.rows:
        if row.number in told:
            what, value = told[row.number]
            rows.append(_told(row.number, wide, places[what], value))
        else:
            rows.append(replace(row, cells=(*row.cells, *[None] * (wide - len(row.cells)))))
    columns = (*sheet.columns, *[""] * (wide - len(sheet.columns)))
    meant = {**layout.columns, **{at: (PERSON, what) for what, at in places.items()}}
    numbers = frozenset({*told, *(row.number for row, *_ in top)})
    return Outlined(
        replace(sheet, columns=columns, rows=tuple(rows)),
        replace(layout, columns=meant),
        lines,
        numbers,
    )


def without_lines(sheet: Sheet, found: Outlined) -> Sheet:
    """The sheet without the rows that are such lines."""
    return replace(sheet, rows=tuple(r for r in sheet.rows if r.number not in found.numbers))


def _lines(
    rows: Sequence[SheetRow], wanted: Sequence[str]
) -> Iterator[tuple[SheetRow, str, str, str]]:
    """Rows with a single cell that is a class or a year: which, its value, and the words."""
    for row in rows:
        if sum(cell is not None for cell in row.cells) > _MOST_CELLS:
            continue  # a person, as nearly all rows are
        filled = [said for said in map(word, row.cells) if said]
        if len(filled) != 1:
            continue
        (said,) = filled
        if "form" in wanted and (form := _form(said)):
            yield row, "form", form, said
        elif "year_group" in wanted and (year := _YEAR.fullmatch(said)) and year_code(year[1]):
            yield row, "year_group", year[1], said


def _form(said: str) -> str:
    found = _CLASS.fullmatch(said) or _SAID.fullmatch(said) or _CALLED.fullmatch(said)
    return found[1].replace(" ", "") if found else ""


def _told(number: int, wide: int, place: int, value: str) -> SheetRow:
    cells: list[str | None] = [None] * wide
    cells[place] = value
    return SheetRow(number, tuple(cells))
