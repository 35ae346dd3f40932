"""Files redacted badly in every way that was thought of: each is told, with its page and kind."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary

from tests.inspection import office_attacks, pdf_attacks, pdf_burials, word_attacks

NAME = "muster"


def _told(inspector, content, kinds, page, name="a.pdf"):
    found = inspector.inspect(name, content)
    return [leak for leak in found.leaks if leak.kind in kinds and leak.page == page], found.leaks


@pytest.mark.parametrize("name", pdf_attacks.COVERED)
def test_words_under_anything_are_told_on_their_page(inspector, name):
    make, kinds = pdf_attacks.COVERED[name]
    told, everything = _told(inspector, make(), kinds, 2)
    assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", pdf_attacks.UNSEEN)
def test_words_that_nobody_sees_are_told_on_their_page(inspector, name):
    make, kinds = pdf_attacks.UNSEEN[name]
    told, everything = _told(inspector, make(), kinds, 2)
    assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", pdf_burials.BURIED)
def test_what_lies_beside_the_pages_is_told(inspector, name):
    make, kinds, page = pdf_burials.BURIED[name]
    told, everything = _told(inspector, make(), kinds, page)
    assert told, everything
    if name not in pdf_burials.NOT_WORDS:
        assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", office_attacks.BOOKS)
def test_what_a_workbook_still_holds_is_told_with_its_sheet(inspector, name):
    make, kind, sheet = office_attacks.BOOKS[name]
    told, everything = _told(inspector, make(), {kind}, sheet, "a.xlsx")
    assert told, everything
    if name not in office_attacks.NOT_WORDS:
        assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", office_attacks.SHOWS)
def test_what_a_presentation_still_holds_is_told_with_its_slide(inspector, name):
    make, kind, slide = office_attacks.SHOWS[name]
    told, everything = _told(inspector, make(), {kind}, slide, "a.pptx")
    assert told, everything
    if name not in office_attacks.NOT_WORDS:
        assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", office_attacks.CLEAN_BOOKS)
def test_an_ordinary_workbook_gives_no_alarm(inspector, name):
    assert inspector.inspect("a.xlsx", office_attacks.CLEAN_BOOKS[name]()).leaks == ()


@pytest.mark.parametrize("name", office_attacks.CLEAN_SHOWS)
def test_an_ordinary_presentation_gives_no_alarm(inspector, name):
    assert inspector.inspect("a.pptx", office_attacks.CLEAN_SHOWS[name]()).leaks == ()


@pytest.mark.parametrize("name", word_attacks.WORDS)
def test_what_a_word_file_still_holds_is_told(inspector, name):
    make, kind = word_attacks.WORDS[name]
    told, everything = _told(inspector, make(), {kind}, 0, "a.docx")
    assert told, everything
    if name not in word_attacks.NOT_WORDS and kind != "drawn-bar":
        assert NAME in " ".join(leak.text for leak in told).casefold(), everything


@pytest.mark.parametrize("name", word_attacks.CLEAN)
def test_an_ordinary_word_file_gives_no_alarm(inspector, name):
    assert inspector.inspect("a.docx", word_attacks.CLEAN[name]()).leaks == ()


def test_where_it_is_found_is_called_as_the_file_calls_it(inspector):
    book = inspector.inspect("a.xlsx", office_attacks.BOOKS["hidden row"][0]())
    show = inspector.inspect("a.pptx", office_attacks.SHOWS["black bar"][0]())
    assert [book.where(leak) for leak in book.leaks] == ["Sheet 2"]
    assert [show.where(leak) for leak in show.leaks] == ["Slide 2"]
    assert (book.pages, show.pages) == (3, 3)


def test_a_bar_drawn_over_one_that_is_in_the_picture_already_is_no_leak(inspector):
    """As in a bundle, whose pictures are black below its bars but for their soft edges."""
    picture = pdf_burials.sheet(black=True)
    picture.paste(250, (400, 225, 404, 265))
    content = pdf_burials.scan(picture, then=pdf_burials.BAR_ON_SCAN)
    assert inspector.inspect("a.pdf", content).leaks == ()


def test_the_parts_of_a_file_are_told_in_the_same_order_each_time(inspector):
    """Whatever order the keys of a dictionary come in, which differs from start to start."""
    names = [f"{name} Muster" for name in "Anton Berta Cäsar Dora Emil Fritz Gustav Heinz".split()]

    def noted(opened):
        keys = {f"/Own{rank}": name for rank, name in enumerate(names)}
        opened.Root["/PieceInfo"] = Dictionary(Own=Dictionary(Private=Dictionary(keys)))

    (leak,) = inspector.inspect("a.pdf", pdf_attacks.changed(noted)).leaks
    assert leak.text == "; ".join(names)
