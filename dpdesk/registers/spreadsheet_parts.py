"""What a spreadsheet is read as, its limits, and how its cells cross the wall to the program."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.errors import UnreadableFile

RISKY: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet program would take for a formula at the start of a cell, wide signs too.

The end of a line before it counts as well: some programs cut it off.
"""
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 600_000
"""Cells that hold something."""
LARGEST: Final = 30 * 1024 * 1024
"""Bytes of a file, as it lies on the disk."""
SAVE_AS: Final = "Open it in a spreadsheet program and save it as .xlsx or .csv, then import that."
_TOLD: Final = 5
"""Cells that are named where something is wrong with many."""
_OF_SHOWN: Final = 3
_LONGEST_NUMBER: Final = 400
"""Signs of a number as it is written out; no number of a spreadsheet needs more."""


SIGNS: Final = (",", ";", "\t", "|")
"""What may stand between the cells of a table that is text."""


class ShownNumber(str):
    """A number as its cell shows it ("42 years"); ``number`` is what is behind it."""

    __slots__ = ("number",)
    number: float

    def __new__(cls, words: str, number: float) -> ShownNumber:
        """The words, with the number."""
        made = super().__new__(cls, words)
        made.number = number
        return made


@dataclass(frozen=True, slots=True)
class Asked:
    """How a person wants a file to be read; what is empty is found out.

    ``head`` is the number of the row of headings in the file, ``encoding`` a name of
    ``alphabets.ENCODINGS``; ``hidden``: take the rows too that the file hides.
    """

    sheet: str = ""
    head: int = 0
    sign: str = ""
    encoding: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number in the file; as many cells as the sheet has columns.

    A cell is None, a word, a number (``ShownNumber`` where its format says more), a day or a moment
    without time zone, as the file has it.
    """

    number: int
    cells: tuple[Any, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """How a file was read: what :class:`Asked` may ask, and what there is to choose from.

    ``top`` are the first rows as they stand in the file, headings and what is above them too.
    """

    asked: Asked = Asked()
    sheets: tuple[str, ...] = ()
    """Titles of the sheets of a workbook; empty for text, which has a sign and an encoding."""
    hidden: int = 0
    """Rows that the file hides."""
    top: tuple[SheetRow, ...] = ()
    wide: tuple[tuple[int, int], ...] = ()
    """Numbers of rows of a text that have more cells than its headings, and how many more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read: headings, rows that hold something, and notes for the reader."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    how: How = How()


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of a workbook: its title, and its rows with their numbers, empty ones left out.

    ``hidden`` are the numbers of the rows that the file hides; they are among the rows.
    """

    title: str
    rows: tuple[tuple[int, list[Any]], ...]
    hidden: frozenset[int] = frozenset()
    unanswered: tuple[str, ...] = ()
    """Cells with a formula whose result is not in the file."""


def too_many_cells() -> UnreadableFile:
    """The error for a sheet with more filled cells than are read."""
    return UnreadableFile(
        f"This spreadsheet has more than {MOST_CELLS:,} filled cells.",
        "Keep only the columns you need, or split it into parts.",
    )


def letters(column: int) -> str:
    """A column as spreadsheets call it: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def guarded(cell: str) -> str:
    """A cell of a CSV file, with an apostrophe before what could be taken for a formula."""
    return f"'{cell}" if RISKY.match(cell) else cell


def refuse_unanswered(cells: Sequence[str]) -> None:
    """Raises UnreadableFile where formulas have no stored result: their cells would be empty."""
    if not cells:
        return
    more = len(cells) - _TOLD
    named = ", ".join(cells[:_TOLD]) + (f" and {more:,} more" if more > 0 else "")
    raise UnreadableFile(
        f"This spreadsheet has formulas whose results are not stored in it ({named}).",
        "Open it in Excel, save it, and import it again.",
    )


def about_hidden(hidden: int, *, taken: bool) -> tuple[str, ...]:
    """A note on rows that a file hides; ``taken``: they are read nevertheless."""
    if not hidden:
        return ()
    rows, are = ("1 row", "is") if hidden == 1 else (f"{hidden:,} rows", "are")
    what = "read anyway" if taken else "left out"
    return (f"{rows} {are} hidden in this file, by a filter or by hand, and {are} {what}.",)


# ------------------------------------------------------------------------------- the wire

Numbered = tuple[int, Sequence[Any]]
"""A row's number in the file, and its cells."""


def packed(rows: Sequence[Numbered]) -> bytes:
    """Rows as bytes: each cell is nothing, a text, or a kind and its text."""
    return json.dumps(
        [[number, [_written(cell) for cell in cells]] for number, cells in rows]
    ).encode()


def unpacked(content: bytes, widest: int) -> list[tuple[int, list[Any]]]:
    """The rows again.

    Raises ValueError or TypeError for anything else, as a worker may say anything.
    """
    rows = []
    for number, cells in json.loads(content):
        if type(number) is not int or len(cells) > widest:
            raise ValueError("no row of a sheet")
        rows.append((number, [_read(cell) for cell in cells]))
    return rows


def _written(cell: Any) -> Any:
    if isinstance(cell, ShownNumber):
        return ["shown", str(cell), _written(cell.number)]
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, dt.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["day", cell.isoformat()]
    if isinstance(cell, int):
        return ["whole", str(cell)]
    if isinstance(cell, float):
        return ["number", repr(cell)]
    return str(cell)


def _read(cell: Any) -> Any:
    if cell is None or isinstance(cell, str):
        return cell
    if len(cell) == _OF_SHOWN:
        return _read_shown(*cell)
    kind, text = cell
    if not isinstance(text, str) or len(text) > _LONGEST_NUMBER:
        raise TypeError("the text of a cell")
    if kind == "whole":
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "day":
        return dt.date.fromisoformat(text)
    if kind == "moment":
        return dt.datetime.fromisoformat(text)
    raise ValueError("no such kind of cell")


def _read_shown(kind: Any, words: Any, number: Any) -> ShownNumber:
    behind = _read(number)
    if kind != "shown" or not isinstance(words, str) or not isinstance(behind, int | float):
        raise TypeError("a number as it is shown")
    return ShownNumber(words, behind)
