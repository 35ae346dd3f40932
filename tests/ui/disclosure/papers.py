"""Documents that are made for the tests of the workbench; every person in them is invented."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

INCIDENT = (
    "Incident record, Tuesday 10 November 2026",
    "",
    "At 11.20 the class teacher saw J. leave the reading corner after a",
    "disagreement with Harry Smith about a book. Harry’s mother,",
    "Mrs Karen Smith (07700 900123), was telephoned at 15.35.",
    "",
    "J. told Miss Okafor that he did not want to sit beside Harry again.",
    "Miss Okafor moved J. to the blue table for the rest of the week.",
    "",
    "Follow-up with both families arranged for 12 November.",
)


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with lines of words on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines in pages:
        canvas.setFont("Times-Roman", 12)
        for number, text in enumerate(lines):
            canvas.drawString(56, 780 - 24 * number, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def record(pages: int, *, name: str = "Harry Smith") -> bytes:
    """A file of so many pages, each with the name and the number of the page."""
    return pdf(
        [
            (f"Page {n + 1} of the file", *INCIDENT[2:5], f"{name} sat at table {n + 1}.")
            for n in range(pages)
        ]
    )


def barred() -> bytes:
    """A file of two pages with a name under a black bar on the second."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(72, 700, "Seen by Harry Sample at noon")
    canvas.showPage()
    canvas.drawString(72, 700, "Told to Zadie Hidden at noon")
    canvas.rect(108, 690, 76, 25, fill=1)
    canvas.save()
    return out.getvalue()


def picture() -> bytes:
    """A scanned page: a picture without words."""
    image = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(image).rectangle((80, 90, 520, 300), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
