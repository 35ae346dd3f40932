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
_CUTS: Final = 50
_CORNERS: Final = 1_000
_LEAST: Final = 3
_THIN: Final = 0.08  # points for each letter, or it shows no more than a hair
_HAIR: Final = 1.0  # points by which a letter may stand over the edge


def look(page: Any, index: int, told: Told) -> None:
    """Looks for words and pictures outside the page as seen, its number from 0."""
    frame = Frame(page)
    outside, thin = _words(page, frame)
    if thin:
        many = "1 word is" if len(thin) == 1 else f"{len(thin)} words are"
        told.tell("unseen", index + 1, f"{many} pressed together to nothing.", " ".join(thin))
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
            continue
        frame_box = _frame_of(frame, picture)
        if box is not None and frame_box is not None and within(box, frame_box) < _INSIDE:
            told.tell(
                "cropped",
                index + 1,
                "A picture was cut to a part of it; the rest is still in the file.",
                boxes=[frame_box.clamp(frame.width, frame.height)],
            )


def _frame_of(frame: Frame, picture: Any) -> Box | None:
    """Where what a picture is cut to lies; None where it is not cut, or in a way too odd to say."""
    path = pdfium_c.FPDFPageObj_GetClipPath(picture)
    found: Box | None = None
    for number in range(min(_CUTS, pdfium_c.FPDFClipPath_CountPaths(path)) if path else 0):
        points = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for place in range(min(_CORNERS, pdfium_c.FPDFClipPath_CountPathSegments(path, number))):
            corner = pdfium_c.FPDFClipPath_GetPathSegment(path, number, place)
            if pdfium_c.FPDFPathSegment_GetPoint(corner, x, y):
                points.append((x.value, y.value))
        if len(points) < _LEAST:
            continue
        across, down = zip(*points, strict=True)
        box = Box(*frame.seen(min(across), min(down), max(across), max(down)))
        found = box if found is None else _common(found, box)
    return found


def _common(one: Box, other: Box) -> Box:
    x0, y0 = max(one.x0, other.x0), max(one.y0, other.y0)
    return Box(x0, y0, max(x0, min(one.x1, other.x1)), max(y0, min(one.y1, other.y1)))


def _words(page: Any, frame: Frame) -> tuple[list[str], list[str]]:
    """The words of which no letter is on the page as seen, and those that have no width."""
    text_page = page.get_textpage()
    found: list[str] = []
    thin: list[str] = []
    word, out, wide = "", True, 0.0

    def end() -> None:
        if any(map(str.isalnum, word)):
            if out:
                found.append(word)
            elif wide < _THIN * len(word):
                thin.append(word)

    sides = tuple(ctypes.c_double() for _ in range(4))
    try:
        raw = text_page.raw
        for place in range(min(_MOST, pdfium_c.FPDFText_CountChars(raw))):
            sign = chr(pdfium_c.FPDFText_GetUnicode(raw, place) or 0x20)
            if sign in _SPACES:
                end()
                word, out, wide = "", True, 0.0
                continue
            left, right, bottom, top = sides
            word += sign
            if pdfium_c.FPDFText_GetCharBox(raw, place, left, right, bottom, top):
                box = Box(*frame.seen(left.value, bottom.value, right.value, top.value))
                wide += box.width if box.height else 1.0
                out = out and not box.intersects(
                    Box(_HAIR, _HAIR, frame.width - _HAIR, frame.height - _HAIR)
                )
            else:
                out = False
        end()
    finally:
        text_page.close()
    return found, thin
