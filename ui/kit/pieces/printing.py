"""Prints a finished paper through the system's own dialog, page by page, without a file between."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import DpdeskError

_DOTS = 300
"""Dots per inch at which pages are drawn; more costs memory and shows on no office printer."""


class Printing(Protocol):
    """Prints papers; tests give one that only notes."""

    def print_pdf(self, pdf: bytes, title: str) -> bool:
        """Prints a PDF; False where the user stepped back. Raises DpdeskError."""


def image_of(bitmap: Bitmap) -> QImage:
    """A drawn page as Qt paints it; it keeps its own copy of the pixels."""
    grey = bitmap.format == "gray"
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    return QImage(bitmap.content, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


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
        painter = QPainter()
        if not painter.begin(printer):
            raise DpdeskError(
                "The printer does not answer.", "Check that it is on, then print again."
            )
        try:
            with PageRenderer() as renderer:
                renderer.open("paper", pdf)
                for number in range(first - 1, last or _count(pdf)):
                    if number > first - 1:
                        printer.newPage()
                    drawn = image_of(renderer.render("paper", number, scale=_DOTS / 72))
                    _lay(painter, drawn, printer)
        finally:
            painter.end()


def _count(pdf: bytes) -> int:
    import pypdfium2  # ready in every process that shows papers; loaded only to print

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _lay(painter: QPainter, drawn: QImage, printer: object) -> None:
    """Lays a page onto the sheet at its own size, or smaller where the printer needs margins."""
    sheet = QRectF(painter.viewport())
    scale = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
    room = QRectF(0, 0, drawn.width() * scale, drawn.height() * scale)
    room.moveCenter(sheet.center())
    painter.drawImage(room, drawn)
