"""Where the drawings of a PDF page lie; for workers only."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from dpdesk.documents.drawn_letters import STRAIGHT, Matrix, inner_place
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame, open_page
from dpdesk.errors import UnreadableFile

_DEPTH: Final = 12  # drawings within drawings
_DRAWINGS: Final = 20_000  # of one page
_PAGES: Final = 200  # on which a picture is looked for

Place = tuple[int, int, int, int]
"""A part of a picture in pixels: left, upper, right, lower."""

Placing = Callable[[Sequence[Place], tuple[int, int]], tuple[int, list[Box]]]
"""From parts of a picture and its size to the page, from 1, and where they lie on it as seen."""


def seen_box(frame: Frame, drawing: Any) -> Box | None:
    """Where a drawing lies on the page as seen, also beyond its edges; None if nobody knows."""
    sides = tuple(ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(drawing, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return Box(*frame.seen(left, bottom, right, top))


def on_page(
    content: bytes, number: int, raw: bytes, places: Sequence[Place], size: tuple[int, int]
) -> tuple[int, list[Box]]:
    """On which page a picture of a PDF is drawn, and where parts of it lie there as seen.

    ``number`` is a page that may draw it, from 1, and the answer where none is found to; ``raw``
    is the picture as it stands in the file.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return number, []
    try:
        for each in sorted(range(1, len(document) + 1), key=lambda page: page != number)[:_PAGES]:
            with contextlib.suppress(UnreadableFile, pdfium.PdfiumError):
                page = open_page(document, each - 1)
                try:
                    boxes = _boxes(page, raw, places, size)
                finally:
                    page.close()
                if boxes:
                    return each, boxes
    finally:
        document.close()
    return number, []


def _boxes(page: Any, raw: bytes, places: Sequence[Place], size: tuple[int, int]) -> list[Box]:
    frame, (wide, high), found = Frame(page), size, []
    for a, b, c, d, e, f in _drawn(page, raw):
        for left, top, right, bottom in places:
            corners = [(x / wide, 1 - y / high) for x in (left, right) for y in (top, bottom)]
            across = [a * x + c * y + e for x, y in corners]
            down = [b * x + d * y + f for x, y in corners]
            found.append(Box(*frame.seen(min(across), min(down), max(across), max(down))))
    return found


def _drawn(page: Any, raw: bytes) -> Iterator[Matrix]:
    """How a picture lies on a page, for each time that it is drawn there."""
    stack: list[tuple[Any, int, Matrix]] = [(page.raw, 0, STRAIGHT)]
    looked = 0
    while stack and looked < _DRAWINGS:
        container, depth, place = stack.pop()
        if depth:
            count = pdfium_c.FPDFFormObj_CountObjects(container)
            fetch = pdfium_c.FPDFFormObj_GetObject
        else:
            count = pdfium_c.FPDFPage_CountObjects(container)
            fetch = pdfium_c.FPDFPage_GetObject
        for index in range(min(count, _DRAWINGS)):
            looked += 1
            drawing = fetch(container, index)
            kind = pdfium_c.FPDFPageObj_GetType(drawing)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                stack.append((drawing, depth + 1, inner_place(drawing, place)))
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and _is(drawing, raw):
                yield inner_place(drawing, place)


def _is(drawing: Any, raw: bytes) -> bool:
    length = pdfium_c.FPDFImageObj_GetImageDataRaw(drawing, None, 0)
    if length != len(raw):
        return False
    held = ctypes.create_string_buffer(length)
    pdfium_c.FPDFImageObj_GetImageDataRaw(drawing, held, length)
    return held.raw == raw


_ACROSS: Final = ("left", "", "right")
_DOWN: Final = ("top", "", "bottom")
_SAID: Final = 3


def said(places: Sequence[Place], size: tuple[int, int]) -> str:
    """Where parts of a picture lie in it, in words: "at the top left and in the middle"."""
    sides = []
    for left, top, right, bottom in places:
        across = _ACROSS[max(0, min(2, 3 * (left + right) // (2 * size[0])))]
        down = _DOWN[max(0, min(2, 3 * (top + bottom) // (2 * size[1])))]
        words = " ".join(word for word in (down, across) if word)
        sides.append(f"at the {words}" if words else "in the middle")
    several = list(dict.fromkeys(sides))
    if len(several) > _SAID:
        return f"in {len(places)} places, the first {several[0]}"
    return " and ".join([", ".join(several[:-1]), several[-1]] if several[1:] else several)


def within(one: Box, other: Box) -> float:
    """What share of a box lies within another, 0 to 1."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    area = one.width * one.height
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0
