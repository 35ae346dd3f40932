"""Tells whether the letters of a page may be others than those that its file says.

So it is with a font that is made of drawings (Type 3), of which only a table says what they stand
for, and with letters of which a file says nothing, so that a reader takes their number in the
font for the letter. Such words must be read from the picture of the page as well. A font that is
whole, and lies, is not known by this. Used inside workers only.
"""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c

from dpdesk.documents import ink
from dpdesk.documents.pdf import open_page


def has_doubted_letters(document: Any, index: int) -> bool:
    """Whether any letters that are seen on the page may be others than the file says.

    Raises UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        text_page = page.get_textpage()
        try:
            if any(_is_unsaid(text_page.raw, place) for place in range(text_page.count_chars())):
                return True
        finally:
            text_page.close()
        return ink.survey(page).drawn_font  # last: it switches off what is no letter
    finally:
        page.close()


def _is_unsaid(text_page: Any, place: int) -> bool:
    if pdfium_c.FPDFText_HasUnicodeMapError(text_page, place) != 1:
        return False
    drawing = pdfium_c.FPDFText_GetTextObject(text_page, place)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawing) if drawing else -1
    return mode not in {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}
