"""The signs of a PDF page one by one, and the words that they make; used inside workers only."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium_c

from dpdesk.documents import glyphs
from dpdesk.documents.glyphs import Glyphs
from dpdesk.documents.legibility import Sides

_UNTOLD: Final = 0xFFFE  # pdfium's sign for a character that the file does not tell
_SPANS_LIMIT: Final = 50_000  # drawings of one page that are looked through for spellings
_SPACES: Final = frozenset(
    code for code in range(0x3001) if chr(code).isspace() or code in {0x200B, 0x2060}
)
_INKED: Final = 0.25  # of the room of a sign: no letter is narrower, and a space has no ink
LINE_END_HYPHEN: Final = 0x02  # pdfium's sign for a hyphen that ends a line
_LETTERS: Final = 3  # a shorter word may be a bullet, whose letter does not matter


@dataclass(slots=True)
class Sign:
    """One character: its outline, and how far its line reaches around it."""

    code: int
    outline: Sides
    reach: Sides
    glyph: int = glyphs.NONE


@dataclass(slots=True)
class SignRun:
    """The signs of a word; ``loose`` where only a guessed space parts it from the one before."""

    signs: list[Sign]
    loose: bool
    silent: bool


def spelt_spans(page: Any) -> dict[int, Sides]:
    """For each drawing of letters that the file spells out elsewhere, the extent of its span.

    Such a span ("ActualText") reaches us as the letters of its spelling at the place of its
    first drawing, while its ink may go on for several more.
    """
    of_drawing: dict[int, int] = {}
    extents: dict[int, Sides] = {}
    sides = tuple(ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium_c.FPDFPage_CountObjects(page), _SPANS_LIMIT)):
        drawing = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(drawing) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        for number in range(pdfium_c.FPDFPageObj_CountMarks(drawing)):
            mark = pdfium_c.FPDFPageObj_GetMark(drawing, number)
            kind = pdfium_c.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
            if kind != pdfium_c.FPDF_OBJECT_STRING:
                continue
            if pdfium_c.FPDFPageObj_GetBounds(drawing, *sides):
                key = _address(mark)
                here = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
                extents[key] = _around(extents[key], here) if key in extents else here
                of_drawing[_address(drawing)] = key
    return {drawing: extents[key] for drawing, key in of_drawing.items()}


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _around(one: Sides, two: Sides) -> Sides:
    # Asked for every sign of every page: min() and max() take three times as long.
    left, bottom, right, top = one
    left2, bottom2, right2, top2 = two
    return (
        min(left, left2),
        min(bottom, bottom2),
        max(right, right2),
        max(top, top2),
    )


def around_all(several: list[Sides]) -> Sides:
    """The smallest box that holds all."""
    if len(several) == 1:
        return several[0]
    lefts, bottoms, rights, tops = zip(*several, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


class SignReader:
    """Asks pdfium for one character after the other of a page of text."""

    def __init__(
        self, text_page: Any, spans: dict[int, Sides], numbering: Glyphs | None = None
    ) -> None:
        self._raw = text_page.raw
        self._spans = spans
        self._glyphs = numbering
        self._loose = pdfium_c.FS_RECTF()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self.count: int = pdfium_c.FPDFText_CountChars(self._raw)
        self.guessing = False
        """Whether pdfium took the number of a letter in its font for the letter."""

    def code(self, index: int) -> int:
        """The character as Unicode; 0xFFFE where the file does not tell."""
        code: int = pdfium_c.FPDFText_GetUnicode(self._raw, index)
        known = 0x20 <= code < 0x7F or code in {0x0A, 0x0D, LINE_END_HYPHEN}
        if not known and pdfium_c.FPDFText_HasUnicodeMapError(self._raw, index) == 1:
            return _UNTOLD
        return code

    def guessed(self, index: int) -> bool:
        """Whether pdfium guessed this space from a gap."""
        return bool(pdfium_c.FPDFText_IsGenerated(self._raw, index) == 1)

    def doubt(self, index: int) -> None:
        """Notes whether the file does not say what this character is: asked once in each word."""
        unsaid = pdfium_c.FPDFText_HasUnicodeMapError(self._raw, index) == 1
        self.guessing |= unsaid and not self.silent(index)

    def silent(self, index: int) -> bool:
        """Whether the character is there to be searched only, as over a scan."""
        drawing = pdfium_c.FPDFText_GetTextObject(self._raw, index)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawing) if drawing else -1
        return mode in {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}

    def is_drawn(self, index: int) -> bool:
        """Whether a sign that is said to be a space is drawn as a letter, and seen."""
        loose = self._loose
        left, right, bottom, top = self._sides
        if not pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, loose):
            return False
        if not pdfium_c.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top):
            return False
        # The narrower sides, as lines may run up or askew: that of a space is nothing.
        thin = min(right.value - left.value, top.value - bottom.value)
        room = min(loose.right - loose.left, loose.top - loose.bottom)
        if thin < _INKED * room or room <= 0:
            return False
        drawing = pdfium_c.FPDFText_GetTextObject(self._raw, index)
        # A spelling has its letters where those lie for which it stands.
        spelt = bool(self._spans) and _address(drawing) in self._spans
        return not spelt and not self.guessed(index) and not self.silent(index)

    def sign(self, code: int, index: int) -> Sign | None:
        """The character with its place, or None where it has none."""
        left, right, bottom, top = self._sides
        loose = self._loose
        reach = None
        if pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, loose):
            reach = (loose.left, loose.bottom, loose.right, loose.top)
        if pdfium_c.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top):
            outline = (left.value, bottom.value, right.value, top.value)
        elif reach is not None:
            outline = reach
        else:
            return None
        if not self._spans and self._glyphs is None:
            return Sign(code, outline, outline if reach is None else _around(outline, reach))
        drawing = pdfium_c.FPDFText_GetTextObject(self._raw, index)
        glyph = glyphs.NONE
        if self._glyphs is not None and reach is not None and code != _UNTOLD:
            glyph = self._glyphs.number(drawing, code, outline, reach)
        span = self._spans.get(_address(drawing)) if self._spans else None
        if span is not None:
            outline = _around(outline, span)
        return Sign(code, outline, outline if reach is None else _around(outline, reach), glyph)


def runs_of(reader: SignReader) -> list[SignRun]:
    """The characters of a page, split into words by spaces, line ends and gaps."""
    runs: list[SignRun] = []
    signs: list[Sign] = []
    guessed = silent = False
    for index in range(reader.count):
        code = reader.code(index)
        if code in _SPACES and reader.is_drawn(index):
            code = _UNTOLD
        if code in _SPACES:
            if signs:
                runs.append(SignRun(signs, guessed, silent))
                signs = []
            guessed = code == 0x20 and reader.guessed(index)
            continue
        sign = reader.sign(code, index)
        if sign is None:
            continue
        if signs and _apart(signs[-1], sign):
            runs.append(SignRun(signs, guessed, silent))
            signs, guessed = [], False
        if not signs:
            silent = reader.silent(index)
        signs.append(sign)
        if len(signs) == _LETTERS and code != _UNTOLD and not reader.guessing:
            reader.doubt(index)
    if signs:
        runs.append(SignRun(signs, guessed, silent))
    return runs


def _apart(before: Sign, after: Sign) -> bool:
    """Whether two neighbours in the text are too far from each other on paper for one word."""
    one, two = before.reach, after.reach
    if one[2] - 1 < two[0] < one[2] + 1 and two[1] < one[3] and one[1] < two[3]:
        return False  # side by side, as nearly all letters are
    gap = max(two[0] - one[2], one[0] - two[2], two[1] - one[3], one[1] - two[3])
    size = max(_size(one), _size(two), 1.0)
    return gap > size * 1.5 or (before.code == LINE_END_HYPHEN and gap > size * 0.5)


def _size(sides: Sides) -> float:
    """About the size of type: the smaller side, whichever way the letters run."""
    return min(sides[3] - sides[1], sides[2] - sides[0])


def merge_spaced_letters(runs: list[SignRun]) -> list[SignRun]:
    """Puts words that were s p a c e d for looks together again, so that they can be found."""
    merged: list[SignRun] = []
    start = 0
    while start < len(runs):
        end = start + 1
        while end < len(runs) and _spaced_on(runs[end - 1], runs[end]):
            end += 1
        if end - start >= 3:
            signs = [sign for run in runs[start:end] for sign in run.signs]
            merged.append(SignRun(signs, runs[start].loose, runs[start].silent))
        else:
            merged.extend(runs[start:end])
        start = end
    return merged


def _spaced_on(before: SignRun, after: SignRun) -> bool:
    if not after.loose or len(before.signs) != 1 or len(after.signs) != 1:
        return False
    if not (chr(before.signs[0].code).isalpha() and chr(after.signs[0].code).isalpha()):
        return False
    one, two = before.signs[0].reach, after.signs[0].reach
    height = max(one[3] - one[1], two[3] - two[1])
    return min(one[3], two[3]) > max(one[1], two[1]) and abs(two[0] - one[2]) < height
