"""Words that are in the file and not on the page are told, and only those."""

from __future__ import annotations

from typing import Any

import pytest

from dpdesk.documents import pdf, words
from dpdesk.documents.intake import Intaker
from tests.documents import makers
from tests.documents.makers import font, text


def unseen(content: bytes) -> int:
    document = pdf.open_pdf(content)
    try:
        return words.read_closely(document, 0).unseen
    finally:
        document.close()


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
    assert taken.warnings[0].startswith(
        "There are words in this file that cannot be seen on page 1"
    )
    assert unseen(content) == 2


def test_white_words_on_white_paper_are_told() -> None:
    assert unseen(makers.written([text("secret", gray=1), text("open", 50, 600)])) == 1


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
        [text("over a scan", mode=3)],
    ],
    ids=range(10),
)
def test_words_that_can_be_seen_are_not_told(drawers: list[Any]) -> None:
    assert unseen(makers.written(drawers)) == 0
