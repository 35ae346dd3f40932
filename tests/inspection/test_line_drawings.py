"""Drawings made of lines (SVG) within office files: words and pictures that they hold unseen."""

from __future__ import annotations

import base64

import pytest

from tests.inspection import inner_makers as made
from tests.inspection.makers import photograph

NAME = "Quentin Muster"
WORDS = f'<text x="10" y="40" {{}}>{NAME}</text>'
MOVED = '<g transform="translate({})">{}</g>'
BAR = '<rect x="5" y="25" width="200" height="20" {}/>'


def _drawing(inside: str) -> bytes:
    space = "http://www.w3.org/2000/svg"
    return f'<svg xmlns="{space}" width="400" height="100">{inside}</svg>'.encode()


def _with(picture: bytes) -> str:
    return f'<image href="data:image/png;base64,{base64.b64encode(picture).decode()}"/>'


@pytest.mark.parametrize(
    "inside",
    [
        WORDS.format('display="none"'),
        WORDS.format('style="fill-opacity:0"'),
        WORDS.format('fill="none"'),
        WORDS.format('font-size="0.5px"'),
        f'<g visibility="hidden">{WORDS.format("")}</g>',
        f'<g style="opacity: 0">{WORDS.format("")}</g>',
        f"<defs>{WORDS.format('')}</defs>",
        WORDS.format('opacity=".05"'),
        WORDS.format('opacity="1e-2"'),
        WORDS.format('style="display:none !important"'),
        "<style>.off, .x {fill:red} .off{display:none}</style>" + WORDS.format('class="a off"'),
        "<style>/* a */ .off, .x{display:none}</style>" + WORDS.format('class="off"'),
        WORDS.format("").replace(NAME, f'<tspan fill="none">{NAME}</tspan>'),
    ],
)
def test_words_that_a_drawing_does_not_show_are_told(inspector, inside):
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, leak.text) == ("hidden-text", NAME)


@pytest.mark.parametrize(
    "inside",
    [
        WORDS.format("") + BAR.format(""),
        WORDS.format("") + BAR.format('fill="white" fill-opacity="0.9"'),
        MOVED.format("50, 9", WORDS.format("")) + MOVED.format("50 9", BAR.format("")),
    ],
)
def test_words_below_a_shape_of_a_drawing_are_told(inspector, inside):
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, leak.text) == ("drawn-bar", NAME)


def test_a_picture_within_a_drawing_is_looked_through(inspector):
    drawing = _drawing(_with(made.shimmering()))
    (leak,) = inspector.inspect("a.docx", made.word(drawing, kind="svg")).leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


@pytest.mark.parametrize(
    "inside",
    [
        WORDS.format(""),
        BAR.format("") + WORDS.format('fill="white"'),
        WORDS.format("") + BAR.format('fill="none" stroke="black"'),
        WORDS.format("") + BAR.format('fill="yellow" opacity="0.3"'),
        WORDS.format("") + BAR.format("").replace('y="25"', 'y="60"'),
        WORDS.format('fill="none" stroke="black"'),
        f"<clipPath>{BAR.format('')}</clipPath>" + WORDS.format(""),
        WORDS.format("") + f"<defs><style>a{{}}</style></defs>{_with(photograph('PNG'))}",
        WORDS.format('display="none"') + WORDS.format(""),
        f'<g fill="none" stroke="black">{WORDS.format("")}{BAR.format("")}</g>',
        "<style>.open{fill:none}</style>" + WORDS.format("") + BAR.format('class="open"'),
    ],
)
def test_a_drawing_that_shows_its_words_gives_no_alarm(inspector, inside):
    assert inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks == ()


def test_a_drawing_of_very_many_pieces_is_not_called_clean(inspector):
    inside = (WORDS.format("") + BAR.format("").replace('y="25"', 'y="60"')) * 2_500
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, "too many pieces" in str(leak)) == ("damaged", True)
