"""Workbooks (xlsx) written to memory: sheets of cells in a few looks.

They are written here and not by a library, because the libraries put each sheet into a temporary
file first, where what was decrypted would lie readable on the disk.

Text stays text: a cell that begins with ``=`` is never a formula, whoever typed it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from html import escape
from typing import Final

from dpdesk.registers.spreadsheet_parts import RISKY
from dpdesk.registers.wording import SCHOOL_TIME

_LIKE_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet program would take for a sign written by its number, such as _x000D_."""

_FIRST_DAY: Final = dt.date(1899, 12, 30)
_SAFE_FROM: Final = dt.date(1900, 3, 1)
"""Spreadsheets believe in a 29 February 1900; days before it are written as words."""
LONGEST: Final = 32_767
"""Characters that a cell can hold."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | Decimal | dt.date | dt.datetime | None


class Look(IntEnum):
    """How a cell looks; the numbers are places in the table of styles below."""

    PLAIN = 0
    TEXT = 1
    HEAD = 2
    DAY = 3
    MOMENT = 4
    MONEY = 5
    QUOTED = 6
    """Text that looks like a formula, marked so that editing the cell does not make it one."""
    WRAPPED = 7
    WRAPPED_QUOTED = 8
    REQUIRED = 9
    """The heading of a column that the law asks for."""
    OPTIONAL = 10
    """The heading of a column that is good practice."""


@dataclass(frozen=True, slots=True)
class OutRow:
    """A row to be written: its number from 1, its cells from the left, and the look of its text."""

    number: int
    cells: Sequence[Cell]
    look: Look = Look.TEXT
    looks: Sequence[Look] = ()
    """A look for each cell, where they differ."""


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to be written; ``widths`` of its columns in characters.

    ``head_rows`` stay in sight when the sheet is scrolled. ``merged`` are ranges such as "A8:K8".
    """

    title: str
    rows: Iterable[OutRow]
    widths: Sequence[int] = ()
    head_rows: int = 0
    merged: Sequence[str] = field(default_factory=tuple)


_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _style(number_format: int, font: int = 0, fill: int = 0, more: str = "", wrap: str = "") -> str:
    kinds = ' applyNumberFormat="1"' if number_format else ""
    kinds += ' applyFill="1"' if fill else ""
    start = f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"'
    if wrap:
        return (
            f'{start}{kinds} applyAlignment="1"{more}><alignment vertical="top" wrapText="1"/></xf>'
        )
    return f"{start}{kinds}{more}/>"


_QUOTE: Final = ' quotePrefix="1"'
_LOOKS: Final = {
    Look.PLAIN: _style(0),
    Look.TEXT: _style(49),
    Look.HEAD: _style(49, 1),
    Look.DAY: _style(164),
    Look.MOMENT: _style(165),
    Look.MONEY: _style(166),
    Look.QUOTED: _style(49, more=_QUOTE),
    Look.WRAPPED: _style(49, wrap="1"),
    Look.WRAPPED_QUOTED: _style(49, more=_QUOTE, wrap="1"),
    Look.REQUIRED: _style(49, 1, 2, wrap="1"),
    Look.OPTIONAL: _style(49, 1, 3, wrap="1"),
}
_FILLS: Final = "".join(
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
    for colour in ("C6E0B4", "BDD7EE")
)
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="d\\ mmm\\ yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="166" formatCode="&quot;£&quot;#,##0.00"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill>'
    f'<fill><patternFill patternType="gray125"/></fill>{_FILLS}</fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_LOOKS)}">{"".join(_LOOKS[look] for look in Look)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The sheets as an xlsx file. Equal sheets give equal files.

    A text longer than 32,767 characters is cut, as no cell holds more.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in _frame([sheet.title for sheet in sheets]).items():
            whole.writestr(_member(name), _HEAD + content)
        for number, sheet in enumerate(sheets, 1):
            with whole.open(_member(f"xl/worksheets/sheet{number}.xml"), "w") as out:
                for piece in _sheet(sheet, selected=number == 1):
                    out.write(piece.encode())
    return buffer.getvalue()


def local_time(moment: dt.datetime) -> dt.datetime | str:
    """A moment as the clock on the wall shows it; with its offset where that is not enough.

    That is in the hour which the clocks repeat in autumn.
    """
    local = moment.astimezone(SCHOOL_TIME)
    return local.isoformat() if local.fold else local.replace(tzinfo=None)


def writable(text: str) -> str:
    """A text as it comes back out of a cell: without what no cell can hold."""
    return _NO_XML.sub("", text)[:LONGEST]


def _frame(titles: Sequence[str]) -> dict[str, str]:
    """The parts of the file around the sheets."""
    numbers = range(1, len(titles) + 1)
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_WORD}.worksheet+xml"/>'
        for n in numbers
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    named = "".join(
        f'<sheet name="{escape(_plain_title(title))}" sheetId="{n}" r:id="rId{n}"/>'
        for n, title in zip(numbers, titles, strict=True)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_WORD}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_WORD}.styles+xml"/>{sheets}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId{len(titles) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>'
        f"<workbookView/></bookViews><sheets>{named}</sheets></workbook>",
    }


def _member(name: str) -> zipfile.ZipInfo:
    """A part of the archive without the moment of writing, so that equal lists give equal files."""
    found = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def _plain_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "List"


def _sheet(sheet: OutSheet, *, selected: bool) -> Iterator[str]:
    marked = ' tabSelected="1"' if selected else ""
    yield (f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{marked} workbookViewId="0">')
    if sheet.head_rows:
        yield (
            f'<pane ySplit="{sheet.head_rows}" topLeftCell="A{sheet.head_rows + 1}" '
            'activePane="bottomLeft" state="frozen"/>'
        )
    yield "</sheetView></sheetViews>"
    if sheet.widths:
        yield "<cols>"
        for number, width in enumerate(sheet.widths, 1):
            yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        yield "</cols>"
    yield "<sheetData>"
    for row in sheet.rows:
        looks = row.looks or [row.look] * len(row.cells)
        cells = zip(row.cells, looks, strict=True)
        yield f'<row r="{row.number}">{"".join(_xml(cell, look) for cell, look in cells)}</row>'
    yield "</sheetData>"
    if sheet.merged:
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
        yield f'<mergeCells count="{len(sheet.merged)}">{ranges}</mergeCells>'
    yield "</worksheet>"


def _xml(cell: Cell, look: Look) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, dt.datetime):
        local = local_time(cell)
        if not isinstance(local, str):
            seconds = local.hour * 3600 + local.minute * 60 + local.second
            value = (local.date() - _FIRST_DAY).days + seconds / 86_400
            return f'<c s="{Look.MOMENT:d}"><v>{value!r}</v></c>'
        cell = local
    if isinstance(cell, dt.date):
        if cell >= _SAFE_FROM:
            return f'<c s="{Look.DAY:d}"><v>{(cell - _FIRST_DAY).days}</v></c>'
        cell = cell.isoformat()
    if isinstance(cell, Decimal):
        return f'<c s="{Look.MONEY:d}"><v>{cell}</v></c>'
    if isinstance(cell, int):
        return f'<c s="{Look.PLAIN:d}"><v>{cell}</v></c>'
    if RISKY.match(cell):
        wrapped = look in {Look.WRAPPED, Look.WRAPPED_QUOTED}
        look = Look.WRAPPED_QUOTED if wrapped else Look.QUOTED
    plain = escape(_LIKE_ESCAPED.sub("_x005F_", writable(cell))).replace("\r", "&#13;")
    return f'<c s="{look:d}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
