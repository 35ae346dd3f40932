"""Foreign spreadsheets, parsed: xlsx and CSV in all the ways in which they come.

This runs in a worker process (see ``spreadsheet_in``, which is the door to it). A file is told by
its content, never by its name. Everything is read in memory, within limits.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dpdesk.errors import UnreadableFile
from dpdesk.registers import spreadsheet_weighing as weighing
from dpdesk.registers.spreadsheet_parts import (
    LARGEST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    BookSheet,
    Numbered,
    Sheet,
    SheetRow,
    packed,
)
from dpdesk.registers.workbook import RISKY

if TYPE_CHECKING:
    from dpdesk.walls.inside import Answer, Call

_T = TypeVar("_T")
_EMPTY_IN_A_ROW: Final = 1_000
"""Empty rows after which the rest of a sheet counts as empty."""
_LONGEST_CELL: Final = 200_000
_WIDEST_LINE: Final = 16_384
"""Cells of a line of text that are looked at; a spreadsheet program knows no more."""
_LONGEST_HEADING: Final = 500
_AT_ONCE: Final = 500
"""Rows that cross the wall together, and after which the reader gives a sign of life."""
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


Told = Callable[[int], object]
"""Hears from time to time how many rows of a sheet have been read."""


def _quiet(_rows: int) -> None:
    return


def read_sheet(name: str, content: bytes, told: Told = _quiet) -> Sheet:
    """Reads an xlsx or CSV file. The first row that holds a table's headings names the columns.

    Raises UnreadableFile with a sentence for everything else: locked or old files, other kinds,
    files that are empty, damaged or larger than the limits.
    """
    if not content:
        raise UnreadableFile("This file is empty.", "Choose another file.")
    if len(content) > LARGEST:
        raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content)
    if content.startswith(b"PK"):
        rows, notes = _opened(content, partial(_first_sheet, told=told))
    elif name.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableFile("This is not a spreadsheet, whatever its name says.", SAVE_AS)
    else:
        rows, notes = _text(content), ()
    return _table(rows, notes)


def _table(rows: Sequence[tuple[int, list[Any]]], notes: tuple[str, ...]) -> Sheet:
    """Headings and rows. A title above the table is passed over."""
    filled = [(number, cells) for number, cells in rows if any(_says(cell) for cell in cells)]
    if not filled:
        raise UnreadableFile("There is nothing in this spreadsheet.", "Choose another file.")
    wide = (place for place, (_, cells) in enumerate(filled) if sum(map(_says, cells)) > 1)
    first = next(wide, 0)
    _, head = filled[first]
    width = max((i + 1 for _, cells in filled for i, cell in enumerate(cells) if _says(cell)))
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_COLUMNS} columns.",
            "Keep only the columns you need.",
        )
    columns = tuple(
        " ".join(str(cell or "").split())[:_LONGEST_HEADING] for cell in _padded(head, width)
    )
    body = filled[first + 1 :]
    if len(body) > MOST_ROWS:
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_ROWS:,} rows.", "Split it into parts."
        )
    if not body:
        raise UnreadableFile(
            "There are headings in this spreadsheet, but no rows below them.",
            "Choose another file.",
        )
    return Sheet(
        columns, tuple(SheetRow(n, tuple(_padded(cells, width))) for n, cells in body), notes
    )


def _padded(cells: Sequence[Any], width: int) -> list[Any]:
    return [*cells[:width], *[None] * (width - len(cells))]


def _says(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


# ----------------------------------------------------------------------------------- xlsx


def _old_office(content: bytes) -> UnreadableFile:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableFile(
            "This spreadsheet is locked with a password.",
            "Open it in a spreadsheet program, remove the password, and import it then.",
        )
    return UnreadableFile("This file is in an old format, from before 2007.", SAVE_AS)


def read_book(content: bytes, told: Told = _quiet) -> tuple[BookSheet, ...]:
    """Every sheet of an xlsx file, with its rows that hold something.

    Raises UnreadableFile with a sentence as :func:`read_sheet` does, for other kinds of file too.
    """
    if not content:
        raise UnreadableFile("This file is empty.", "Choose another file.")
    if len(content) > LARGEST:
        raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content)
    if not content.startswith(b"PK"):
        raise UnreadableFile("This is not a workbook.", "Choose a file that ends in .xlsx.")
    return _opened(content, lambda book: tuple(_every_sheet(book, told)))


def _opened(content: bytes, work: Callable[[Any], _T]) -> _T:
    """What ``work`` makes of the workbook, which is opened within the limits and closed again."""
    damaged = UnreadableFile("This spreadsheet is damaged and cannot be read.", SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            weighing.weigh(whole)
    except UnreadableFile:
        raise
    except Exception:  # noqa: BLE001 -- a damaged archive breaks its reader in many ways
        raise damaged from None
    import openpyxl

    try:
        with warnings.catch_warnings():
            # The library warns of decorations that it leaves out.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return work(book)
            finally:
                book.close()
    except UnreadableFile:
        raise
    except MemoryError:
        raise  # ends this process, and is said as what it is
    except Exception:  # noqa: BLE001 — a foreign file may break the library in any way it likes
        raise damaged from None


def _first_sheet(book: Any, told: Told) -> tuple[list[tuple[int, list[Any]]], tuple[str, ...]]:
    """The first sheet that holds something, and a note where there are others."""
    for sheet in _every_sheet(book, told):
        if any(_says(cell) for _, cells in sheet.rows for cell in cells):
            break
    else:
        return [], ()
    many = len(book.worksheets)
    notes: tuple[str, ...] = ()
    if many > 1:
        notes = (f"Only the sheet “{sheet.title}” was read; this file has {many} sheets.",)
    return list(sheet.rows), notes


def _every_sheet(book: Any, told: Told) -> Iterator[BookSheet]:
    for sheet in book.worksheets:
        # Some programs write a wrong size of the sheet; this makes it look for itself.
        sheet.reset_dimensions()
        rows = _rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), told)
        yield BookSheet(sheet.title, tuple(rows))


def _rows(rows: Iterable[Sequence[Any]], told: Told) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold something, with their numbers; stops soon after the table has ended."""
    empty = filled = said = 0
    for number, cells in enumerate(rows, 1):
        if number % _AT_ONCE == 0:
            told(filled)
        if not any(_says(cell) for cell in cells):
            empty += 1
            if empty > _EMPTY_IN_A_ROW:
                return
            continue
        empty = 0
        filled += 1
        said += sum(map(_says, cells))
        if said > MOST_CELLS:
            raise UnreadableFile(
                f"This spreadsheet has more than {MOST_CELLS:,} filled cells.",
                "Keep only the columns you need, or split it into parts.",
            )
        yield number, [_plain(cell) for cell in cells]
        # The headings, a title, and one row more than is allowed.
        if filled > MOST_ROWS + 2:
            return


def _plain(cell: Any) -> Any:
    """A cell as a word, number, day or moment. Faults such as #REF! stay as words."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, dt.datetime):
        # Spreadsheets keep fractions of a day, which are never exact.
        return (cell + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(cell, dt.date | int | float | str) or cell is None:
        return cell
    return str(cell)


# ------------------------------------------------------------------------------------ CSV


def _text(content: bytes) -> list[tuple[int, list[Any]]]:
    words = _decoded(content)
    if _BINARY.search(words):
        raise UnreadableFile("This file is not a spreadsheet.", SAVE_AS)
    skipped = 0
    if told := re.match(r"sep=(.)\r?\n", words, re.IGNORECASE):
        # A line with which some programs name the sign between the cells.
        sign, words, skipped = told[1], words[told.end() :], 1
    else:
        sign = _sign(words)
    if any(line.count(sign) > _WIDEST_LINE for line in io.StringIO(words)):
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_COLUMNS} columns.",
            "Keep only the columns you need.",
        )
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=sign)
    rows: list[tuple[int, list[Any]]] = []
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        number = skipped + 1
        for cells in reader:
            rows.append((number, [_unquoted(cell) for cell in cells]))
            number = skipped + reader.line_num + 1
            if len(rows) > MOST_ROWS + _EMPTY_IN_A_ROW:
                break
    except csv.Error:
        raise UnreadableFile("This file is not a table of cells.", SAVE_AS) from None
    finally:
        csv.field_size_limit(before)
    return rows


def _decoded(content: bytes) -> str:
    """The text, in whichever of the usual encodings it was saved."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if content[1:2] == b"\x00":
            return content.decode("utf-16-le")
        if content[:1] == b"\x00":
            return content.decode("utf-16-be")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableFile("This file is not a spreadsheet.", SAVE_AS) from None


def _sign(words: str) -> str:
    """The sign between the cells: the one that makes the most of the first rows' columns."""
    beginning = words[:20_000]

    def width(sign: str) -> int:
        found = csv.reader(io.StringIO(beginning, newline=""), delimiter=sign)
        widths = []
        try:
            for cells in found:
                widths.append(len(cells))
                if len(widths) == 20:
                    break
        except csv.Error:
            return 0
        return max(set(widths), key=widths.count) if widths else 0

    return max(",;\t|", key=width)


def _unquoted(cell: str) -> str:
    """Without the apostrophe that guards a text which looks like a formula."""
    return cell[1:] if cell.startswith("'") and RISKY.match(cell) else cell


# ------------------------------------------------------------------------------ the tasks


def sheet(call: Call) -> Answer:
    """A task: the table of a file, see :func:`read_sheet`. Rows go ahead, then the headings."""
    read = read_sheet(str(call.request["name"]), call.blobs[0], partial(_report, call))
    _tell(call, 0, [(row.number, row.cells) for row in read.rows])
    return {"notes": list(read.notes)}, [json.dumps(read.columns).encode()]


def book(call: Call) -> Answer:
    """A task: every sheet of a workbook, see :func:`read_book`."""
    titles = []
    for place, each in enumerate(read_book(call.blobs[0], partial(_report, call))):
        _tell(call, place, each.rows)
        titles.append(each.title[:_LONGEST_HEADING])
    return {}, [json.dumps(titles).encode()]


def _tell(call: Call, place: int, rows: Sequence[Numbered]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        call.report({"sheet": place, "rows": start}, [packed(rows[start : start + _AT_ONCE])])


def _report(call: Call, rows: int) -> None:
    call.report({"sheet": 0, "rows": rows})
