"""Draws sheets as tables cut to pages; used inside workers only.

No word is cut off: what is too long for its cell runs over empty neighbours, as in Excel, or
breaks into lines. A sheet that is too wide continues on further pages, with its row heads again.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.sheet_grid import Grid, GridCell, letters
from dpdesk.documents.typefaces import Face, Typefaces
from dpdesk.documents.typeset import as_printed
from dpdesk.errors import UnreadableFile
from dpdesk.law.accents import in_form

_SIZE: Final = 8.0
_LEADING: Final = 10.0
_PAD: Final = 2.5
_MARGIN: Final = 34.0
_TITLE: Final = 20.0  # points that the line with the name of the sheet takes
_NUMBERS: Final = 30.0  # points of the column with the numbers of the rows
_SIGN: Final = 4.5  # points of a sign of the width that a file tells
_NARROWEST: Final = 22.0
_WIDEST: Final = 150.0
_WIDEST_TOLD: Final = 330.0
_MOST_REPEATED: Final = 0.4  # of the width of a page
_MOST_PAGES: Final = 2_500
_HEAD_GREY: Final = 0.92
_LINE_GREY: Final = 0.75


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Columns that stand side by side on a page, and where each begins, in points."""

    columns: tuple[int, ...]
    lefts: tuple[float, ...]
    right: float


class SheetPages:
    """Pages with sheets, drawn one after the other."""

    def __init__(self, most: int = _MOST_PAGES) -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, pageCompression=1, invariant=1)
        self._faces = Typefaces()
        self._most = min(most, _MOST_PAGES)
        self._wraps: dict[tuple[str, int, bool], list[str]] = {}
        self.count = 0

    def result(self) -> tuple[bytes, list[str]]:
        """The PDF, and warnings about letters."""
        self._canvas.save()
        return self._file.getvalue(), self._faces.warnings()

    def add(
        self, grid: Grid, title: str, rows: Sequence[int], columns: Sequence[int], *, alone: bool
    ) -> None:
        """Draws these rows and columns of a sheet.

        ``alone`` says that there are no numbers of rows and letters of columns to tell them by.
        Raises UnreadableFile where they fill too many pages.
        """
        if not rows or not columns:
            return
        widths = {column: self._width(grid, rows, column) for column in columns}
        numbers = 0.0 if alone else _NUMBERS
        wide = numbers + sum(widths.values()) > A4[0] - 2 * _MARGIN
        sheet = (A4[1], A4[0]) if wide else A4
        heads = [row for row in rows if row < grid.frozen_rows][:5]
        for leaf in _leaves(grid, columns, widths, numbers, sheet[0] - 2 * _MARGIN):
            self._leaf(grid, title, rows, heads, leaf, sheet, alone=alone)

    def _width(self, grid: Grid, rows: Sequence[int], column: int) -> float:
        told = min(grid.widths.get(column, grid.usual_width) * _SIGN + 2 * _PAD, _WIDEST_TOLD)
        needed = 0.0
        for row in rows:
            cell = grid.rows[row].get(column)
            if cell is not None and needed < _WIDEST:
                longest = max(cell.text.split("\n"), key=len)
                needed = max(needed, self._measured(longest, bold=cell.bold))
        return max(told, min(needed + 2 * _PAD + 1, _WIDEST), _NARROWEST)

    def _measured(self, text: str, *, bold: bool) -> float:
        return self._faces.face(bold=bold).width(text[:200], _SIZE)

    def _leaf(
        self,
        grid: Grid,
        title: str,
        rows: Sequence[int],
        heads: Sequence[int],
        leaf: _Leaf,
        sheet: tuple[float, float],
        *,
        alone: bool,
    ) -> None:
        """All rows of some columns, page after page."""
        bottom = _MARGIN
        waiting = [(row, self._lines(grid, row, leaf)) for row in rows]
        again = [each for each in waiting if each[0] in heads]
        at = 0
        skip = 0  # lines of the row that stand on the page before
        while at < len(waiting):
            y = self._page(title, leaf, sheet, alone=alone)
            if at and at >= len(again):
                for row, lines in again:
                    y = self._row(row, lines, 0, _tallest(lines), leaf, y, alone=alone)
            begun = False
            while at < len(waiting):
                row, lines = waiting[at]
                left = _tallest(lines) - skip
                fits = max(1, int((y - bottom - 2 * _PAD) / _LEADING))
                if left > fits and begun and left * _LEADING < (sheet[1] - 2 * _MARGIN) / 2:
                    break
                part = min(left, fits)
                y = self._row(row, lines, skip, skip + part, leaf, y, alone=alone)
                begun = True
                if part < left:
                    skip += part
                    break
                at, skip = at + 1, 0
                if y - bottom < _LEADING + 2 * _PAD:
                    break
            self._canvas.showPage()

    def _page(self, title: str, leaf: _Leaf, sheet: tuple[float, float], *, alone: bool) -> float:
        """Begins a page with the name of the sheet and the letters of its columns."""
        self.count += 1
        if self.count > self._most:
            raise UnreadableFile(
                f"This spreadsheet would fill more than {self._most:,} pages.",
                "Open it, keep the rows that are about this matter, and add that as a new file.",
            )
        self._canvas.setPageSize(sheet)
        y = sheet[1] - _MARGIN
        self._words(self._faces.known(title), _MARGIN, y - 9, self._faces.face(bold=True), 10)
        y -= _TITLE
        if alone:
            self._rule(leaf, y)
            return y
        height = _LEADING + 2 * _PAD
        self._canvas.setFillGray(_HEAD_GREY)
        self._canvas.rect(_MARGIN, y - height, leaf.right, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)
        edges = (*leaf.lefts[1:], leaf.right)
        for column, left, right in zip(leaf.columns, leaf.lefts, edges, strict=True):
            name = letters(column)
            middle = _MARGIN + (left + right) / 2 - self._measured(name, bold=False) / 2
            self._words(name, middle, y - _PAD - _SIZE + 1, self._faces.face(), _SIZE)
        self._rule(leaf, y)
        self._rule(leaf, y - height)
        return y - height

    def _lines(self, grid: Grid, row: int, leaf: _Leaf) -> dict[int, tuple[list[str], GridCell]]:
        """The lines of each cell of a row, by its place among the columns of the page."""
        cells = grid.rows[row]
        found = {}
        edges = (*leaf.lefts[1:], leaf.right)
        for place, column in enumerate(leaf.columns):
            cell = cells.get(column)
            if cell is None:
                continue
            last = place
            if not cell.right:
                # Words run over empty neighbours.
                while last + 1 < len(edges) and leaf.columns[last + 1] not in cells:
                    last += 1
            room = edges[last] - leaf.lefts[place] - 2 * _PAD
            found[place] = (self._wrapped(cell, room), cell)
        return found

    def _wrapped(self, cell: GridCell, room: float) -> list[str]:
        key = (cell.text, int(room), cell.bold)
        if key not in self._wraps:
            if len(self._wraps) > 20_000:
                self._wraps.clear()
            face = self._faces.face(bold=cell.bold)
            lines: list[str] = []
            for line in in_form("NFC", cell.text).expandtabs(4).splitlines() or [""]:
                lines += _broken(self._faces.known(line), face, room)
            self._wraps[key] = lines
        return self._wraps[key]

    def _row(
        self,
        row: int,
        lines: dict[int, tuple[list[str], GridCell]],
        start: int,
        end: int,
        leaf: _Leaf,
        y: float,
        *,
        alone: bool,
    ) -> float:
        """Some lines of a row; the place below it."""
        height = (end - start) * _LEADING + 2 * _PAD
        first = y - _PAD - _SIZE + 1
        self._canvas.setFillGray(0)
        if not alone:
            self._canvas.setFillGray(_HEAD_GREY)
            self._canvas.rect(_MARGIN, y - height, leaf.lefts[0], height, stroke=0, fill=1)
            self._canvas.setFillGray(0.35)
            self._words(str(row + 1), _MARGIN + _PAD, first, self._faces.face(), 7)
            self._canvas.setFillGray(0)
        edges = (*leaf.lefts[1:], leaf.right)
        for place, (written, cell) in lines.items():
            face = self._faces.face(bold=cell.bold)
            for number, line in enumerate(written[start:end]):
                left = _MARGIN + leaf.lefts[place] + _PAD
                if cell.right:
                    left = _MARGIN + edges[place] - _PAD - face.width(line, _SIZE)
                self._words(line, left, first - number * _LEADING, face, _SIZE)
        self._rule(leaf, y - height)
        self._posts(leaf, lines, y, y - height)
        return y - height

    def _rule(self, leaf: _Leaf, y: float) -> None:
        self._canvas.setStrokeGray(_LINE_GREY)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(_MARGIN, y, _MARGIN + leaf.right, y)

    def _posts(
        self, leaf: _Leaf, lines: dict[int, tuple[list[str], GridCell]], top: float, low: float
    ) -> None:
        """The lines between cells, except where words run over them."""
        edges = (*leaf.lefts[1:], leaf.right)
        reach = 0.0
        marks = [0.0]
        for place, left in enumerate(leaf.lefts):
            if left >= reach:
                marks.append(left)
            if place in lines and not lines[place][1].right:
                face = self._faces.face(bold=lines[place][1].bold)
                longest = max((face.width(line, _SIZE) for line in lines[place][0]), default=0.0)
                reach = left + longest + _PAD
        marks.append(edges[-1])
        for mark in marks:
            self._canvas.line(_MARGIN + mark, top, _MARGIN + mark, low)

    def _words(self, words: str, x: float, y: float, face: Face, size: float) -> None:
        if not words.strip():
            return
        writer: Any = self._canvas.beginText(x, y)
        for font, piece in face.pieces(as_printed(words)):
            writer.setFont(font, size)
            writer.textOut(piece)
        self._canvas.drawText(writer)


def _leaves(
    grid: Grid,
    columns: Sequence[int],
    widths: dict[int, float],
    numbers: float,
    room: float,
) -> list[_Leaf]:
    """The columns dealt to pages; those that say what a row is about stand on each."""
    heads = [column for column in columns if column < grid.frozen_columns] or list(columns[:1])
    while heads and sum(widths[column] for column in heads) > room * _MOST_REPEATED:
        heads.pop()
    found: list[_Leaf] = []
    left = list(columns)
    while left:
        taken = [] if not found else [column for column in heads if column not in left]
        used = numbers + sum(widths[column] for column in taken)
        fresh = 0
        while left and (not fresh or used + widths[left[0]] <= room):
            used += widths[left[0]]
            taken.append(left.pop(0))
            fresh += 1
        lefts, x = [], numbers
        for column in taken:
            lefts.append(x)
            x += min(widths[column], room - numbers)
        found.append(_Leaf(tuple(taken), tuple(lefts), x))
    return found


def _tallest(lines: dict[int, tuple[list[str], GridCell]]) -> int:
    return max((len(written) for written, _cell in lines.values()), default=1) or 1


def _broken(line: str, face: Face, room: float) -> list[str]:
    """A line broken at spaces so that each piece fits; a longer word is cut."""
    if face.width(line, _SIZE) <= room:
        return [line.rstrip()]
    found: list[str] = []
    current = ""
    for word in line.split(" "):
        longer = f"{current} {word}" if current else word
        if face.width(longer, _SIZE) <= room:
            current = longer
            continue
        if current:
            found.append(current)
        current = ""
        for letter in word:
            if current and face.width(current + letter, _SIZE) > room:
                found.append(current)
                current = ""
            current += letter
    found.append(current)
    return found
