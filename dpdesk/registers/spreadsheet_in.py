"""The door for foreign spreadsheets: they are read in a worker, within limits.

Whatever a file does to its parser, this program only ever sees rows of plain cells.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_heads import plain
from dpdesk.registers.spreadsheet_parts import (
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    Asked,
    BookSheet,
    How,
    Sheet,
    SheetRow,
    about_hidden,
    refuse_unanswered,
    unpacked,
)
from dpdesk.walls.patience import Patience
from dpdesk.walls.workers import Limits, Sentences, Worker

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Asked",
    "BookSheet",
    "How",
    "Sheet",
    "SheetRow",
    "about_hidden",
    "read_book",
    "read_sheet",
    "refuse_unanswered",
]

LIMITS: Final = Limits(seconds=60, memory=300_000_000)
_WHOLE: Final = 300.0
"""Seconds that a file may take altogether; on an ordinary computer the largest takes ten."""
_ANSWER: Final = 200_000_000
"""Bytes of all rows together as they cross the wall; an honest sheet has far fewer."""
_MOST_SHEETS: Final = 500
_LONGEST_NAME: Final = 100
_SENTENCES: Final = Sentences(
    damaged=("This spreadsheet is damaged and cannot be read.", SAVE_AS),
    endless=("Reading this spreadsheet took too long, so dpdesk stopped.", SAVE_AS),
    large=(
        "This spreadsheet needs more memory than an import is allowed.",
        "Split it into parts, or copy the cells you need into a new spreadsheet.",
    ),
)

Read = Callable[[int], object]
"""Told how many rows have been read; may raise Cancelled."""


def read_sheet(
    name: str,
    content: bytes,
    *,
    known: Collection[str] = (),
    asked: Asked = Asked(),  # noqa: B008 -- frozen
    read: Read | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Sheet:
    """Reads an xlsx or CSV file.

    ``known``: headings that may stand in it, in any spelling; by them the sheet, the row of
    headings and the sign between cells are found, unless ``asked`` says otherwise. Rows that the
    file hides are left out, and told.

    It takes a second or so; run it as a task. Raises UnreadableFile with a sentence for everything
    else: locked or old files, other kinds, files that are empty, damaged or larger than the limits;
    Cancelled where ``cancelled()`` became true.
    """
    request = {
        "name": name,
        "known": sorted({word for each in known if (word := plain(each))}),
        "asked": dataclasses.asdict(asked),
    }
    rows, answer, texts = _read("sheet", request, content, read, cancelled)
    try:
        columns = _words(texts[:1])
        table = tuple(SheetRow(number, tuple(cells)) for number, cells in rows.get(0, ()))
        notes = tuple(str(note) for note in answer["notes"])
        how = _how(answer, texts[1])
    except (ValueError, TypeError, KeyError, IndexError):
        raise UnreadableFile(*_SENTENCES.damaged) from None
    return Sheet(columns, table, notes, how)


def _how(answer: dict[str, Any], top: bytes) -> How:
    said = answer["asked"]
    asked = Asked(
        str(said["sheet"]),
        int(said["head"]),
        str(said["sign"])[:1],
        str(said["encoding"])[:_LONGEST_NAME],
        said["hidden"] is True,
    )
    hidden = {int(number) for number in answer["hidden_rows"]}
    rows = (
        SheetRow(number, tuple(cells), number in hidden)
        for number, cells in unpacked(top, MOST_COLUMNS + 1)[:_MOST_SHEETS]
    )
    titles = tuple(str(title) for title in answer["sheets"][:_MOST_SHEETS])
    wide = tuple((int(number), int(more)) for number, more in answer["wide"])
    return How(asked, titles, int(answer["hidden"]), tuple(rows), wide)


def read_book(
    content: bytes,
    *,
    read: Read | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[BookSheet, ...]:
    """Every sheet of an xlsx file, with its rows that hold something.

    Raises UnreadableFile with a sentence as :func:`read_sheet` does, for other kinds of file too.
    """
    rows, answer, texts = _read("book", {}, content, read, cancelled)
    try:
        titles = _words(texts)
        hidden = [frozenset(int(number) for number in each) for each in answer["hidden"]]
        unanswered = [tuple(str(cell) for cell in each) for each in answer["unanswered"]]
        return tuple(
            BookSheet(title, tuple(rows.get(n, ())), hidden[n], unanswered[n])
            for n, title in enumerate(titles)
        )
    except (ValueError, TypeError, KeyError, IndexError):
        raise UnreadableFile(*_SENTENCES.damaged) from None


_Rows = dict[int, list[tuple[int, list[Any]]]]


def _read(
    task: str,
    request: dict[str, Any],
    content: bytes,
    read: Read | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[_Rows, dict[str, Any], Sequence[bytes]]:
    rows: _Rows = {}
    taken = 0
    patience = Patience(_WHOLE)

    def say(said: dict[str, Any], blobs: list[bytes]) -> None:
        nonlocal taken
        taken += sum(map(len, blobs))
        place = said["sheet"]
        if patience.left() <= 0:
            raise UnreadableFile(*_SENTENCES.endless)
        if read is not None:
            read(int(said["rows"]))
        if taken > _ANSWER or type(place) is not int or not 0 <= place < _MOST_SHEETS:
            raise ValueError("more than a spreadsheet holds")
        for blob in blobs:
            rows.setdefault(place, []).extend(unpacked(blob, MOST_COLUMNS + 1))

    with Worker(LIMITS, _SENTENCES) as worker:
        answer, texts = worker.call(
            f"dpdesk.registers.spreadsheet_parsing:{task}",
            request,
            [content],
            say=say,
            cancelled=cancelled,
        )
    return rows, answer, texts


def _words(texts: Sequence[bytes]) -> tuple[str, ...]:
    words = json.loads(texts[0]) if len(texts) == 1 else None
    if not isinstance(words, list) or len(words) > _MOST_SHEETS:
        raise TypeError("a list of words")
    return tuple(str(word) for word in words)
