"""A paper reaches the printer page by page, at its own size."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdfium2 import raw
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.errors import Cancelled, DpdeskError
from tests.builders import a_pdf
from ui.kit.pieces.print_jobs import QtJob, begun, choose_printer
from ui.kit.pieces.printing import inked, print_pages


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


@pytest.mark.parametrize(
    ("first", "last", "pages"), [(0, 0, 3), (2, 3, 2), (2, 2, 1), (2, 99, 2), (9, 9, 1)]
)
def test_the_pages_asked_for_are_printed_and_look_like_the_paper(
    qapp, tmp_path, first, last, pages
):
    target = printer(tmp_path / "out.pdf")
    if first:
        target.setFromTo(first, last)

    assert print_pages(a_pdf("One", "Two", "Three"), 3, QtJob(target)) == pages
    del target

    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(printed) == pages
    rows, top = ink(printed[0])
    printed.close()
    assert rows > 0
    assert 0.05 < top < 0.15


def pictures(path):
    """Bits of each dot, and how it is packed, for every picture that was sent."""
    sent = pypdfium2.PdfDocument(path)
    found = [
        (picture.get_metadata().bits_per_pixel, picture.get_filters())
        for page in sent
        for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    ]
    sent.close()
    return found


def painted(colour, beside=""):
    """A paper of one page with a patch of a colour under a line of text."""
    to = io.BytesIO()
    canvas = Canvas(to, pagesize=(595, 842))
    canvas.drawString(72, 760, "Words in black" + beside)
    canvas.setFillColorRGB(*colour)
    canvas.rect(72, 500, 200, 100, stroke=0, fill=1)
    canvas.save()
    return to.getvalue()


@pytest.mark.parametrize(
    ("colour", "bits"),
    [((0, 0, 0), 1), ((1, 1, 1), 1), ((0.9, 0.9, 0.9), 24), ((0.8, 0.1, 0.1), 24)],
    ids=["black", "white", "grey", "red"],
)
def test_a_page_is_sent_in_no_more_colours_than_it_has_and_without_loss(
    qapp, tmp_path, colour, bits
):
    target = printer(tmp_path / "out.pdf")
    print_pages(painted(colour), 1, QtJob(target))
    del target

    sent = pictures(tmp_path / "out.pdf")
    assert {each for each, _ in sent} == {bits}
    assert all(packed == ["FlateDecode"] for _, packed in sent)


def test_what_goes_wrong_between_two_pages_ends_the_job(qapp, tmp_path):
    target = printer(tmp_path / "out.pdf")

    def stop(done, _of):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pages(a_pdf("One", "Two"), 2, QtJob(target), stop)


def test_without_a_printer_it_is_said_and_no_file_is_offered(qapp):
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    with pytest.raises(DpdeskError, match="no printer"):
        choose_printer(None, "Paper", 1)


def drawn(rows, form):
    """A page of black (#) and white (.) dots."""
    wide = {"gray": 1, "bgrx": 4}[form]
    lines = [b"".join((b"\x00" if dot == "#" else b"\xff") * wide for dot in row) for row in rows]
    # Rows are padded, and what stands there is no part of the page.
    padded = [line + b"\x00" * 8 for line in lines]
    return Bitmap(len(rows[0]), len(rows), len(padded[0]), b"".join(padded), form, 1.0)


EMPTY = ["....."] * 10


@pytest.mark.parametrize("form", ["gray", "bgrx"])
@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        (EMPTY, []),
        (["#####"], [(0, 0, 5, 1)]),
        ([*EMPTY, "..#..", ".....", "...#.", *EMPTY], [(2, 10, 2, 3)]),
        (["#....", *EMPTY, "....#"], [(0, 0, 1, 1), (4, 11, 1, 1)]),
        (["#....", "....#"], [(0, 0, 5, 2)]),
    ],
)
def test_only_what_has_ink_is_sent_to_the_printer(form, rows, parts):
    found = [(r.x(), r.y(), r.width(), r.height()) for r in inked(drawn(rows, form))]
    assert found == parts


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_said_in_a_sentence(qapp, tmp_path):
    target = printer(tmp_path / "no such folder" / "out.pdf")
    with pytest.raises(DpdeskError, match="Nothing was printed"):
        begun(target)
