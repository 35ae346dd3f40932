"""Prints a finished paper through the system's own dialog, page by page, without a file between.

Pages are drawn in a worker and sent as they are: letters in black and white at the printer's
own fineness, shades as grey, and colours only where there are any. Nothing is compressed with
loss, which would leave a haze around each letter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QMarginsF, QRect, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import DpdeskError, StepDone

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from dpdesk.documents.render import PageRenderer

_WINDOWS: Final = sys.platform == "win32"
DOTS: Final = 200 if _WINDOWS else 300
"""Most dots per inch at which shades and colours are drawn; more shows on no office printer.

Windows hands pictures to the printer with four bytes for each dot, whatever is in them.
"""
_FINE: Final = 600
"""Dots per inch of letters in black and white, as most printers have them."""
_LOOK: Final = 72
"""Dots per inch at which a page is looked at first: has it colours, has it shades?"""
_SHADE: Final = re.compile(rb"([\x0c-\xf3])\1{7,}")
"""Eight dots of one grey beside each other: a ground or a picture, not the edge of a letter."""
_BLACK, _WHITE = 0xFF000000, 0xFFFFFFFF
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
            "Nothing was printed: either you cancelled, or the printer did not respond.",
            "Check that the printer is on, then print again.",
        )
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    return painter


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
        print_pages(pdf, pages, printer, begun(printer))
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
            "Add one in the computer’s settings, or save the paper as a PDF.",
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


def print_pages(
    pdf: bytes, pages: int, printer: QPrinter, painter: QPainter, step: StepDone | None = None
) -> int:
    """Prints the pages asked for that the paper has, and says how many these were.

    ``pages`` is how many it has; ``painter`` has begun on the printer. Raises DpdeskError where
    a page cannot be drawn; whatever ``step`` raises ends the job, and nothing more is sent.
    """
    from dpdesk.documents.render import PageRenderer  # starts a worker, only to print

    first = min(max(1, printer.fromPage()), pages)
    last = min(printer.toPage() or pages, pages)
    try:
        with PageRenderer() as renderer:
            renderer.open("paper", pdf)
            for number in range(first, last + 1):
                if step is not None:
                    step(number - first, last - first + 1)
                if number > first:
                    printer.newPage()
                _print_page(renderer, number - 1, printer, painter)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return last - first + 1


def _print_page(renderer: PageRenderer, place: int, printer: QPrinter, painter: QPainter) -> None:
    """Draws a page as it is sent: black and white, in greys, or in colours where wanted."""

    def draw(dots: int, *, gray: bool) -> Bitmap:
        return renderer.render("paper", place, scale=dots / 72, gray=gray)

    fineness = printer.resolution()
    colours = printer.colorMode() is printer.ColorMode.Color
    if colours and not image_of(draw(_LOOK, gray=False)).allGray():
        bitmap = draw(min(DOTS, fineness), gray=False)
        _lay(painter, bitmap, image_of(bitmap))
    elif _WINDOWS or _SHADE.search(draw(_LOOK, gray=True).content):
        bitmap = draw(min(DOTS, fineness), gray=True)
        _lay(painter, bitmap, image_of(bitmap))
    else:
        bitmap = draw(min(_FINE, fineness), gray=True)
        _lay(painter, bitmap, _black_and_white(image_of(bitmap)))


def _black_and_white(drawn: QImage) -> QImage:
    from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

    # Qt sends one bit for each dot only where the colours stand in this order.
    return drawn.convertToFormat(
        QImage.Format.Format_Mono, [_BLACK, _WHITE], Qt.ImageConversionFlag.ThresholdDither
    )


def _lay(painter: QPainter, bitmap: Bitmap, drawn: QImage) -> None:
    """Lays a page onto the sheet at its own size, or smaller where the printer needs margins."""
    sheet = QRectF(painter.viewport())
    scale = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
    room = QRectF(0, 0, drawn.width() * scale, drawn.height() * scale)
    room.moveCenter(sheet.center())
    for part in inked(bitmap):
        place = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, 0)
        place.setHeight(part.height() * scale)
        painter.drawImage(place.translated(room.topLeft()), drawn, QRectF(part))


def _count(pdf: bytes) -> int:
    import pypdfium2  # ready in every process that shows papers; loaded only to print

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
