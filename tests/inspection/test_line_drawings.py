"""Drawings made of lines (SVG) within office files: words and pictures that they hold unseen."""

from __future__ import annotations

import base64
import gzip

import pytest
from PIL import Image

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
        WORDS.format('fill="white"'),
        WORDS.format('fill="#fdfdfd"'),
        BAR.format('fill="red"') + WORDS.format('fill="#ff0000"'),
        '<g fill="#fff">' + WORDS.format("") + "</g>",
    ],
)
def test_words_that_a_drawing_does_not_show_are_told(inspector, inside):
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, leak.text) == ("hidden-text", NAME)


def _black(wide: int, high: int, how: str = "") -> str:
    """A black picture laid over the words."""
    picture = made.saved(Image.new("RGB", (wide, high)))
    place = f'<image x="5" y="25" width="200" height="20" {how} '
    return _with(picture).replace("<image ", place)


@pytest.mark.parametrize(
    "inside",
    [
        WORDS.format("") + BAR.format(""),
        WORDS.format("") + BAR.format('fill="white" fill-opacity="0.9"'),
        MOVED.format("50, 9", WORDS.format("")) + MOVED.format("50 9", BAR.format("")),
        WORDS.format("") + '<path d="M5,25h200v20H5z"/>',
        WORDS.format("") + '<path d="M5 25 C 60 20 150 20 205 25 L205 50 5 50Z"/>',
        WORDS.format("") + '<polygon points="5,25 205,25 205,45 5,45"/>',
        WORDS.format("") + '<ellipse cx="70" cy="36" rx="90" ry="30"/>',
        WORDS.format("") + '<path d="M5 35 H205" fill="none" stroke="black" stroke-width="18"/>',
        WORDS.format("")
        + '<line x1="5" y1="35" x2="205" y2="35" style="stroke:red;stroke-width:18"/>',
        WORDS.format("") + _black(1, 1, 'preserveAspectRatio="none"'),
        WORDS.format("") + _black(200, 20),
        WORDS.format("") + BAR.format('transform="rotate(3 5 25)"'),
        WORDS.format('transform="rotate(90 10 40)"')
        + '<rect x="5" y="36" width="20" height="160"/>',
        WORDS.format('transform="scale(2)"') + '<rect x="5" y="50" width="400" height="35"/>',
        WORDS.format('text-anchor="end"').replace('x="10"', 'x="390"')
        + BAR.format("").replace('x="5"', 'x="240"'),
    ],
)
def test_words_below_a_shape_of_a_drawing_are_told(inspector, inside):
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, leak.text) == ("drawn-bar", NAME)


@pytest.mark.parametrize(
    "words",
    [
        f'<text x="10" y="40">Pupil {NAME}</text>',
        f'<text x="10" y="40"><tspan>Pupil</tspan> <tspan x="48">{NAME}</tspan></text>',
        f'<text x="10 20 25 35 40 45" y="40">Pupil {NAME}</text>',
    ],
)
def test_of_a_line_of_a_drawing_only_the_words_below_a_shape_are_told(inspector, words):
    drawing = _drawing(words + BAR.format("").replace('x="5"', 'x="46"'))
    (leak,) = inspector.inspect("a.docx", made.word(drawing, kind="svg")).leaks
    assert (leak.kind, leak.text) == ("drawn-bar", NAME)


def test_a_packed_drawing_is_looked_through(inspector):
    drawing = gzip.compress(_drawing(WORDS.format("") + BAR.format("")))
    (leak,) = inspector.inspect("a.docx", made.word(drawing, kind="svgz")).leaks
    assert (leak.kind, leak.text) == ("drawn-bar", NAME)


def test_a_packed_drawing_that_is_damaged_is_told(inspector):
    drawing = gzip.compress(_drawing(WORDS.format("")))[:40]
    (leak,) = inspector.inspect("a.docx", made.word(drawing, kind="svgz")).leaks
    assert leak.kind == "damaged"


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
        BAR.format('fill="navy"') + WORDS.format('fill="white"'),
        WORDS.format('fill="white" stroke="black"'),
        WORDS.format("") + '<path d="M5 25 L205 45" stroke="black" stroke-width="2"/>',
        WORDS.format("") + '<path d="M5 35 H205" fill="none" stroke="black" stroke-width="2"/>',
        WORDS.format("") + '<path d="M0 0H300V99H0Z M2 2V90H290V2Z"/>',
        WORDS.format("") + '<polygon points="150,25 205,25 205,45 150,45"/>',
        WORDS.format("") + _black(1, 1).replace('x="5"', 'x="60"'),
        f'<defs><g id="a">{WORDS.format("")}</g></defs><use href="#a"/>',
        WORDS.format("") + f"<g transform='translate(0 30)'>{BAR.format('')}</g>",
        _black(200, 20) + WORDS.format('fill="white"'),
    ],
)
def test_a_drawing_that_shows_its_words_gives_no_alarm(inspector, inside):
    assert inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks == ()


def test_a_drawing_of_very_many_pieces_is_not_called_clean(inspector):
    inside = (WORDS.format("") + BAR.format("").replace('y="25"', 'y="60"')) * 2_500
    (leak,) = inspector.inspect("a.docx", made.word(_drawing(inside), kind="svg")).leaks
    assert (leak.kind, "too many pieces" in str(leak)) == ("damaged", True)
