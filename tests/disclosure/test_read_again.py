"""A page that is read again while somebody reviews it never gets a mark beside what was meant."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import select

from dpdesk.disclosure.cautions import cautions
from dpdesk.disclosure.suggested import PlaceState
from dpdesk.documents.pages import Box
from dpdesk.documents.read_words import ReadWord, WordsRead
from dpdesk.documents.records import PageReading
from dpdesk.errors import DpdeskError
from dpdesk.store.tables import utc_text
from tests.builders import a_request

NAME = "Quillfeather"
FIRST = ("Robin", "sat", "beside", NAME, "in", "class")
BETTER = ("Note", "Robin", "Example", "sat", "beside", NAME, "in", "class")


@pytest.fixture
def entry(desk):
    desk.people.people.save({"kind": "pupil", "surname": NAME, "forename": "Bud"})
    return a_request(desk)


@pytest.fixture
def scan(desk, entry) -> int:
    sheet = io.BytesIO()
    Image.new("L", (900, 300), 250).save(sheet, "PNG", dpi=(100, 100))
    document = desk.documents.add("requests", entry.id, "scan.png", sheet.getvalue()).id
    read_as(desk, document, FIRST)
    return document


def read_as(desk, document: int, texts: tuple[str, ...]) -> None:
    """Lets the page be read as these words, each at a place of its own."""
    words = tuple(
        ReadWord(text, Box(20 + 70 * place, 40, 80 + 70 * place, 52), 95)
        for place, text in enumerate(texts)
    )
    with desk.workspace.database.changing() as change:
        row = change.session.scalar(select(PageReading).where(PageReading.document_id == document))
        if row is None:
            row = PageReading(document_id=document, number=0)
            change.session.add(row)
        row.words, row.word_count = WordsRead(words).pack(), len(words)
        row.read_at = utc_text(change.at)


def marked_words(desk, document: int) -> list[str]:
    return [mark.words for mark in desk.disclosure.review.marks(document, 0)]


def test_what_was_found_before_the_page_was_read_again_is_not_marked_elsewhere(desk, entry, scan):
    review = desk.disclosure.review
    found = review.find("requests", entry.id, NAME)
    read_as(desk, scan, BETTER)
    with pytest.raises(DpdeskError, match="read again"):
        review.mark_found(found, "TP-16")
    assert marked_words(desk, scan) == []
    review.mark_found(review.find("requests", entry.id, NAME), "TP-16")
    assert marked_words(desk, scan) == [NAME]


@pytest.mark.parametrize("again", [BETTER, ("Robin",)])
def test_what_was_proposed_before_the_page_was_read_again_is_not_marked_elsewhere(
    desk, entry, scan, again
):
    suggestions = desk.disclosure.suggestions
    (place,) = suggestions.seek(entry.id).open
    assert place.candidate.text == NAME
    read_as(desk, scan, again)
    with pytest.raises(DpdeskError, match="read again"):
        suggestions.accept(entry.id, [place])
    assert marked_words(desk, scan) == []


def test_a_mark_on_another_word_is_not_taken_for_one_on_the_name(desk, entry, scan):
    suggestions, review = desk.disclosure.suggestions, desk.disclosure.review
    suggestions.seek(entry.id)
    read_as(desk, scan, BETTER)
    page = desk.documents.searchable(scan, 0)
    review.mark_words(scan, 0, [3], "TP-16", seen=page)
    assert marked_words(desk, scan) == ["sat"]
    place, *_ = (p for p in suggestions.look(entry.id).places if p.candidate.text == NAME)
    assert place.state is PlaceState.OPEN


def test_a_word_that_is_pointed_at_is_the_word_that_is_marked(desk, scan):
    review = desk.disclosure.review
    page = desk.documents.searchable(scan, 0)
    at = next(number for number, word in enumerate(page.words) if word.text == NAME)
    read_as(desk, scan, BETTER)
    with pytest.raises(DpdeskError, match="read again"):
        review.mark_words(scan, 0, [at], "TP-16", seen=page)
    assert marked_words(desk, scan) == []


def test_a_page_that_was_read_in_part_is_told_before_it_is_released(desk, entry, scan):
    def told() -> list[str]:
        pages = desk.disclosure.review.pages("requests", entry.id)
        documents = desk.documents.of_entry("requests", entry.id)
        return [caution.text for caution in cautions(documents, pages)]

    assert told() == []
    with desk.workspace.database.changing() as change:
        change.session.scalar(select(PageReading)).unread = 1
    assert told()[0].startswith("Document 1: Not all that is written on page 1 could be read")
    desk.disclosure.review.withhold([(scan, 0)], "TP-16")
    assert told() == []
