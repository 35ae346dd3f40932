"""Any list as a spreadsheet: what is shown, in the order shown.

The xlsx file is written here and not by a library, because the libraries put each sheet into a
temporary file first, where what was decrypted would lie readable on the disk.

Text stays text: a cell that begins with ``=`` is never a formula, whoever typed it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, Final

from dpdesk.registers.entries import ListColumn, Listing
from dpdesk.registers.fields import Kind
from dpdesk.registers.wording import SCHOOL_TIME, from_storage
from dpdesk.store.tables import utc_moment

RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet program would take for a formula at the start of a cell."""

_FIRST_DAY: Final = dt.date(1899, 12, 30)
_SAFE_FROM: Final = dt.date(1900, 3, 1)
"""Spreadsheets believe in a 29 February 1900; days before it are written as words."""
_LONGEST: Final = 32_767
"""Characters that a cell can hold."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | Decimal | dt.date | dt.datetime | None


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
        return _due(raw) if column.name == "due" else listing.cell(row, place)
    value: Any = from_storage(column.field, raw)
    if isinstance(value, dt.date | Decimal):
        return value
    return int(value) if column.field.kind is Kind.NUMBER else listing.cell(row, place)


def _due(raw: str) -> Cell:
    return dt.date.fromisoformat(raw) if len(raw) == 10 else utc_moment(raw)


def _local(moment: dt.datetime) -> dt.datetime | str:
    """A moment as the clock on the wall shows it; with its offset where that is not enough.

    That is in the hour which the clocks repeat in autumn.
    """
    local = moment.astimezone(SCHOOL_TIME)
    return local.isoformat() if local.fold else local.replace(tzinfo=None)


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
        local = _local(cell)
        if isinstance(local, str) or local.second:
            return cell.astimezone(SCHOOL_TIME).isoformat()
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return f"'{cell}" if RISKY.match(cell) else cell
    return str(cell)


# ----------------------------------------------------------------------------------- xlsx


@dataclass(frozen=True, slots=True)
class _Style:
    """Places in the table of styles below."""

    plain: int = 0
    text: int = 1
    head: int = 2
    day: int = 3
    moment: int = 4
    money: int = 5
    quoted: int = 6
    """Text that looks like a formula, marked so that editing the cell does not make it one."""


_STYLE: Final = _Style()
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_WORD}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_WORD}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="d\\ mmm\\ yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="166" formatCode="&quot;£&quot;#,##0.00"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
    'quotePrefix="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def export(listing: Listing, columns: Sequence[int] | None = None) -> bytes:
    """The list as an xlsx file with real days, numbers and amounts.

    ``columns``: places in ``listing.columns``, in order; None means all. A text longer than
    32,767 characters is cut, as no cell holds more.
    """
    places = range(len(listing.columns)) if columns is None else columns
    chosen = [listing.columns[place] for place in places]
    return table(listing.register.title, headings(chosen), _cells(listing, places))


def table(title: str, labels: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Any table as an xlsx file with one sheet; days, moments, numbers and amounts stay such."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in _PARTS.items():
            whole.writestr(_member(name), _HEAD + content)
        whole.writestr(_member("xl/workbook.xml"), _HEAD + _workbook(title))
        with whole.open(_member("xl/worksheets/sheet1.xml"), "w") as sheet:
            for piece in _sheet(labels, rows):
                sheet.write(piece.encode())
    return buffer.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    """A part of the archive without the moment of writing, so that equal lists give equal files."""
    found = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def _workbook(title: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "List"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f'<sheets><sheet name="{escape(plain)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(labels: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews>'
        '<sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
    )
    for number, label in enumerate(labels, 1):
        width = max(14, min(40, len(label) + 3))
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, labels, _STYLE.head)
    for number, cells in enumerate(rows, 2):
        yield _row(number, cells, _STYLE.text)
    yield "</sheetData></worksheet>"


def _row(number: int, cells: Sequence[Cell], style: int) -> str:
    return f'<row r="{number}">' + "".join(_xml(cell, style) for cell in cells) + "</row>"


def _xml(cell: Cell, style: int) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, dt.datetime):
        local = _local(cell)
        if not isinstance(local, str):
            seconds = local.hour * 3600 + local.minute * 60 + local.second
            value = (local.date() - _FIRST_DAY).days + seconds / 86_400
            return f'<c s="{_STYLE.moment}"><v>{value!r}</v></c>'
        cell = local
    if isinstance(cell, dt.date):
        if cell >= _SAFE_FROM:
            return f'<c s="{_STYLE.day}"><v>{(cell - _FIRST_DAY).days}</v></c>'
        cell = cell.isoformat()
    if isinstance(cell, Decimal):
        return f'<c s="{_STYLE.money}"><v>{cell}</v></c>'
    if isinstance(cell, int):
        return f'<c s="{_STYLE.plain}"><v>{cell}</v></c>'
    if RISKY.match(cell):
        style = _STYLE.quoted
    plain = escape(_NO_XML.sub("", cell)[:_LONGEST]).replace("\r", "&#13;")
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
