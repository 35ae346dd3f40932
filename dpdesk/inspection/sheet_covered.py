"""Shapes and pictures that lie on a sheet, and the cells below them; for workers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents.office_zip import Element, Relation, first, short
from dpdesk.documents.sheet_book import ExcelBook
from dpdesk.documents.sheet_xlsx import ReadSheet
from dpdesk.inspection import drawn_looks
from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told, words_in
from dpdesk.inspection.word_parts import is_dark

_ANCHORS: Final = frozenset({"xdr:twoCellAnchor", "xdr:oneCellAnchor", "xdr:absoluteAnchor"})
_ACROSS: Final = 609_600.0  # units of a drawing in a column of the usual width
_DOWN: Final = 190_500.0
_HAIR: Final = 0.1  # of a cell by which a shape may stand over its edge
_SAID: Final[dict[Kind, str]] = {
    "hidden-text": "Words are in a shape that nobody sees.",
    "black-on-black": "Words in a shape stand in the colour of what is behind them.",
}
_Area = tuple[float, float, float, float]
"""Rows and columns from 0: first row, first column, last row, last column."""


def words(book: ExcelBook, sheet: ReadSheet) -> Iterator[str]:
    """The words that shapes on a sheet show."""
    for _area, shape, _relations in _shapes(book, sheet):
        yield "".join(text for text, kind in _runs(shape) if kind is None)


def tell(book: ExcelBook, sheet: ReadSheet, number: int, told: Told) -> None:
    """Tells of cells below shapes, and of words that shapes hide."""
    unseen: dict[Kind, list[str]] = {}
    for area, shape, relations in _shapes(book, sheet):
        for text, kind in _runs(shape):
            if kind is not None:
                unseen.setdefault(kind, []).append(text)
        about = drawn_looks.described(shape)
        told.tell_unless_seen("description", number, "A drawing is described.", about)
        if area is not None and _covers(book, shape, relations):
            text = " ".join(_under(sheet, area))
            if words_in(text):
                what = "A shape lies over cells; what is in them is still there."
                told.tell("drawn-bar", number, what, text)
    for kind, texts in unseen.items():
        if words_in(" ".join(texts)):
            told.tell(kind, number, _SAID[kind], " ".join(texts))


def _shapes(
    book: ExcelBook, sheet: ReadSheet
) -> Iterator[tuple[_Area | None, Element, dict[str, Relation]]]:
    for part in sheet.drawings:
        root = book.packed.xml(part) if not part.lower().endswith(".vml") else None
        relations = book.packed.relations(part)
        for anchor in root if root is not None else ():
            if short(anchor) in _ANCHORS:
                area = _area(anchor)
                for shape in anchor.iter():
                    if short(shape) in {"xdr:sp", "xdr:pic"}:
                        yield area, shape, relations


def _runs(shape: Element) -> Iterator[tuple[str, Kind | None]]:
    hidden = any(
        short(each) == "xdr:cNvPr" and each.get("hidden") in {"1", "true"} for each in shape.iter()
    )
    ground, sure = drawn_looks.behind(shape)
    body = first(shape, "xdr:txBody")
    for text, kind in drawn_looks.runs(body, ground, sure=sure) if body is not None else ():
        yield text, "hidden-text" if hidden else kind


def _area(anchor: Element) -> _Area | None:
    start, end = _corner(first(anchor, "xdr:from")), _corner(first(anchor, "xdr:to"))
    if start is None:
        return None
    if end is None:
        extent = first(anchor, "xdr:ext")
        if extent is None:
            return None
        try:
            across, down = int(extent.get("cx") or 0), int(extent.get("cy") or 0)
        except ValueError:
            return None
        end = start[0] + down / _DOWN, start[1] + across / _ACROSS
    return start[0], start[1], end[0], end[1]


def _corner(element: Element | None) -> tuple[float, float] | None:
    """Row and column, and how far into them."""
    told = {short(each): each.text or "0" for each in element} if element is not None else {}
    try:
        return (
            int(told["xdr:row"]) + min(1.0, int(told.get("xdr:rowOff", "0")) / _DOWN),
            int(told["xdr:col"]) + min(1.0, int(told.get("xdr:colOff", "0")) / _ACROSS),
        )
    except (KeyError, ValueError):
        return None


def _covers(book: ExcelBook, shape: Element, relations: dict[str, Relation]) -> bool:
    if short(shape) == "xdr:pic":
        relation = relations.get(drawn_looks.picture(shape))
        if relation is None or relation.outside:
            return False
        return is_dark(book.packed.read(relation.target) or b"")
    spoken = "".join(text for text, _kind in _runs(shape))
    return drawn_looks.is_bar(shape, wordless=not words_in(spoken))


def _under(sheet: ReadSheet, area: _Area) -> Iterator[str]:
    """The words of cells of which more than a hair lies below."""
    top, left, bottom, right = area
    rows, columns = sheet.grid.seen()
    for row in rows:
        if row + 1 - _HAIR > top and row + _HAIR < bottom:
            for column in columns:
                cell = sheet.grid.rows[row].get(column)
                if cell and column + 1 - _HAIR > left and column + _HAIR < right:
                    yield cell.text
