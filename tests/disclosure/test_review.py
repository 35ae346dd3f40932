"""Marks, looked-at pages and pages held back, as the workbench stores them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dpdesk.disclosure import planning
from dpdesk.disclosure.records import PageReview
from dpdesk.documents.pages import Box
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.exemptions import reasons
from dpdesk.registers.entries import Entry
from tests.builders import a_pdf, a_request


@pytest.fixture
def entry(desk) -> Entry:
    return a_request(desk)


@pytest.fixture
def documents(desk, entry) -> tuple[int, int]:
    one = a_pdf("Robin met Sam Other\nand Kim Other today", "Sam Other again")
    two = a_pdf("Kim wrote to Sam Other")
    return (
        desk.documents.add("requests", entry.id, "one.pdf", one).id,
        desk.documents.add("requests", entry.id, "two.pdf", two).id,
    )


@pytest.fixture
def codes() -> tuple[str, str]:
    """Two reasons for which words may be removed."""
    first, second = [each.code for each in reasons() if each.redacts][:2]
    return first, second


def _numbers(desk, entry) -> list[int]:
    """The numbers on screen, page by page."""
    return [
        mark.number
        for page in desk.disclosure.review.pages("requests", entry.id)
        if not page.withheld
        for mark in desk.disclosure.review.marks(page.document_id, page.page)
    ]


def _scheduled(desk, entry) -> list[int]:
    planned = planning.plan(desk.workspace.database, "requests", entry.id)
    return [each.number for each in planned.removed]


def test_pages_are_counted_over_all_documents_in_their_order(desk, entry, documents):
    pages = desk.disclosure.review.pages("requests", entry.id)
    assert [(p.number, p.document_id, p.page) for p in pages] == [
        (1, documents[0], 0), (2, documents[0], 1), (3, documents[1], 0),
    ]  # fmt: skip
    desk.documents.move(documents[1], 0)
    assert [p.document_id for p in desk.disclosure.review.pages("requests", entry.id)] == [
        documents[1], documents[0], documents[0],
    ]  # fmt: skip
    desk.documents.remove(documents[0])
    assert len(desk.disclosure.review.pages("requests", entry.id)) == 1


def test_find_and_mark_all_marks_every_place_once(desk, entry, documents, codes):
    found = desk.disclosure.review.find("requests", entry.id, "sam other")
    assert [(each.number, each.finding.text) for each in found] == [
        (1, "Sam Other"), (2, "Sam Other"), (3, "Sam Other"),
    ]  # fmt: skip
    done = desk.disclosure.review.mark_found(found, codes[0])
    assert len(done.made) == 3
    assert desk.disclosure.review.mark_found(found, codes[0]).made == ()
    again = desk.disclosure.review.find("requests", entry.id, "sam other")
    assert all(each.marked for each in again)
    (mark,) = desk.disclosure.review.marks(documents[1], 0)
    assert (mark.words, mark.origin, mark.code) == ("Sam Other", "found by searching", codes[0])
    assert mark.made_by == "Dana Pryce"


def test_a_name_over_two_lines_is_one_place_and_two_marks(desk, entry, codes):
    content = a_pdf("it was Robin\nExample and Robin Example again")
    desk.documents.add("requests", entry.id, "two lines.pdf", content)
    found = desk.disclosure.review.find("requests", entry.id, "Robin Example")
    done = desk.disclosure.review.mark_found(found, codes[0])
    assert (len(found), done.places, len(done.made)) == (2, 2, 3)
    assert done.label == "Mark 2 places"


def test_a_name_over_two_pages_is_marked_on_both(desk, entry, codes):
    content = a_pdf("and then it was Robin", "Example who left")
    document = desk.documents.add("requests", entry.id, "two pages.pdf", content).id
    found = desk.disclosure.review.find("requests", entry.id, "Robin Example")
    assert [(each.number, each.finding.text) for each in found] == [(1, "Robin"), (2, "Example")]
    desk.disclosure.review.mark_found(found, codes[0])
    marks = [mark.words for page in (0, 1) for mark in desk.disclosure.review.marks(document, page)]
    assert marks == ["Robin", "Example"]
    assert all(
        each.marked for each in desk.disclosure.review.find("requests", entry.id, "Robin Example")
    )


def test_the_last_page_of_one_document_and_the_first_of_another_make_no_name(desk, entry):
    for name, words in (("one.pdf", "it was Robin"), ("two.pdf", "Example who left")):
        desk.documents.add("requests", entry.id, name, a_pdf(words))
    assert desk.disclosure.review.find("requests", entry.id, "Robin Example") == ()


def test_the_numbers_on_screen_are_those_of_the_schedule(desk, entry, documents, codes):
    for words in ("kim", "sam other", "robin"):
        desk.disclosure.review.mark_found(
            desk.disclosure.review.find("requests", entry.id, words), codes[0]
        )
    assert _numbers(desk, entry) == _scheduled(desk, entry) == [1, 2, 3, 4, 5, 6]
    desk.disclosure.review.withhold([(documents[0], 1)], codes[1])
    assert _scheduled(desk, entry) == [1, 2, 3, 4, 5, 6]
    assert _numbers(desk, entry) == [1, 2, 3, 5, 6], "the page held back has number 4"
    marks = desk.disclosure.review.marks(documents[0], 0)
    assert [mark.words for mark in marks] == ["Robin", "Sam Other", "Kim"]


def test_undo_and_redo_lose_nothing(desk, entry, documents, codes):
    done = desk.disclosure.review.mark_found(
        desk.disclosure.review.find("requests", entry.id, "kim"), codes[0]
    )
    undone = desk.disclosure.review.undo(done)
    assert _numbers(desk, entry) == []
    redone = desk.disclosure.review.undo(undone)
    assert _numbers(desk, entry) == [1, 2]
    assert set(redone.removed) == set()
    removed = desk.disclosure.review.remove(done.made)
    assert _numbers(desk, entry) == []
    desk.disclosure.review.undo(removed)
    ids = [m.id for d in documents for m in desk.disclosure.review.marks(d, 0)]
    assert sorted(ids) == sorted(done.made)


def test_undoing_a_removal_does_not_bring_back_what_was_removed_before(
    desk, entry, documents, codes
):
    one, two = desk.disclosure.review.mark_found(
        desk.disclosure.review.find("requests", entry.id, "kim"), codes[0]
    ).made
    desk.disclosure.review.remove([one])
    both = desk.disclosure.review.remove([one, two])
    assert both.removed == (two,)
    desk.disclosure.review.undo(both)
    assert [m.id for d in documents for m in desk.disclosure.review.marks(d, 0)] == [two]


def test_another_reason_replaces_the_mark_and_can_be_undone(desk, documents, codes):
    done = desk.disclosure.review.mark_box(
        documents[0], 0, Box(70, 60, 200, 90), codes[0], note="a hint"
    )
    changed = desk.disclosure.review.change_code(done.made, codes[1])
    (mark,) = desk.disclosure.review.marks(documents[0], 0)
    assert (mark.code, mark.note, mark.box) == (codes[1], "a hint", Box(70, 60, 200, 90))
    desk.disclosure.review.undo(changed)
    assert [m.code for m in desk.disclosure.review.marks(documents[0], 0)] == [codes[0]]


def test_a_reason_is_kept_as_it_stands_in_the_list_however_it_is_typed(desk, documents, codes):
    typed = codes[0].lower().replace("-", " ")
    desk.disclosure.review.mark_box(documents[0], 0, Box(70, 60, 200, 90), typed)
    assert desk.disclosure.review.marks(documents[0], 0)[0].code == codes[0]


def test_what_is_no_reason_to_remove_is_refused(desk, documents):
    warning = next(each.code for each in reasons() if not each.redacts)
    for work in (
        lambda code: desk.disclosure.review.mark_box(documents[0], 0, Box(70, 60, 200, 90), code),
        lambda code: desk.disclosure.review.mark_words(documents[0], 0, [0], code),
        lambda code: desk.disclosure.review.withhold([(documents[0], 0)], code),
    ):
        with pytest.raises(NotFound):
            work("NO-SUCH-CODE")
        with pytest.raises(DpdeskError, match="not a reason to remove"):
            work(warning)
    assert desk.disclosure.review.marks(documents[0], 0) == ()


def test_marks_that_cannot_be_are_refused(desk, documents, codes):
    with pytest.raises(DpdeskError, match="outside the page"):
        desk.disclosure.review.mark_box(documents[0], 0, Box(700, 60, 900, 90), codes[0])
    with pytest.raises(NotFound, match="page 9"):
        desk.disclosure.review.mark_box(documents[0], 8, Box(70, 60, 200, 90), codes[0])
    with pytest.raises(NotFound, match="no such word"):
        desk.disclosure.review.mark_words(documents[0], 0, [4711], codes[0])
    with pytest.raises(NotFound, match="kind of mark"):
        desk.disclosure.review.mark_box(
            documents[0], 0, Box(70, 60, 200, 90), codes[0], kind="circle"
        )
    with pytest.raises(NotFound):
        desk.disclosure.review.remove([4711])


def test_words_that_were_not_chosen_stay_although_they_stand_between(desk, documents, codes):
    desk.disclosure.review.mark_words(documents[0], 0, [0, 2], codes[0])
    marks = desk.disclosure.review.marks(documents[0], 0)
    assert [mark.words for mark in marks] == ["Robin", "Sam"]
    met = desk.documents.page(documents[0], 0).words[1].box
    assert not any(mark.box.intersects(met) for mark in marks)


def test_a_box_is_cut_at_the_edge_of_the_page_and_names_what_lies_under_it(desk, documents, codes):
    page = desk.documents.page(documents[0], 0)
    desk.disclosure.review.mark_box(documents[0], 0, Box(-50, -50, 5000, 5000), codes[0])
    (mark,) = desk.disclosure.review.marks(documents[0], 0)
    assert mark.box == Box(0, 0, page.width, page.height)
    assert mark.words == "Robin met Sam Other and Kim Other today"


# --- looked at ------------------------------------------------------------------------------------


def _second(desk, entry) -> list[bool]:
    return [page.second for page in desk.disclosure.review.pages("requests", entry.id)]


def test_progress_counts_what_was_looked_at(desk, entry, documents, codes):
    desk.disclosure.review.set_reviewed(documents[0], 0)
    desk.disclosure.review.set_reviewed(documents[0], 1, second=True)
    desk.disclosure.review.withhold([(documents[1], 0)], codes[0])
    desk.disclosure.review.mark_words(documents[0], 0, [0], codes[0])
    progress = desk.disclosure.review.progress("requests", entry.id)
    assert (progress.pages, progress.reviewed, progress.second) == (3, 1, 1)
    assert (progress.marks, progress.withheld) == (1, 1)
    desk.disclosure.review.set_reviewed(documents[0], 0, reviewed=False)
    assert desk.disclosure.review.progress("requests", entry.id).reviewed == 0


def test_every_change_of_what_will_be_seen_asks_for_the_second_look_again(
    desk, entry, documents, codes
):
    document = documents[0]

    def looked() -> None:
        desk.disclosure.review.set_reviewed(document, 0, second=True)
        assert _second(desk, entry)[0]

    looked()
    done = desk.disclosure.review.mark_words(document, 0, [0], codes[0])
    assert not _second(desk, entry)[0]
    looked()
    removed = desk.disclosure.review.remove(done.made)
    assert not _second(desk, entry)[0]
    looked()
    desk.disclosure.review.undo(removed)
    assert not _second(desk, entry)[0]
    looked()
    held = desk.disclosure.review.withhold([(document, 0)], codes[0])
    assert not _second(desk, entry)[0]
    looked()
    desk.disclosure.review.undo(held)
    assert not _second(desk, entry)[0]


def test_a_page_that_is_not_there_cannot_be_looked_at(desk, documents):
    for document, page in ((documents[0], 8), (4711, 0)):
        with pytest.raises(NotFound):
            desk.disclosure.review.set_reviewed(document, page)
    with desk.workspace.database.reading() as session:
        assert session.scalars(select(PageReview)).all() == []


def test_everything_done_in_the_workbench_is_in_the_history(desk, entry, documents, codes):
    before = desk.check().history_rows
    desk.disclosure.review.set_reviewed(documents[0], 0)
    desk.disclosure.review.set_reviewed(documents[0], 0)
    done = desk.disclosure.review.mark_words(documents[0], 0, [0], codes[0])
    desk.disclosure.review.remove(done.made)
    desk.disclosure.review.remove(done.made)
    held = desk.disclosure.review.withhold([(documents[0], 0)], codes[0])
    desk.disclosure.review.undo(held)
    desk.disclosure.review.withhold([(documents[0], 0)], "")
    assert desk.check().history_rows == before + 5
    assert desk.check().problems == ()
