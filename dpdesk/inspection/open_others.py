"""What can still be read in an OpenDocument spreadsheet or presentation; for workers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents import open_pages
from dpdesk.documents.office_zip import Element, attribute, short
from dpdesk.documents.open_file import OpenFile
from dpdesk.documents.open_sheets import OpenSheet
from dpdesk.documents.open_styles import OpenStyles
from dpdesk.documents.open_text import OpenStory
from dpdesk.documents.pages import Box
from dpdesk.documents.sheet_grid import Budget
from dpdesk.inspection import odt_file, sheet_file
from dpdesk.inspection.odt_file import is_dark_colour
from dpdesk.inspection.office_beside import plain
from dpdesk.inspection.placing import within
from dpdesk.inspection.telling import Told, words_in
from dpdesk.inspection.word_looks import is_alike

_SHAPES: Final = frozenset(
    "draw:rect draw:custom-shape draw:ellipse draw:polygon draw:path".split()
)
_UNITS: Final = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75}
_COVERS: Final = 0.3
_BAR: Final = "A shape is drawn over words or a picture; what is below is still there."


def look_at_sheets(content: bytes, told: Told) -> int:
    """Looks through a spreadsheet (``.ods``); the number of its sheets. Raises UnreadableFile."""
    packed, root, styles = open_pages.opened(content)
    file, budget = OpenFile(packed, root, styles), Budget()
    tables = [
        each
        for each in root.iter()
        if short(each) == "table:table" and short(each.getparent()) == "office:spreadsheet"
    ]
    sheets = [OpenSheet(file, each, budget) for each in tables]
    lost = [list(_lost_cells(each, file.styles)) for each in tables]
    for sheet, unseen in zip(sheets, lost, strict=True):
        if sheet.grid.state == "visible":
            rows, columns = sheet.grid.seen()
            texts = (
                sheet.grid.rows[r][c].text for r in rows for c in columns if c in sheet.grid.rows[r]
            )
            told.see(text for text in texts if text not in unseen)
            told.see([sheet.grid.name, *map(plain, sheet.beside)])
    for number, (table, sheet, unseen) in enumerate(zip(tables, sheets, lost, strict=True), 1):
        sheet_file.tell_of_grid(sheet.grid, number, told)
        if words_in(" ".join(unseen)):
            what = "Cells have letters in the colour of their ground."
            told.tell("black-on-black", number, what, " ".join(unseen))
        if sheet.comments:
            words = plain(" ".join(sheet.comments))
            told.tell("note", number, "A comment is in the file.", words)
        if any(_is_dark_shape(each, file.styles) for each in table.iter()):
            told.tell(
                "drawn-bar", number, "A dark shape lies over the sheet; what is below is there."
            )
    for hidden in file.hidden():
        odt_file.tell_hidden(hidden, 0, told)
    odt_file.beside(file, root, told)
    return len(tables)


def _lost_cells(table: Element, styles: OpenStyles) -> Iterator[str]:
    """The words of cells whose letters look like what is behind them."""
    for each in table.iter():
        if short(each) != "table:table-cell":
            continue
        style = attribute(each, "table:style-name")
        letters = styles.property(style, "style:text-properties", "fo:color") or "#000000"
        behind = styles.property(style, "style:table-cell-properties", "fo:background-color")
        if behind in {None, "transparent"}:
            behind = "#ffffff"
        if is_alike(letters.lstrip("#"), behind.lstrip("#")):
            yield "".join(each.itertext())


def look_at_slides(content: bytes, told: Told) -> int:
    """Looks through a presentation or drawing; the number of its slides. Raises UnreadableFile."""
    packed, root, styles = open_pages.opened(content)
    file = OpenFile(packed, root, styles)
    pages = [each for each in root.iter() if short(each) == "draw:page"]
    shown: list[tuple[int, str, bool, list[str]]] = []
    for number, each in enumerate(pages, 1):
        words = plain(OpenStory(file).html(each))
        off = file.styles.page_is_hidden(attribute(each, "draw:style-name"))
        shown.append((number, words, off, [plain(notes) for notes in file.spoken]))
        file.spoken.clear()
    told.see(words for _number, words, off, _notes in shown if not off)
    for number, words, off, notes in shown:
        if off and words_in(words):
            what = "The slide is hidden, and is shown by one click."
            told.tell("hidden-text", number, what, words)
        if words_in(" ".join(notes)):
            told.tell("note", number, "The speaker’s notes are in the file.", " ".join(notes))
        for text in _under_bars(pages[number - 1], file.styles):
            told.tell("drawn-bar", number, _BAR, text)
    for hidden in file.hidden():
        odt_file.tell_hidden(hidden, 0, told)
    odt_file.beside(file, root, told)
    return len(pages)


def _under_bars(page: Element, styles: OpenStyles) -> Iterator[str]:
    """What lies below dark shapes of a slide."""
    below: list[tuple[Box, Element]] = []
    for each in page.iter():
        box = _box(each) if short(each).startswith("draw:") else None
        if box is None:
            continue
        if _is_dark_shape(each, styles):
            covered = [one for place, one in below if within(box, place) > _COVERS]
            words = " ".join("".join(one.itertext()) for one in covered)
            if words_in(words) or any(short(p) == "draw:image" for o in covered for p in o):
                yield words
        below.append((box, each))


def _is_dark_shape(each: Element, styles: OpenStyles) -> bool:
    if short(each) not in _SHAPES:
        return False
    style = attribute(each, "draw:style-name")
    fill = styles.property(style, "style:graphic-properties", "draw:fill-color")
    how = styles.property(style, "style:graphic-properties", "draw:fill")
    return how != "none" and is_dark_colour(fill)


def _box(each: Element) -> Box | None:
    told = [_points(attribute(each, f"svg:{side}")) for side in ("x", "y", "width", "height")]
    x, y, across, down = told
    if x is None or y is None or across is None or down is None:
        return None
    return Box(x, y, x + across, y + down)


def _points(told: str | None) -> float | None:
    worth = _UNITS.get((told or "")[-2:])
    try:
        return float((told or "")[:-2]) * worth if worth else None
    except ValueError:
        return None
