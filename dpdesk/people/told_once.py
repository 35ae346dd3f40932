"""Lists in which a class stands once, and the rows below it are left empty.

A person reads such a list without noticing: whoever follows below 7A is in 7A. Nothing in the file
says so, so nobody is put into a class unasked; but the list says it plainly enough to be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dpdesk.law.words import count, listed
from dpdesk.people.cells import word
from dpdesk.people.columns import Layout
from dpdesk.people.headings import PERSON
from dpdesk.people.left_out import is_no_person
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_GROUPS: Final = {"year_group": "year group", "form": "class", "house": "house"}
"""What pupils are sorted by, the widest first; a house may stand before or behind."""
_NAMES: Final = ("name", "name_reversed", "surname", "forename", "born", "upn")


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """A column that says something in the first row of each group only."""

    heading: str
    place: int
    what: str
    """Year group, class or house, in words."""
    groups: int
    """Rows that say something."""
    below: tuple[tuple[int, Any], ...]
    """Numbers of the rows that would say the same as one above, with what that is."""
    line: str = ""
    """The first of the lines that say it, where it is no column of the list."""


def found_in(
    sheet: Sheet, layout: Layout, lines: Mapping[int, str] | None = None
) -> tuple[ToldOnce, ...]:
    """The columns of a list of pupils that say their group once.

    ``lines``: places of columns that the list has not, made of lines between its pupils.
    """
    if layout.kind != "pupil":
        return ()
    meant = {what: at for at, (who, what) in layout.columns.items() if who == PERSON}
    groups = {what: meant[what] for what in _GROUPS if what in meant}
    if all(_said(row, at) for at in groups.values() for row in sheet.rows):
        return ()
    rows = _rows(sheet, layout, meant, groups.values())
    found = []
    for what, at in groups.items():
        below = _below(rows, groups, what)
        if below:
            heading = sheet.columns[at] or _GROUPS[what].capitalize()
            said = sum(bool(_said(row, at)) for row, _ in rows)
            line = (lines or {}).get(at, "")
            found.append(ToldOnce(heading, at, _GROUPS[what], said, tuple(below.items()), line))
    return tuple(found)


def read_so(sheet: Sheet, found: Sequence[ToldOnce], *, down: bool) -> Sheet:
    """The sheet with a note on each column; ``down``: the rows below say the same as the one above.

    The notes stand before all others, because whole classes hang on them.
    """
    if not found:
        return sheet
    if not down:
        return replace(sheet, notes=(*map(_left, found), *sheet.notes))
    below: dict[int, dict[int, Any]] = {}
    for column in found:
        for number, cell in column.below:
            below.setdefault(number, {})[column.place] = cell
    rows = tuple(
        _with(row, below[row.number]) if row.number in below else row for row in sheet.rows
    )
    return replace(sheet, rows=rows, notes=(*map(_taken, found), *sheet.notes))


def question(found: Sequence[ToldOnce]) -> str:
    """What is asked: may the rows below be read so?"""
    columns = [f"“{each.heading}”" for each in found if not each.line]
    lines = [each for each in found if each.line]
    parts = [f"fill the empty cells of {listed(columns)} with what stands above"] if columns else []
    parts += [
        f"read lines such as “{each.line}” as the {each.what} of the pupils below" for each in lines
    ]
    said = " and ".join(parts)
    return f"{said[:1].upper()}{said[1:]}"


def _left(column: ToldOnce) -> str:
    if column.line:
        return (
            f"“{column.line}” is in a row of its own, and {count(len(column.below), 'pupil')} "
            f"below such lines come in without a {column.what}."
        )
    rows, below = count(column.groups, "row"), count(len(column.below), "row")
    return (
        f"“{column.heading}” is in {rows} and is empty in the {below} below, whose pupils come "
        f"in without a {column.what}."
    )


def _taken(column: ToldOnce) -> str:
    if column.line:
        pupils = count(len(column.below), "pupil")
        return f"Lines such as “{column.line}” are read as the {column.what} of {pupils} below."
    below = count(len(column.below), "row")
    return f"“{column.heading}” stands once for each {column.what}; it is read for {below} below."


def _rows(
    sheet: Sheet, layout: Layout, meant: Mapping[str, int], groups: Collection[int]
) -> list[tuple[SheetRow, bool]]:
    """The rows with which a pupil begins (True) or that hold a group alone, above its pupils.

    Those of a further contact of the same pupil are not among them.
    """
    named_by = {name: meant[name] for name in _NAMES if name in meant}
    found: list[tuple[SheetRow, bool]] = []
    before: list[str] = []
    for row in sheet.rows:
        cells = {name: _said(row, at) for name, at in named_by.items()}
        if is_no_person(row, cells, layout):
            continue
        named = list(cells.values())
        if any(named):
            if named != before:
                found.append((row, True))
            before = named
        elif not any(_said(row, at) for at in layout.columns if at not in groups):
            found.append((row, False))
    return found


def _below(
    rows: Sequence[tuple[SheetRow, bool]], groups: Mapping[str, int], what: str
) -> dict[int, Any]:
    """Rows below one that names a group, with that; none where the column is no outline.

    It is one where the first row has a group, no group comes again after another, and hardly one
    stands beside a second pupil. A wider group that begins ends what stood before.
    """
    at = groups[what]
    wider = _wider(what, groups)
    found: dict[int, Any] = {}
    seen: set[str] = set()
    here: Any = None
    within: dict[int, str] = {}
    filled = again = 0
    for row, is_pupil in rows:
        said = _said(row, at)
        around = within | {place: told for place in wider if (told := _said(row, place))}
        if around != within:
            within, seen, here = around, set(), None
        if said:
            if said in seen and said != word(here):
                return {}
            filled, again = filled + 1, again + (said in seen)
            seen.add(said)
            here = row.cells[at]
        elif here is not None and is_pupil:
            found[row.number] = here
    first = bool(rows) and bool(_said(rows[0][0], at))
    return found if first and len(found) > again and len(found) * 2 >= filled else {}


def _wider(what: str, groups: Mapping[str, int]) -> list[int]:
    """The groups within which another begins anew: a year, and whatever stands to the left."""
    if what == "form":
        return [at for each, at in groups.items() if each == "year_group" or at < groups[what]]
    left = {each: at for each, at in groups.items() if at < groups[what]}
    return [at for each, at in left.items() if (each, what) != ("form", "year_group")]


def _said(row: SheetRow, place: int) -> str:
    return word(row.cells[place]) if place < len(row.cells) else ""


def _with(row: SheetRow, fresh: Mapping[int, Any]) -> SheetRow:
    cells = list(row.cells)
    cells += [None] * (max(fresh) + 1 - len(cells))
    for place, cell in fresh.items():
        cells[place] = cell
    return replace(row, cells=tuple(cells))
