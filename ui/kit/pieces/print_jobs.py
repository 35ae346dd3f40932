"""One job on a printer, as pages are laid onto it: through Qt, or by Windows' own drawing.

A page is sent in the parts that have ink, each in no more bits than its dots have.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from dpdesk.walls.windows_printer import Dots, Printer


class PrintJob(Protocol):
    """What begins with the first sheet side, and is sent when it ends."""

    @property
    def fineness(self) -> int:
        """Dots per inch."""

    @property
    def colours(self) -> bool:
        """Were colours asked for?"""

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page that were asked for; 0 and 0 for all."""

    @property
    def sheet(self) -> QSizeF:
        """What can be printed on, in dots."""

    def new_page(self) -> None:
        """Goes on to the next sheet side. Raises DpdeskError."""

    def lay(self, drawn: QImage, part: QRect, place: QRectF) -> None:
        """Lays a part of a picture at its place on the sheet, in dots. Raises DpdeskError."""

    def end(self) -> None:
        """Sends the job. Raises DpdeskError."""

    def abort(self) -> None:
        """Takes it back; nothing more is sent."""


class QtJob:
    """A job through Qt. Raises DpdeskError where the printer does not take it."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer, self._painter = printer, QPainter()
        if not self._painter.begin(printer):
            raise DpdeskError(
                "Nothing was printed: either you cancelled, or the printer did not respond.",
                "Check that the printer is on, then print again.",
            )
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)

    @property
    def fineness(self) -> int:
        """Dots per inch."""
        return self._printer.resolution()

    @property
    def colours(self) -> bool:
        """Were colours asked for?"""
        return self._printer.colorMode() is self._printer.ColorMode.Color

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page that were asked for; 0 and 0 for all."""
        return self._printer.fromPage(), self._printer.toPage()

    @property
    def sheet(self) -> QSizeF:
        """What can be printed on, in dots."""
        return QSizeF(self._painter.viewport().size())

    def new_page(self) -> None:
        """Goes on to the next sheet side."""
        self._printer.newPage()

    def lay(self, drawn: QImage, part: QRect, place: QRectF) -> None:
        """Lays a part of a picture at its place on the sheet."""
        self._painter.drawImage(place, drawn, QRectF(part))

    def end(self) -> None:
        """Sends the job."""
        self._painter.end()

    def abort(self) -> None:
        """Takes it back."""
        self._printer.abort()
        self._painter.end()


class WindowsJob:
    """A job by Windows' own drawing, which leaves black and white one bit for each dot."""

    def __init__(self, printer: Printer) -> None:
        from dpdesk.walls import windows_printer

        self._printer = printer
        self._job = windows_printer.QueuedJob(printer)
        self.fineness, self.colours = printer.fineness, printer.colours
        self.pages = printer.first, printer.last
        self.sheet = QSizeF(*printer.sheet)

    def start(self, title: str) -> bool:
        """Begins; False where the user stepped back. Raises DpdeskError."""
        return self._job.start(title)

    def new_page(self) -> None:
        """Goes on to the next sheet side. Raises DpdeskError."""
        self._job.new_page()

    def lay(self, drawn: QImage, part: QRect, place: QRectF) -> None:
        """Lays a part of a picture at its place on the sheet. Raises DpdeskError."""
        to = place.toRect()
        self._job.lay(dots(drawn.copy(part)), (to.x(), to.y(), to.width(), to.height()))

    def end(self) -> None:
        """Sends the job. Raises DpdeskError."""
        self._job.end()

    def abort(self) -> None:
        """Takes it back."""
        self._job.abort()


def dots(drawn: QImage) -> Dots:
    """A picture as Windows takes it, in no more bits than its dots have."""
    from dpdesk.walls.windows_printer import Dots

    if drawn.depth() > 8:
        drawn = drawn.convertToFormat(QImage.Format.Format_BGR888)
    turned = drawn.flipped(Qt.Orientation.Vertical)
    return Dots(turned.width(), turned.height(), turned.depth(), bytes(turned.constBits()))


def choose_printer(parent: QWidget | None, title: str, pages: int) -> QPrinter | Printer | None:
    """The print dialog of the system; None where the user stepped back.

    Raises DpdeskError where the computer has no printer. Printing "to a file" is not offered: it
    would be a picture of the paper in clear, beside the PDF that the program saves itself.
    """
    from PySide6.QtPrintSupport import (  # asks the system for printers
        QPrintDialog,
        QPrinter,
        QPrinterInfo,
    )

    if not QPrinterInfo.availablePrinterNames():
        raise DpdeskError(
            "This computer has no printer.",
            "Add one in the computer’s settings, or save the paper as a PDF.",
        )
    if sys.platform == "win32":
        from dpdesk.walls import windows_printer

        return windows_printer.ask(int(parent.winId()) if parent is not None else 0, pages)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    options = QPrintDialog.PrintDialogOption
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(options.PrintPageRange)
    dialog.setOption(options.PrintToFile, False)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def begun(printer: QPrinter | Printer, title: str = "") -> PrintJob | None:
    """Begins a job; None where the user stepped back at a question of the printer.

    Windows may ask for the name of a file right here, so it belongs onto the thread of the window.
    Raises DpdeskError where the printer does not take it.
    """
    from dpdesk.walls.windows_printer import Printer

    if not isinstance(printer, Printer):
        return QtJob(printer)
    job = WindowsJob(printer)
    return cast("PrintJob", job) if job.start(title) else None
