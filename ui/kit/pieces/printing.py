"""Prints a finished paper through the system's own dialog, page by page, without a file between.

Pages are drawn in a worker and sent as they are: letters in black and white at the printer's
own fineness, shades as grey, and colours only where there are any. Nothing is compressed with
loss, which would leave a haze around each letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from dpdesk.documents.render import PageRenderer

_DOTS: Final = 300
"""Dots per inch of shades and colours; more costs memory and shows on no office printer."""
_FINE: Final = 600
"""Dots per inch of letters in black and white, as most printers have them."""
_LOOK: Final = 72
"""Dots per inch at which a page is looked at first: has it colours, has it shades?"""
_SHADE: Final = re.compile(rb"([\x0c-\xf3])\1{7,}")
"""Eight dots of one grey beside each other: a ground or a picture, not the edge of a letter."""

_BLACK, _WHITE = 0xFF000000, 0xFFFFFFFF

Step = Callable[[int, int], object]
"""Told before each page how many are done, of how many; may raise Cancelled."""


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
        pages = _count(pdf)
        printer = choose_printer(self.parent, title, pages)
        if printer is None:
            return False
        print_pages(pdf, pages, printer)
        return True


def choose_printer(parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
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
            "Add one in the settings of the system, or save the paper as a PDF.",
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    options = QPrintDialog.PrintDialogOption
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(options.PrintPageRange)
    dialog.setOption(options.PrintToFile, False)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(pdf: bytes, pages: int, printer: QPrinter, step: Step | None = None) -> int:
    """Prints the pages asked for that the paper has, and says how many these were.

    ``pages`` is how many it has. Raises DpdeskError where the printer or a page fails; whatever
    ``step`` raises ends the job, and nothing more is sent.
    """
    from dpdesk.documents.render import PageRenderer  # starts a worker, only to print

    first = min(max(1, printer.fromPage()), pages)
    last = min(printer.toPage() or pages, pages)
    with PageRenderer() as renderer, _job(printer) as painter:
        renderer.open("paper", pdf)
        for number in range(first, last + 1):
            if step is not None:
                step(number - first, last - first + 1)
            if number > first:
                printer.newPage()
            _lay(painter, _drawn(renderer, number - 1, printer))
    return last - first + 1


@contextmanager
def _job(printer: QPrinter) -> Iterator[QPainter]:
    painter = QPainter()
    if not painter.begin(printer):
        raise DpdeskError("The printer does not answer.", "Check that it is on, then print again.")
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        yield painter
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _drawn(renderer: PageRenderer, place: int, printer: QPrinter) -> QImage:
    """A page as it is sent: black and white, in greys, or in colours where these are wanted."""
    fineness = printer.resolution()
    colours = printer.colorMode() is printer.ColorMode.Color

    def draw(dots: int, *, gray: bool) -> Bitmap:
        return renderer.render("paper", place, scale=dots / 72, gray=gray)

    if colours and not image_of(draw(_LOOK, gray=False)).allGray():
        return image_of(draw(min(_DOTS, fineness), gray=False))
    if _SHADE.search(draw(_LOOK, gray=True).content):
        return image_of(draw(min(_DOTS, fineness), gray=True))
    from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

    fine = image_of(draw(min(_FINE, fineness), gray=True))
    table = [_BLACK, _WHITE]
    # Qt sends one bit for each dot only where the colours stand in this order.
    return fine.convertToFormat(
        QImage.Format.Format_Mono, table, Qt.ImageConversionFlag.ThresholdDither
    )


def _count(pdf: bytes) -> int:
    import pypdfium2  # ready in every process that shows papers; loaded only to print

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _lay(painter: QPainter, drawn: QImage) -> None:
    """Lays a page onto the sheet at its own size, or smaller where the printer needs margins."""
    sheet = QRectF(painter.viewport())
    scale = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
    room = QRectF(0, 0, drawn.width() * scale, drawn.height() * scale)
    room.moveCenter(sheet.center())
    painter.drawImage(room, drawn)
