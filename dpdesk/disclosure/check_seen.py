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
from dpdesk.disclosure.check_drawing import Seen, Sheet
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame, open_page

_BAND = (0.3, 0.75)  # of a line's height: where every letter has some ink
_SHARE = 0.2  # of a word's width that must have it
_SMALL = 4.0  # points; smaller print is not judged
_CONTRAST = 20  # steps of grey between a word and its ground
_UNPAINTED = frozenset({3, 7})  # modes of letters: unseen, or a stencil only

SeenWord = tuple[str, Box, Box]
"""A word let through: its text, its place on the source, and its place on the finished page."""


def unseen_words(
    seen: Seen, finished: Image.Image, sheet: Sheet, words: Sequence[SeenWord]
) -> list[Box]:
    """Which of the words let through cannot be seen, as boxes on the source.

    Each word comes with its place on the source and its place on the finished page. A word must
    change the source's pixels and leave ink on the finished page.
    """
    found = []
    for text, origin, place in words:
        if not any(sign.isalnum() for sign in text) or min(origin.width, origin.height) < _SMALL:
            continue
        require(_has_ink(finished, sheet, place), "ink")
        if seen.letters is not None and not _has_changed(seen.letters, sheet, origin):
            found.append(origin)
    return found


def _band(box: Box, text_runs_up: bool) -> Box:
    low, high = _BAND
    if text_runs_up:
        return Box(box.x0 + low * box.width, box.y0, box.x0 + high * box.width, box.y1)
    return Box(box.x0, box.y0 + low * box.height, box.x1, box.y0 + high * box.height)


def _runs_up(box: Box) -> bool:
    return box.height > 1.5 * box.width


def _has_changed(letters: Image.Image, sheet: Sheet, box: Box) -> bool:
    part = letters.crop(sheet.pixels(_band(box, _runs_up(box))))
    if part.getbbox() is None:
        return False
    upright = _runs_up(box)
    length = part.height if upright else part.width
    flat = part.resize((1, part.height) if upright else (part.width, 1), Image.Resampling.BOX)
    return len(flat.tobytes().replace(b"\0", b"")) >= _SHARE * length


def _has_ink(finished: Image.Image, sheet: Sheet, box: Box) -> bool:
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
