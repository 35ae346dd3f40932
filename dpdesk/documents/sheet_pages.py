"""Spreadsheets onto pages: what Excel shows first, then what it hides; used inside workers only."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import pikepdf

from dpdesk.documents import (
    hidden,
    laid_out,
    office_drawings,
    office_embedded,
    office_pictures,
    office_properties,
    office_stored,
    office_zip,
    sheet_around,
    sheet_besides,
    sheet_book,
    sheet_words,
    sheet_xlsx,
)
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.normal import Normal
from dpdesk.documents.sheet_drawing import SheetPages
from dpdesk.documents.sheet_grid import Budget, Grid
from dpdesk.walls.workers import Limits

SHOWN: Final = (
    "The sheets are shown as tables: every cell with what it shows, none cut off. Colours and the "
    "height of rows are left out."
)
_EMPTY: Final = "<p>There is nothing on the sheets of this workbook.</p>"
_MODEL: Final = (
    "This workbook also keeps a store of data (a data model) that dpdesk cannot read. Look at it "
    "in Excel, under Data."
)


def xlsx(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An Excel workbook of today (``.xlsx``, ``.xlsm``) as pages.

    Raises UnreadableFile for one that is damaged or too long.
    """
    packed = office_zip.opened(content)
    book, budget = sheet_book.opened(packed), Budget()
    sheets = [sheet_xlsx.read(book, each, budget) for each in book.sheets]
    grids = [sheet.grid for sheet in sheets]
    words = {cell.text for grid in grids for row in grid.rows.values() for cell in row.values()}
    copies = sheet_around.copies(book, words, budget)
    drawn = office_drawings.Drawings(packed)
    beside = sheet_around.drawings(book, sheets, drawn)
    usual, added = office_properties.read(packed)
    found = [
        *sheet_around.earlier(book),
        *sheet_besides.left(book, words),
        *sheet_around.comments(book, sheets),
        *cells("hidden text", [(s.grid.name, *each) for s in sheets for each in s.unseen]),
        *cells("faint", [(s.grid.name, *each) for s in sheets for each in s.faint]),
        *sheet_words.prompts(
            [(s.grid.name, each) for s in sheets for each in s.prompts]
            + sheet_words.unsaid(((s.grid.name, each) for s in sheets for each in s.ruled), words)
        ),
        *sheet_around.names(book),
        *([Hidden("cropped", drawn.cropped)] if drawn.cropped else []),
        *office_properties.hidden(added),
        *office_stored.stored(packed),
    ]
    behind, lost = office_pictures.left(packed, drawn.pictures)
    found += lost
    beside += behind + office_properties.shown(usual, list(drawn.descriptions))
    kept = (cell.text for grid in copies for row in grid.rows.values() for cell in row.values())
    said = [*words, *kept, *(grid.name for grid in grids), beside, *(each.html for each in found)]
    more, small = sheet_besides.gathered(book, sheets).told(said)
    told = office_zip.about(packed)
    if packed.under(f"{book.folder}/model"):
        told.append(_MODEL)
    normal = to_normal(
        grids,
        [*found, *more],
        limits,
        beside=beside + small,
        pictures=drawn.pictures,
        copies=copies,
    )
    normal.warnings += told
    normal.inside = office_embedded.files(packed)
    normal.said = office_properties.said(usual)
    return normal


def cells(kind: str, found: Sequence[tuple[str, str, str]]) -> list[Hidden]:
    """Cells as hidden content of a kind: the sheet, the place and the words of each."""
    rows = [
        f"<tr><td>{escape(name)}, cell {where}</td><td>{escape(words)}</td></tr>"
        for name, where, words in found
    ]
    table = f'<table class="grid">{"".join(rows)}</table>'
    return [Hidden(kind, len(rows), table)] if rows else []


def to_normal(
    grids: Sequence[Grid],
    found: Sequence[Hidden],
    limits: Limits,
    *,
    beside: str = "",
    pictures: Mapping[str, bytes] | None = None,
    copies: Sequence[Grid] = (),
    alone: bool = False,
) -> Normal:
    """Sheets and what is hidden in them as pages.

    ``beside`` is HTML about what lies on the sheets beside their cells, ``copies`` are data of
    other places; ``alone`` says that cells have no names (a file of lines).
    """
    shown = SheetPages(limits.pages)
    for grid in grids:
        if grid.state == "visible":
            rows, columns = grid.seen()
            shown.add(grid, _called(grid, alone=alone), rows, columns, alone=alone)
    counted = [*found, *_counted(grids, copies)]
    html = beside + hidden.pages(counted, first=not beside)
    if not shown.count and not html:
        html = _EMPTY
    warnings = [SHOWN, *hidden.sentence(counted)]
    made: list[bytes] = []
    if shown.count:
        content, about_letters = shown.result()
        made.append(content)
        warnings += about_letters
    if html:
        content, about_letters = laid_out.to_pdf(html, pictures or {}, limits)
        made.append(content)
        warnings += about_letters
    unseen = _unseen(grids, copies, limits)
    if unseen is not None:
        made.append(unseen)
    return Normal(joined(made), list(dict.fromkeys(warnings)))


def _called(grid: Grid, *, alone: bool) -> str:
    return "" if alone and not grid.name else f"Sheet “{grid.name}”"


def _counted(grids: Sequence[Grid], copies: Sequence[Grid]) -> list[Hidden]:
    """Hidden rows, columns and sheets; they are drawn as tables behind the list."""
    note = '<p class="note">Shown as tables on the pages after these.</p>'
    visible = [grid for grid in grids if grid.state == "visible"]
    counts = {
        "rows": sum(len(grid.unseen_rows()) for grid in visible),
        "columns": sum(len(grid.unseen_columns()) for grid in visible),
        "sheets": sum(1 for grid in grids if grid.state != "visible" and grid.rows),
        "caches": len(copies),
    }
    return [Hidden(kind, count, note) for kind, count in counts.items() if count]


def _unseen(grids: Sequence[Grid], copies: Sequence[Grid], limits: Limits) -> bytes | None:
    """Pages with what is hidden of the sheets themselves."""
    pages = SheetPages(limits.pages)
    for grid in grids:
        rows, columns = sorted(grid.rows), grid.columns()
        name = f"“{grid.name}”"
        if grid.state != "visible":
            pages.add(grid, f"Hidden sheet {name} ({grid.state})", rows, columns, alone=False)
            continue
        pages.add(grid, f"Hidden rows of sheet {name}", grid.unseen_rows(), columns, alone=False)
        behind = grid.unseen_columns()
        if behind:
            head = [column for column in grid.seen()[1][:1] if column not in behind]
            held = [row for row in rows if any(column in grid.rows[row] for column in behind)]
            pages.add(
                grid, f"Hidden columns of sheet {name}", held, sorted({*head, *behind}), alone=False
            )
    for grid in copies:
        pages.add(grid, f"Copy of {grid.name}", sorted(grid.rows), grid.columns(), alone=False)
    return pages.result()[0] if pages.count else None


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDFs as one."""
    if len(parts) == 1:
        return parts[0]
    made = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            made.pages.extend(opened.pages)
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()
