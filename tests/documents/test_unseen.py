"""Words that are in the file and not on the page are told, and only those."""

from __future__ import annotations

import itertools
from typing import Any

import pikepdf
import pytest
from reportlab.lib.utils import ImageReader

from dpdesk.documents import pages, pdf, words
from dpdesk.documents.intake import Intaker
from tests.builders import grain
from tests.documents import makers
from tests.documents.makers import font, text


def read(content: bytes) -> words.Reading:
    document = pdf.open_pdf(content)
    try:
        return words.read_closely(document, 0)
    finally:
        document.close()


def unseen(content: bytes) -> int:
    return read(content).told


def bar(x: float, y: float, width: float, height: float, gray: float = 0) -> Any:
    def draw(canvas: Any) -> None:
        canvas.setFillGray(gray)
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setFillGray(0)

    return draw


def test_words_under_a_black_bar_are_told(intaker: Intaker) -> None:
    content = makers.written([text("Harry Skywalker was seen"), bar(49, 697, 90, 12)])
    taken = intaker.read("a.pdf", content)
    assert taken.pages[0].text() == "Harry Skywalker was seen"
    assert taken.warnings[0].startswith("2 words on page 1 are in the file but cannot be seen")
    assert unseen(content) == 2


def test_white_words_on_white_paper_are_told() -> None:
    assert unseen(makers.written([text("secret", gray=1), text("open", 50, 600)])) == 1


def coloured(red: float, green: float, blue: float) -> Any:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(red, green, blue)
        text("Coloured", 50, 200 + 100 * blue)(canvas)

    return draw


def hatched(canvas: Any) -> None:
    canvas.setLineWidth(1.6)
    for step in range(-20, 80, 3):
        canvas.line(50 + step, 696, 66 + step, 712)
        canvas.line(66 + step, 696, 50 + step, 712)


def scribbled(canvas: Any) -> None:
    canvas.setLineWidth(4)
    across = [48 + 3 * step for step in range(28)]
    for step, (one, two) in enumerate(itertools.pairwise(across)):
        low, high = (695, 713) if step % 2 else (713, 695)
        canvas.line(one, low, two, high)


def photographed(canvas: Any) -> None:
    canvas.drawImage(ImageReader(grain((300, 90), 80)), 40, 690, 120, 36)


def see_through(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    text("Skywalker")(canvas)
    canvas.setFillAlpha(1)


def cut_away(canvas: Any) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.clipPath(path, stroke=0)
    text("Skywalker")(canvas)
    canvas.restoreState()


NAME = text("Skywalker")


@pytest.mark.parametrize(
    "drawers",
    [
        [NAME, bar(48, 696, 70, 16)],
        [NAME, bar(48, 700, 70, 8)],
        [NAME, bar(48, 699, 70, 8)],
        [NAME, bar(48, 700.5, 70, 8)],
        [NAME, bar(48, 696, 70, 16, 0.8)],
        [NAME, bar(48, 700, 70, 7, 0.5)],
        [NAME, bar(48, 696, 70, 16, 1)],
        [NAME, bar(48, 696, 32, 16)],
        [bar(48, 690, 90, 30), NAME],
        [NAME, hatched],
        [NAME, scribbled],
        [NAME, photographed],
        [photographed, text("Skywalker", mode=3)],
        [text("Skywalker", gray=1)],
        [text("Skywalker", gray=0.97)],
        [see_through],
        [cut_away],
        [makers.turned(text("Skywalker", 0, 0), 90), makers.turned(bar(-2, -4, 70, 16), 90)],
    ],
    ids=range(18),
)
def test_a_word_that_nobody_sees_is_noted(drawers: list[Any]) -> None:
    content = makers.written([text("An open line of text", 50, 500), *drawers])
    page = read(content).page
    assert {page.words[number].text for number in page.unseen} == {"Skywalker"}
    assert pages.Page.unpack(page.pack()) == page


@pytest.mark.parametrize("gray", [0, 0.5])
def test_a_word_below_signs_that_are_blocks_is_told(gray: float) -> None:
    blocks = text("nnnnnn", 49, face="ZapfDingbats", size=11, gray=gray)
    assert unseen(makers.written([text("Harry"), blocks, text("open", 50, 500)])) == 1
    for place in (30, 41.5):  # apart from its word, and close to it as one word
        bullet = text("n", place, face="ZapfDingbats", size=11, gray=gray)
        assert unseen(makers.written([bullet, text("Harry")])) == 0


def test_a_word_with_a_ring_in_it_is_seen() -> None:
    """As mathematics is set: the circle of a function after another stands close to its letters."""
    content = makers.plain(
        "/Span <</ActualText <FEFF004D25E6>>> BDC BT /F 12 Tf 50 100 Td (Mo) Tj ET EMC"
    )
    read_so = read(makers.saved(content))
    assert read_so.page.text() == "M\u25e6"
    assert (read_so.told, read_so.page.unseen) == (0, frozenset())


def test_a_word_below_a_note_or_an_answer_of_a_form_is_noted() -> None:
    def cover(opened: pikepdf.Pdf) -> None:
        drawing = opened.make_stream(
            b"0 g 0 0 70 16 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 70, 16]),
        )
        opened.pages[0].obj.Annots = pikepdf.Array(
            [
                opened.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Square,
                        F=4,
                        Rect=pikepdf.Array([48, 696, 118, 712]),
                        AP=pikepdf.Dictionary(N=drawing),
                    )
                )
            ]
        )

    content = makers.changed(makers.written([NAME, text("open", 50, 500)]), cover)
    assert unseen(content) == 1


@pytest.mark.parametrize(
    "drawers",
    [
        [text("Plain words, 7B and I. l - ’ i")],
        [text("gray words", gray=0.75)],
        [bar(40, 690, 200, 30), text("white on black", gray=1)],
        [bar(40, 690, 200, 30, 0.6), text("black on gray")],
        [text("marked"), bar(48, 690, 100, 4)],
        [text("under", size=4.5)],
        [makers.turned(text("upright", 0, 0), 90)],
        [makers.turned(text("aslant", 0, 0), 30)],
        [text("Ắẫ ii ll 11 ··", face=font("Lato-Regular")), text("___", 50, 500)],
        [text("struck out"), bar(48, 702.5, 60, 1)],
        [text("in a frame"), bar(48, 712, 70, 0.7), bar(48, 695, 70, 0.7)],
        [coloured(1, 1, 0), coloured(1, 0.75, 0.8)],
    ],
    ids=range(12),
)
def test_words_that_can_be_seen_are_not_told(drawers: list[Any]) -> None:
    found = read(makers.written(drawers))
    assert found.told == 0
    assert found.hard == 0


def thin_hatch(canvas: Any) -> None:
    for step in range(0, 70, 2):
        canvas.line(44 + step, 696, 50 + step, 712)


def pen(canvas: Any) -> None:
    """A felt pen that was led up and down over a word, and left some paper."""
    canvas.setLineWidth(2)
    across = [50 + 5 * step for step in range(13)]
    for step, (one, two) in enumerate(itertools.pairwise(across)):
        low, high = (697, 712) if step % 2 else (712, 697)
        canvas.line(one, low, two, high)


def thickened(canvas: Any) -> None:
    text("Skywalker", mode=1, stroke=9)(canvas)


def upon_each_other(canvas: Any) -> None:
    put = canvas.beginText(50, 700)
    put.setFont("Helvetica", 12)
    put.setCharSpace(-4.9)
    put.textOut("Skywalker")
    canvas.drawText(put)


def hatched_upright(canvas: Any) -> None:
    for step in range(0, 70, 2):
        canvas.line(-4 + step, -4, 2 + step, 12)


@pytest.mark.parametrize(
    "drawers",
    [
        [NAME, thin_hatch],
        [thin_hatch, NAME],
        [NAME, pen],
        [thickened],
        [upon_each_other],
        [text("Skywalker", size=3)],
        [makers.turned(text("Skywalker", 0, 0), 90), makers.turned(hatched_upright, 90)],
    ],
    ids=range(7),
)
def test_a_word_that_can_hardly_be_made_out_is_told_and_stays_a_word(drawers: list[Any]) -> None:
    found = read(makers.written([text("An open line of text", 50, 500), *drawers]))
    assert (found.hard, found.told) == (1, 0)
    assert "Skywalker" in {word.text for word in found.page.words}


def test_where_words_can_hardly_be_made_out_is_said_with_the_page(intaker: Intaker) -> None:
    told = intaker.read("a.pdf", makers.written([NAME, thin_hatch])).warnings
    (sentence,) = told
    assert sentence.startswith(
        "1 word on page 1 can hardly be made out: something is drawn over it"
    )
    assert sentence.endswith("Look there, and draw a box over what must go.")


def ruled(canvas: Any) -> None:
    for row in range(12):
        canvas.line(40, 690 + 3 * row, 300, 690 + 3 * row)
    for column in range(40, 300, 14):
        canvas.line(column, 690, column, 723)


def watermark(canvas: Any) -> None:
    text("COPY", 40, 690, size=60, gray=0.8)(canvas)


def barcode(canvas: Any) -> None:
    for place in range(50, 120, 2):
        canvas.rect(place, 712, 1, 20, stroke=0, fill=1)


@pytest.mark.parametrize(
    "drawers",
    [
        [ruled, text("in a grid of lines")],
        [watermark, NAME],
        [photographed, text("Caption on a photo", 45, 700)],
        [barcode, text("0123456789 Skywalker")],
        [text("illicit willing Millicent", stretch=60)],
        [text("BOLD WORDS", face="Helvetica-Bold", size=30)],
        [NAME, bar(48, 698, 60, 1.5), bar(48, 703, 60, 1.5)],
    ],
    ids=range(7),
)
def test_print_on_grids_tints_and_photographs_is_not_hard_to_make_out(drawers: list[Any]) -> None:
    assert read(makers.written(drawers)).hard == 0
