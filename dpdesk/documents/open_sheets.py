"""OpenDocument spreadsheets onto pages; used inside workers only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from dpdesk.documents import (
    office_properties,
    office_zip,
    open_file,
    open_pages,
    sheet_pages,
    sheet_words,
)
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import Element, attribute, short
from dpdesk.documents.open_file import OpenFile
from dpdesk.documents.open_styles import who
from dpdesk.documents.open_text import OpenStory
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell, letters
from dpdesk.documents.word_inline import differs
from dpdesk.walls.workers import Limits

_NUMBERS: Final = frozenset({"float", "currency", "percentage"})
_FIELDS: Final = frozenset(
    "text:sheet-name text:title text:page-number text:page-count text:date text:time "
    "text:file-name".split()
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_UNSEEN: Final = frozenset({"collapse", "filter"})
_LISTED: Final = re.compile(r'"((?:[^"]|""){1,500})"')
_MOST_REPEATED: Final = 2_000
_POINTS_OF_SIGN: Final = 5.45


def ods(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An OpenDocument spreadsheet as pages. Raises UnreadableFile for one that is damaged."""
    packed, root, styles = open_pages.opened(content)
    file, budget = OpenFile(packed, root, styles), Budget()
    grids, beside, comments = [], [], []
    for table in root.iter():
        if short(table) != "table:table" or short(table.getparent()) != "office:spreadsheet":
            continue
        reader = OpenSheet(file, table, budget)
        grids.append(reader.grid)
        comments += reader.comments
        beside += reader.beside
    usual, added = open_file.properties(packed)
    beside += _printed(styles)
    file.lost()
    behind, lost = file.other_pictures()
    beside.append(behind)
    found = [
        *_earlier(root),
        *([Hidden("comments", len(comments), "".join(comments))] if comments else []),
        *sheet_words.prompts(_prompts(root)),
        *file.hidden(),
        *lost,
        *office_properties.hidden(added),
    ]
    about = office_properties.shown(usual, list(file.descriptions))
    words = [cell.text for grid in grids for row in grid.rows.values() for cell in row.values()]
    names = [grid.name for grid in grids]
    more, small = file.besides([*words, *names, about, *beside, *(each.html for each in found)])
    normal = sheet_pages.to_normal(
        grids,
        [*found, *more],
        limits,
        beside="".join(beside) + about + small,
        pictures=file.pictures,
    )
    normal.warnings += office_zip.about(packed)
    normal.inside = file.inside
    normal.said = office_properties.said(usual)
    return normal


def _printed(styles: Element | None) -> list[str]:
    """What is printed at the top or foot of pages, where it is more than names and numbers."""
    lines: dict[str, None] = {}
    for each in styles.iter() if styles is not None else ():
        if not short(each).startswith(("style:header", "style:footer")):
            continue
        told = " ".join("".join(line.itertext()) for line in each.iter() if short(line) == "text:p")
        fields = "".join("".join(f.itertext()) for f in each.iter() if short(f) in _FIELDS)
        own = set(_WORD.findall(told)) - set(_WORD.findall(fields))
        if own - {"Page", "of"}:
            shown = escape(" ".join(told.split()))
            lines[f'<p class="note">Printed on its pages: {shown}</p>'] = None
    return list(lines)


def _earlier(root: Element) -> list[Hidden]:
    """What cells held before, as a file keeps it whose changes are tracked."""
    lines = []
    for each in root.iter():
        if short(each) not in {"table:cell-content-change", "table:deletion"}:
            continue
        told = next((who(part) for part in each if short(part) == "office:change-info"), "")
        for part in each.iter():
            if short(part) == "table:change-track-table-cell":
                lines_of_cell = [_plain(line) for line in part if short(line) == "text:p"]
                words = " ".join(lines_of_cell) or attribute(part, "office:value") or ""
                if words.strip():
                    lines.append(passage(escape(words), told, "deleted"))
    return [Hidden("deleted", len(lines), "".join(lines))] if lines else []


def _prompts(root: Element) -> Iterator[tuple[str, str]]:
    """What is shown where a cell is chosen, and what is written to a scenario."""
    for each in root.iter():
        name = short(each)
        if name in {"table:help-message", "table:error-message"}:
            lines = [attribute(each, "table:title") or "", *map(_plain, each)]
            words = " ".join(line for line in lines if line.strip())
            if words:
                yield "A cell", words
        elif name == "table:scenario" and (comment := attribute(each, "table:comment")):
            yield "A scenario", comment
        elif name == "table:content-validation":
            listed = _LISTED.findall(attribute(each, "table:condition") or "")
            if listed:
                yield "A cell", ", ".join(listed)


class OpenSheet:
    """One table of a spreadsheet: its cells, its comments, and what lies beside them as HTML."""

    def __init__(self, file: OpenFile, table: Element, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        self.grid = Grid(attribute(table, "table:name") or "")
        self.comments: list[str] = []
        self.beside: list[str] = []
        style = attribute(table, "table:style-name")
        if file.styles.property(style, "style:table-properties", "table:display") == "false":
            self.grid.state = "hidden"
        self._row = 0
        self._column_of_width = 0
        self._read(table)

    def _read(self, holder: Element, *, hidden: bool = False) -> None:
        for each in holder:
            name = short(each)
            unseen = hidden or attribute(each, "table:display") == "false"
            if name == "table:table-column":
                self._a_column(each, hidden=unseen)
            elif name == "table:table-row":
                self._a_row(each, hidden=unseen)
            elif name in {
                "table:table-rows",
                "table:table-row-group",
                "table:table-header-rows",
                "table:table-columns",
                "table:table-column-group",
                "table:table-header-columns",
            }:
                self._read(each, hidden=unseen)
            elif name == "table:shapes":
                self._drawn(each)

    def _a_column(self, each: Element, *, hidden: bool) -> None:
        times = _times(each, "table:number-columns-repeated", 16_384)
        style = attribute(each, "table:style-name")
        told = self._file.styles.property(
            style, "style:table-column-properties", "style:column-width"
        )
        hidden = hidden or attribute(each, "table:visibility") in _UNSEEN
        width = open_file.points(told or "") / _POINTS_OF_SIGN
        for column in range(self._column_of_width, min(self._column_of_width + times, 16_384)):
            if hidden:
                self.grid.hidden_columns.add(column)
            if width:
                self.grid.widths[column] = width
        self._column_of_width += times

    def _a_row(self, each: Element, *, hidden: bool) -> None:
        times = _times(each, "table:number-rows-repeated", 1 << 21)
        cells = list(self._cells(each))
        hidden = hidden or attribute(each, "table:visibility") in _UNSEEN
        shown = times if not cells else min(times, _MOST_REPEATED)
        for row in range(self._row, self._row + shown) if cells else ():
            for column, cell in cells:
                self._budget.spend()
                self.grid.put(row, column, cell)
            if hidden:
                self.grid.hidden_rows.add(row)
        self._row += times

    def _cells(self, row: Element) -> Iterator[tuple[int, GridCell]]:
        column = 0
        for each in row:
            if short(each) not in {"table:table-cell", "table:covered-table-cell"}:
                continue
            times = _times(each, "table:number-columns-repeated", 16_384)
            words = self._words(each, column)
            if words.strip():
                right = attribute(each, "office:value-type") in _NUMBERS
                for place in range(column, min(column + times, column + _MOST_REPEATED)):
                    yield place, GridCell(words, right)
            column += times

    def _words(self, cell: Element, column: int) -> str:
        lines = []
        for each in cell:
            name = short(each)
            if name == "text:p":
                lines.append(_plain(each))
            elif name == "office:annotation":
                self._comment(each, column)
            elif name.startswith("draw:"):
                self._drawn([each])
        if not lines:
            return attribute(cell, "office:string-value") or attribute(cell, "office:value") or ""
        return "\n".join(lines)

    def _comment(self, each: Element, column: int) -> None:
        words = "<br>".join(
            escape(_plain(line)) for line in each.iter() if short(line) in {"text:p", "text:h"}
        )
        if words:
            where = f"{self.grid.name}, cell {letters(column)}{self._row + 1}"
            told = ", ".join(part for part in (where, who(each)) if part)
            self.comments.append(
                f'<div class="box"><p class="close"><b>{escape(told)}</b></p><p>{words}</p></div>'
            )

    def _drawn(self, holder: Element | list[Element]) -> None:
        made = OpenStory(self._file).html_of(list(holder))
        if made:
            name = escape(self.grid.name)
            self.beside.append(f"<h3>On sheet “{name}”, beside its cells</h3>{made}")


def _plain(element: Element) -> str:
    """The words of a line, with addresses that its links do not show."""
    made = [element.text or ""]
    for each in element:
        name = short(each)
        if name == "text:s":
            told = attribute(each, "text:c") or "1"
            made.append(" " * (min(int(told), 100) if told.isdecimal() else 1))
        elif name == "text:line-break":
            made.append("\n")
        elif name == "text:tab":
            made.append("\t")
        elif name == "text:a":
            words = _plain(each)
            target = attribute(each, "xlink:href") or ""
            told = differs(target, words) if "://" in target or "mailto:" in target else ""
            made.append(f"{words} ({told})" if told else words)
        elif name != "office:annotation":
            made.append(_plain(each))
        made.append(each.tail or "")
    return "".join(made)


def _times(element: Element, name: str, most: int) -> int:
    told = attribute(element, name) or "1"
    return min(int(told), most) if told.isdecimal() else 1
