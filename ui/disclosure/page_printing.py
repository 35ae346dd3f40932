"""Prints the pages of a PDF through the dialog of the system, beside the window.

The pages are drawn in the worker for foreign files, and painted on the thread of the work, so
that a long bundle can be stopped half-way and the window stays awake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.documents.render import PageRenderer
from dpdesk.errors import Cancelled, DpdeskError
from ui.kit.pieces.printing import image_of
from ui.kit.pieces.tasks import Progress

_DOTS: Final = 300
"""Most dots per inch at which pages are drawn; bundles of text have no more."""

Chooser = Callable[[QWidget | None, str, int], Any]
"""Asks for a printer: parent, title, number of pages; None where the user stepped back."""


def choose_printer(parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
    """The print dialog of the system."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(pdf: bytes, pages: int, printer: QPrinter, progress: Progress) -> int:
    """Prints the pages that the dialog asked for, and says how many these were.

    Raises DpdeskError where the printer or a page fails, Cancelled.
    """
    first = printer.fromPage() or 1
    last = min(printer.toPage() or pages, pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise DpdeskError("The printer does not answer.", "Check that it is on, then print again.")
    scale = min(_DOTS, printer.resolution()) / 72
    try:
        with PageRenderer() as renderer:
            renderer.open("printed", pdf)
            for number in range(first, last + 1):
                progress.step("Printing", number - first, last - first + 1)
                if number > first:
                    printer.newPage()
                drawn = image_of(renderer.render("printed", number - 1, scale=scale))
                sheet = QRectF(painter.viewport())
                fit = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
                room = QRectF(0, 0, drawn.width() * fit, drawn.height() * fit)
                room.moveCenter(sheet.center())
                painter.drawImage(room, drawn)
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return last - first + 1
