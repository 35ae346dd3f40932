"""The rows and cells of a table of Word, with cells that span others; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, first, short, switched_on, value
from dpdesk.documents.word_inline import TrackedChange

_MOST_DEEP: Final = 40
_MOST_COLUMNS: Final = 100


@dataclass(slots=True)
class Cell:
    """A cell: its place, how far it spans, and what stands in it."""

    column: int
    across: int
    contents: list[Element]
    below: bool
    """Whether it goes on from the cell above."""
    shaded: bool
    width: int
    down: int = 1
    unseen: list[Element] = field(default_factory=list)
    """What Word keeps of cells that were merged into this one, and does not show."""
    tag: str = "<td>"


@dataclass(slots=True)
class Row:
    """A row: its cells, and whether nobody sees it."""

    hidden: bool
    change: TrackedChange | None
    cells: list[Cell] = field(default_factory=list)


def rows_of(table: Element) -> list[Row]:
    """The rows, with the spans of their cells worked out."""
    rows = [_row(each, change) for each, change in _unwrapped(table, "w:tr", None)]
    above: dict[int, Cell] = {}
    for row in rows:
        kept: list[Cell] = []
        for cell in row.cells:
            start = above.get(cell.column)
            if cell.below and start is not None and start.across == cell.across:
                start.down += 1
                start.unseen += cell.contents
                continue
            above[cell.column] = cell
            kept.append(cell)
        row.cells = kept
    for row in rows:
        whole = sum(cell.width for cell in row.cells)
        for cell in row.cells:
            cell.tag = _tag(cell, whole)
    return rows


def _tag(cell: Cell, whole: int) -> str:
    told = ""
    if cell.across > 1:
        told += f' colspan="{min(cell.across, _MOST_COLUMNS)}"'
    if cell.down > 1:
        told += f' rowspan="{cell.down}"'
    share = 100 * cell.width / whole if whole else 0
    if cell.across == 1 and 1 <= share < 100:
        told += f' width="{share:.0f}%"'
    return f"<td{told}>"


def _row(element: Element, change: TrackedChange | None) -> Row:
    properties = first(element, "w:trPr")
    for each in properties if properties is not None else ():
        if short(each) == "w:del":
            change = _change(each, "deleted")
    row = Row(switched_on(properties, "w:hidden"), change)
    column = _number(value(properties, "w:gridBefore"), 0)
    if column:
        row.cells.append(Cell(0, column, [], False, False, 0))
    for each, _change_of_cell in _unwrapped(element, "w:tc", None):
        about = first(each, "w:tcPr")
        across = max(1, min(_number(value(about, "w:gridSpan"), 1), _MOST_COLUMNS))
        merged = value(about, "w:vMerge")
        shade = value(about, "w:shd", "w:fill") or "auto"
        width = first(about, "w:tcW")
        told = attribute(width, "w:w") if width is not None else None
        row.cells.append(
            Cell(
                column,
                across,
                [each],
                merged is not None and merged != "restart",
                shade.lower() not in {"auto", "ffffff"},
                _number(told, 0),
            )
        )
        column += across
    return row


def _unwrapped(
    element: Element, name: str, change: TrackedChange | None, deep: int = 0
) -> Iterator[tuple[Element, TrackedChange | None]]:
    """The rows of a table or the cells of a row, whatever they are wrapped in."""
    for each in element:
        found = short(each)
        if found == name:
            yield each, change
        elif deep < _MOST_DEEP and found not in {"w:tblPr", "w:trPr", "w:tblGrid", "w:sdtPr"}:
            inner = _change(each, "deleted") if found == "w:del" else change
            yield from _unwrapped(each, name, inner, deep + 1)


def _change(element: Element, kind: str) -> TrackedChange:
    return TrackedChange(
        kind, attribute(element, "w:author") or "", attribute(element, "w:date") or ""
    )


def _number(told: str | None, usual: int) -> int:
    try:
        return int(float(told or usual))
    except ValueError:
        return usual
