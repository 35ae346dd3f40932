"""Whether each word that was let through can be seen: on its source, and on the finished page.

A word is seen if drawing the source without its letters changes the pixels in the middle of
its line. The silent words that lie over a scan change none; they are told by their mode, and
must lie on ink of the finished page as all others must.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, cast

import pypdfium2.raw as pdfium_raw
from PIL import Image

from dpdesk.disclosure.check_case import PageCase, require
from dpdesk.disclosure.check_drawing import CompareGrid, DrawnPage
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame, open_page

_BAND = (0.3, 0.75)  # of a line's height: where every letter has some ink
_SHARE = 0.2  # of a word's width that must have it
_SHORT = 2  # letters: an L has next to no ink in the middle, and is narrow without running up
_SMALL = 4.0  # points; smaller print is not judged
_CONTRAST = 20  # steps of grey between a word and its ground
_EDGES = [255 if 20 <= value < 236 else 0 for value in range(256)]
_TURN = Image.Transpose.TRANSPOSE
_UNPAINTED = frozenset({3, 7})  # modes of letters: unseen, or a stencil only

SeenWord = tuple[str, Box, Box]
"""A word let through: its text, its place on the source, and its place on the finished page."""


class _Columns:
    """A picture of pixels that count (255) or not (0), asked about many small parts of it."""

    def __init__(self, mask: Image.Image) -> None:
        self._wide, self._high = mask.size
        self._pixels = mask.tobytes()

    def any(self, part: tuple[int, int, int, int]) -> bool:
        """Whether any pixel of a part counts; in the middle there nearly always is one."""
        x0, y0, x1, y1 = part
        if x1 <= x0:
            return False
        middle, wide, pixels = (y0 + y1) // 2, self._wide, self._pixels
        return any(
            b"\xff" in pixels[row * wide + x0 : row * wide + x1]
            for row in (*range(middle, y1), *range(y0, middle))
        )

    def share(self, part: tuple[int, int, int, int], enough: float) -> float:
        """Which share of the columns of a part has a pixel that counts; stops at ``enough``."""
        x0, y0, x1, y1 = part
        if x1 <= x0 or y1 <= y0:
            return 0.0
        found, wanted = 0, max(1, enough * (x1 - x0))
        for row in range(y0 * self._wide, y1 * self._wide, self._wide):
            pixels = self._pixels[row + x0 : row + x1]
            # Mostly one row has enough by itself, and laying rows upon each other takes longer.
            if pixels.count(255) >= wanted:
                return pixels.count(255) / (x1 - x0)
            found |= int.from_bytes(pixels)
            if found.bit_count() >= 8 * wanted:
                break
        return found.bit_count() / 8 / (x1 - x0)


def unseen_words(
    seen: DrawnPage,
    finished: Image.Image,
    sheet: CompareGrid,
    words: Sequence[SeenWord],
    *,
    toned: bool,
) -> list[Box]:
    """Which of the words let through cannot be seen on their source, as boxes there.

    A word must change the source's pixels, and leave ink on the finished page: where it leaves
    none, Flaw is raised.
    """
    if not words:
        return []
    edges = _Columns(finished.point(_EDGES))
    letters = _Columns(seen.letters) if seen.letters is not None else None
    found = []
    for text, origin, place in words:
        if not any(sign.isalnum() for sign in text) or min(origin.width, origin.height) < _SMALL:
            continue
        # On paper a shade of grey is the edge of a letter; elsewhere it may be plain ground.
        if toned or not edges.any(sheet.pixels(place, 1.0)):
            require(_has_contrast(finished, sheet, place), "ink")
        if seen.letters is None or letters is None:
            continue
        short = len(text) <= _SHORT
        x0, y0, x1, y1 = sheet.pixels(origin if short else _band(origin))
        if _runs_up(origin) and not short:
            word = seen.letters.crop((x0, y0, max(x0, x1), max(y0, y1))).transpose(_TURN)
            share = _Columns(word).share((0, 0, *word.size), _SHARE)
        else:
            share = letters.share((x0, y0, x1, y1), _SHARE)
        if share < _SHARE:
            found.append(origin)
    return found


def _band(box: Box) -> Box:
    low, high = _BAND
    if _runs_up(box):
        return Box(box.x0 + low * box.width, box.y0, box.x0 + high * box.width, box.y1)
    return Box(box.x0, box.y0 + low * box.height, box.x1, box.y0 + high * box.height)


def _runs_up(box: Box) -> bool:
    return box.height > 1.5 * box.width


def _has_contrast(finished: Image.Image, sheet: CompareGrid, box: Box) -> bool:
    part = finished.crop(sheet.pixels(box, 1.0))
    low, high = cast("tuple[int, int]", part.getextrema())
    return high - low >= _CONTRAST


def painted(document: Any, case: PageCase, boxes: Sequence[Box]) -> bool:
    """Whether a letter that is painted, and not laid unseen over a scan, stands in any box."""
    page = open_page(document, case.index)
    try:
        text = page.get_textpage()
        try:
            return any(_paints(Frame(page), text, box) for box in boxes)
        finally:
            text.close()
    finally:
        page.close()


def _paints(frame: Frame, text: Any, box: Box) -> bool:
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    for index in range(text.count_chars()):
        if not pdfium_raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        x0, y0, x1, y1 = frame.seen(left.value, bottom.value, right.value, top.value)
        if not (box.x0 <= (x0 + x1) / 2 <= box.x1 and box.y0 <= (y0 + y1) / 2 <= box.y1):
            continue
        drawing = pdfium_raw.FPDFText_GetTextObject(text, index)
        if drawing and pdfium_raw.FPDFTextObj_GetTextRenderMode(drawing) not in _UNPAINTED:
            return True
    return False
