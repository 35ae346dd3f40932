"""Writes what Qt has laid out onto the pages of a PDF, letter by letter; inside workers only.

Qt hands over stretches of text, lines, boxes and pictures with their places, page after page. It
never sees a pixel of a picture: each is named by the colour of a single one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QRect, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPen,
    QTextDocument,
    QTextItem,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from dpdesk.documents.laid_pictures import Pictures
from dpdesk.documents.typefaces import Typefaces
from dpdesk.documents.typeset import as_printed

_METRIC: Final = QPaintDevice.PaintDeviceMetric
_MEASURES: Final = {
    _METRIC.PdmWidth: 595,
    _METRIC.PdmHeight: 842,
    _METRIC.PdmWidthMM: 210,
    _METRIC.PdmHeightMM: 297,
    _METRIC.PdmDpiX: 72,
    _METRIC.PdmDpiY: 72,
    _METRIC.PdmPhysicalDpiX: 72,
    _METRIC.PdmPhysicalDpiY: 72,
    _METRIC.PdmDevicePixelRatio: 1,
    _METRIC.PdmDevicePixelRatioScaled: 65536,
    _METRIC.PdmDepth: 24,
    _METRIC.PdmNumColors: 1 << 24,
}
_PEN: Final = QPaintEngine.DirtyFlag.DirtyPen.value
_BRUSH: Final = QPaintEngine.DirtyFlag.DirtyBrush.value
_BOLD: Final = 600
_SAME_WIDTH: Final = 0.004
_THINNEST: Final = 0.4  # points

Colour = tuple[int, int, int]


@dataclass(slots=True)
class _Stretch:
    """Text of one look on one line: where it begins and how wide Qt made it."""

    x: float
    y: float
    text: str
    width: float
    font: tuple[bool, bool, float]
    colour: Colour
    backwards: bool

    def goes_on_with(self, other: _Stretch) -> bool:
        """Whether the other one is the next to the left."""
        return (
            self.y == other.y
            and self.font == other.font
            and self.colour == other.colour
            and abs(other.x + other.width - self.x) < 1
        )


class Text(QTextDocument):
    """A text that asks nobody for a picture: each is one pixel that says which it is."""

    def loadResource(self, _kind: int, name: QUrl | str) -> Any:  # noqa: N802 -- Qt calls it so
        """The pixel that stands for a picture; nothing for whatever else is asked for."""
        address = name.toString() if isinstance(name, QUrl) else name
        number = address.removeprefix("cid:")
        if not number.isdecimal():
            return None
        pixel = QImage(1, 1, QImage.Format.Format_RGB32)
        pixel.fill(QColor(0xFF000000 | int(number)))
        return pixel


class Sheets(QPaintDevice):
    """What Qt draws on: sheets measured in points."""

    def __init__(self, engine: QPaintEngine | None = None) -> None:
        super().__init__()
        self._engine = engine

    @staticmethod
    @cache
    def of_points() -> Sheets:
        """For measuring only."""
        return Sheets()

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 -- Qt calls it so
        """Whoever is told what to draw."""
        return self._engine  # type: ignore[return-value] # asked for only where there is one

    def metric(self, what: QPaintDevice.PaintDeviceMetric) -> int:
        """Sizes of the sheet."""
        return _MEASURES.get(what, 0)


class Drawing(QPaintEngine):
    """Is told by Qt what to draw, and writes it to the canvas."""

    def __init__(self, canvas: Any, faces: Typefaces, pictures: Pictures, scale: float) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._canvas = canvas
        self._faces = faces
        self._pictures = pictures
        self._scale = scale
        self._top = self._height = 0.0
        self._pen: Colour = (0, 0, 0)
        self._thick = 1.0
        self._fill: Colour | None = None
        self._fonts: dict[str, tuple[bool, bool, float]] = {}
        self._drawn: dict[tuple[int, int, int], Any] = {}
        self._waiting: _Stretch | None = None

    def draw(self, text: QTextDocument, width: float, height: float) -> None:
        """Draws all pages, which are so wide and high in the measures of the layout."""
        self._height = height
        paper = Sheets(self)
        painter = QPainter()
        painter.begin(paper)
        try:
            for number in range(max(text.pageCount(), 1)):
                self._top = number * height
                self._canvas.saveState()
                text.drawContents(painter, QRectF(0, self._top, width, height))
                self._write_waiting()
                self._canvas.restoreState()
                self._canvas.showPage()
        finally:
            painter.end()

    def begin(self, _device: QPaintDevice) -> bool:
        """Qt begins."""
        return True

    def end(self) -> bool:
        """Qt is done."""
        return True

    def type(self) -> QPaintEngine.Type:
        """None that Qt knows."""
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:  # noqa: N802 -- Qt calls it so
        """Takes note of colours."""
        flags = state.state().value
        if flags & _PEN:
            pen: QPen = state.pen()
            self._pen, self._thick = _colour(pen.color()), max(pen.widthF(), _THINNEST)
        if flags & _BRUSH:
            brush: QBrush = state.brush()
            filled = brush.style() != Qt.BrushStyle.NoBrush
            self._fill = _colour(brush.color()) if filled else None

    def drawTextItem(self, at: Any, item: QTextItem) -> None:  # noqa: N802 -- Qt calls it so
        """A stretch of text in one font; each belongs to the one page that its line stands on."""
        if not self._top <= at.y() < self._top + self._height:
            return
        backwards = item.renderFlags() == QTextItem.RenderFlag.RightToLeft
        stretch = _Stretch(
            at.x(), at.y(), item.text(), item.width(), self._font(item.font()), self._pen, backwards
        )
        if self._waiting is not None:
            if backwards and self._waiting.goes_on_with(stretch):
                # Words from right to left are read in their order only where they are one stretch.
                self._waiting.x = stretch.x
                self._waiting.text += stretch.text
                self._waiting.width += stretch.width
                return
            self._write_waiting()
        self._waiting = stretch if backwards else None
        if not backwards:
            self._write(stretch)

    def _write_waiting(self) -> None:
        if self._waiting is not None:
            self._write(self._waiting)
            self._waiting = None

    def _write(self, stretch: _Stretch) -> None:
        words = self._faces.known(stretch.text)
        if not words.strip():
            return
        bold, italic, size = stretch.font
        face = self._faces.face(bold=bold, italic=italic)
        size *= self._scale
        own = face.width(words, size)
        wanted = stretch.width * self._scale
        writer = self._canvas.beginText(*self._place(stretch.x, stretch.y))
        self._canvas.setFillColorRGB(*(part / 255 for part in stretch.colour))
        fits = not own or abs(wanted / own - 1) <= _SAME_WIDTH
        writer.setHorizScale(100 if fits else min(max(100 * wanted / own, 40), 250))
        for name, piece in face.pieces(as_printed(words)):
            writer.setFont(name, size)
            writer.textOut(piece)
        self._canvas.drawText(writer)

    def drawRects(self, rects: Any, _count: int = 0) -> None:  # noqa: N802 -- Qt calls it so
        """Boxes behind text and the lines of tables."""
        if self._fill is None:
            return
        self._canvas.setFillColorRGB(*(part / 255 for part in self._fill))
        for rect in rects:
            low = max(float(rect.y()), self._top)
            high = min(float(rect.y() + rect.height()), self._top + self._height)
            if high <= low:
                continue
            x, y = self._place(rect.x(), high)
            width, height = rect.width() * self._scale, (high - low) * self._scale
            self._canvas.rect(x, y, width, height, stroke=0, fill=1)

    def drawLines(self, lines: Any, _count: int = 0) -> None:  # noqa: N802 -- Qt calls it so
        """Lines under and through words, and between parts."""
        self._canvas.setStrokeColorRGB(*(part / 255 for part in self._pen))
        self._canvas.setLineWidth(self._thick * self._scale)
        for line in lines:
            if self._top <= line.y1() <= self._top + self._height:
                start, end = self._place(line.x1(), line.y1()), self._place(line.x2(), line.y2())
                self._canvas.line(*start, *end)

    def drawPath(self, path: Any) -> None:  # noqa: N802 -- Qt calls it so
        """Only the dots of lists are paths."""
        around = path.boundingRect()
        middle = around.center()
        if self._top <= middle.y() < self._top + self._height and around.width() < _DOT:
            self._canvas.setFillColorRGB(0, 0, 0)
            place = self._place(middle.x(), middle.y())
            self._canvas.circle(*place, around.width() / 2 * self._scale, stroke=0, fill=1)

    def drawPolygon(self, *_corners: Any) -> None:  # noqa: N802 -- Qt calls it so
        """No text has any."""

    def drawImage(  # noqa: N802 -- Qt calls it so
        self, place: QRectF | QRect, image: QImage, _part: QRectF | QRect, _flags: Any = None
    ) -> None:
        """A picture, named by its only pixel."""
        number = image.pixelColor(0, 0).rgb() & 0xFFFFFF
        middle = place.center().y()
        if not self._top <= middle < self._top + self._height:
            return
        width, height = place.width() * self._scale, place.height() * self._scale
        reader = self._picture(number, width, height)
        if reader is not None:
            x, y = self._place(place.x(), place.y() + place.height())
            self._canvas.drawImage(reader, x, y, width, height)

    def _picture(self, number: int, width: float, height: float) -> Any:
        key = (number, round(width), round(height))
        if key not in self._drawn:
            found = self._pictures.pixels(number, width, height)
            self._drawn[key] = None if found is None else ImageReader(found)
        return self._drawn[key]

    def _place(self, x: float, y: float) -> tuple[float, float]:
        margin = (A4[1] - self._height * self._scale) / 2
        return margin + x * self._scale, A4[1] - margin - (y - self._top) * self._scale

    def _font(self, font: QFont) -> tuple[bool, bool, float]:
        key = font.key()
        if key not in self._fonts:
            size = font.pointSizeF() if font.pointSizeF() > 0 else float(font.pixelSize())
            self._fonts[key] = (font.weight() >= _BOLD, font.italic(), size)
        return self._fonts[key]


_DOT: Final = 20.0


def _colour(colour: QColor) -> Colour:
    return (colour.red(), colour.green(), colour.blue())
