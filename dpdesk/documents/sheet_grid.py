"""A sheet of a spreadsheet as it is shown: words in cells, and what of it nobody sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from dpdesk.errors import UnreadableFile

MOST_CELLS: Final = 1_000_000
"""Cells of all sheets of a file together."""
_ALPHABET: Final = 26

State = Literal["visible", "hidden", "very hidden"]


class GridCell(NamedTuple):
    """What a cell shows; a number stands at its right."""

    text: str
    right: bool = False
    bold: bool = False


@dataclass(slots=True)
class Grid:
    """The cells of a sheet by row and column from 0; widths are in signs."""

    name: str
    state: State = "visible"
    rows: dict[int, dict[int, GridCell]] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    usual_width: float = 8.43
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    frozen_rows: int = 0
    frozen_columns: int = 0

    def put(self, row: int, column: int, cell: GridCell) -> None:
        """Puts words into a cell."""
        if cell.text:
            self.rows.setdefault(row, {})[column] = cell

    def columns(self) -> list[int]:
        """The columns in which something stands."""
        return sorted({column for row in self.rows.values() for column in row})

    def seen(self) -> tuple[list[int], list[int]]:
        """The rows and columns that are shown."""
        return (
            [row for row in sorted(self.rows) if row not in self.hidden_rows],
            [column for column in self.columns() if column not in self.hidden_columns],
        )

    def unseen_rows(self) -> list[int]:
        """Hidden rows in which something stands."""
        return [row for row in sorted(self.rows) if row in self.hidden_rows]

    def unseen_columns(self) -> list[int]:
        """Hidden columns in which something stands."""
        return [column for column in self.columns() if column in self.hidden_columns]


class Budget:
    """Counts the cells of a file, as a memory has an end."""

    def __init__(self, most: int = MOST_CELLS) -> None:
        self._left = most
        self._most = most

    def spend(self, cells: int = 1) -> None:
        """Takes note of more cells. Raises UnreadableFile where they are too many."""
        self._left -= cells
        if self._left < 0:
            raise UnreadableFile(
                f"This spreadsheet has more than {self._most:,} cells with something in them.",
                "Open it, keep the rows that are about this matter, and add that as a new file.",
            )


def letters(column: int) -> str:
    """The letters that a column goes by: A, B, … Z, AA."""
    found = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, _ALPHABET)
        found = chr(ord("A") + rest) + found
    return found


def place(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a cell that is called like B12."""
    head = reference.replace("$", "").rstrip("0123456789")
    digits = reference.replace("$", "")[len(head) :]
    if not head.isalpha() or not head.isascii() or len(head) > 3 or not digits or len(digits) > 8:
        return None
    column = 0
    for letter in head.upper():
        column = column * _ALPHABET + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbours taken together: 1, 2, 3, 7 are (1, 3) and (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
