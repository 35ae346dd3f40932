"""Prints a finished paper through the system's own dialog, page by page, without a file between."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QMarginsF, QRect, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS: Final = 200 if sys.platform == "win32" else 300
"""Most dots per inch at which pages are drawn; more costs memory and shows on no office printer.

Windows hands pictures to the printer with four bytes for each dot, whatever is in them.
"""
_GAP: Final = 6
"""Empty rows that part a page: what lies between two such gaps is sent as a picture of its own."""


class Printing(Protocol):
    """Prints papers; tests give one that only notes."""

    def print_pdf(self, pdf: bytes, title: str) -> bool:
        """Prints a PDF; False where the user stepped back. Raises DpdeskError."""


def image_of(bitmap: Bitmap) -> QImage:
    """A drawn page as Qt paints it; it keeps its own copy of the pixels."""
    grey = bitmap.format == "gray"
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    return QImage(bitmap.content, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


def inked(bitmap: Bitmap) -> Iterator[QRect]:
    """The parts of a drawn page that are not white, from the top; all else need not be printed."""
    depth = 1 if bitmap.format == "gray" else 4
    wide = bitmap.width * depth
    top, last, left, right = -1, -1, wide, 0
    for row in range(bitmap.height):
        line = bitmap.content[row * bitmap.stride : row * bitmap.stride + wide]
        before = wide - len(line.lstrip(b"\xff"))
        if before == wide:
            continue
        if top >= 0 and row - last > _GAP:
            yield _part(top, last, left // depth, -(-right // depth))
            top, left, right = -1, wide, 0
        if top < 0:
            top = row
        last, left, right = row, min(left, before), max(right, len(line.rstrip(b"\xff")))
    if top >= 0:
        yield _part(top, last, left // depth, -(-right // depth))


def _part(top: int, last: int, left: int, right: int) -> QRect:
    return QRect(left, top, right - left, last - top + 1)


def begun(printer: QPrinter) -> QPainter:
    """Begins to print. Raises DpdeskError where the printer does not take it.

    Windows may ask for a file name right here, so it belongs onto the thread of the window.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise DpdeskError(
            "Nothing was printed: either you cancelled, or the printer does not answer.",
            "Check that it is on, then print again.",
        )
    return painter


def lay(painter: QPainter, bitmap: Bitmap) -> None:
    """Lays a page onto the sheet at its own size, or smaller where the printer needs margins."""
    drawn = image_of(bitmap)
    sheet = QRectF(painter.viewport())
    scale = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
    room = QRectF(0, 0, drawn.width() * scale, drawn.height() * scale)
    room.moveCenter(sheet.center())
    for part in inked(bitmap):
        place = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, 0)
        place.setHeight(part.height() * scale)
        painter.drawImage(place.translated(room.topLeft()), drawn, QRectF(part))


class SystemPrinting:
    """The print dialog of the system."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def print_pdf(self, pdf: bytes, title: str) -> bool:
        """Asks for the printer and prints. Raises DpdeskError where a page cannot be drawn."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # asks the system for printers

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(printer, self.parent)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        self.paint(pdf, printer)
        return True

    def paint(self, pdf: bytes, printer: object) -> None:
        """Paints the pages asked for onto a printer that was chosen."""
        from PySide6.QtPrintSupport import QPrinter  # as above

        from dpdesk.documents.render import PageRenderer  # starts a worker, only to print

        assert isinstance(printer, QPrinter)
        first, last = printer.fromPage() or 1, printer.toPage() or 0
        painter = begun(printer)
        scale = min(DOTS, printer.resolution()) / 72
        try:
            with PageRenderer() as renderer:
                renderer.open("paper", pdf)
                for number in range(first - 1, last or _count(pdf)):
                    if number > first - 1:
                        printer.newPage()
                    lay(painter, renderer.render("paper", number, scale=scale))
        finally:
            painter.end()


def _count(pdf: bytes) -> int:
    import pypdfium2  # ready in every process that shows papers; loaded only to print

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
