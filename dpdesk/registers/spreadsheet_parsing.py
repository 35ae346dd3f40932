"""Foreign spreadsheets, parsed: xlsx and CSV in all the ways in which they come.

This runs in a worker process (see ``spreadsheet_in``, which is the door to it). A file is told by
its content, never by its name. Everything is read in memory, within limits.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dpdesk.errors import UnreadableFile
from dpdesk.law.words import listed
from dpdesk.registers import spreadsheet_book, spreadsheet_text
from dpdesk.registers.spreadsheet_book import AT_ONCE, BookTable, RowsTold, opened, padded
from dpdesk.registers.spreadsheet_heads import LOOKED_AT, head_of, known_in, plain, says
from dpdesk.registers.spreadsheet_merged import filled_down
from dpdesk.registers.spreadsheet_parts import (
    LARGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    Asked,
    BookSheet,
    How,
    Numbered,
    Sheet,
    SheetRow,
    about_hidden,
    packed,
    refuse_unanswered,
)

if TYPE_CHECKING:
    from dpdesk.walls.inside import Answer, Call

_LONGEST_HEADING: Final = 500
_SURE: Final = 3
"""So many headings that are known make a sheet the one that is meant."""
_LEAST_HEADINGS: Final = 2
_MOST_FAULTS: Final = 5
_FAULTS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_MOST_NAMED: Final = 1_000
"""Cells of a sheet that cross the wall by their names."""
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _quiet(_rows: int) -> None:
    return


def read_sheet(
    name: str,
    content: bytes,
    told: RowsTold = _quiet,
    *,
    known: Collection[str] = (),
    asked: Asked = Asked(),  # noqa: B008 -- frozen
) -> Sheet:
    """Reads an xlsx or CSV file.

    ``known``: headings that may stand in it, as ``spreadsheet_heads.plain`` writes them; by them
    the sheet, the row of headings and the sign between cells are found, unless ``asked`` says
    otherwise. Rows that the file hides are left out, and told.

    Raises UnreadableFile with a sentence for everything else: locked or old files, other kinds,
    files that are empty, damaged or larger than the limits.
    """
    _refuse(content)
    if content.startswith(b"PK"):
        return opened(content, partial(_in_book, known=known, asked=asked, told=told))
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableFile("This is not a spreadsheet, whatever its name says.", SAVE_AS)
    found = spreadsheet_text.table(content, known, encoding=asked.encoding, sign=asked.sign)
    how = dataclasses.replace(asked, sheet="", sign=found.sign, encoding=found.encoding)
    return _table(found.rows, known, how, (), found.notes)


def _refuse(content: bytes) -> None:
    if not content:
        raise UnreadableFile("This file is empty.", "Choose another file.")
    if len(content) > LARGEST:
        raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
    if not content.startswith(_OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(
            "This spreadsheet is locked with a password.",
            "Open it in a spreadsheet program, remove the password, and import it then.",
        )
    raise UnreadableFile("This file is in an old format, from before 2007.", SAVE_AS)


def _table(
    rows: Sequence[SheetRow],
    known: Collection[str],
    asked: Asked,
    titles: Sequence[str],
    notes: tuple[str, ...],
) -> Sheet:
    """Headings and rows. What stands above the headings is passed over."""
    filled = [row for row in rows if any(map(says, row.cells))]
    if not filled:
        raise UnreadableFile("There is nothing in this spreadsheet.", "Choose another file.")
    first = next((n for n, row in enumerate(filled) if row.number == asked.head), None)
    if first is None:
        first = head_of([row.cells for row in filled[:LOOKED_AT]], known)
    width = max((n + 1 for row in filled for n, cell in enumerate(row.cells) if says(cell)))
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_COLUMNS} columns.",
            "Keep only the columns you need.",
        )
    columns = tuple(
        " ".join(str(cell or "").split())[:_LONGEST_HEADING]
        for cell in padded(filled[first].cells, width)
    )
    body: Sequence[SheetRow] = filled[first + 1 :]
    if len(body) > MOST_ROWS:
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_ROWS:,} rows.", "Split it into parts."
        )
    if not body:
        raise UnreadableFile(
            "There are headings in this spreadsheet, but no rows below them.",
            "Choose another file.",
        )
    body, again = _without_headings(body, columns)
    shown, hidden = without_hidden(body, taken=asked.hidden)
    how = How(
        dataclasses.replace(asked, head=filled[first].number),
        tuple(titles),
        hidden,
        tuple(SheetRow(row.number, row.cells[:width], row.hidden) for row in filled[:LOOKED_AT]),
        () if titles else _wide(filled[first], shown),
    )
    rows = tuple(SheetRow(row.number, tuple(padded(row.cells, width))) for row in shown)
    notes = (*notes, *again, *_about_faults(rows))
    return Sheet(columns, rows, (*notes, *about_hidden(hidden, taken=len(shown) == len(body))), how)


def _wide(head: SheetRow, body: Sequence[SheetRow]) -> tuple[tuple[int, int], ...]:
    """The rows with more cells than the headings, and how many more."""
    most = len(head.cells)
    return tuple((row.number, len(row.cells) - most) for row in body if len(row.cells) > most)


def _without_headings(
    rows: Sequence[SheetRow], columns: Sequence[str]
) -> tuple[Sequence[SheetRow], tuple[str, ...]]:
    """Without rows that say the headings again, as at the top of each page of a printed list."""
    head = [plain(column) for column in columns]
    if sum(map(bool, head)) < _LEAST_HEADINGS:
        return rows, ()
    first = next(place for place, each in enumerate(head) if each)

    def again_in(row: SheetRow) -> bool:
        # The first heading of a row decides nearly always, and the others need no look.
        cells = padded(row.cells, len(head))
        return plain(cells[first]) == head[first] and [plain(cell) for cell in cells] == head

    kept = [row for row in rows if not again_in(row)]
    if len(kept) == len(rows) or not kept:
        return rows, ()
    numbers = {row.number for row in kept}
    again = [row.number for row in rows if row.number not in numbers]
    where = f"Row {again[0]:,} says" if len(again) == 1 else f"{len(again)} rows say"
    return kept, (
        f"{where} the headings again, and {'is' if len(again) == 1 else 'are'} left out.",
    )


def _about_faults(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """A note on cells in which a formula has failed: #N/A is nobody's address."""
    found = [
        f"row {row.number:,}"
        for row in rows
        if any(isinstance(cell, str) and cell in _FAULTS for cell in row.cells)
    ]
    if not found:
        return ()
    return (
        f"A formula has failed in {listed(found[:_MOST_FAULTS])}"
        + (f" and {len(found) - _MOST_FAULTS} more" if len(found) > _MOST_FAULTS else "")
        + ", so a fault such as #N/A stands there. Correct it in the spreadsheet first.",
    )


def without_hidden(rows: Sequence[SheetRow], *, taken: bool) -> tuple[Sequence[SheetRow], int]:
    """The rows that a person sees, and how many are hidden; all where nothing else would be left.

    ``taken``: all of them are wanted.
    """
    seen = [row for row in rows if not row.hidden]
    hidden = len(rows) - len(seen)
    return (rows if taken or not seen else seen), hidden


# ----------------------------------------------------------------------------------- xlsx


def _in_book(book: Any, *, known: Collection[str], asked: Asked, told: RowsTold) -> Sheet:
    """The sheet that was asked for, else the one that fits best among those that are shown."""
    titles = [str(sheet.title) for sheet in book.worksheets]
    wanted = asked.sheet if asked.sheet in titles else ""
    best: BookTable | None = None
    worth = (-1, -1, -1)
    for found in spreadsheet_book.sheets(book, told, only=wanted):
        here = _worth(found, known)
        if best is None or here > worth:
            best, worth = found, here
        if wanted or (found.visible and here[0] >= (_SURE if known else 0) and here[2]):
            break
    if best is None or not best.rows:
        raise UnreadableFile("There is nothing in this spreadsheet.", "Choose another file.")
    refuse_unanswered(best.unanswered)
    notes = []
    if len(titles) > 1:
        notes.append(f"Only the sheet “{best.title}” was read; this file has {len(titles)} sheets.")
    if not best.visible:
        notes.append(f"The sheet “{best.title}” is hidden in this file.")
    if best.hidden_columns:
        named = listed(best.hidden_columns[:20])
        columns = f"Column {named} is" if len(best.hidden_columns) == 1 else f"Columns {named} are"
        notes.append(f"{columns} hidden in this file, but read.")
    rows, merged = filled_down(best.rows, best.merged)
    notes += merged
    return _table(rows, known, dataclasses.replace(asked, sheet=best.title), titles, tuple(notes))


def _worth(found: BookTable, known: Collection[str]) -> tuple[int, int, int]:
    """How much speaks for a sheet: known headings, that it is shown, that it is a table."""
    top = [row.cells for row in found.rows[:LOOKED_AT]]
    told = max((known_in(cells, known) for cells in top), default=0)
    table = any(sum(map(says, cells)) > 1 for cells in top) and len(found.rows) > 1
    if not found.rows:
        return -1, 0, 0
    # A sheet that is hidden is meant only where no other fits.
    return (told if found.visible else 0), int(found.visible), int(table)


def read_book(content: bytes, told: RowsTold = _quiet) -> tuple[BookSheet, ...]:
    """Every sheet of an xlsx file, with its rows that hold something.

    Raises UnreadableFile with a sentence as :func:`read_sheet` does, for other kinds of file too.
    """
    _refuse(content)
    if not content.startswith(b"PK"):
        raise UnreadableFile("This is not a workbook.", "Choose a file that ends in .xlsx.")
    return opened(content, partial(_every_sheet, told=told))


def _every_sheet(book: Any, told: RowsTold) -> tuple[BookSheet, ...]:
    made = []
    for found in spreadsheet_book.sheets(book, told):
        hidden = frozenset(row.number for row in found.rows if row.hidden)
        width = max((len(row.cells) for row in found.rows), default=0)
        rows = tuple((row.number, padded(row.cells, width)) for row in found.rows)
        made.append(BookSheet(found.title, rows, hidden, tuple(found.unanswered)))
    return tuple(made)


# ------------------------------------------------------------------------------ the tasks


def sheet(call: Call) -> Answer:
    """A task: the table of a file, see :func:`read_sheet`. Rows go ahead, then the headings."""
    request = call.request
    read = read_sheet(
        str(request["name"]),
        call.blobs[0],
        partial(_report, call),
        known=frozenset(request["known"]),
        asked=Asked(**request["asked"]),
    )
    _tell(call, 0, [(row.number, row.cells) for row in read.rows])
    how = read.how
    answer = {
        "notes": list(read.notes),
        "asked": dataclasses.asdict(how.asked),
        "sheets": [title[:_LONGEST_HEADING] for title in how.sheets],
        "hidden": how.hidden,
        "hidden_rows": [row.number for row in how.top if row.hidden],
        "wide": how.wide,
    }
    top = packed([(row.number, row.cells) for row in how.top])
    return answer, [json.dumps(read.columns).encode(), top]


def book(call: Call) -> Answer:
    """A task: every sheet of a workbook, see :func:`read_book`."""
    titles, hidden, unanswered = [], [], []
    for place, each in enumerate(read_book(call.blobs[0], partial(_report, call))):
        _tell(call, place, each.rows)
        titles.append(each.title[:_LONGEST_HEADING])
        hidden.append(sorted(each.hidden))
        unanswered.append(each.unanswered[:_MOST_NAMED])
    return {"hidden": hidden, "unanswered": unanswered}, [json.dumps(titles).encode()]


def _tell(call: Call, place: int, rows: Sequence[Numbered]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        call.report({"sheet": place, "rows": start}, [packed(rows[start : start + AT_ONCE])])


def _report(call: Call, rows: int) -> None:
    call.report({"sheet": 0, "rows": rows})
