"""Reads printed papers back with another library than the one that printed them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pikepdf
import pypdfium2

from dpdesk.papers.kit import Letterhead

TODAY = date(2026, 11, 22)
SCHOOL = Letterhead(
    "Willowbrook House School",
    ("Mill Lane", "Little Wenham", "IP99 9ZZ"),
    "01632 960 100",
    "office@willowbrook.example",
)


def page_texts(content: bytes) -> list[str]:
    """The text of each page, as a reader would copy it."""
    pdf = pypdfium2.PdfDocument(content)
    texts = []
    for page in pdf:
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
        page.close()
    pdf.close()
    return texts


def text_of(content: bytes) -> str:
    """The text of all pages on one line."""
    return " ".join(" ".join(page_texts(content)).split())


def ink_boxes(content: bytes) -> list[tuple[int, float, float, float, float, float]]:
    """Page, left, bottom, right and top of each visible character, and the page's width."""
    pdf = pypdfium2.PdfDocument(content)
    boxes = []
    for number, page in enumerate(pdf):
        words = page.get_textpage()
        for index, char in enumerate(words.get_text_range()):
            if char.strip():
                boxes.append((number, *words.get_charbox(index), page.get_width()))
        words.close()
        page.close()
    pdf.close()
    return boxes


def links_of(content: bytes) -> list[tuple[int, str]]:
    """Page (from 0) and address of each link."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            (number, str(note.A.URI))
            for number, page in enumerate(pdf.pages)
            for note in page.get("/Annots", [])
        ]


def outline_of(content: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 0) of each bookmark."""
    pdf = pypdfium2.PdfDocument(content)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    pdf.close()
    return marks


def facts_of(content: bytes) -> dict[str, Any]:
    """What the file says about itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {
            "info": {str(k): str(v) for k, v in pdf.docinfo.items()},
            "lang": str(pdf.Root.get("/Lang", "")),
            "show title": bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
            "fonts": sorted(
                {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
            ),
            "xmp": "/Metadata" in pdf.Root,
        }
