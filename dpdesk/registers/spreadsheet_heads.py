"""Where the headings of a table stand: not always in the first row, and not always alone.

Who asks for a table knows what its headings may be called. The row that says most of them is the
row of headings; where none says any, it is the first row that holds more than one cell, unless
a much fuller row of words follows soon.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from dpdesk.law.folding import fold

LOOKED_AT: Final = 40
"""Rows from the top that hold something, among which the headings are sought."""
_ABOVE: Final = 8
"""Rows that may stand between a first row of two cells and the headings."""
_LEAST: Final = 3
_FULLER: Final = 1.5


def plain(heading: Any) -> str:
    """A heading without capitals, accents, spaces and marks, as headings are compared."""
    return "".join(sign for sign in fold(str(heading or "")) if sign.isalnum())


def says(cell: Any) -> bool:
    """Whether a cell holds anything to read."""
    if type(cell) is str:  # as most are, of hundreds of thousands
        return bool(cell) and not cell.isspace()
    return cell is not None and str(cell).strip() != ""


def known_in(cells: Sequence[Any], known: Collection[str]) -> int:
    """How many different headings that are known stand in a row."""
    return len({word for cell in cells if (word := plain(cell)) in known}) if known else 0


def head_of(rows: Sequence[Sequence[Any]], known: Collection[str]) -> int:
    """The place of the row of headings among rows that hold something."""
    first = rows[:LOOKED_AT]
    best = max(range(len(first)), key=lambda n: known_in(first[n], known), default=0)
    if first and known_in(first[best], known):
        return best
    found = next((n for n, cells in enumerate(rows) if sum(map(says, cells)) > 1), 0)
    wide = sum(map(says, rows[found])) if rows else 0
    for n, cells in enumerate(rows[found + 1 : found + 1 + _ABOVE], found + 1):
        # A school's name and address, or headings over several columns, stand above fuller ones.
        if sum(map(says, cells)) >= max(_LEAST, _FULLER * wide) and _are_names(cells):
            return n
    return found


def _are_names(cells: Sequence[Any]) -> bool:
    """Whether all that a row says are different words without figures, as headings are."""
    filled = [cell for cell in cells if says(cell)]
    words = {plain(cell) for cell in filled if isinstance(cell, str)}
    return len(words) == len(filled) and not any(sign.isdigit() for cell in filled for sign in cell)
