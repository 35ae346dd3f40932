"""Where the letters of a word stand to a hair: read from the source while its page is burnt.

The boxes of a page's words are as high as their lines and have a margin, which is right for
marking. Whoever sets words anew needs more: where the pen stood, on which line, in which size.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from dpdesk.documents.pages import Box, Word
from dpdesk.documents.pdf import Frame

_ENDS = 0.25  # of the type size: how far letters may end before the edge of their word's box
_UPRIGHT = 0.01  # radians
_SPACES = frozenset({0x20, 0x09, 0x0A, 0x0D, 0xA0, 0xFFFE, 0})
_DRAWN = frozenset(
    {
        pdfium_c.FPDF_TEXTRENDERMODE_FILL,
        pdfium_c.FPDF_TEXTRENDERMODE_STROKE,
        pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
    }
)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class WordOutline:
    """The letters of one word, in points as seen.

    ``outline`` holds their ink, ``pen`` is where the first letter began and ``end`` where the
    next would; both are the same whatever shape the letters have. ``base`` is the line on which
    they stand, ``size`` the size of the type. ``apart`` is by how much each letter stands farther
    from the next than its type has it, in sizes of the type, and ``stretch`` how much wider the
    letters are than their type has them.
    """

    outline: Box
    pen: float
    end: float
    base: float
    size: float
    apart: tuple[float, ...] = ()
    stretch: float = 1.0


class LetterReader:
    """Finds the letters of words on an open page. Close it before the page."""

    def __init__(self, page: Any) -> None:
        self._frame = Frame(page)
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._count: int = pdfium_c.FPDFText_CountChars(self._raw)
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._loose = pdfium_c.FS_RECTF()
        self._matrix = pdfium_c.FS_MATRIX()
        self._turn = math.radians(self._frame.turn)
        self._known: dict[Word, WordOutline | None] = {}

    def close(self) -> None:
        """Lets go of the page's text."""
        self._text_page.close()

    def letters(self, word: Word) -> WordOutline | None:
        """The letters of a word that runs level from left to right; None for any other.

        None too where the letters cannot be told for certain: over a scan, in a form field, or
        where the box of the word holds more or less than they fill.
        """
        if word not in self._known:
            self._known[word] = self._read(word)
        return self._known[word]

    def _read(self, word: Word) -> WordOutline | None:
        first = self._somewhere(word.box)
        if first is None:
            return None
        last = first
        while first > 0 and self._inside(first - 1, word.box):
            first -= 1
        while last < self._count - 1 and self._inside(last + 1, word.box):
            last += 1
        signs = [self._sign(index) for index in range(first, last + 1)]
        if not all(signs):
            return None
        return _joined([sign for sign in signs if sign], word.box)

    def _somewhere(self, box: Box) -> int | None:
        x, y = self._frame.paper((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        across, down = box.width / 2, box.height / 2
        if self._frame.turn in {90, 270}:
            across, down = down, across
        index: int = pdfium_c.FPDFText_GetCharIndexAtPos(self._raw, x, y, across, down)
        return index if index >= 0 and self._inside(index, box) else None

    def _outline(self, index: int) -> Box | None:
        left, right, bottom, top = self._sides
        if not pdfium_c.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top):
            return None
        return Box(*self._frame.seen(left.value, bottom.value, right.value, top.value))

    def _inside(self, index: int, box: Box) -> bool:
        if pdfium_c.FPDFText_GetUnicode(self._raw, index) in _SPACES:
            return False
        outline = self._outline(index)
        if outline is None:
            return False
        x, y = (outline.x0 + outline.x1) / 2, (outline.y0 + outline.y1) / 2
        return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1

    def _sign(self, index: int) -> WordOutline | None:
        raw, loose = self._raw, self._loose
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if code > 0x10FFFF or unicodedata.bidirectional(chr(code)) in _RIGHT_TO_LEFT:
            return None
        drawing = pdfium_c.FPDFText_GetTextObject(raw, index)
        if not drawing or pdfium_c.FPDFTextObj_GetTextRenderMode(drawing) not in _DRAWN:
            return None
        slant = (pdfium_c.FPDFText_GetCharAngle(raw, index) - self._turn) % math.tau
        if min(slant, math.tau - slant) > _UPRIGHT:
            return None
        outline = self._outline(index)
        x, y = self._sides[:2]
        if (
            outline is None
            or not pdfium_c.FPDFText_GetLooseCharBox(raw, index, loose)
            or not pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
            or not pdfium_c.FPDFText_GetMatrix(raw, index, self._matrix)
        ):
            return None
        reach = Box(*self._frame.seen(loose.left, loose.bottom, loose.right, loose.top))
        pen, base = self._frame.seen(x.value, y.value, x.value, y.value)[:2]
        high = math.hypot(self._matrix.c, self._matrix.d)
        wide = math.hypot(self._matrix.a, self._matrix.b)
        size = pdfium_c.FPDFText_GetFontSize(raw, index) * high
        return WordOutline(outline, pen, reach.x1, base, size, (), wide / high if high else 1.0)


def _joined(signs: list[WordOutline], box: Box) -> WordOutline | None:
    outline = signs[0].outline
    for sign in signs[1:]:
        outline = outline.union(sign.outline)
    first, last = signs[0], signs[-1]
    near = _ENDS * first.size
    fills = outline.x0 - box.x0 <= near and box.x1 - outline.x1 <= near
    ordered = first.pen <= last.pen <= last.end and first.size > 0
    if not fills or not ordered or not box.inflate(0.01).contains(outline):
        return None
    apart = tuple((after.pen - one.end) / first.size for one, after in pairwise(signs))
    return WordOutline(outline, first.pen, last.end, first.base, first.size, apart, first.stretch)
