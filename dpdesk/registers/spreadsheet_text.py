"""Tables as text (CSV): their letters, the sign between their cells, and their quotation marks.

This runs in a worker process, see ``spreadsheet_in``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_heads import LOOKED_AT, known_in, says
from dpdesk.registers.spreadsheet_parts import (
    MOST_COLUMNS,
    MOST_ROWS,
    RISKY,
    SAVE_AS,
    SIGNS,
    SheetRow,
)
from dpdesk.walls import alphabets

_EMPTY_IN_A_ROW: Final = 1_000
_LONGEST_CELL: Final = 200_000
_WIDEST_LINE: Final = 16_384
"""Cells of a line of text that are looked at; a spreadsheet program knows no more."""
_BEGINNING: Final = 20_000
"""Characters in which the sign between the cells is sought."""
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NAMED_SIGN: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<(?:!|\?xml|[a-z]+[:\s>])", re.IGNORECASE)
_OTHERS: Final = (
    (re.compile(r"%PDF-"), "a PDF"),
    (re.compile(r"\{\\rtf"), "a text document (RTF)"),
    (re.compile(r"ID;P"), "a table in an old format (SYLK)"),
    (re.compile(r"TABLE\r?\n0,1\r?\n"), "a table in an old format (DIF)"),
    (
        re.compile(r"BEGIN:V(?:CARD|CALENDAR)", re.IGNORECASE),
        "a card or calendar of an address book",
    ),
    (
        re.compile(r"(?:[\w-]{1,40}:[^\n]*\n){0,20}MIME-Version:", re.IGNORECASE),
        "a saved web page or message",
    ),
    (re.compile(r"\s{0,9}(?:\[\s{0,9})?\{\s{0,9}\""), "a file for programs (JSON)"),
)
"""Other kinds of text that spreadsheet programs open or make, by how they begin."""
_RARE_SIGNS: Final = "~^:#!*"
"""Signs that part cells only where the headings say so."""
_LINE_BREAK: Final = re.compile(r"_x000[dD]_\r?\n?|_x000[aA]_")
_DOUBLED: Final = re.compile(r'(?<=[^",;\t|\n])""(?=[^",;\t|\r\n])')
_END: Final = "\ue000end\ue000"
"""A row of its own behind the last one; a cell that was never closed swallows it."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table that was text: its rows, and how they were told apart."""

    rows: tuple[SheetRow, ...]
    encoding: str
    sign: str
    notes: tuple[str, ...]


def table(
    content: bytes, known: Collection[str] = (), *, encoding: str = "", sign: str = ""
) -> TextTable:
    """The rows of a CSV file; ``encoding`` and ``sign`` where somebody chose them.

    ``known``: headings that may stand in it, as ``spreadsheet_heads.plain`` writes them. Raises
    UnreadableFile with a sentence.
    """
    try:
        words, name, notes = alphabets.decoded(content, encoding)
    except UnicodeDecodeError:
        raise UnreadableFile("This file is not a spreadsheet.", SAVE_AS) from None
    if _BINARY.search(words):
        raise UnreadableFile("This file is not a spreadsheet.", SAVE_AS)
    if _MARKUP.match(words):
        raise UnreadableFile(
            "This is a web page or XML that only bears the name of a spreadsheet.",
            "Open it in Excel, save it as .xlsx, and import that.",
        )
    for begins, kind in _OTHERS:
        if begins.match(words):
            raise UnreadableFile(f"This is {kind}, not a spreadsheet.", SAVE_AS)
    skipped = 0
    if told := _NAMED_SIGN.match(words):
        # A line with which some programs name the sign between the cells.
        sign, words, skipped = sign or told[1], words[told.end() :], 1
    sign = sign if len(sign) == 1 else _sign(words, known)
    if any(line.count(sign) > _WIDEST_LINE for line in io.StringIO(words)):
        raise UnreadableFile(
            f"This spreadsheet has more than {MOST_COLUMNS} columns.",
            "Keep only the columns you need.",
        )
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = tuple(_rows(words, sign, skipped))
    except csv.Error:
        raise UnreadableFile("This file is not a table of cells.", SAVE_AS) from None
    finally:
        csv.field_size_limit(before)
    return TextTable(rows, name, sign, (*notes, *_about_swallowed(rows, sign)))


def _about_swallowed(rows: Sequence[SheetRow], sign: str) -> Iterator[str]:
    """A note on cells whose lines look like rows of their own, as between two stray quotes."""
    wide = max(map(len, (row.cells for row in rows)), default=0)
    if wide < 2:
        return
    # A comma in an address has a blank behind it, seldom one between cells.
    alone = re.compile(r",(?! )" if sign == "," and wide == 2 else re.escape(sign))
    found = [
        row.number
        for row in rows
        for cell in row.cells
        if "\n" in cell and any(len(alone.findall(line)) == wide - 1 for line in cell.split("\n"))
    ]
    if found:
        yield (
            f"Row {found[0]:,} has lines in one of its cells that look like rows of their own; "
            "check the quotation marks there."
        )


def _rows(words: str, sign: str, skipped: int) -> Iterator[SheetRow]:
    lines = io.StringIO(words, newline="").readlines()
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    reader = csv.reader(
        iter([*lines, _END]), delimiter=sign, skipinitialspace=sign != " ", **_escaping(words)
    )
    before = 0
    for given, cells in enumerate(reader):
        if cells == [_END]:
            return
        swallowed = reader.line_num > len(lines)
        if swallowed or (
            reader.line_num > before + 1 and _breaks_off(lines[before : reader.line_num], sign)
        ):
            raise _never_closed(skipped + before + 1)
        yield SheetRow(skipped + before + 1, tuple(_unquoted(_broken(cell)) for cell in cells))
        before = reader.line_num
        if given > MOST_ROWS + _EMPTY_IN_A_ROW:
            return


def _escaping(words: str) -> dict[str, Any]:
    """How quotation marks stand in quoted cells: doubled, or behind a stroke as databases do."""
    if '\\"' in words and not _DOUBLED.search(words):
        return {"doublequote": False, "escapechar": "\\"}
    return {}


def _breaks_off(lines: Sequence[str], sign: str) -> bool:
    """Whether letters follow a quotation mark that closes a cell of several lines.

    Then it was to open another cell, and what lies between are rows.
    """
    try:
        list(
            csv.reader(
                iter(lines),
                delimiter=sign,
                skipinitialspace=True,
                strict=True,
                **_escaping("".join(lines)),
            )
        )
    except csv.Error:
        return True
    return False


def _never_closed(number: int) -> UnreadableFile:
    return UnreadableFile(
        f"A quotation mark in row {number:,} is never closed, so the rows below it cannot be told "
        "apart.",
        "Take it out in a text editor, or close it with another, and import the file again.",
    )


def _sign(words: str, known: Collection[str]) -> str:
    """The sign between the cells.

    The row of headings decides: the sign that parts most of the headings that are known, then
    the one with which most rows have as many cells as their headings.
    """
    beginning = words[:_BEGINNING]
    # Of equals the rarer sign: commas stand in addresses and names too.
    found = max(reversed(SIGNS), key=lambda sign: _parts(beginning, sign, known))
    if known and not _parts(beginning, found, known)[0]:
        rare = max(_RARE_SIGNS, key=lambda sign: _parts(beginning, sign, known))
        if _parts(beginning, rare, known)[0] > 1:
            return rare
    return found


def _parts(beginning: str, sign: str, known: Collection[str]) -> tuple[int, float, int]:
    found = csv.reader(io.StringIO(beginning, newline=""), delimiter=sign, skipinitialspace=True)
    rows: list[list[str]] = []
    try:
        for cells in found:
            if any(map(says, cells)):
                rows.append(cells)
            if len(rows) == LOOKED_AT:
                break
    except csv.Error:
        pass
    if len(beginning) == _BEGINNING and len(rows) > 1:
        rows.pop()  # cut off
    if not rows:
        return 0, 0.0, 0
    # A line of a single cell is a heading only at the top: further down it may be of an address.
    told, best = max(
        (known_in(cells, known) if n == 0 or len(cells) > 1 else 0, -n)
        for n, cells in enumerate(rows)
    )
    widths = [len(cells) for cells in rows]
    head = next((n for n, width in enumerate(widths) if width > 1), None)
    if head is None or (told and widths[-best] == 1):
        # A single column; a sign that parts its rows is none.
        whole = told and max(widths) == 1
        return told, 0.01 if whole else 0.0, 1 + (sign == ",")
    below = widths[head + 1 :] or [widths[head]]
    share = sum(width == widths[head] for width in below) / len(below)
    # A title above the headings is seldom; each row before them speaks against the sign.
    return told, round(share / (1 + head), 2), widths[head]


def _broken(cell: str) -> str:
    """With the line breaks that some programs write as signs of a workbook."""
    return _LINE_BREAK.sub("\n", cell) if "_x000" in cell else cell


def _unquoted(cell: str) -> str:
    """Without the apostrophe that guards a text which looks like a formula."""
    return cell[1:] if cell.startswith("'") and RISKY.match(cell) else cell
