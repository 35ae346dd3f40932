"""Presentations: a page for each slide, and what a show does not show."""

from __future__ import annotations

import pytest

from dpdesk.documents import pdf, slide_pages, words
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits
from tests.documents.office_makers import SPACES, pptx, shape

pytestmark = pytest.mark.usefixtures("qapp")


def read(content: bytes) -> tuple[list[str], Normal]:
    made = slide_pages.pptx(content, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    pages = [words.read_page(document, number).text() for number in range(len(document))]
    document.close()
    return [" ".join(page.split()) for page in pages], made


def test_each_slide_is_a_page_and_its_title_comes_first() -> None:
    table = (
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr/></p:nvGraphicFramePr><a:graphic>"
        "<a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>in a cell</a:t></a:r></a:p>"
        "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    group = f"<p:grpSp><p:nvGrpSpPr/>{shape('in a group')}</p:grpSp>"
    one = shape("below") + shape("Concerns", kind="title") + table + group
    pages, made = read(pptx(one, shape("second")))
    assert pages == ["Slide 1 Concerns below in a cell in a group", "Slide 2 second"]
    assert len(made.warnings) == 1


def test_notes_hidden_slides_and_what_lies_beside_come_after_the_show() -> None:
    notes = (
        f"<p:notes {SPACES}><p:cSld><p:spTree>{shape('3', kind='sldNum')}"
        f"{shape('do not say this', kind='body')}</p:spTree></p:cSld></p:notes>"
    )
    content = pptx(
        shape("seen") + shape("beside it", at=(9500, 10)) + shape("off", about='hidden="1"'),
        shape("left out"),
        shows={2: "0"},
        told={1: {"n": ("notesSlide", "../notesSlides/notesSlide1.xml")}},
        parts={"ppt/notesSlides/notesSlide1.xml": notes},
    )
    pages, made = read(content)
    assert pages[0] == "Slide 1 seen"
    rest = " ".join(pages[1:])
    assert "1 hidden slide Slide 2 left out" in rest
    assert "Text beside 1 slide Slide 1 beside it" in rest
    assert "1 passage of hidden text Slide 1 off" in rest
    assert "Speaker notes on 1 slide Slide 1 do not say this" in rest
    assert "3" not in rest.split("do not say this")[1]
    assert "speaker notes on 1 slide" in made.warnings[1]


def test_comments_of_both_kinds_are_shown() -> None:
    old = (
        f'<p:cmLst {SPACES}><p:cm authorId="0" dt="2026-05-03T10:00:00"><p:text>older</p:text>'
        "</p:cm></p:cmLst>"
    )
    new = (
        '<x:cmLst xmlns:x="new" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<x:cm><x:txBody><a:p><a:r><a:t>newer</a:t></a:r></a:p></x:txBody></x:cm></x:cmLst>"
    )
    content = pptx(
        shape("seen"),
        told={
            1: {"c": ("comments", "../comments/c1.xml"), "d": ("comments", "../comments/c2.xml")}
        },
        parts={"ppt/comments/c1.xml": old, "ppt/comments/c2.xml": new},
    )
    pages, _made = read(content)
    assert "2 comments" in pages[1]
    assert "older" in pages[1]
    assert "newer" in pages[1]


def test_what_stands_on_every_slide_is_told_once() -> None:
    shapes = shape("Oak School") + shape("Click", kind="body")
    tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
    layout = f"<p:sldLayout {SPACES}>{tree}</p:sldLayout>"
    related = {"l": ("slideLayout", "../slideLayouts/slideLayout1.xml")}
    parts = {"ppt/slideLayouts/slideLayout1.xml": layout}
    pages, _made = read(pptx(shape("a"), shape("b"), told={1: related, 2: related}, parts=parts))
    assert " ".join(pages).count("Oak School") == 1
    assert "Click" not in " ".join(pages)


def test_data_that_a_program_stored_beside_the_slides_is_told() -> None:
    parts = {"customXml/item1.xml": "<pupils><p name='Ada'>was excluded</p> later</pupils>"}
    pages, made = read(pptx(shape("seen"), parts=parts))
    assert "1 part of stored data Ada was excluded later" in pages[-1]
    assert "1 part of stored data" in made.warnings[1]
