"""The sheets of an Excel workbook of today, cell by cell; used inside workers only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final, get_args

from dpdesk.cells import shown as cell_shown
from dpdesk.documents import sheet_words
from dpdesk.documents.office_zip import Element, Relation, attribute, first, short
from dpdesk.documents.sheet_book import ExcelBook, SheetPart, done, streamed, string
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell, State, letters, place
from dpdesk.documents.word_inline import differs

_LEAST: Final = 2.0  # points: in a lower row nothing can be read
_NARROWEST: Final = 0.3  # signs: in a narrower column nothing can be read
_PRINTED: Final = {
    "s:oddHeader", "s:evenHeader", "s:firstHeader", "s:oddFooter", "s:evenFooter", "s:firstFooter",
}  # fmt: skip
_RULES: Final = frozenset({"s:dataValidation", "?:dataValidation"})
_CALLED: Final = {
    "s:protectedRange": "name",
    "s:sortCondition": "customList",
}
_DRAWN: Final = frozenset({"s:drawing", "s:legacyDrawing"})
_WORDED: Final = frozenset({"s:cfRule", "?:cfRule", "s:filter", "s:customFilter"})
_AROUND: Final = _PRINTED | _RULES | _DRAWN | _WORDED | {"s:scenario", "s:sheetPr", *_CALLED}
_QUOTED: Final = re.compile(r'"((?:[^"]|""){1,255})"')
_MOST: Final = 5_000


@dataclass(slots=True)
class ReadSheet:
    """A sheet that was read, and what stands around its cells."""

    grid: Grid
    part: str
    relations: dict[str, Relation]
    printed: list[str] = field(default_factory=list)
    """Words at the top or foot of its printed pages."""
    unseen: list[tuple[str, str]] = field(default_factory=list)
    """Cells whose format shows nothing of what is in them: the place and the words."""
    faint: list[tuple[str, str]] = field(default_factory=list)
    """Cells with letters that look like what is behind them."""
    prompts: list[str] = field(default_factory=list)
    """Shown, or offered, where a cell is chosen."""
    ruled: list[str] = field(default_factory=list)
    """Words that rules for the look of cells, and filters, ask for or show."""
    formulas: dict[str, None] = field(default_factory=dict)
    """Words that stand in formulas, each once."""
    called: list[str] = field(default_factory=list)
    """What its places are called, and orders of words that somebody made."""
    code_name: str = ""
    in_notes: list[str] = field(default_factory=list)
    """Words in the frames of notes, whose own words are told elsewhere."""
    drawings: list[str] = field(default_factory=list)
    all_hidden: bool = False


def read(book: ExcelBook, sheet: SheetPart, budget: Budget) -> ReadSheet:
    """One sheet. Raises UnreadableFile where the file has too many cells."""
    state: State = next((each for each in get_args(State) if _same(each, sheet.state)), "visible")
    found = ReadSheet(Grid(sheet.name, state), sheet.part, book.packed.relations(sheet.part))
    row_before = -1
    for each in streamed(book.packed, sheet.part):
        name = short(each)
        if name == "s:row":
            row_before = _row(book, found, each, row_before, budget)
            done(each)
        elif name == "s:sheetFormatPr":
            found.grid.usual_width = _size(each.get("defaultColWidth"), 8.43)
            found.all_hidden = each.get("zeroHeight") in {"1", "true"}
        elif name == "s:col":
            _columns(found.grid, each)
        elif name == "s:pane" and each.get("state", "").startswith("frozen"):
            found.grid.frozen_columns = int(_size(each.get("xSplit"), 0))
            found.grid.frozen_rows = int(_size(each.get("ySplit"), 0))
        elif name == "s:hyperlink":
            _link(found, each)
            _put(found.prompts, each.get("tooltip"))
        elif name in _AROUND:
            _beside(book, found, each, name)
    return found


def _beside(book: ExcelBook, sheet: ReadSheet, element: Element, name: str) -> None:
    """What stands around the cells."""
    if name in _RULES:
        _prompts(sheet, element)
    elif name in _WORDED:
        _ruled(book, sheet, element)
    elif name == "s:scenario":
        for value in (element.get("name"), element.get("user"), element.get("comment")):
            _put(sheet.prompts, value)
        for cell in element:
            _put(sheet.prompts, cell.get("val") if not _is_number(cell.get("val")) else "")
    elif name == "s:sheetPr":
        sheet.code_name = element.get("codeName", "")
    elif name in _CALLED:
        _put(sheet.called, element.get(_CALLED[name]))
    elif name in _PRINTED:
        sheet.printed += sheet_words.printed(element.text or "")
    elif name in _DRAWN:
        relation = sheet.relations.get(attribute(element, "r:id") or "")
        if relation is not None and not relation.outside:
            sheet.drawings.append(relation.target)


def _same(state: str, told: str) -> bool:
    return state.replace(" ", "").lower() == told.lower()


def _row(book: ExcelBook, sheet: ReadSheet, element: Element, before: int, budget: Budget) -> int:
    """Reads a row; its number from 0."""
    told = element.get("r", "")
    row = int(told) - 1 if told.isdecimal() and int(told) > 0 else before + 1
    hidden = element.get("hidden")
    if (
        hidden in {"1", "true"}
        or (hidden is None and sheet.all_hidden)
        or _size(element.get("ht"), _LEAST) < _LEAST
    ):
        sheet.grid.hidden_rows.add(row)
    column = -1
    for each in element:
        if short(each) != "s:c":
            continue
        where = place(each.get("r", ""))
        column = where[1] if where is not None else column + 1
        if len(each):  # a cell of a drawn frame or a colour holds nothing
            budget.spend()
            _cell(book, sheet, each, row, column)
    return row


def _cell(book: ExcelBook, sheet: ReadSheet, element: Element, row: int, column: int) -> None:
    style = book.style(element.get("s"))
    formula = first(element, "s:f")
    if formula is not None and formula.text and '"' in formula.text and len(sheet.formulas) < _MOST:
        sheet.formulas.update(dict.fromkeys(sheet_words.quoted(formula.text)))
    stored = _stored(book, element)
    if stored is None or stored == "":
        return
    words = cell_shown.shown(stored, style.code, from_1904=book.from_1904)
    where = f"{letters(column)}{row + 1}"
    if not words.strip():
        hidden = str(stored) if not isinstance(stored, float) else cell_shown.general(stored)
        if hidden.strip() and not (isinstance(stored, float) and stored == 0):
            sheet.unseen.append((where, hidden))
        return
    if style.faint:
        sheet.faint.append((where, words))
    right = isinstance(stored, float)
    sheet.grid.put(row, column, GridCell(words.strip() if right else words, right, style.bold))


def _stored(book: ExcelBook, element: Element) -> str | float | bool | None:
    """The value in a cell; its formula where no value was worked out."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        inline = first(element, "s:is")
        return string(inline) if inline is not None else None
    told = first(element, "s:v")
    value = (told.text or "") if told is not None else ""
    if not value:
        formula = first(element, "s:f")
        return f"={formula.text}" if formula is not None and formula.text else None
    if kind == "s":
        at = int(value) if value.strip().isdecimal() else -1
        book.used.add(at)
        return book.strings[at] if 0 <= at < len(book.strings) else None
    if kind == "b":
        return value.strip() in {"1", "true"}
    if kind == "d":
        return _day(value)
    if kind in {"str", "e"}:
        return value
    try:
        return float(value)
    except ValueError:
        return value


def _day(value: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{moment:%d/%m/%Y}" if len(value) <= 10 else f"{moment:%d/%m/%Y %H:%M}"


def _columns(grid: Grid, element: Element) -> None:
    start, end = int(_size(element.get("min"), 1)), int(_size(element.get("max"), 1))
    hidden = element.get("hidden") in {"1", "true"}
    width = _size(element.get("width"), grid.usual_width)
    for column in range(max(start, 1) - 1, min(end, 16_384)):
        if hidden or width < _NARROWEST:
            grid.hidden_columns.add(column)
        grid.widths[column] = width


def _link(sheet: ReadSheet, element: Element) -> None:
    relation = sheet.relations.get(attribute(element, "r:id") or "")
    where = place(element.get("ref", "").partition(":")[0])
    if relation is None or not relation.outside or where is None:
        return
    cells = sheet.grid.rows.get(where[0], {})
    cell = cells.get(where[1])
    told = differs(relation.target, cell.text if cell is not None else "")
    if told:
        words = f"{cell.text} ({told})" if cell is not None else f"({told})"
        sheet.grid.put(*where, GridCell(words, False, cell.bold if cell is not None else False))


def _prompts(sheet: ReadSheet, element: Element) -> None:
    """What stands in the rule of a cell: what it shows, and the words to choose from."""
    for name in ("promptTitle", "prompt", "errorTitle", "error"):
        _put(sheet.prompts, element.get(name))
    told = [each for each in element if short(each).endswith((":formula1", ":formula2"))]
    words = "".join(text for each in told for text in each.itertext()).strip()
    if element.get("type") == "list" and words.startswith('"'):
        _put(sheet.prompts, ", ".join(words.strip('"').replace('""', '"').split(",")))
    else:
        sheet.formulas.update(dict.fromkeys(sheet_words.quoted(words)))


def _ruled(book: ExcelBook, sheet: ReadSheet, element: Element) -> None:
    """The words of a rule or a filter: a name may stand there that stands in no cell any more."""
    at = element.get("dxfId", "")
    own = int(at) if at.isdecimal() else len(book.conditional)
    code = book.conditional[own] if own < len(book.conditional) else ""
    told = [element.get("text"), element.get("val")]
    told += _QUOTED.findall(code + " " + " ".join(element.itertext()))
    for words in told:
        if words and any(map(str.isalpha, words)):
            _put(sheet.ruled, words.replace('""', '"'))


def _put(found: list[str], words: str | None) -> None:
    plain = " ".join(_plain(words or "").split())
    if plain:
        found.append(plain)


def _plain(words: str) -> str:
    return words.replace("_x000a_", "\n").replace("_x000d_", "").replace("_x000D_", "")


def _is_number(told: str | None) -> bool:
    try:
        float(told or "0")
    except ValueError:
        return False
    return True


def _size(told: str | None, usual: float) -> float:
    try:
        return float(told) if told else usual
    except ValueError:
        return usual
