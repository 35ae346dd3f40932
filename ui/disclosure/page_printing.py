"""Prints the pages of a PDF through the dialog of the system, beside the window.

The pages are drawn in the worker for foreign files, and painted on the thread of the work, so
that a long bundle can be stopped half-way and the window stays awake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.documents.render import PageRenderer
from dpdesk.errors import Cancelled
from ui.kit.pieces.printing import DOTS, lay
from ui.kit.pieces.tasks import Progress

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


def print_pages(
    pdf: bytes, pages: int, printer: QPrinter, painter: QPainter, progress: Progress
) -> int:
    """Prints the pages that the dialog asked for, and says how many these were.

    ``painter`` has begun on the printer. Raises DpdeskError where a page fails, Cancelled.
    """
    first = printer.fromPage() or 1
    last = min(printer.toPage() or pages, pages)
    scale = min(DOTS, printer.resolution()) / 72
    try:
        with PageRenderer() as renderer:
            renderer.open("printed", pdf)
            for number in range(first, last + 1):
                progress.step("Printing", number - first, last - first + 1)
                if number > first:
                    printer.newPage()
                lay(painter, renderer.render("printed", number - 1, scale=scale))
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return last - first + 1
