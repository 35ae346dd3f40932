"""What can still be read in a workbook that was redacted elsewhere; for workers only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dpdesk.documents import office_zip, sheet_around, sheet_book, sheet_xlsx
from dpdesk.documents.office_zip import Packed, short
from dpdesk.documents.sheet_book import ExcelBook
from dpdesk.documents.sheet_grid import Budget, Grid
from dpdesk.documents.sheet_xlsx import ReadSheet
from dpdesk.documents.word_inline import differs
from dpdesk.inspection import office_beside, sheet_covered, sheet_rules
from dpdesk.inspection.office_beside import several
from dpdesk.inspection.telling import Told, words_in

_LOOKED_AT: Final = (
    "xl/workbook.xml", "xl/worksheets/", "xl/sharedstrings", "xl/styles", "xl/theme/",
    "xl/calcchain", "xl/comments", "xl/threadedcomments/", "xl/persons/", "xl/drawings/",
    "xl/charts/", "xl/diagrams/", "xl/pivotcache/", "xl/pivottables/", "xl/externallinks/",
    "xl/metadata", "xl/revisions/", "xl/embeddings/",
)  # fmt: skip
_MOST: Final = 3_000  # words of one kind that are told
_STRINGS: Final = 200_000


def is_book(content: bytes) -> bool:
    """Whether a file that looks packed is a workbook."""
    return office_beside.is_of(content, "xl/workbook.xml")


def look(content: bytes, told: Told) -> int:
    """Looks through the file; the number of its sheets.

    Raises UnreadableFile for one that is damaged or far too large.
    """
    packed = office_zip.opened(content)
    book, budget = sheet_book.opened(packed), Budget()
    sheets = [sheet_xlsx.read(book, each, budget) for each in book.sheets]
    rules = [sheet_rules.of(packed, sheet.part) for sheet in sheets]
    for sheet, rule in zip(sheets, rules, strict=True):
        if sheet.grid.state == "visible":
            told.see([sheet.grid.name, *sheet.printed, *_seen(sheet, rule)])
            told.see(sheet_covered.words(book, sheet))
    office_beside.drawings(packed, "xl", told)
    for number, (sheet, rule) in enumerate(zip(sheets, rules, strict=True), 1):
        _sheet(book, sheet, rule, number, told)
        sheet_covered.tell(book, sheet, number, told)
    _beside(book, sheets, budget, told)
    office_beside.people(_writers(packed), told)
    office_beside.look(packed, "xl", _LOOKED_AT, told)
    told.gathered()
    _strings(book, told)
    if packed.damaged:
        told.tell("damaged", 0, "A part of the file is damaged and could not be checked.")
    return len(sheets)


def _seen(sheet: ReadSheet, rule: sheet_rules.SheetRules) -> Iterator[str]:
    rows, columns = sheet.grid.seen()
    lost = {where for where, _words in sheet.faint} | rule.covered
    shown = set(columns)
    for row in rows:
        for column, cell in sheet.grid.rows[row].items():
            if column in shown and sheet_rules.called(row, column) not in lost:
                yield _without_links(cell.text, sheet)


def _without_links(text: str, sheet: ReadSheet) -> str:
    """What a cell shows: addresses of links were added to it for reading."""
    for relation in sheet.relations.values() if "(" in text else ():
        told = differs(relation.target, "") if relation.outside else ""
        text = text.replace(f"({told})", "") if told else text
    return text


def _sheet(
    book: ExcelBook, sheet: ReadSheet, rule: sheet_rules.SheetRules, number: int, told: Told
) -> None:
    tell_of_grid(sheet.grid, number, told)
    _cells(sheet.faint, number, "Cells have letters in the colour of their ground.", told)
    unseen = "Cells have a format that shows nothing of what is in them."
    _cells(sheet.unseen, number, unseen, told, kept=True)
    under = [(w, t) for w, t in _at(sheet.grid) if w in rule.covered]
    _cells(under, number, "Cells stand below others with which they were merged.", told, kept=True)
    for text in rule.formulas:
        told.gather("elsewhere", "A formula holds words that are not shown.", text)
    for text in rule.choices:
        told.gather("form", "A cell has a list to choose from, or a message.", text)
    for hidden in sheet_around.comments(book, [sheet]):
        words = office_beside.plain(hidden.html)
        told.tell("note", number, "A comment is in the file.", words)


def tell_of_grid(grid: Grid, number: int, told: Told) -> None:
    """Tells of a sheet, its number from 1, or rows and columns of it that are hidden."""
    if grid.state != "visible":
        words = _words(grid, grid.rows, set(grid.columns()))
        if words_in(words):
            told.tell("hidden-text", number, f"Sheet “{grid.name}” is hidden.", words)
        else:
            told.tell_unless_seen("hidden-text", number, "A hidden sheet has a name.", grid.name)
        return
    rows, columns = grid.unseen_rows(), grid.unseen_columns()
    if rows:
        many = several(len(rows), "row is", "rows are")
        words = _words(grid, rows, set(grid.columns()))
        told.tell("hidden-text", number, f"{many} hidden, or too low to be read.", words)
    if columns:
        many = several(len(columns), "column is", "columns are")
        words = _words(grid, grid.rows, set(columns))
        told.tell("hidden-text", number, f"{many} hidden, or too narrow to be read.", words)


def _words(grid: Grid, rows: Iterable[int], columns: set[int]) -> str:
    found: list[str] = []
    for row in sorted(rows):
        found += [cell.text for column, cell in grid.rows[row].items() if column in columns]
        if len(found) > _MOST:
            break
    return " ".join(found)


def _at(grid: Grid) -> Iterator[tuple[str, str]]:
    for row, cells in grid.rows.items():
        for column, cell in cells.items():
            yield sheet_rules.called(row, column), cell.text


def _cells(
    cells: Iterable[tuple[str, str]], number: int, what: str, told: Told, *, kept: bool = False
) -> None:
    """Tells of cells that nobody sees; ``kept`` says that their format hides them."""
    text = " ".join(words for _where, words in cells)
    if words_in(text):
        told.tell("hidden-text" if kept else "black-on-black", number, what, text)


def _beside(book: ExcelBook, sheets: list[ReadSheet], budget: Budget, told: Told) -> None:
    shown = {text for sheet in sheets for _where, text in _at(sheet.grid)}
    for grid in sheet_around.copies(book, shown, budget):
        words = [text for _where, text in _at(grid) if not told.all_seen(text)]
        if words:
            what = "The file keeps a copy of data from elsewhere."
            told.tell("elsewhere", 0, what, " ".join(words[:_MOST]))
    for hidden in sheet_around.earlier(book):
        words_of = office_beside.plain(hidden.html)
        told.tell("earlier-version", 0, "The file keeps what cells held before.", words_of)
    for each in book.names:
        name, target = each.get("name") or "", each.text or ""
        if not name.startswith("_xl"):
            told.gather("bookmark", "A place in the file has a name.", name.replace("_", " "))
        for text in sheet_rules.quoted(target):
            told.gather("bookmark", "A name in the file stands for words.", text)


def _writers(packed: Packed) -> Iterator[str]:
    """Everybody of whom the file says that they wrote comments."""
    for part in packed.under("xl/persons"):
        root = packed.xml(part)
        for each in root if root is not None else ():
            yield each.get("displayName") or ""
    for part in packed.under("xl"):
        if part.rpartition("/")[2].lower().startswith("comments"):
            root = packed.xml(part)
            for each in root.iter() if root is not None else ():
                if short(each) == "s:author" and not (each.text or "").startswith("tc="):
                    yield each.text or ""


def _strings(book: ExcelBook, told: Told) -> None:
    """Words that cells held once, and that no cell uses any more."""
    left = [text for text in book.strings[:_STRINGS] if words_in(text) and not told.is_told(text)]
    if left:
        what = "Words that no cell holds any more are still in the file."
        told.tell("leftover", 0, what, "; ".join(left[:_MOST]))
