"""Workbooks (xlsx), read as a spreadsheet program shows them.

The library reads cells; what it leaves out is asked of the sheet itself: which rows and columns
are hidden, how a number is shown, and which formula has no stored result. This runs in a worker
process, see ``spreadsheet_in``.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from dpdesk.errors import UnreadableFile
from dpdesk.registers import spreadsheet_weighing as weighing
from dpdesk.registers.spreadsheet_heads import says
from dpdesk.registers.spreadsheet_merged import Downward, downward, merged_in
from dpdesk.registers.spreadsheet_numbers import shown
from dpdesk.registers.spreadsheet_parts import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    SheetRow,
    ShownNumber,
    letters,
    too_many_cells,
)

_T = TypeVar("_T")
RowsTold = Callable[[int], object]
"""Hears from time to time how many rows of a sheet have been read."""

AT_ONCE: Final = 500
"""Rows after which the reader gives a sign of life."""
_EMPTY_IN_A_ROW: Final = 1_000
"""Empty rows after which the rest of a sheet counts as empty."""
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_PLAIN_NAMES: Final = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    (b"drawingml/main", b"drawingml/2006/main"),
)
"""What the strict kind of workbook calls its parts, and what the usual one calls them."""


class BookTable:
    """A sheet as it was read: rows with something in them, and what is hidden in it."""

    def __init__(self, title: str, *, visible: bool) -> None:
        self.title = title
        self.visible = visible
        self.rows: list[SheetRow] = []
        self.hidden_columns: list[str] = []
        self.unanswered: list[str] = []
        """Cells with a formula whose result is not in the file."""
        self.merged: list[Downward] = []
        """Cells that were made one over several rows."""


def opened(content: bytes, work: Callable[[Any], _T]) -> _T:
    """What ``work`` makes of the workbook, which is opened within the limits and closed again.

    Raises UnreadableFile with a sentence.
    """
    damaged = UnreadableFile("This spreadsheet is damaged and cannot be read.", SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            _refuse_others(whole.namelist())
            weighing.weigh(whole)
            content = _usual(whole, content)
    except UnreadableFile:
        raise
    except Exception:  # noqa: BLE001 -- a damaged archive breaks its reader in many ways
        raise damaged from None
    import openpyxl

    _do_not_measure()
    try:
        with warnings.catch_warnings():
            # The library warns of decorations that it leaves out.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return work(book)
            finally:
                book.close()
    except UnreadableFile:
        raise
    except MemoryError:
        raise  # ends this process, and is said as what it is
    except Exception:  # noqa: BLE001 — a foreign file may break the library in any way it likes
        raise damaged from None


_ANOTHER: Final = "Choose another file."
_OTHERS: Final = (
    ("xl/workbook.bin", "This is an Excel binary workbook (.xlsb).", SAVE_AS),
    ("word/", "This is a Word document and not a spreadsheet.", _ANOTHER),
    ("ppt/", "This is a presentation and not a spreadsheet.", _ANOTHER),
    ("Index/Document.iwa", "This is a spreadsheet of Apple Numbers.", SAVE_AS),
    ("mimetype", "This is a file of LibreOffice or OpenOffice.", SAVE_AS),
)
"""How other kinds of file begin the name of one of their parts, what they are, and what to do."""
_UNPACK: Final = "Unpack it first (right-click, Extract all), then import the file inside."


def _refuse_others(parts: Sequence[str]) -> None:
    """Calls what is whole but no xlsx file by its name. Raises UnreadableFile."""
    if any(part.startswith("xl/") and part.endswith(".xml") for part in parts):
        return
    for begins, told, then in _OTHERS:
        if any(part.startswith(begins) for part in parts):
            raise UnreadableFile(told, then)
    if parts and "[Content_Types].xml" not in parts:
        raise UnreadableFile("This is a ZIP file.", _UNPACK)


def _do_not_measure() -> None:
    """Lets the library open a sheet without asking how large it is, which nobody wants to know.

    Where the file does not say, as with lists that other programs write, the library goes through
    the whole sheet for it, and the sheet is then gone through once more for its rows.
    """
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    sheets: Any = ReadOnlyWorksheet
    sheets._get_size = lambda _sheet: None


def _usual(whole: zipfile.ZipFile, content: bytes) -> bytes:
    """The same workbook with the usual names, where it was saved as “Strict Open XML”."""
    if _STRICT not in whole.read("xl/workbook.xml"):
        return content
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as usual:
        for part in whole.infolist():
            inside = whole.read(part)
            if part.filename.lower().endswith((".xml", ".rels")):
                for strict, plain in _PLAIN_NAMES:
                    inside = inside.replace(
                        _STRICT + strict, b"http://schemas.openxmlformats.org/" + plain
                    )
            usual.writestr(part.filename, inside)
    return made.getvalue()


def sheets(book: Any, told: RowsTold, *, only: str = "") -> Iterator[BookTable]:
    """The sheets of a workbook one after the other, each read when it is asked for.

    ``only``: the title of the one that is wanted.
    """
    forms = partial(_form, book)
    for sheet in book.worksheets:
        if only and sheet.title != only:
            continue
        found = BookTable(str(sheet.title), visible=sheet.sheet_state == "visible")
        _fill(found, sheet, forms, told)
        yield found


def _form(book: Any, style: int) -> str:
    """The format in which a style shows numbers."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    number = book._cell_styles[style].numFmtId
    if number < 164:
        return str(BUILTIN_FORMATS.get(number, "General"))
    custom = book._number_formats
    return str(custom[number - 164]) if number - 164 < len(custom) else "General"


def _fill(found: BookTable, sheet: Any, forms: Callable[[int], str], told: RowsTold) -> None:
    """Reads the rows; stops soon after the table has ended."""
    known: dict[int, str] = {}
    empty = filled = said = 0
    ended = True
    with sheet._get_source() as source:
        parser = _parser(sheet, source)
        for number, given in parser.parse():
            cells: list[Any] = []
            for each in given:
                place = each["column"]
                if place > MOST_COLUMNS + 1:
                    break
                cells += [None] * (place - 1 - len(cells))
                style = each["style_id"]
                if style not in known:
                    known[style] = forms(style)
                cells[place - 1 :] = [_plain(each["value"], known[style])]
            if number % AT_ONCE == 0:
                told(filled)
            here = sum(map(says, cells))
            if not here and not parser.unanswered_in(number):
                empty += 1
                if empty > _EMPTY_IN_A_ROW:
                    ended = False
                    break
                continue
            empty = 0
            filled += 1
            said += here
            if said > MOST_CELLS:
                raise too_many_cells()
            found.rows.append(SheetRow(number, tuple(cells), parser.is_hidden(number)))
            # The headings, a title, and one row more than is allowed.
            if filled > MOST_ROWS + 2:
                break
    found.hidden_columns = parser.hidden_columns()
    found.unanswered = parser.unanswered
    if ended:
        found.merged = downward(parser.merged())
        return
    # They are told at the end of a sheet, which was not reached.
    with sheet._get_source() as source:
        found.merged = downward(merged_in(source))


def _plain_text(element: Any) -> str | None:
    """The text that stands in a cell itself and has no looks, taken out of it; None for others.

    The library makes objects of it as of a text with looks, which takes most of the time of a list
    that a program has written.
    """
    if element.get("t") != "inlineStr" or len(element) != 1:
        return None
    inside = element[0]
    if not inside.tag.endswith("}is") or len(inside) != 1 or not inside[0].tag.endswith("}t"):
        return None
    element.remove(inside)
    return inside[0].text or ""


def _parser(sheet: Any, source: Any) -> Any:
    # The library's own reader of sheets, which knows of rows and formulas what its cells do not
    # tell. It is no public part of it; the version is locked, and the tests read real sheets.
    from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        """Also notes formulas without a result."""

        unanswered: list[str]
        rows_unanswered: set[int]

        def parse_cell(self, element: Any) -> dict[str, Any]:
            plain = _plain_text(element)
            cell: dict[str, Any] = super().parse_cell(element)
            if plain is not None:
                cell |= {"value": plain, "data_type": "s"}
                return cell
            if element.find(FORMULA_TAG) is not None and element.get("t") != "str":
                value = element.find(VALUE_TAG)
                if value is None or not value.text:
                    self.unanswered.append(f"{letters(cell['column'])}{cell['row']}")
                    self.rows_unanswered.add(cell["row"])
            return cell

        def unanswered_in(self, row: int) -> bool:
            return row in self.rows_unanswered

        def is_hidden(self, row: int) -> bool:
            attributes = self.row_dimensions.pop(str(row), {})
            return _is_set(attributes.get("hidden")) or attributes.get("ht") in {"0", "0.0"}

        def merged(self) -> list[str]:
            told = self.merged_cells
            return [str(each.ref) for each in told.mergeCell] if told is not None else []

        def hidden_columns(self) -> list[str]:
            return [
                letters(place)
                for each in self.column_dimensions.values()
                if _is_set(each.get("hidden"))
                for place in range(int(each["min"]), min(int(each["max"]), MOST_COLUMNS) + 1)
            ]

    parser = Parser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=sheet.parent.epoch,
        date_formats=sheet.parent._date_formats,
        timedelta_formats=sheet.parent._timedelta_formats,
    )
    parser.unanswered = []
    parser.rows_unanswered = set()
    return parser


def _is_set(told: Any) -> bool:
    return str(told).lower() in {"1", "true"}


def _plain(cell: Any, form: str) -> Any:
    """A cell as a word, number, day or moment. Faults such as #REF! stay as words."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return unescaped(cell)
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, dt.datetime):
        # Spreadsheets keep fractions of a day, which are never exact.
        return (cell + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(cell, int | float):
        if form != "General" and (words := shown(cell, form)) is not None:
            return ShownNumber(words, cell)
        return int(cell) if float(cell).is_integer() and abs(cell) < 1e15 else cell
    return cell if isinstance(cell, dt.date) else str(cell)


def unescaped(words: str) -> str:
    """Text with the signs that a workbook writes by their numbers: a line break is _x000D_."""
    if "_x" not in words:
        return words
    made = _ESCAPED.sub(lambda found: _sign(int(found[1], 16)), words)
    return made.replace("\r\n", "\n").replace("\r", "\n")


def _sign(code: int) -> str:
    sign = chr(code)
    return sign if sign.isprintable() or sign in "\t\n\r" else ""


def padded(cells: Sequence[Any], width: int) -> list[Any]:
    """As many cells as that."""
    return [*cells[:width], *[None] * (width - len(cells))]
