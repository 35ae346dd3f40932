"""Cells that were made one over several rows: a class that stands once beside all of its pupils.

The file holds what they say in the uppermost row only, while a person reads it for every row
beside them. Cells made one over several columns are left as they are: a heading over two columns
is not the heading of both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import IO, Final, NamedTuple

from dpdesk.law.words import listed
from dpdesk.registers.spreadsheet_heads import says
from dpdesk.registers.spreadsheet_parts import (
    MOST_CELLS,
    MOST_COLUMNS,
    SheetRow,
    letters,
    too_many_cells,
)

_AREA: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_IN_FILE: Final = re.compile(rb'mergeCell\s{1,9}ref="([A-Z0-9:]{5,21})"')
_PIECE: Final = 1 << 20
_LONGEST: Final = 64
"""Bytes that a piece is read again with, as a place may stand on its edge."""
_MOST: Final = 100_000
"""Merged areas of a sheet that are obeyed; a school's lists have a few hundred."""
_NAMED: Final = 20


class Downward(NamedTuple):
    """A cell over several rows, by its number of column and its first and last row."""

    column: int
    first: int
    last: int


def downward(areas: Iterable[str]) -> list[Downward]:
    """The areas (“B2:B13”) that go over several rows, each by its left column."""
    found = []
    for area in areas:
        parts = _AREA.fullmatch(area)
        if parts is None:
            continue
        column = 0
        for sign in parts[1]:
            column = column * 26 + ord(sign) - ord("A") + 1
        first, last = int(parts[2]), int(parts[3])
        if first < last and column <= MOST_COLUMNS:
            found.append(Downward(column, first, last))
        if len(found) >= _MOST:
            break
    return found


def merged_in(source: IO[bytes]) -> list[str]:
    """The merged areas of a sheet, read without its cells."""
    found: dict[str, None] = {}
    kept = b""
    while (piece := source.read(_PIECE)) and len(found) < _MOST:
        kept += piece
        found.update((each.decode("ascii"), None) for each in _IN_FILE.findall(kept))
        kept = kept[-_LONGEST:]
    return list(found)


def filled_down(
    rows: Sequence[SheetRow], merged: Sequence[Downward]
) -> tuple[list[SheetRow], tuple[str, ...]]:
    """The rows, where each says what the merged cells beside it say; and a note on them.

    A row that holds nothing of its own is not among ``rows`` and does not come to be by this.
    Raises UnreadableFile where that makes more cells than are read.
    """
    numbers = [row.number for row in rows]
    cells: dict[int, list[object]] = {}
    columns: set[int] = set()
    told = 0
    for column, first, last in merged:
        start, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if start == end or numbers[start] != first or len(rows[start].cells) < column:
            continue
        value = rows[start].cells[column - 1]
        if not says(value):
            continue
        told += end - start
        if told > MOST_CELLS:
            raise too_many_cells()
        for place in range(start + 1, end):
            here = cells.setdefault(place, list(rows[place].cells))
            here += [None] * (column - len(here))
            here[column - 1] = value
            columns.add(column)
    if not cells:
        return list(rows), ()
    made = [
        SheetRow(row.number, tuple(cells[place]), row.hidden) if place in cells else row
        for place, row in enumerate(rows)
    ]
    named = [letters(column) for column in sorted(columns)[:_NAMED]]
    where = f"column {named[0]}" if len(columns) == 1 else f"columns {listed(named)}"
    note = f"Cells in {where} are merged over several rows: what they say is read for each of them."
    return made, (note,)
