"""What the program itself redacts is never accused by its own check of redacted files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from dpdesk.disclosure import bundle
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.documents.pages import Box
from tests.builders import grain
from tests.disclosure.nearby import NearbyCrew
from tests.disclosure.pdfs import drawn, marks_for, pages_of
from tests.documents.makers import lato
from tests.inspection import makers as made

SECRETS = ("Harry", "Beispiel", "Quibblethorpe")
WORDS = st.sampled_from(
    [*SECRETS, *"the pupils of class seven went home at 15:30 on Friday".split()]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=5)
SHADES = [(0, 0, 0), (1, 1, 1), (0.8, 0.1, 0.1), (0.3, 0.3, 0.3), (0.1, 0.2, 0.5), (0.9, 0.9, 0.9)]
COLOURS = st.sampled_from(SHADES)
PIECES = st.one_of(
    st.tuples(st.just("lines"), LINES, COLOURS, st.sampled_from([6, 11, 24]), st.booleans()),
    st.tuples(st.just("panel"), COLOURS, st.sampled_from([1, 0.5]), st.integers(10, 300)),
    st.tuples(st.just("photograph"), st.integers(40, 220), st.sampled_from([0, 20, 40, 60])),
)
BOXES = st.tuples(
    st.integers(0, 500), st.integers(0, 780), st.integers(4, 300), st.integers(4, 120)
)
SCAN = st.tuples(st.just("scan"), st.booleans()).map(lambda piece: [piece])
PAGES = st.tuples(
    st.one_of(st.lists(PIECES, min_size=1, max_size=3), SCAN), st.lists(BOXES, max_size=2)
).map(lambda page: [page])


PHOTOGRAPH = grain((40, 40), 60).resize((900, 900), Image.Resampling.BICUBIC)


FRONT = drawn(
    lambda canvas: canvas.drawString(72, 700, "Cover and contents: disclosure bundle SAR-2026-014")
)


def _draw(canvas: Any, pieces: list[Any]) -> None:
    for rank, (kind, *how) in enumerate(pieces):
        canvas.saveState()
        if kind == "lines":
            lines, colour, size, turned = how
            canvas.setFont("Helvetica", size)
            canvas.setFillColorRGB(*colour)
            canvas.translate(60, 760 - 220 * rank)
            if turned:
                canvas.rotate(-90)
            for number, line in enumerate(lines):
                canvas.drawString(0, -1.6 * size * number, line)
        elif kind == "panel":
            colour, alpha, high = how
            canvas.setFillColorRGB(*colour, alpha=alpha)
            canvas.rect(40, 780 - 220 * rank - high, 400, high, stroke=0, fill=1)
        elif kind == "scan":
            picture = made.sheet(blackened=how[0]).convert("RGB")
            canvas.drawImage(ImageReader(picture), 0, 0, *made.SIZE)
        else:
            small = grain((how[1], how[1]), 60) if how[1] else PHOTOGRAPH
            canvas.drawImage(ImageReader(small), 350, 20, how[0], how[0])
        canvas.restoreState()


def _planned(pages: list[Any], content: bytes) -> Iterator[PlannedPage]:
    number = 1
    for index, ((_pieces, boxes), page) in enumerate(zip(pages, pages_of(content), strict=True)):
        marks = list(marks_for(page, SECRETS, number))
        for x, y, wide, high in boxes:
            box = Box(x, y, min(x + wide, page.width), min(y + high, page.height))
            marks.append(PlannedMark(number + len(marks), box, "TP-16", "box"))
        number += len(marks)
        yield PlannedPage("a", index, page, tuple(marks))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8
)
@given(pages=PAGES)
@example(
    pages=[([("lines", ["home the of home Harry", "the class"], (0.1, 0.2, 0.5), 11, True)], [])]
)
@example(pages=[([("lines", ["home the of home Harry"], (0, 0, 0), 6, True)], [])])
@example(pages=[([("lines", ["the class went Harry", "at home"], (0.9, 0.9, 0.9), 6, True)], [])])
@example(pages=[([("lines", ["Friday the class of Harry"], (0.85, 0.85, 0.85), 24, False)], [])])
@example(pages=[([("lines", ["seven home Harry", "on Friday"], (0.9, 0.8, 0.6), 6, False)], [])])
@example(pages=[([("photograph", 120, 40)], [])])
@example(pages=[([("photograph", 56, 40)], [])])
@example(pages=[([("photograph", 61, 40)], [])])
def test_a_bundle_of_whatever_pages_and_marks_gives_no_alarm(inspector, pages):
    content = drawn(*(lambda canvas, each=each: _draw(canvas, each[0]) for each in pages))
    plan = BundlePlan("SAR-2026-014", tuple(_planned(pages, content)), front=FRONT)
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as nearby:
        nearby.setattr(bundle, "Crew", NearbyCrew)
        bundle.build(plan, {"a": content}.__getitem__, out, workers=1)
    assert inspector.inspect("bundle.pdf", out.getvalue()).leaks == ()


@pytest.mark.parametrize("turn", [0, 270])
@pytest.mark.parametrize("gone", ["Quibblethorpe", "Friday"])
def test_of_pale_words_over_a_scan_only_the_one_that_is_painted_out_is_told(inspector, turn, gone):
    words, face = ["Friday", "seven", "Quibblethorpe", "the", "class", "went", "home"], lato(26)
    sheet, places = Image.new("L", (1240, 1240), 255), []
    for rank, word in enumerate(words):
        place = (100, 100 + 60 * rank, 104 + round(face.getlength(word)), 134 + 60 * rank)
        places.append(place)
        ImageDraw.Draw(sheet).text(place[:2], word, 225, font=face)
        if word == gone:
            ImageDraw.Draw(sheet).rectangle(place, fill=255)

    def page(canvas: Any) -> None:
        if turn:
            canvas.translate(595.2, 0)
            canvas.rotate(90)
        canvas.drawImage(ImageReader(sheet), 0, 0, 595.2, 595.2)
        for word, (left, _top, right, bottom) in zip(words, places, strict=True):
            text = canvas.beginText(left * 0.48, 595.2 - (bottom - 7) * 0.48)
            text.setTextRenderMode(3)
            text.setFont("Helvetica", 12)
            wide = canvas.stringWidth(word, "Helvetica", 12)
            text.setHorizScale(100 * (right - left) * 0.48 / wide)
            text.textOut(word)
            canvas.drawText(text)

    (leak,) = inspector.inspect("scan.pdf", drawn(page, size=(595.2, 595.2))).leaks
    assert (leak.kind, leak.text) == ("scan-layer", gone)
