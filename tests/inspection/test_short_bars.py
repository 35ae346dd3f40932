"""Bars over a scan that are too short, too low or shifted, so that parts of letters stick out."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary

from tests.documents.makers import lato
from tests.inspection.pdf_attacks import SECRET, SIZE, changed
from tests.inspection.pdf_burials import scan, sheet

LEFT = 150 + lato(40).getlength("Witness: ")
RIGHT = LEFT + lato(40).getlength(SECRET)
TOP, BOTTOM = 226, 270
POINTS = SIZE[0] / 1240


def _bar(place: tuple[float, float, float, float], colour: str) -> bytes:
    left, top, right, bottom = place
    x, y = left * POINTS, SIZE[1] - bottom * POINTS
    wide, high = (right - left) * POINTS, (bottom - top) * POINTS
    return f"{colour} {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f".encode()


@pytest.mark.parametrize("colour", ["0 g", "1 g", "0.98 g", "0.6 g", "0.2 0.3 0.7 rg"])
@pytest.mark.parametrize(
    "place",
    [
        pytest.param((LEFT + 30, TOP - 4, RIGHT - 30, BOTTOM + 4), id="too short"),
        pytest.param((LEFT + 24, TOP - 4, RIGHT + 24, BOTTOM + 4), id="shifted"),
        pytest.param((LEFT - 3, TOP + 11, RIGHT + 3, BOTTOM + 4), id="tops of letters"),
        pytest.param((LEFT - 3, TOP - 4, RIGHT + 3, BOTTOM - 12), id="feet of letters"),
    ],
)
def test_a_word_of_a_scan_that_a_bar_covers_in_part_is_told(inspector, place, colour):
    leaks = inspector.inspect("a.pdf", scan(sheet(), then=_bar(place, colour))).leaks
    assert {(leak.kind, leak.page) for leak in leaks} == {("under-picture-bar", 2)}
    assert all(leak.boxes for leak in leaks)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(_bar((LEFT, 252, RIGHT, 256), "0 g"), id="struck out"),
        pytest.param(_bar((LEFT, BOTTOM + 4, RIGHT, BOTTOM + 8), "0 g"), id="underlined"),
        pytest.param(_bar((150, 600, 700, 700), "0 g"), id="beside the words"),
        pytest.param(b"0.8 0.1 0.1 rg BT /F1 40 Tf 60 715 Td (RECEIVED) Tj ET", id="stamp"),
    ],
)
def test_what_leaves_the_words_of_a_scan_in_sight_gives_no_alarm(inspector, drawn):
    assert inspector.inspect("a.pdf", scan(sheet(), then=drawn)).leaks == ()


@pytest.mark.parametrize("colour", ["1 1 0 rg", "0.2 0.6 0.2 rg"])
def test_a_text_marker_over_a_scan_gives_no_alarm(inspector, colour):
    drawn = b"/G gs " + _bar((LEFT, TOP, RIGHT, BOTTOM), colour)

    def marked(opened: pikepdf.Pdf) -> None:
        opened.pages[1].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.4))

    content = changed(marked, scan(sheet(), then=drawn))
    assert inspector.inspect("a.pdf", content).leaks == ()
