"""PDF files for the tests of burning and bundles, and plans made from them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import fontpkg_lato
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dpdesk.disclosure.evidence import Marked, MarkedPage, ReleaseEvidence
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page

A4 = (595.0, 842.0)

pdfmetrics.registerFont(TTFont("Lato", f"{fontpkg_lato.ROOT}/files/Lato-Regular.ttf"))


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF with one page for each function that draws on a canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_pdf(*lines: str, font: str = "Helvetica", size: float = 12, pages: int = 1) -> bytes:
    """A PDF whose pages show these lines."""

    def page(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for rank, line in enumerate(lines):
            canvas.drawString(72, 760 - rank * 1.6 * size, line)

    return drawn(*([page] * pages))


def pages_of(content: bytes) -> list[Page]:
    """The pages of a PDF as the program reads them."""
    document = open_pdf(content)
    try:
        return [read_page(document, index) for index in range(len(document))]
    finally:
        document.close()


def marks_for(page: Page, secrets: Iterable[str], first: int = 1) -> tuple[PlannedMark, ...]:
    """A text mark on each word of a page that holds one of the secrets."""
    wanted = [secret.casefold() for secret in secrets]
    found = [word for word in page.words if any(w in word.text.casefold() for w in wanted)]
    return tuple(PlannedMark(first + n, word.box, "TP-16") for n, word in enumerate(found))


def plan_of(files: dict[str, bytes], secrets: Iterable[str] = (), **more: object) -> BundlePlan:
    """A plan of all pages of some files, with the secrets marked wherever they are read."""
    secrets = list(secrets)
    planned: list[PlannedPage] = []
    number = 1
    for key, content in files.items():
        for index, page in enumerate(pages_of(content)):
            marks = marks_for(page, secrets, number)
            number += len(marks)
            title = f"Document {len(planned) + 1}" if index == 0 else ""
            planned.append(PlannedPage(key, index, page, marks, starts=title))
    return BundlePlan("SAR-2026-014", tuple(planned), **more)  # type: ignore[arg-type]  # as the plan has them


def evidence_of(plan: BundlePlan, files: dict[str, bytes]) -> ReleaseEvidence:
    """What the tables would hold if the plan was made from them."""
    pages = [
        MarkedPage(
            planned.source,
            planned.index,
            planned.page,
            () if planned.withheld else tuple(Marked(m.box, m.kind, m.code) for m in planned.marks),
            planned.withheld,
        )
        for planned in plan.pages
    ]
    return ReleaseEvidence(pages, files.__getitem__)


def page_of(*lines: str) -> Page:
    """A page with these words, each fifty points long, one line below the other."""
    words = [
        Word(text, Box(20 + 60 * place, 20 * row, 20 + 60 * place + 50, 20 * row + 12))
        for row, line in enumerate(lines)
        for place, text in enumerate(line.split())
    ]
    return Page(595, 842, tuple(words), "text")
