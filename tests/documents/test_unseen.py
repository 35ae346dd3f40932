"""Words that are in the file and not on the page are told, and only those."""

from __future__ import annotations

import itertools
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from dpdesk.documents import pages, pdf, words
from dpdesk.documents.intake import Intaker
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
    canvas.drawImage(ImageReader(Image.effect_noise((300, 90), 80)), 40, 690, 120, 36)


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
    assert unseen(makers.written(drawers)) == 0
