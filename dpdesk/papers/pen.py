"""The pen: the only file that draws on a reportlab canvas.

Positions are points from the top left of the page, y downwards, as everywhere in dpdesk.
Text is always drawn as text and never as markup, so nothing that a user typed can change
the paper. Nothing is written to disk.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from .fonts import runs
from .lines import Line, break_lines
from .look import ACCENT, INK, Style

Box = tuple[float, float, float, float]
Shape = Literal["tick", "dot", "triangle", "diamond", "ring"]


@cache
def _ink(colour: str) -> Color:
    return HexColor(colour)


class Pen:
    """Draws pages one after another and hands over the finished file."""

    def __init__(self, title: str, printed_on: date, size: tuple[float, float]) -> None:
        runs(title, "regular")  # the fonts must be known before the canvas names one
        self._file = io.BytesIO()
        self.wide, self.high = size
        self._canvas: Any = Canvas(
            self._file,
            pagesize=size,
            invariant=1,
            pageCompression=1,
            initialFontName="Lato",
            initialFontSize=10,
            lang="en-GB",
            pdfVersion=(1, 7),
        )
        self._canvas.setTitle(title)
        # Whoever sits at the desk is nobody's business: no author, and the day is the
        # printed one, so that the same paper is the same file.
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator("dpdesk")
        self._canvas.setProducer("dpdesk")
        stamp = f"D:{printed_on:%Y%m%d}000000Z"
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._bookmarks = 0
        self._depth = -1
        self._new_page()

    def _new_page(self) -> None:
        """A page begins without any ink."""
        self._filling = self._drawing = ""
        self._thick = 0.0

    def _fill_with(self, colour: str, on: Any = None) -> None:
        """The ink of areas and words from here on; a sheet names the same one a thousand times."""
        if colour != self._filling:
            (on or self._canvas).setFillColor(_ink(colour))
            self._filling = colour

    def _draw_with(self, colour: str, thick: float) -> None:
        """The ink of lines from here on."""
        if colour != self._drawing:
            self._canvas.setStrokeColor(_ink(colour))
            self._drawing = colour
        if thick != self._thick:
            self._canvas.setLineWidth(thick)
            self._thick = thick

    def line(self, line: Line, x: float, y: float, style: Style) -> None:
        """Writes one line of text; ``y`` is the top of its leading."""
        base = y + (style.leading - style.size) / 2 + style.size * 0.82
        if not line.spans:
            return
        words = self._canvas.beginText(x, self.high - base)
        here = x
        for span in line.spans:
            self._fill_with(span.colour or style.colour, words)
            start = here
            for run in runs(span.text, span.face or style.face):
                words.setFont(run.font, style.size)
                words.textOut(run.text)
            here = words.getX()
            if span.link:
                self.link(span.link, (start, y, here, y + style.leading))
        self._canvas.drawText(words)

    def words(self, text: str, x: float, y: float, style: Style) -> None:
        """Writes a short text that needs no breaking."""
        for line in break_lines(text, style, 1e6):
            self.line(line, x, y, style)

    def link(self, address: str, box: tuple[float, float, float, float]) -> None:
        """Makes a box of the page lead to an address; nothing is drawn."""
        x0, y0, x1, y1 = box
        self._canvas.linkURL(address, (x0, self.high - y1, x1, self.high - y0), thickness=0)

    def rule(self, x0: float, x1: float, y: float, colour: str, thick: float = 0.6) -> None:
        """A level line."""
        self._draw_with(colour, thick)
        self._canvas.line(x0, self.high - y, x1, self.high - y)

    def fill(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled box without an outline."""
        self._fill_with(colour)
        self._canvas.rect(x, self.high - y - high, wide, high, stroke=0, fill=1)

    def frame(self, x: float, y: float, wide: float, high: float, colour: str = INK) -> None:
        """A thin outline."""
        self._draw_with(colour, 0.8)
        self._canvas.rect(x, self.high - y - high, wide, high, stroke=1, fill=0)

    def box(self, x: float, y: float, wide: float, high: float, fill: str, edge: str) -> None:
        """A filled box with round corners and a thin edge."""
        self._fill_with(fill)
        self._draw_with(edge, 0.7)
        self._canvas.roundRect(x, self.high - y - high, wide, high, 3.0, stroke=1, fill=1)

    def picture(self, grey: bytes, pixels: tuple[int, int], box: Box) -> None:
        """A picture of grey pixels, row by row, within ``box`` (left, top, width, height)."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        x, y, wide, high = box
        drawn = ImageReader(Image.frombytes("L", pixels, grey))
        self._canvas.drawImage(drawn, x, self.high - y - high, wide, high)

    def outline(
        self,
        corners: Sequence[tuple[float, float]],
        colour: str,
        thick: float,
        *,
        dashed: bool = False,
        closed: bool = True,
    ) -> None:
        """A line from corner to corner, and back to the first where ``closed``."""
        if not corners:
            return
        self._draw_with(colour, thick)
        self._canvas.saveState()
        self._canvas.setLineJoin(1)
        if dashed:
            self._canvas.setDash(3.0, 2.2)
        path = self._canvas.beginPath()
        for place, (x, y) in enumerate(corners):
            (path.lineTo if place else path.moveTo)(x, self.high - y)
        if closed:
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.restoreState()

    def arrow(self, x0: float, x1: float, y: float, colour: str) -> None:
        """A level arrow from left to right."""
        tip, half = 4.0, 2.2
        self.rule(x0, x1 - tip, y, colour, 0.9)
        self._fill_with(colour)
        path = self._canvas.beginPath()
        path.moveTo(x1, self.high - y)
        path.lineTo(x1 - tip, self.high - y + half)
        path.lineTo(x1 - tip, self.high - y - half)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def shape(self, shape: Shape, x: float, y: float, side: float, colour: str = ACCENT) -> None:
        """A small sign beside a status word, within a square of ``side`` points."""
        bottom = self.high - y - side
        self._fill_with(colour)
        self._draw_with(colour, max(0.9, side / 7))
        if shape in ("dot", "ring"):
            half = side / 2
            self._canvas.circle(
                x + half, bottom + half, half * 0.8, stroke=1, fill=int(shape == "dot")
            )
            return
        corners = {
            "tick": ((0, 0.45), (0.35, 0.1), (1, 0.9)),
            "triangle": ((0, 0), (1, 0), (0.5, 1)),
            "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
        }[shape]
        path = self._canvas.beginPath()
        path.moveTo(x + corners[0][0] * side, bottom + corners[0][1] * side)
        for across, up in corners[1:]:
            path.lineTo(x + across * side, bottom + up * side)
        if shape != "tick":
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=int(shape != "tick"))

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Adds this place to the outline; a level never jumps down by more than one."""
        self._bookmarks += 1
        self._depth = min(level, self._depth + 1)
        key = f"place-{self._bookmarks}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=self.high - y, zoom=0)
        self._canvas.addOutlineEntry(title, key, self._depth, closed=False)

    def turn(self) -> None:
        """Ends this page."""
        self._canvas.showPage()
        self._new_page()

    def file(self) -> bytes:
        """The finished PDF."""
        if self._bookmarks > 1:
            self._canvas.showOutline()
        self._canvas.save()
        return self._file.getvalue()

    # -- fields to be filled in on a computer

    def code_field(self, name: str, value: str) -> None:
        """A field that nobody sees or changes, and that says which form it is."""
        self._canvas.acroForm.textfield(
            name=name,
            value=value,
            x=0,
            y=0,
            width=1,
            height=1,
            borderWidth=0,
            annotationFlags="hidden",
            fieldFlags="readOnly",
            maxlen=len(value),
        )

    def tick_field(self, name: str, said: str, box: Box) -> None:
        """A box to tick; ``said`` is what is read aloud."""
        x, y, wide, high = box
        self._canvas.acroForm.checkbox(
            name=name,
            tooltip=said,
            x=x,
            y=self.high - y - high,
            size=wide,
            buttonStyle="check",
            borderWidth=0,
            fillColor=_ink("#FFFFFF"),
            borderColor=_ink("#FFFFFF"),
            fieldFlags="",
        )
        self._new_page()

    def text_field(
        self, name: str, said: str, box: Box, *, longest: int, several: bool = False
    ) -> None:
        """A frame to type into; ``several`` lines, of at most ``longest`` letters."""
        x, y, wide, high = box
        self._canvas.acroForm.textfield(
            name=name,
            tooltip=said,
            x=x,
            y=self.high - y - high,
            width=wide,
            height=high,
            fontName="Helvetica",
            fontSize=10,
            borderWidth=0,
            fillColor=_ink("#FFFFFF"),
            borderColor=_ink("#FFFFFF"),
            fieldFlags="multiline" if several else "",
            maxlen=longest,
        )
        self._new_page()
