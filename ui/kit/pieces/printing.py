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

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import StepDone
from ui.kit.pieces.print_jobs import begun, choose_printer

if TYPE_CHECKING:
    from dpdesk.documents.render import PageRenderer
    from ui.kit.pieces.print_jobs import PrintJob

_WINDOWS: Final = sys.platform == "win32"
DOTS: Final = 200 if _WINDOWS else 300
"""Most dots per inch at which shades and colours are drawn; more shows on no office printer."""
FINE: Final = 300 if _WINDOWS else 600
"""Dots per inch of letters in black and white. Most printers have 600; Windows packs nothing in its
queue, where a page of letters takes half a megabyte with 300."""
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


class SystemPrinting:
    """The print dialog of the system."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def print_pdf(self, pdf: bytes, title: str) -> bool:
        """Asks for the printer and prints. Raises DpdeskError where a page cannot be drawn."""
        pages = _count(pdf)
        printer = choose_printer(self.parent, title, pages)
        job = begun(printer, title) if printer is not None else None
        if job is None:
            return False
        print_pages(pdf, pages, job)
        return True


def print_pages(pdf: bytes, pages: int, job: PrintJob, step: StepDone | None = None) -> int:
    """Prints the pages asked for that the paper has, and says how many these were.

    ``pages`` is how many it has. Raises DpdeskError where a page cannot be drawn or the printer
    takes no more; whatever ``step`` raises ends the job, and nothing more is sent.
    """
    from dpdesk.documents.render import PageRenderer  # starts a worker, only to print

    asked_first, asked_last = job.pages
    first = min(max(1, asked_first), pages)
    last = min(asked_last or pages, pages)
    try:
        with PageRenderer() as renderer:
            renderer.open("paper", pdf)
            for number in range(first, last + 1):
                if step is not None:
                    step(number - first, last - first + 1)
                if number > first:
                    job.new_page()
                _print_page(renderer, number - 1, job)
    except BaseException:
        job.abort()
        raise
    job.end()
    return last - first + 1


def _print_page(renderer: PageRenderer, place: int, job: PrintJob) -> None:
    """Draws a page as it is sent: black and white, in greys, or in colours where wanted."""

    def draw(dots: int, *, gray: bool) -> Bitmap:
        return renderer.render("paper", place, scale=dots / 72, gray=gray)

    if job.colours and not image_of(draw(_LOOK, gray=False)).allGray():
        bitmap = draw(min(DOTS, job.fineness), gray=False)
        _lay(job, bitmap, image_of(bitmap))
    elif _SHADE.search(draw(_LOOK, gray=True).content):
        bitmap = draw(min(DOTS, job.fineness), gray=True)
        _lay(job, bitmap, image_of(bitmap))
    else:
        bitmap = draw(min(FINE, job.fineness), gray=True)
        _lay(job, bitmap, _black_and_white(image_of(bitmap)))


def _black_and_white(drawn: QImage) -> QImage:
    from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

    # Qt sends one bit for each dot only where the colours stand in this order.
    return drawn.convertToFormat(
        QImage.Format.Format_Mono, [_BLACK, _WHITE], Qt.ImageConversionFlag.ThresholdDither
    )


def _lay(job: PrintJob, bitmap: Bitmap, drawn: QImage) -> None:
    """Lays a page onto the sheet at its own size, or smaller where the printer needs margins."""
    sheet = QRectF(QPointF(0, 0), job.sheet)
    scale = min(sheet.width() / drawn.width(), sheet.height() / drawn.height())
    room = QRectF(0, 0, drawn.width() * scale, drawn.height() * scale)
    room.moveCenter(sheet.center())
    for part in inked(bitmap):
        place = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, 0)
        place.setHeight(part.height() * scale)
        job.lay(drawn, part, place.translated(room.topLeft()))


def _count(pdf: bytes) -> int:
    import pypdfium2  # ready in every process that shows papers; loaded only to print

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
