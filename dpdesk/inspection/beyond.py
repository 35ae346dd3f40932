"""What lies beside a PDF page, where its edges cut it off from sight; for workers only."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import pypdfium2.raw as pdfium_c

from dpdesk.documents import ink
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame
from dpdesk.inspection.placing import seen_box, within
from dpdesk.inspection.telling import Told

_SPACES: Final = frozenset(" \t\r\n\x00\x02\xa0")
_MOST: Final = 200_000  # letters of one page that are looked at
_INSIDE: Final = 0.85  # of a picture: less is cropped; scans lie a little over the edge
_HAIR: Final = 1.0  # points by which a letter may stand over the edge


def look(page: Any, index: int, told: Told) -> None:
    """Looks for words and pictures outside the page as seen, its number from 0."""
    frame = Frame(page)
    outside = _words(page, frame)
    if outside:
        many = "1 word is" if len(outside) == 1 else f"{len(outside)} words are"
        told.tell("cropped", index + 1, f"{many} outside the edge of the page.", " ".join(outside))
    surveyed = ink.survey(page)
    ink.switch([*surveyed.letters, *surveyed.pictures, *surveyed.lines], on=True)
    sheet = Box(0, 0, frame.width, frame.height)
    for picture in surveyed.pictures:
        box = seen_box(frame, picture)
        if box is not None and within(box, sheet) < _INSIDE:
            told.tell(
                "cropped",
                index + 1,
                "A picture goes on beyond the edge of the page.",
                boxes=[box.clamp(frame.width, frame.height)],
            )


def _words(page: Any, frame: Frame) -> list[str]:
    """The words of which no letter is on the page as seen."""
    text_page = page.get_textpage()
    found: list[str] = []
    word, out = "", True
    sides = tuple(ctypes.c_double() for _ in range(4))
    try:
        raw = text_page.raw
        for place in range(min(_MOST, pdfium_c.FPDFText_CountChars(raw))):
            sign = chr(pdfium_c.FPDFText_GetUnicode(raw, place) or 0x20)
            if sign in _SPACES:
                if word and out and any(map(str.isalnum, word)):
                    found.append(word)
                word, out = "", True
                continue
            left, right, bottom, top = sides
            word += sign
            if pdfium_c.FPDFText_GetCharBox(raw, place, left, right, bottom, top):
                box = Box(*frame.seen(left.value, bottom.value, right.value, top.value))
                out = out and not box.intersects(
                    Box(_HAIR, _HAIR, frame.width - _HAIR, frame.height - _HAIR)
                )
            else:
                out = False
        if word and out and any(map(str.isalnum, word)):
            found.append(word)
    finally:
        text_page.close()
    return found
