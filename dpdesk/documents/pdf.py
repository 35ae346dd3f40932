"""Opens PDF files and draws their pages with pdfium; used inside workers only.

One way of opening and one way of drawing for everybody who looks at a page (intake, workbench,
bundle), so that all of them see the same ink at the same place.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from dpdesk.documents.bitmaps import Bitmap, PixelFormat
from dpdesk.errors import PasswordNeeded, UnreadableFile

PIXEL_LIMIT: Final = 40_000_000
"""Most pixels of one drawing: A4 at 600 dpi fits, a hostile page of 14,400 points does not."""

_SIDES: Final = (1.0, 200_000.0)
"""Shortest and longest side of a page, in points; the longest is some seventy metres."""

DAMAGED: Final = "This PDF file is damaged and cannot be opened."
DAMAGED_NEXT: Final = (
    "Ask for a fresh copy, or open it in the program that made it and save it as PDF again."
)


def open_pdf(content: bytes, password: str | None = None) -> Any:
    """The opened document (``pypdfium2.PdfDocument``), forms ready to be drawn.

    Raises PasswordNeeded where it is locked, UnreadableFile where pdfium cannot open it.
    """
    try:
        document = pdfium.PdfDocument(content, password=password)
    except pdfium.PdfiumError as fault:
        if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise locked(password) from None
        if fault.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise UnreadableFile(
                "This PDF file is protected in a way that dpdesk cannot open.",
                "Ask the sender for a copy without protection.",
            ) from None
        raise UnreadableFile(DAMAGED, DAMAGED_NEXT) from None
    try:
        document.init_forms()
    except pdfium.PdfiumError:
        document.close()
        raise UnreadableFile(DAMAGED, DAMAGED_NEXT) from None
    return document


def locked(password: str | None) -> PasswordNeeded:
    """The error for a locked PDF; says whether a password was tried."""
    if password:
        return PasswordNeeded(
            "That password does not open this PDF file.",
            "Check capital letters and try again, or ask the sender.",
            wrong=True,
        )
    return PasswordNeeded("This PDF file is locked with a password.", "Type its password.")


def no_pages() -> UnreadableFile:
    """The error for a PDF in which there is nothing to see."""
    return UnreadableFile("This PDF file has no pages.", "Ask for a fresh copy.")


def damaged_page(index: int) -> UnreadableFile:
    """The error for a page that cannot be read; ``index`` counts from 0."""
    return UnreadableFile(f"Page {index + 1} of this PDF file is damaged.", DAMAGED_NEXT)


def open_page(document: Any, index: int) -> Any:
    """One page of an opened document; the caller closes it.

    Raises UnreadableFile where the page cannot be loaded or has no usable size.
    """
    try:
        page = document[index]
    except (pdfium.PdfiumError, IndexError):
        raise damaged_page(index) from None
    width, height = page.get_size()
    if not (_SIDES[0] <= width <= _SIDES[1] and _SIDES[0] <= height <= _SIDES[1]):
        page.close()
        raise UnreadableFile(
            f"Page {index + 1} of this PDF file is not a size that paper comes in.",
            "Open it in another program and print it as PDF again.",
        )
    return page


def fitting_scale(width: float, height: float, scale: float) -> float:
    """``scale``, or the largest smaller one that keeps the drawing under ``PIXEL_LIMIT``."""
    pixels = math.ceil(width * scale) * math.ceil(height * scale)
    if pixels <= PIXEL_LIMIT:
        return scale
    # A little less than exact: both sides are rounded up to whole pixels.
    return 0.999 * math.sqrt(PIXEL_LIMIT / (width * height))


def draw(
    document: Any,
    index: int,
    scale: float = 1.0,
    *,
    width: int | None = None,
    gray: bool = False,
    turn: int = 0,
    room: memoryview | None = None,
) -> Bitmap:
    """Draws one page as seen, annotations and form fields included.

    ``scale`` in pixels for each point, or ``width`` of the drawing in pixels instead; ``turn``
    is a further clockwise turn of 0, 90, 180 or 270 degrees for the viewer's eye. Where the
    pixels fit into ``room`` they are drawn there and the content of the bitmap is empty. Raises
    UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        across, down = page.get_size()
        if width is not None:
            # A hair less: the sides are rounded up to whole pixels.
            scale = (width - 1e-4) / (across if turn in {0, 180} else down)
        fitted = fitting_scale(across, down, scale)
        drawn = page.render(
            scale=fitted,
            rotation=turn,
            grayscale=gray,
            prefer_bgrx=True,
            limit_image_cache=True,
            bitmap_maker=_maker(room),
        )
        try:
            pixels: PixelFormat = "gray" if gray else "bgrx"
            inside = room is not None and drawn.stride * drawn.height <= len(room)
            content = b"" if inside else bytes(drawn.buffer)
            return Bitmap(drawn.width, drawn.height, drawn.stride, content, pixels, fitted)
        finally:
            drawn.close()
    except (pdfium.PdfiumError, ValueError):
        raise damaged_page(index) from None
    finally:
        page.close()


def is_black_and_white(document: Any, index: int) -> bool:
    """Is the largest picture on a page one without any grey, as a fax or many a scanner makes it?

    Raises UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        largest, bits = 0, 0
        for each in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2):
            told = each.get_metadata()
            if told.width * told.height > largest:
                largest, bits = told.width * told.height, told.bits_per_pixel
        return bits == 1
    except (pdfium.PdfiumError, ValueError):
        raise damaged_page(index) from None
    finally:
        page.close()


def _maker(room: memoryview | None) -> Callable[..., Any]:
    """Makes the bitmap in ``room`` if it fits there."""

    def make(width: int, height: int, **how: Any) -> Any:
        stride = width * (1 if how["format"] == pdfium_c.FPDFBitmap_Gray else 4)
        if room is None or stride * height > len(room):
            return pdfium.PdfBitmap.new_native(width, height, stride=stride, **how)
        buffer = (ctypes.c_ubyte * (stride * height)).from_buffer(room)
        return pdfium.PdfBitmap.new_native(width, height, buffer=buffer, stride=stride, **how)

    return make


class Frame:
    """Where the corners of a page as seen lie in the coordinates of its file."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn: int = page.get_rotation()
        self.width, self.height = page.get_size()

    def seen(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box in file coordinates as (x0, y0, x1, y1) from the top left as seen."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def paper(self, x: float, y: float) -> tuple[float, float]:
        """A place as seen in the coordinates of the file."""
        if self.turn == 0:
            return x + self.left, self.top - y
        if self.turn == 90:
            return y + self.left, x + self.bottom
        if self.turn == 180:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x
