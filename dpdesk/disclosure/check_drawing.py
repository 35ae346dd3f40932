"""Draws the source of a page once more, on the pixels of the finished page.

At a third of the resolution, through another way into pdfium than burning takes, and from the
page that the tables name. There is no other library to draw with that may be used: a page that
pdfium misreads is misread by builder and check alike. Pictures are decoded here by Pillow, which
encoded them, and all burnt places by pdfium.
"""

from __future__ import annotations

import io
import math
import struct
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from PIL import Image, ImageChops

from dpdesk.disclosure.check_case import PageCase, require
from dpdesk.disclosure.check_parts import Picture
from dpdesk.disclosure.check_text import says_its_words
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import open_page

DPI = 100
"""About the resolution at which pages are compared."""
_STEP = 6  # of 255: steps of grey that letters must change to be seen
_OBJECTS = 100_000  # more drawings than this on one page are not looked through
_DEPTH = 12  # forms within forms
_BAND = 256  # rows of the finished picture that are made coarser at a time
_TIFF_HEAD = 122  # bytes before the picture in a TIFF with nine fields
_CHANGED = [255 if value >= _STEP else 0 for value in range(256)]

GridBox = tuple[int, int, int, int]
"""Left, top, right and bottom on the grid, the last two excluded."""


@dataclass(frozen=True, slots=True)
class CompareGrid:
    """The grid on which two pictures of a page are compared.

    ``across`` and ``down`` are its pixels for each point as seen; ``left`` and ``top`` where
    the page as seen begins on it; ``step`` how many pixels of the finished picture are one.
    """

    size: tuple[int, int]
    across: float
    down: float
    left: float
    top: float
    step: int

    def pixels(self, box: Box, more: float = 0.0) -> tuple[int, int, int, int]:
        """A box in points as seen, outward to whole pixels, and ``more`` pixels around it."""
        return (
            max(0, math.floor(self.left + self.across * box.x0 - more)),
            max(0, math.floor(self.top + self.down * box.y0 - more)),
            min(self.size[0], math.ceil(self.left + self.across * box.x1 + more)),
            min(self.size[1], math.ceil(self.top + self.down * box.y1 + more)),
        )


def sheet_for(picture: Picture, case: PageCase) -> CompareGrid:
    """The grid for a page: the finished picture's own, made coarser, around the whole page."""
    x0, y0, x1, y1 = picture.pixels(Box(0, 0, case.width, case.height), case)
    step = max(1, round((x1 - x0) / case.width * 72 / DPI))
    left, top = max(0, math.ceil(-min(0.0, x0))), max(0, math.ceil(-min(0.0, y0)))
    left, top = -(-left // step), -(-top // step)
    return CompareGrid(
        (math.ceil(left + max(x1, picture.wide) / step), math.floor(top + y1 / step)),
        (x1 - x0) / case.width / step,
        (y1 - y0) / case.height / step,
        left + x0 / step,
        top + y0 / step,
        step,
    )


def finished_picture(stream: Any, picture: Picture) -> Image.Image:
    """The picture of a finished page as Pillow decodes it: black and white, or grey."""
    content = stream.read_raw_bytes()
    if picture.toned:
        with Image.open(io.BytesIO(content)) as tones:
            # Colours are not compared, and making them takes longer than all else.
            tones.draft("L", tones.size)
            return tones.convert("L")
    fields = (
        (256, picture.wide), (257, picture.high), (258, 1), (259, 4), (262, 0),
        (273, _TIFF_HEAD), (277, 1), (278, picture.high), (279, len(content)),
    )  # fmt: skip
    head = b"II*\0" + struct.pack("<IH", 8, len(fields))
    head += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
    with Image.open(io.BytesIO(head.ljust(_TIFF_HEAD, b"\0") + content)) as fax:
        fax.load()
        return fax


def coarse(full: Image.Image, sheet: CompareGrid, picture: Picture, case: PageCase) -> Image.Image:
    """The finished picture on the grid; paper where it shows nothing of the page."""
    x0, y0, _, _ = picture.pixels(Box(0, 0, case.width, case.height), case)
    left, top = round(sheet.left - x0 / sheet.step), round(sheet.top - y0 / sheet.step)
    grid = Image.new("L", sheet.size, 255)
    rows = _BAND * sheet.step
    for y in range(0, full.height, rows):
        # In bands that fit the processor's cache; a grey copy of a whole fax would not.
        band = full.crop((0, y, full.width, min(full.height, y + rows))).convert("L")
        small = band.reduce(sheet.step) if sheet.step > 1 else band
        grid.paste(small, (left, top + y // sheet.step))
    return grid


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page of a source as drawn by the check: as seen, and what its letters change of it."""

    whole: Image.Image
    letters: Image.Image | None
    """White where letters change a pixel; None where that cannot be told."""


def draw_source(
    document: Any, case: PageCase, sheet: CompareGrid, *, letters: bool, toned: bool
) -> DrawnPage:
    """Draws a page of a source on the grid, with its letters and, if asked, without.

    Pages with tones are drawn in colour and made grey afterwards, as burning does: pdfium draws
    photographs so in half of the time, and letters in a third more.
    Raises Flaw where the page has another size than the tables say.
    """
    page = open_page(document, case.index)
    try:
        width, height = page.get_size()
        require(abs(width - case.width) <= 0.01 * case.width + 1, "source")
        require(abs(height - case.height) <= 0.01 * case.height + 1, "source")
        require(says_its_words(page, case), "source")
        scale = sheet.across * case.width / width, sheet.down * case.height / height
        whole = _draw(document, page, sheet, scale, notes=True, toned=toned)
        if not letters or not _silence(page):
            return DrawnPage(whole, None)
        bare = _draw(document, page, sheet, scale, notes=False, toned=toned)
        return DrawnPage(whole, ImageChops.difference(whole, bare).point(_CHANGED))
    finally:
        page.close()


def draw_finely(document: Any, case: PageCase, sheet: CompareGrid, *, toned: bool) -> Image.Image:
    """Draws a page of a source on the pixels of the finished picture, and makes that coarser.

    It takes several times as long, and is asked where the drawing on the grid differs.
    """
    step = sheet.step
    fine = CompareGrid(
        (sheet.size[0] * step, sheet.size[1] * step),
        sheet.across * step,
        sheet.down * step,
        sheet.left * step,
        sheet.top * step,
        1,
    )
    page = open_page(document, case.index)
    try:
        width, height = page.get_size()
        scale = fine.across * case.width / width, fine.down * case.height / height
        return _draw(document, page, fine, scale, notes=True, toned=toned).reduce(step)
    finally:
        page.close()


def _draw(
    document: Any,
    page: Any,
    sheet: CompareGrid,
    scale: tuple[float, float],
    *,
    notes: bool,
    toned: bool,
) -> Image.Image:
    wide, high = sheet.size
    kind = pdfium_raw.FPDFBitmap_BGRx if toned else pdfium_raw.FPDFBitmap_Gray
    bitmap = pdfium.PdfBitmap.new_native(wide, high, kind, rev_byteorder=toned)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
        matrix = pdfium_raw.FS_MATRIX(scale[0], 0, 0, scale[1], sheet.left, sheet.top)
        clip = pdfium_raw.FS_RECTF(0, 0, wide, high)
        flags = pdfium_raw.FPDF_REVERSE_BYTE_ORDER if toned else pdfium_raw.FPDF_GRAYSCALE
        flags |= pdfium_raw.FPDF_ANNOT if notes else 0
        pdfium_raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
        if notes and document.formenv is not None:
            width, height = page.get_size()
            place = (
                round(sheet.left), round(sheet.top),
                round(scale[0] * width), round(scale[1] * height),
            )  # fmt: skip
            pdfium_raw.FPDF_FFLDraw(document.formenv, bitmap, page, *place, 0, flags)
        drawn: Image.Image = bitmap.to_pil()
        return drawn.convert("L") if toned else drawn.copy()
    finally:
        bitmap.close()


def _silence(page: Any) -> bool:
    """Switches off, in memory, all letters of a page; whether all could be looked through."""
    waiting: list[tuple[Any, bool, int]] = [(page.raw, False, 0)]
    looked_at = 0
    while waiting:
        holder, is_form, depth = waiting.pop()
        if is_form:
            count, fetch = (
                pdfium_raw.FPDFFormObj_CountObjects(holder),
                pdfium_raw.FPDFFormObj_GetObject,
            )
        else:
            count = pdfium_raw.FPDFPage_CountObjects(holder)
            fetch = pdfium_raw.FPDFPage_GetObject
        looked_at += max(count, 0)
        if looked_at > _OBJECTS or depth > _DEPTH:
            return False
        for rank in range(count):
            drawing = fetch(holder, rank)
            kind = pdfium_raw.FPDFPageObj_GetType(drawing)
            if kind == pdfium_raw.FPDF_PAGEOBJ_TEXT:
                pdfium_raw.FPDFPageObj_SetIsActive(drawing, 0)
            elif kind == pdfium_raw.FPDF_PAGEOBJ_FORM:
                waiting.append((drawing, True, depth + 1))
    return True
