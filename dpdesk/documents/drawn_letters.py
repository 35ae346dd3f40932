"""Tells whether drawings of a page may be writing that the file has no letters for, or others.

A name may be drawn as strokes, as a picture for each letter, in thin strips of a picture, or as an
area with a clip in the shape of its letters; and a font may be made of drawings, of which only the
file says what they stand for. No search is sure to find it, so such a page must be read from its
picture. Used inside workers only.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, Final

import pypdfium2.raw as pdfium_c

from dpdesk.documents.pages import Box

Matrix = tuple[float, float, float, float, float, float]
"""How a drawing within drawings lies on the page."""
STRAIGHT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

WRITING, WORD = 6.0, 30.0
"""Points: the height of a line, the length of a word in a picture."""
_CURLED: Final = 12  # pieces of an outline; boxes, rules and ticks have fewer
_LETTERS_DRAWN: Final = 60  # such pieces together: about four letters that were drawn as outlines
_SMALL: Final = 40.0  # points: no letter of a line of writing is larger
_THIN: Final = 3.0  # points: what is thinner may be a stroke or a strip
_LEVEL, _RULE = 2.5, 12.0  # points: what is thinner and longer than this is a rule of a table
_BESIDE: Final = 0.5  # of the height of a line: no gap between two letters of a word is wider
_BELOW: Final = 0.6  # points between two strips of one picture
_STROKES: Final = 6  # strokes of a word drawn by a pen; a table has none so near each other
_PICTURES: Final = 3  # pictures that make a word together
_MOST: Final = 4_000  # more small drawings than this may be anything
_CORNERS: Final = 5  # of a rectangle, as a file draws it


class DrawnLetters:
    """Collects the drawings of a page that are no letters, one after the other."""

    def __init__(self) -> None:
        self._curves = 0
        self._clips: set[tuple[int, ...]] = set()
        self._strokes: list[Box] = []
        self._pictures: list[Box] = []
        self._fonts: set[int] = set()
        self._read = False

    def letters(self, drawing: Any) -> None:
        """Letters; those of a font that is made of drawings (Type 3) may be any others."""
        font = pdfium_c.FPDFTextObj_GetFont(drawing)
        known = ctypes.cast(font, ctypes.c_void_p).value or 0
        if not known or known in self._fonts:
            return
        self._fonts.add(known)
        size = ctypes.c_size_t()
        pdfium_c.FPDFFont_GetFontData(font, None, 0, size)
        # Any other font is a file of its own, or one that pdfium has in its place.
        self._read |= size.value == 0

    def picture(self, across: float, down: float, drawing: Any, place: Matrix) -> None:
        """A picture that is drawn so wide and high, in points."""
        if min(across, down) >= WRITING and max(across, down) >= WORD:
            self._read = True
            return
        # A strip of a picture may be as long as the page.
        _keep(self._pictures, _bounds(drawing, place))
        self._clipped(drawing)

    def path(self, drawing: Any, place: Matrix) -> None:
        """A line, an outline or a filled area, or whatever else is no picture and no letter."""
        segments = pdfium_c.FPDFPath_CountSegments(drawing)
        self._curves += segments if segments >= _CURLED else 0
        box = _bounds(drawing, place)
        if box is not None and max(box.width, box.height) <= _SMALL:
            low, high = sorted((box.width, box.height))
            is_area = segments == _CORNERS and low > _THIN
            is_rule = low < _LEVEL and high > _RULE
            _keep(self._strokes, None if is_area or is_rule else box)
        self._clipped(drawing)

    def may_be_read(self) -> bool:
        """Whether what was collected may be a word."""
        curves = self._curves + sum(map(sum, self._clips))
        return (
            self._read
            or curves >= _LETTERS_DRAWN
            or _make_a_word(self._pictures, _PICTURES)
            or _make_a_word(self._strokes, _STROKES)
        )

    def _clipped(self, drawing: Any) -> None:
        clip = pdfium_c.FPDFPageObj_GetClipPath(drawing)
        if not clip or len(self._clips) > _MOST:
            return
        counted = (
            pdfium_c.FPDFClipPath_CountPathSegments(clip, number)
            for number in range(max(0, pdfium_c.FPDFClipPath_CountPaths(clip)))
        )
        # Many drawings share a clip; it is counted once.
        shape = tuple(count for count in counted if count >= _CURLED)
        if shape:
            self._clips.add(shape)


def inner_place(form: Any, place: Matrix) -> Matrix:
    """How what is in a drawing of drawings lies on the page."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(form, matrix):
        return place
    a, b, c, d, e, f = place
    return (
        matrix.a * a + matrix.b * c, matrix.a * b + matrix.b * d,
        matrix.c * a + matrix.d * c, matrix.c * b + matrix.d * d,
        matrix.e * a + matrix.f * c + e, matrix.e * b + matrix.f * d + f,
    )  # fmt: skip


def sides(drawing: Any, place: Matrix) -> tuple[float, float]:
    """How wide and high a picture is drawn, in points; nothing where it lies askew beyond that."""
    a, b, c, d, _e, _f = inner_place(drawing, place)
    across = math.hypot(a, b)
    area = abs(a * d - b * c)
    if not across or not math.isfinite(area) or not math.isfinite(across):
        return 0.0, 0.0
    return across, area / across


def _keep(kept: list[Box], box: Box | None) -> None:
    if box is not None and len(kept) <= _MOST:
        kept.append(box)


def _bounds(drawing: Any, place: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(drawing, left, bottom, right, top):
        return None
    a, b, c, d, e, f = place
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    found = Box(min(across), min(down), max(across), max(down))
    return found if all(map(math.isfinite, (*across, *down))) else None


def _make_a_word(boxes: list[Box], least: int) -> bool:
    """Whether so many of some boxes stand so near each other that they may be one word."""
    if len(boxes) < least:
        return False
    if len(boxes) > _MOST:
        return True
    groups: list[tuple[Box, int]] = []
    for box in sorted(boxes, key=lambda box: (box.x0, box.y0)):
        joined, many = box, 1
        apart = []
        for group, count in groups:
            if _belong(group, joined):
                joined, many = group.union(joined), many + count
            elif group.x1 + _SMALL >= box.x0:
                apart.append((group, count))
            elif _is_word(group, count, least):
                return True
        groups = [*apart, (joined, many)]
    return any(_is_word(group, count, least) for group, count in groups)


def _belong(one: Box, other: Box) -> bool:
    """Whether two pieces stand side by side as letters do, or below each other as strips do."""
    beside = max(one.x0, other.x0) - min(one.x1, other.x1)
    below = max(one.y0, other.y0) - min(one.y1, other.y1)
    height = max(one.height, other.height, WRITING)
    return (below < 0 and beside <= _BESIDE * height) or (below <= _BELOW and beside < 0)


def _is_word(group: Box, count: int, least: int) -> bool:
    low, high = sorted((group.width, group.height))
    return count >= least and low >= WRITING and high >= WORD
