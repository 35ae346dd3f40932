"""HTML into PDF pages: mail, Word and whatever else has no pages of its own; inside workers only.

Qt breaks the lines and the pages, without a window; what it would draw is written with the
program's own fonts, so that every letter on a page is known as that letter (``typefaces``).
Lines wrap, pictures shrink, and a table that is too wide is drawn smaller, or cell below cell.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.laid_pictures import Pictures
from dpdesk.documents.markup import cleared
from dpdesk.documents.plain_markup import plain
from dpdesk.documents.typefaces import Typefaces, font_files
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

MARGIN: Final = 48.0
ROOM: Final = (A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN)
"""Points across and down that a page has for text."""

_SIZE: Final = 10.5
_SMALLEST: Final = 0.45  # of the usual size; below that nobody reads a table
_WAYS: Final = ((False, 100), (True, 100), (True, 20), (True, 8), (True, 0))
"""Whether long words in tables are cut, and how many columns a table may have; the first that fits
is taken."""
_LONGEST: Final = 60_000_000  # signs of HTML
_SHEET: Final = """
p { margin-top: 0; margin-bottom: 6px }
h1 { font-size: 17pt } h2 { font-size: 14pt } h3 { font-size: 12pt }
h4 { font-size: 10.5pt } h5 { font-size: 10.5pt } h6 { font-size: 10.5pt }
"""


def to_pdf(html: str, pictures: Mapping[str, bytes], limits: Limits) -> tuple[bytes, list[str]]:
    """A4 pages with the HTML, and warnings.

    ``pictures`` are those that ``<img src="cid:NAME">`` asks for; nothing is ever fetched. Classes
    that have a look are in ``markup.CLASSES``. Raises UnreadableFile for what fills more pages
    than the limits allow.
    """
    if len(html) > _LONGEST:
        raise _too_long(limits)
    clean = cleared(html)
    known = Pictures(pictures, limits, ROOM)
    laid, scale = _fitted(clean, known, limits)
    from dpdesk.documents.laid_drawing import Drawing

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, pageCompression=1, invariant=1)
    faces = Typefaces()
    drawing = Drawing(canvas, faces, known, scale)
    drawing.draw(laid, ROOM[0] / scale, ROOM[1] / scale)
    canvas.save()
    return made.getvalue(), [*faces.warnings(), *_about_pictures(known)]


def _fitted(clean: str, pictures: Pictures, limits: Limits) -> tuple[QTextDocument, float]:
    """The text laid out, and how much smaller than usual it must be drawn to fit the page."""
    bold = Typefaces().face(bold=True)

    def width(text: str) -> float:
        return bold.width(text, _SIZE)

    html, scale = "", 1.0
    for narrow, most in _WAYS:
        html = plain(clean, pictures, ROOM[0], width, narrow=narrow, most=most)
        laid = _laid(html, 1.0, limits)
        needed = laid.documentLayout().documentSize().width()
        if needed <= ROOM[0] + 1:
            return laid, 1.0
        scale = ROOM[0] / needed
        if scale >= _SMALLEST:
            break
    return _laid(html, scale, limits), scale


def _laid(html: str, scale: float, limits: Limits) -> QTextDocument:
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QFont, QTextOption

    from dpdesk.documents.laid_drawing import Sheets, Text

    _application()
    document = Text()
    document.setUseDesignMetrics(True)
    document.documentLayout().setPaintDevice(Sheets.of_points())
    font = QFont()
    font.setFamilies(["Lato", "Noto Sans"])
    font.setPointSizeF(_SIZE)
    # Letters are drawn one by one, so they are measured one by one.
    font.setKerning(False)
    for feature in ("liga", "clig", "calt"):
        font.setFeature(QFont.Tag.fromString(feature), 0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    document.setDefaultTextOption(option)
    document.setDocumentMargin(0)
    document.setIndentWidth(24)
    document.setDefaultStyleSheet(_SHEET)
    document.setUndoRedoEnabled(False)
    document.setPageSize(QSizeF(ROOM[0] / scale, ROOM[1] / scale))
    document.setHtml(html)
    if document.pageCount() > limits.pages:
        raise _too_long(limits)
    return document


_kept: list[Any] = []


def _application() -> None:
    """Starts what Qt needs to know of fonts, once; it has no window and asks no screen."""
    if _kept:
        return
    from PySide6.QtCore import QByteArray, QLoggingCategory
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    # It tells of every font that has not every script; what is missing is told to the user.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")

    _kept.append(
        QGuiApplication.instance() or QGuiApplication(["dpdesk", "-platform", "offscreen"])
    )
    for content in font_files():
        QFontDatabase.addApplicationFontFromData(QByteArray(content))


def _too_long(limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        f"This document would fill more than {limits.pages:,} pages.",
        "Split it into parts, and add those.",
    )


def _about_pictures(pictures: Pictures) -> list[str]:
    told = []
    if pictures.told:
        many = len(pictures.told)
        told.append(
            f"{'1 drawing is' if many == 1 else f'{many:,} drawings are'} shown only by the words "
            f"and the picture in {'it' if many == 1 else 'them'}. Look at "
            f"{'it' if many == 1 else 'them'} in the program that the document comes from."
        )
    if not pictures.lost:
        return told
    count = len(pictures.lost)
    some = "1 picture" if count == 1 else f"{count:,} pictures"
    them = "it" if count == 1 else "them"
    sentence = (
        f"{some} in this document cannot be shown here; [Picture] stands in the place of {them}. "
        f"Look at {them} in the program that the document comes from."
    )
    return [*told, sentence]
