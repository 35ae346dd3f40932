"""Excel workbooks of the old kind (``.xls``) onto pages; used inside workers only."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from dpdesk.cells import shown as cell_shown
from dpdesk.documents import office_old, sheet_pages, sheet_words, sheet_xls_around
from dpdesk.documents.besides import Besides
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import DAMAGED
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell, State, letters
from dpdesk.documents.word_inline import differs
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_STATES: Final[dict[int, State]] = {0: "visible", 1: "hidden", 2: "very hidden"}
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
_SIGN: Final = 256  # widths count in so many parts of a sign
_WHITE: Final = 9  # of the colours that every workbook has
_BOLD: Final = 600
_BUILT_IN: Final = "_xlnm"


def xls(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An old Excel workbook as pages. Raises UnreadableFile for one that cannot be read."""
    book = _opened(content)
    budget = Budget()
    sheets = [_Sheet(book, sheet, budget) for sheet in book.sheets()]
    comments = [shown for sheet in sheets for shown in sheet.comments()]
    usual = office_old.properties(content)
    words = {c.text for sheet in sheets for row in sheet.grid.rows.values() for c in row.values()}
    book_around = sheet_xls_around.read(content, words, budget)
    around = sheet_xls_around.by_name(book_around)
    beside = "".join(
        sheet_words.beside(
            name,
            [f"<p>{escape(each)}</p>".replace("\n", "<br>") for each in about.drawn],
            about.printed,
        )
        for name, about in around.items()
    )
    pictures = {f"picture {n}": each for n, each in enumerate(book_around.pictures, 1)}
    beside += "".join(f'<p><img src="cid:{name}"></p>' for name in pictures)
    found = [
        *([Hidden("comments", len(comments), "".join(comments))] if comments else []),
        *sheet_pages.cells("hidden text", [cell for sheet in sheets for cell in sheet.unseen]),
        *sheet_pages.cells("faint", [cell for sheet in sheets for cell in sheet.faint]),
        *sheet_words.prompts((name, w) for name, about in around.items() for w in about.prompts),
        *_names(book),
    ]
    beside += office_old.shown(usual)
    besides = Besides()
    for name, about in around.items():
        for formula in about.formulas:
            for told in sheet_words.quoted(f'"{formula}"'):
                besides.add(f"Formula on sheet “{name}”", told)
    for where, told in book_around.named:
        besides.add(where, told)
    said = [*words, *around, beside, *(each.html for each in found)]
    more, small = besides.told(said)
    normal = sheet_pages.to_normal(
        [sheet.grid for sheet in sheets],
        [*found, *more],
        limits,
        beside=beside + small,
        pictures=pictures,
        copies=[grid for grid in book_around.copies if grid.rows],
    )
    normal.warnings += office_old.about(content)
    normal.inside = office_old.embedded(content)
    normal.said = office_old.said(usual)
    return normal


def _opened(content: bytes) -> Any:
    import xlrd

    _forgive(xlrd.sheet.Sheet)
    nothing = io.StringIO()  # the library writes about the file that it reads
    for careful in (True, False):
        try:
            return xlrd.open_workbook(
                file_contents=content,
                formatting_info=careful,
                logfile=nothing,
                ragged_rows=True,
                ignore_workbook_corruption=not careful,
            )
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 -- the library throws whatever a damaged file makes it
            if not careful:
                raise UnreadableFile(*DAMAGED) from None
    raise UnreadableFile(*DAMAGED)


def _forgive(sheets: Any) -> None:
    """The library gives a whole workbook up for a note that is longer than it says."""
    strict = sheets.handle_note
    if getattr(strict, "forgiving", False):
        return

    def handle_note(self: Any, content: bytes, texts: Any) -> None:
        with contextlib.suppress(AssertionError, IndexError, ValueError, struct.error):
            strict(self, content, texts)

    handle_note.forgiving = True  # type: ignore[attr-defined] # so that it is done once
    sheets.handle_note = handle_note


class _Sheet:
    """Reads one sheet."""

    def __init__(self, book: Any, sheet: Any, budget: Budget) -> None:
        self._book = book
        self._sheet = sheet
        self.unseen: list[tuple[str, str, str]] = []
        self.faint: list[tuple[str, str, str]] = []
        self.grid = Grid(sheet.name, _STATES.get(sheet.visibility, "hidden"))
        self._sizes()
        self._links = {
            (link.frowx, link.fcolx): str(link.url_or_path or "")
            for link in getattr(sheet, "hyperlink_list", ())
        }
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                stored = _stored(sheet.cell(row, column))
                if stored is not None:
                    budget.spend()
                    self._cell(row, column, stored)
        for (row, column), address in self._links.items():
            if column not in self.grid.rows.get(row, {}) and (told := differs(address, "")):
                self.grid.put(row, column, GridCell(f"({told})"))

    def _sizes(self) -> None:
        sheet, grid = self._sheet, self.grid
        if sheet.defcolwidth:
            grid.usual_width = float(sheet.defcolwidth)
        for column, about in sheet.colinfo_map.items():
            grid.widths[column] = about.width / _SIGN
            if about.hidden:
                grid.hidden_columns.add(column)
        grid.hidden_rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden}
        if sheet.has_pane_record and sheet.panes_are_frozen:
            grid.frozen_rows = int(sheet.horz_split_pos)
            grid.frozen_columns = int(sheet.vert_split_pos)

    def _cell(self, row: int, column: int, stored: str | float | bool) -> None:
        code, bold, white = _look(self._book, self._sheet, row, column)
        words = cell_shown.shown(stored, code, from_1904=bool(self._book.datemode))
        where = f"{letters(column)}{row + 1}"
        if not words.strip():
            if str(stored).strip() and stored != 0:
                self.unseen.append((self.grid.name, where, _plainly(stored)))
            return
        if white:
            self.faint.append((self.grid.name, where, words))
        if told := differs(self._links.get((row, column), ""), words):
            words = f"{words} ({told})"
        right = isinstance(stored, float)
        self.grid.put(row, column, GridCell(words.strip() if right else words, right, bold))

    def comments(self) -> Iterator[str]:
        """The notes on its cells, as HTML."""
        for (row, column), note in sorted(self._sheet.cell_note_map.items()):
            words = str(note.text or "").strip()
            who = str(note.author or "").strip()
            where = f"{self.grid.name}, cell {letters(column)}{row + 1}"
            if words:
                head = escape(f"{where}, {who}" if who else where)
                shown = escape(words).replace("\n", "<br>")
                yield f'<div class="box"><p class="close"><b>{head}</b></p><p>{shown}</p></div>'


def _plainly(stored: str | float | bool) -> str:
    return cell_shown.general(stored) if isinstance(stored, float) else str(stored)


def _stored(cell: Any) -> str | float | bool | None:
    if cell.ctype in {_EMPTY, _BLANK}:
        return None
    if cell.ctype == _BOOLEAN:
        return bool(cell.value)
    if cell.ctype == _ERROR:
        import xlrd

        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype in {_NUMBER, _DATE}:
        return float(cell.value)
    return str(cell.value) or None


def _look(book: Any, sheet: Any, row: int, column: int) -> tuple[str, bool, bool]:
    """The format of a cell, whether it is bold, and whether it is white on white."""
    with contextlib.suppress(IndexError, KeyError, AttributeError, TypeError):
        form = book.xf_list[sheet.cell_xf_index(row, column)]
        font = book.font_list[form.font_index]
        filled = form.background.fill_pattern != 0
        code = str(book.format_map[form.format_key].format_str)
        if form.format_key in cell_shown.BUILT_IN and form.format_key:
            code = cell_shown.BUILT_IN[form.format_key]
        return code, font.weight >= _BOLD, font.colour_index == _WHITE and not filled
    return "General", False, False


def _names(book: Any) -> list[Hidden]:
    rows = [
        f"<tr><td>{escape(str(each.name))}</td><td>{escape(_meaning(each))}</td></tr>"
        for each in book.name_obj_list
        if each.hidden and not each.builtin and not each.name.startswith((_BUILT_IN, "_xl"))
    ]
    table = f'<table class="grid">{"".join(rows)}</table>'
    return [Hidden("names", len(rows), table)] if rows else []


def _meaning(name: Any) -> str:
    """What a name stands for, as far as the library could work it out."""
    return str(getattr(name.result, "text", "") or "")
