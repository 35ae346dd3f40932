"""A paper reaches the printer page by page, at its own size."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from tests.builders import a_pdf
from ui.kit.pieces.printing import SystemPrinting


def printer(to):
    """A printer that writes a file, without a dialog."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(to))
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    made.setResolution(300)
    return made


def ink(page):
    """How much of a page is dark, and where its first dark row lies, from 0 to 1."""
    picture = page.render(scale=0.5, grayscale=True).to_pil()
    rows = [
        y
        for y in range(picture.height)
        if picture.crop((0, y, picture.width, y + 1)).getextrema()[0] < 128
    ]
    return len(rows), rows[0] / picture.height if rows else 1.0


@pytest.mark.parametrize(("first", "last", "pages"), [(0, 0, 3), (2, 3, 2), (2, 2, 1)])
def test_the_pages_asked_for_are_printed_and_look_like_the_paper(
    qapp, tmp_path, first, last, pages
):
    target = printer(tmp_path / "out.pdf")
    if first:
        target.setFromTo(first, last)

    SystemPrinting().paint(a_pdf("One", "Two", "Three"), target)
    del target

    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(printed) == pages
    rows, top = ink(printed[0])
    printed.close()
    assert rows > 0
    assert 0.05 < top < 0.15
