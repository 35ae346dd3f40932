"""Numbers the glyphs of a PDF: each shape that a font draws for what the file says it is.

A font may draw an e and say that it is an o, for a whole alphabet or for one code that only one
name uses. So a shape is known by its font, by the letter that the file says, and by how its
outline lies in its line; two shapes that the file gives as the same letter are two glyphs. Used
inside workers only.
"""

from __future__ import annotations

import ctypes
import hashlib
from array import array
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium_c

from dpdesk.documents.legibility import Sides

NONE: Final = -1
"""The number of what is not tried: a letter of which the file says nothing, or a drawn one."""

_STEPS: Final = 250  # how finely the outline of a letter is told from another, to its line
_MOST: Final = 20_000  # glyphs of one document; the fonts of a whole alphabet have a hundred
_HEAD: Final = 4_000_000  # bytes of a font by which it is told from others
_SIZE: Final = 1000.0  # points at which an outline is compared with those of other documents
_SEGMENTS: Final = 2_000  # of an outline that is compared
_NAME: Final = 200  # bytes of its name


@dataclass(frozen=True, slots=True)
class _Face:
    """A font: two with the same name, size and content draw the same."""

    name: bytes
    size: int
    check: bytes


class Glyphs:
    """The glyphs of one document, numbered as they are met, page after page."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, int, int, int, int], int] = {}
        self._faces: dict[_Face, int] = {}
        self._of_drawing: dict[int, int] = {}
        self._of_font: dict[int, int] = {}
        self._shapes: list[tuple[object, ...] | None] = []
        self._checks: list[bytes] = []
        self.codes: list[int] = []
        """What the file says of each glyph, as Unicode."""
        self.faces: list[int] = []
        """The number of the font of each glyph."""

    def turn_page(self) -> None:
        """Forgets where the fonts lie in memory: another page may have others there."""
        self._of_drawing.clear()
        self._of_font.clear()

    def number(self, drawing: Any, code: int, outline: Sides, reach: Sides) -> int:
        """The number of the glyph of a sign that is part of this drawing of letters."""
        address = ctypes.cast(drawing, ctypes.c_void_p).value or 0
        face = self._of_drawing.get(address)
        if face is None:
            face = self._of_drawing[address] = self._face_of(drawing)
        if face < 0:
            return NONE
        left, bottom, right, top = reach
        across, up = _STEPS / (right - left or 1.0), _STEPS / (top - bottom or 1.0)
        key = (
            face,
            code,
            round((outline[0] - left) * across),
            round((outline[2] - left) * across),
            round((outline[1] - bottom) * up),
            round((outline[3] - bottom) * up),
        )
        number = self._numbers.get(key)
        if number is None:
            if len(self.codes) >= _MOST:
                return NONE
            number = self._numbers[key] = len(self.codes)
            self.codes.append(code)
            self.faces.append(face)
            font = pdfium_c.FPDFTextObj_GetFont(drawing)
            drawn = _outline(font, code) or self._checks[face]
            self._shapes.append((drawn, *key[1:]) if drawn else None)
        return number

    def shape(self, number: int) -> tuple[object, ...] | None:
        """What a glyph is in any document; None where that cannot be told for sure."""
        return self._shapes[number]

    def _face_of(self, drawing: Any) -> int:
        font = pdfium_c.FPDFTextObj_GetFont(drawing) if drawing else None
        address = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
        if not address:
            return NONE
        face = self._of_font.get(address)
        if face is None:
            known = _face(font)
            # What a font that is made of drawings says is doubted anyway (``doubted``).
            face = self._faces.setdefault(known, len(self._faces)) if known.size else NONE
            if face == len(self._checks):
                self._checks.append(known.check)
            self._of_font[address] = face
        return face


def _face(font: Any) -> _Face:
    name = ctypes.create_string_buffer(_NAME)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, _NAME)
    size = ctypes.c_size_t()
    pdfium_c.FPDFFont_GetFontData(font, None, 0, size)
    check = b""
    if 0 < size.value <= _HEAD:
        content = (ctypes.c_uint8 * size.value)()
        if pdfium_c.FPDFFont_GetFontData(font, content, size.value, size):
            check = hashlib.blake2b(content, digest_size=16).digest()
    return _Face(name.value, size.value, check)


def _outline(font: Any, code: int) -> bytes:
    """A digest of the outline that a font draws for a letter; empty where it has none.

    Where two codes of the font stand for the letter it is that of one of them; how their outlines
    lie in the line tells them apart.
    """
    path = pdfium_c.FPDFFont_GetGlyphPath(font, code, _SIZE)
    count = pdfium_c.FPDFGlyphPath_CountGlyphSegments(path) if path else 0
    if not 0 < count <= _SEGMENTS:
        return b""
    across, up = ctypes.c_float(), ctypes.c_float()
    points = array("f")
    for place in range(count):
        segment = pdfium_c.FPDFGlyphPath_GetGlyphPathSegment(path, place)
        pdfium_c.FPDFPathSegment_GetPoint(segment, across, up)
        points.extend((across.value, up.value, pdfium_c.FPDFPathSegment_GetType(segment)))
    return hashlib.blake2b(points.tobytes(), digest_size=16).digest()
