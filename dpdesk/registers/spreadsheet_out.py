"""Any list as a spreadsheet: what is shown, in the order shown.

Text stays text: a cell that begins with ``=`` is never a formula, whoever typed it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from dpdesk.law.moments import due_at
from dpdesk.registers.entries import ListColumn, Listing
from dpdesk.registers.fields import Kind
from dpdesk.registers.spreadsheet_parts import RISKY as RISKY
from dpdesk.registers.spreadsheet_parts import guarded
from dpdesk.registers.wording import SCHOOL_TIME, from_storage
from dpdesk.registers.workbook import Cell as Cell
from dpdesk.registers.workbook import Look, OutRow, OutSheet, local_time, workbook


def headings(columns: Sequence[ListColumn]) -> list[str]:
    """The labels of columns; where two are alike, the names of the fields tell them apart."""
    same = Counter(column.label for column in columns)
    return [
        f"{column.label} ({column.name})" if same[column.label] > 1 else column.label
        for column in columns
    ]


def _cells(listing: Listing, places: Sequence[int]) -> Iterator[list[Cell]]:
    for row in range(len(listing.rows)):
        yield [_cell(listing, row, place) for place in places]


def _cell(listing: Listing, row: int, place: int) -> Cell:
    """The value of a cell: a day as a day, a number as a number, all else in words."""
    raw = listing.raw(row, place)
    if raw is None or raw == "":
        return None
    column = listing.columns[place]
    if column.field is None:
        return due_at(raw) if column.name == "due" else listing.cell(row, place)
    value: Any = from_storage(column.field, raw)
    if isinstance(value, dt.date | Decimal):
        return value
    return int(value) if column.field.kind is Kind.NUMBER else listing.cell(row, place)


# ------------------------------------------------------------------------------------ CSV


def export_csv(listing: Listing, columns: Sequence[int] | None = None) -> bytes:
    """The list as CSV in UTF-8 with its mark, so that spreadsheet programs read every name.

    ``columns``: places in ``listing.columns``, in order; None means all. Days are ISO. A text
    that could be taken for a formula gets an apostrophe before it, which importing takes off.
    """
    places = range(len(listing.columns)) if columns is None else columns
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    chosen = [listing.columns[place] for place in places]
    writer.writerow([_csv(label) for label in headings(chosen)])
    for cells in _cells(listing, places):
        writer.writerow([_csv(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        local = local_time(cell)
        if isinstance(local, str) or local.second:
            return cell.astimezone(SCHOOL_TIME).isoformat()
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return guarded(cell)
    return str(cell)


# ----------------------------------------------------------------------------------- xlsx


def export(listing: Listing, columns: Sequence[int] | None = None) -> bytes:
    """The list as an xlsx file with real days, numbers and amounts.

    ``columns``: places in ``listing.columns``, in order; None means all. A text longer than
    32,767 characters is cut, as no cell holds more.
    """
    places = range(len(listing.columns)) if columns is None else columns
    chosen = [listing.columns[place] for place in places]
    return table(listing.register.title, headings(chosen), _cells(listing, places))


def table(title: str, labels: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Any table as an xlsx file with one sheet; days, moments, numbers and amounts stay such."""

    def rows() -> Iterator[OutRow]:
        yield OutRow(1, labels, Look.HEAD)
        for number, line in enumerate(cells, 2):
            yield OutRow(number, line)

    widths = [max(14, min(40, len(label) + 3)) for label in labels]
    return workbook([OutSheet(title, rows(), widths, head_rows=1)])
