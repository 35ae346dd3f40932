"""The regulator's workbook, read: the rows of the template, and what our second sheet keeps.

Each row is joined with the line of the second sheet that it was written from, so that what was
changed in the template can be told from what was not. A template that others filled in has no
second sheet; its rows stand alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.assets.ropa_columns import HEADINGS, PURPOSE_COLUMNS
from dpdesk.assets.ropa_out import KEPT, MARK, Kept, digest, digests
from dpdesk.errors import UnreadableFile
from dpdesk.law.folding import fold
from dpdesk.registers.spreadsheet_in import (
    MOST_ROWS,
    Asked,
    BookSheet,
    How,
    SheetRow,
    about_hidden,
    read_book,
    refuse_unanswered,
)
from dpdesk.registers.wording import show_date

_LOOKED_AT: Final = 40
"""Rows from the top among which the headings are sought."""
_ALIKE: Final = 0.9
_AKIN: Final = 0.4
"""From which share of equal cells on a row counts as the changed form of a line that was kept."""
_OF_LINE: Final = 4
"""Cells of a line of the second sheet before its content; a line may have been cut short."""
_MOST_COMPARED: Final = 250_000
"""Pairs of rows and lines that are compared; beyond that only their order counts."""
ASSET_COLUMNS: Final = tuple(n for n in range(len(HEADINGS)) if n not in PURPOSE_COLUMNS)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row of the template: its number in the file, its thirty cells, and words beside them."""

    number: int
    cells: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """What stands in columns that are none of the thirty, with their headings."""
    origin: Kept | None = None
    """The line of the second sheet that it was written from."""

    @property
    def edited(self) -> tuple[int, ...]:
        """The columns that differ from what was written; all that say something without origin."""
        if self.origin is None:
            return tuple(n for n, cell in enumerate(self.cells) if cell)
        marks = self.origin.cells
        return tuple(n for n, cell in enumerate(self.cells) if digest(cell) != marks[n])


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook holds."""

    rows: tuple[TemplateRow, ...]
    kept: tuple[Kept, ...] = ()
    gone: tuple[Kept, ...] = ()
    """Lines of the second sheet whose rows were taken out of the template."""
    notes: tuple[str, ...] = field(default_factory=tuple)
    how: How = field(default_factory=How)
    """How it was read, and what else could be asked."""


def read(
    content: bytes,
    asked: Asked = Asked(),  # noqa: B008 -- frozen
    cancelled: Callable[[], bool] | None = None,
) -> Book:
    """Reads the workbook; rows that it hides are left out, unless they are ``asked`` for.

    Raises UnreadableFile with a sentence for everything else, Cancelled.
    """
    sheets = read_book(content, cancelled=cancelled)
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        raise UnreadableFile(
            f"This workbook has more than {MOST_ROWS:,} rows.", "Split it into parts."
        )
    sheet, at, places = _template(sheets, asked)
    refuse_unanswered(sheet.unanswered)
    kept, damaged = _kept(sheets)
    unseen = frozenset(n for n, _ in sheet.rows[at + 1 :] if n in sheet.hidden)
    # What we wrote has no merged cells; there a row without function and purpose is an entry.
    rows, notes = _rows(sheet, at, places, merged=not kept)
    taken = asked.hidden or all(row.number in unseen for row in rows)
    if damaged:
        notes.append(
            f"{damaged} lines of the second sheet are damaged; only the template counts there."
        )
    joined, gone = _joined(rows, [line for line in kept if line.cells])
    notes += about_hidden(len(unseen), taken=taken)
    shown = [row for row in joined if taken or row.number not in unseen]
    how = _how(sheets, sheet, at, dataclasses.replace(asked, hidden=taken), len(unseen))
    return Book(tuple(shown), tuple(kept), tuple(gone), tuple(notes), how)


def _how(sheets: Sequence[BookSheet], sheet: BookSheet, at: int, asked: Asked, hidden: int) -> How:
    top = tuple(
        SheetRow(number, tuple(cells), number in sheet.hidden)
        for number, cells in sheet.rows[:_LOOKED_AT]
    )
    asked = dataclasses.replace(asked, sheet=sheet.title, head=sheet.rows[at][0])
    return How(asked, tuple(each.title for each in sheets if each.title != KEPT), hidden, top)


# --------------------------------------------------------------------------------- template


def _template(sheets: Iterable[BookSheet], asked: Asked) -> tuple[BookSheet, int, dict[int, int]]:
    """The sheet, the place of its row of headings, and the place of each of the thirty columns."""
    best: tuple[BookSheet, int, dict[int, int]] | None = None
    for sheet in sheets:
        if sheet.title == KEPT or (asked.sheet and sheet.title != asked.sheet):
            continue
        for at, (number, cells) in enumerate(sheet.rows[:_LOOKED_AT]):
            if asked.head and number != asked.head:
                continue
            places = _places(cells)
            if best is None or len(places) > len(best[2]):
                best = (sheet, at, places)
    if best is None or len(best[2]) < len(HEADINGS) // 2:
        raise UnreadableFile(
            "This is not the ICO’s template for a record of processing.",
            "Its headings, from “Business function” on, were not found. Choose another file.",
        )
    missing = [HEADINGS[n] for n in range(len(HEADINGS)) if n not in best[2]]
    if missing:
        raise UnreadableFile(
            f"The template lacks {len(missing)} of its {len(HEADINGS)} columns: "
            f"{'; '.join(missing)}.",
            "Put them back, with these headings, and import it again. Nothing was changed.",
        )
    return best


def _places(cells: Sequence[Any]) -> dict[int, int]:
    """Which of the thirty headings stands where: number of the heading to place in the row."""
    wanted = {_plain(heading): n for n, heading in enumerate(HEADINGS)}
    found: dict[int, int] = {}
    left: dict[int, str] = {}
    for place, cell in enumerate(cells):
        words = _plain(str(cell or ""))
        if words in wanted and wanted[words] not in found:
            found[wanted[words]] = place
        elif words:
            left[place] = words
    for place, words in left.items():
        open_ = [heading for heading, n in wanted.items() if n not in found]
        near = difflib.get_close_matches(words, open_, n=1, cutoff=_ALIKE)
        if near:
            found[wanted[near[0]]] = place
    return found


def _plain(heading: str) -> str:
    return "".join(sign for sign in fold(heading) if sign.isalnum())


def _rows(
    sheet: BookSheet, at: int, places: dict[int, int], *, merged: bool
) -> tuple[list[TemplateRow], list[str]]:
    head = sheet.rows[at][1]
    others = [n for n in range(len(head)) if n not in places.values() and _said(head[n])]
    rows: list[TemplateRow] = []
    for number, cells in sheet.rows[at + 1 :]:
        words = tuple(_said(_at(cells, places[n])) for n in range(len(HEADINGS)))
        beside = tuple(
            f"{_said(head[n])}: {_said(_at(cells, n))}" for n in others if _said(_at(cells, n))
        )
        if not any(words) and not beside:
            continue
        if merged and rows and not words[0] and not words[1]:
            # In merged cells only the first row says the function and the purpose.
            rows[-1] = _continued(rows[-1], words, beside)
        else:
            rows.append(TemplateRow(number, words, beside))
    if not rows:
        raise UnreadableFile(
            "There is nothing below the headings of this template.", "Choose another file."
        )
    notes = []
    if others:
        names = ", ".join(_said(head[n]) for n in others)
        notes.append(f"These columns are kept in the notes: {names}.")
    return rows, notes


def _continued(row: TemplateRow, more: tuple[str, ...], beside: tuple[str, ...]) -> TemplateRow:
    cells = tuple(
        "\n".join(dict.fromkeys(t for t in (one, other) if t))
        for one, other in zip(row.cells, more, strict=True)
    )
    return TemplateRow(row.number, cells, (*row.beside, *beside))


def _at(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _said(cell: Any) -> str:
    """The words of a cell; days as people write them."""
    if isinstance(cell, dt.datetime | dt.date):
        return show_date(cell)
    return str(cell if cell is not None else "").replace("\r\n", "\n").replace("\r", "\n").strip()


# ------------------------------------------------------------------------------ second sheet


def _kept(sheets: Iterable[BookSheet]) -> tuple[list[Kept], int]:
    """The lines of the second sheet, and how many of them cannot be read."""
    for sheet in sheets:
        if sheet.title != KEPT or not sheet.rows or sheet.rows[0][1][:1] != [MARK]:
            continue
        lines = [_line(cells) for _, cells in sheet.rows[2:]]
        return [line for line in lines if line is not None], lines.count(None)
    return [], 0


def _line(cells: Sequence[Any]) -> Kept | None:
    kind, reference, parent, made, *pieces = [
        str(cell) if cell is not None else "" for cell in (*cells, *[None] * _OF_LINE)
    ]
    try:
        content = json.loads("".join(pieces))
        answers = {str(name): str(text) for name, text in content["answers"].items()}
        marks = tuple(str(mark) for mark in content["cells"])
        rule = str(content["rule"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if len(marks) not in {0, len(HEADINGS)}:
        return None
    return Kept(kind, reference, parent, made, answers, marks, rule)


# ---------------------------------------------------------------------------------- joining


def _joined(
    rows: Sequence[TemplateRow], lines: Sequence[Kept]
) -> tuple[list[TemplateRow], list[Kept]]:
    """Each row with the line that it was written from; then the lines whose rows are gone."""
    origin: dict[int, Kept] = {}
    by_marks: dict[tuple[str, ...], list[Kept]] = defaultdict(list)
    for line in lines:
        by_marks[line.cells].append(line)
    marks = [digests(row.cells) for row in rows]
    for place in range(len(rows)):
        same = by_marks.get(marks[place])
        if same:
            origin[place] = same.pop(0)
    open_rows = [place for place in range(len(rows)) if place not in origin]
    used = {id(line) for line in origin.values()}
    open_lines = [line for line in lines if id(line) not in used]
    origin.update(_akin(open_rows, open_lines, marks))
    used = {id(line) for line in origin.values()}
    joined = [
        TemplateRow(row.number, row.cells, row.beside, origin.get(place))
        for place, row in enumerate(rows)
    ]
    return joined, [line for line in lines if id(line) not in used]


def _akin(
    rows: Sequence[int], lines: Sequence[Kept], marks: Sequence[tuple[str, ...]]
) -> list[tuple[int, Kept]]:
    """Rows that were changed, each with the line that is most like it; those most alike first."""
    if len(rows) * len(lines) > _MOST_COMPARED:
        pairs = [(n, n) for n in range(min(len(rows), len(lines)))]
    else:
        pairs = [(n, m) for n in range(len(rows)) for m in range(len(lines))]
    scored = [(-likeness(marks[rows[n]], lines[m].cells), abs(n - m), n, m) for n, m in pairs]
    found: list[tuple[int, Kept]] = []
    taken_rows: set[int] = set()
    taken_lines: set[int] = set()
    for score, _, n, m in sorted(scored):
        if -score < _AKIN or n in taken_rows or m in taken_lines:
            continue
        taken_rows.add(n)
        taken_lines.add(m)
        found.append((rows[n], lines[m]))
    return found


def likeness(row: Sequence[str], line: Sequence[str]) -> float:
    """The share of equal cells among those that say something in either; cells as their marks."""
    said = [(one, other) for one, other in zip(row, line, strict=True) if one or other]
    return sum(one == other for one, other in said) / len(said) if said else 0.0
