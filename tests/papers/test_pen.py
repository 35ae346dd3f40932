"""The pen: what is drawn has its own colour, whatever was drawn before it."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from dpdesk.papers.look import Style
from dpdesk.papers.pen import Pen

RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture
def colours():
    """Three pages with lines, outlines, areas and words of two colours, and their pixels."""
    pen = Pen("Colours", dt.date(2026, 11, 20), (100.0, 100.0))
    for first, second in ((RED, BLUE), (BLUE, RED), (BLUE, BLUE)):
        pen.rule(10, 90, 20, first, 4)
        pen.outline([(10, 40), (90, 40)], second, 4, dashed=False, closed=False)
        pen.rule(10, 90, 60, second, 4)
        pen.fill(10, 70, 20, 10, first)
        pen.words("M", 40, 60, Style(30, 30, "medium", second))
        pen.fill(75, 70, 20, 10, first)
        pen.rule(10, 90, 95, first, 4)
        pen.turn()
    document = pypdfium2.PdfDocument(pen.file())
    pages = [page.render(scale=2).to_pil().convert("RGB") for page in document]

    def at(page, x, y):
        red, green, blue = pages[page].getpixel((x * 2, y * 2))
        assert green < 100
        return RED if red > blue else BLUE

    yield at
    document.close()


@pytest.mark.parametrize(("page", "first", "second"), [(0, RED, BLUE), (1, BLUE, RED)])
def test_each_thing_has_its_own_colour_on_every_page(colours, page, first, second):
    places = [(50, 20), (50, 40), (50, 60), (20, 75), (85, 75), (50, 95)]
    wanted = [first, second, second, first, first, first]
    assert [colours(page, *place) for place in places] == wanted


def test_a_page_does_not_lean_on_the_one_before(colours):
    assert colours(2, 50, 20) == BLUE
    assert colours(2, 20, 75) == BLUE


def test_no_paper_spells_its_bytes_in_letters():
    pen = Pen("Bytes", dt.date(2026, 11, 20), (100.0, 100.0))
    pen.words("M", 40, 60, Style(30, 30, "medium", RED))

    assert b"ASCII85" not in pen.file()
