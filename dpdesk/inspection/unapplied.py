"""Places of a PDF page that were marked for redaction, and nothing removed; for workers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from dpdesk.documents.pages import Box, Page
from dpdesk.documents.pdf import Frame
from dpdesk.inspection.telling import Told


def marked(page: Any) -> list[Box]:
    """The places that carry such a mark, on the page as seen."""
    frame = Frame(page)
    found = []
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        sides = pdfium_c.FS_RECTF()
        if pdfium_c.FPDFAnnot_GetSubtype(
            note
        ) == pdfium_c.FPDF_ANNOT_REDACT and pdfium_c.FPDFAnnot_GetRect(note, sides):
            left, right = sorted((sides.left, sides.right))
            bottom, top = sorted((sides.bottom, sides.top))
            found.append(Box(*frame.seen(left, bottom, right, top)))
        pdfium_c.FPDFPage_CloseAnnot(note)
    return found


def tell(page: Page, places: Sequence[Box], index: int, told: Told) -> None:
    """Tells of each mark, with the words below it."""
    for place in places:
        below = [word.text for word in page.words if _middle_in(word.box, place)]
        told.tell(
            "mark-not-applied",
            index + 1,
            "A place is marked for redaction, and what is there was not removed.",
            " ".join(below),
            [place],
        )


def _middle_in(box: Box, place: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return place.x0 <= x <= place.x1 and place.y0 <= y <= place.y1
