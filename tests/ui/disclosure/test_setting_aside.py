"""Sorting the documents, setting aside by key, and what was seen before, in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.disclosure.mails import BOB, a_mail

TEXT = "Robin Example did not come to the trip on Friday and nobody at home knew where he was then."


@pytest.fixture
def mails(open_bench):
    """The workbench of a request with two more messages, the second with the first in it."""
    bench = open_bench()
    one = a_mail("Trip", TEXT, number="a@x")
    two = a_mail(
        "Re: Trip", f"I rang his aunt.\n\nAnn wrote:\n> {TEXT}", sender=BOB, number="b@x",
        answers=("a@x",), hour=10,
    )  # fmt: skip
    entry = bench.page.entry_id
    for name, content in (("1.eml", one), ("2.eml", two)):
        bench.desk.documents.add("requests", entry, name, content)
    bench = open_bench()
    bench.rest()
    return bench


def _sorting(bench):
    bench.press("D")
    bench.rest()
    return bench.page.sort


def test_one_key_sets_a_document_aside_and_goes_on_and_one_takes_it_back(bench):
    document = bench.sitting.now.document_id
    bench.seen()
    bench.press("X")
    assert bench.sitting.now.document_id != document
    assert len(bench.sitting.pages) == 3
    assert bench.page.banner.isVisible()
    bench.press("Ctrl+Z")
    assert len(bench.sitting.pages) == 6
    assert bench.sitting.now.document_id == document


def test_a_single_page_is_set_aside_and_the_next_one_is_looked_at(bench):
    bench.seen()
    key = bench.sitting.now
    bench.qtbot.keyClick(bench.page.viewer, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert (bench.sitting.now.document_id, bench.sitting.now.page) == (key.document_id, 1)
    assert bench.number == 1


def test_the_list_names_threads_copies_and_how_often_the_person_is_named(mails):
    sort = _sorting(mails)
    rows = [sort.documents._words(each) for each in sort.documents.looked.documents]
    assert [row[6] for row in rows[-2:]] == ["4 (2)", "4 (2)"]
    assert rows[-2][7].startswith("All of it in document 5")
    assert [row[5] for row in rows[-2:]] == ["1", "1"]
    assert sort.documents.counts()["proposed"] == 1


def test_on_the_screen_of_an_office_the_examples_in_its_fields_are_read_whole(mails):
    sort = _sorting(mails)
    mails.page.window().resize(1366, 690)
    mails.rest()
    for field in (sort.sought, sort.since, sort.until, sort.note):
        wanted = field.fontMetrics().horizontalAdvance(field.placeholderText())
        assert wanted + 24 < field.width(), field.placeholderText()
    # Without the padding of lists, headings stand over what Qt itself draws in the cells.
    head = sort.table.horizontalHeader()
    words = head.fontMetrics().horizontalAdvance("No.")
    assert head.sectionSizeFromContents(0).width() < words + 18


def test_what_is_proposed_is_left_out_at_a_press_and_can_be_taken_back(mails):
    sort = _sorting(mails)
    before = len(mails.sitting.pages)
    sort.leave_out.click()
    mails.rest()
    assert len(mails.sitting.pages) == before - 1
    assert "set aside: copy of another document" in mails.said()
    sort.chips.chosen.emit("proposed")
    assert sort.said.text().endswith("There are none left in this list.")
    sort.chips.chosen.emit("aside")
    assert not sort.said.text().endswith("There are none left in this list.")
    assert [each.number for each in sort.documents.rows] == [4]
    mails.qtbot.keyClick(sort.table, Qt.Key.Key_U)
    mails.rest()
    assert len(mails.sitting.pages) == before


def test_the_keyboard_stays_in_the_list_after_the_repeated_ones_are_left_out(mails):
    sort = _sorting(mails)
    sort.leave_out.setFocus()
    sort.leave_out.click()
    mails.rest()
    assert not sort.leave_out.isVisible()
    assert sort.window().focusWidget() is sort.table


def test_another_order_keeps_how_often_the_person_is_named(mails):
    sort = _sorting(mails)
    before = {each.card.id: each.named for each in sort.documents.looked.documents}
    sort.arrange("date")
    mails.rest()
    after = {each.card.id: each.named for each in sort.documents.looked.documents}
    assert any(before.values())
    assert after == before


def test_ticked_documents_go_together_with_their_note(mails):
    sort = _sorting(mails)
    sort.table.setCurrentIndex(sort.documents.index(3, 0))
    sort._tick_like("thread")
    assert [each.number for each in sort.documents.ticked()] == [4, 5]
    sort.note.setText("Only about the trip.")
    sort.set_aside("dates")
    mails.rest()
    notes = mails.desk.disclosure.asides.of_entry(mails.page.entry_id).whole.values()
    assert [(note.reason, note.note) for note in notes] == [("dates", "Only about the trip.")] * 2
    assert sort.documents.ticked() == ()


def test_space_ticks_every_selected_row_and_again_takes_the_ticks_away(mails):
    sort = _sorting(mails)
    sort.table.selectAll()
    mails.qtbot.keyClick(sort.table, Qt.Key.Key_Space)
    assert len(sort.documents.ticked()) == 5
    mails.qtbot.keyClick(sort.table, Qt.Key.Key_Space)
    assert sort.documents.ticked() == ()


def test_dates_that_were_asked_for_find_what_lies_outside(mails):
    sort = _sorting(mails)
    sort.since.setText("1 December 2026")
    sort.since.editingFinished.emit()
    assert sort.documents.counts()["dates"] == 2
    sort.since.setText("never")
    sort.since.editingFinished.emit()
    assert sort.documents.counts()["dates"] == 2


def test_the_order_by_thread_is_that_of_the_bundle_and_can_be_undone(mails):
    sort = _sorting(mails)
    entry = mails.page.entry_id
    before = [card.id for card in mails.desk.documents.of_entry("requests", entry)]
    sort.arrange("thread")
    mails.rest()
    after = [card.id for card in mails.desk.documents.of_entry("requests", entry)]
    assert after[:2] == before[-2:]
    mails.noted.undo()
    mails.rest()
    assert [card.id for card in mails.desk.documents.of_entry("requests", entry)] == before


def test_quoted_words_are_pale_with_the_page_where_they_stood_and_plain_at_a_key(mails):
    mails.sitting.go_to(8)
    mails.until(mails.page.seen.here)
    seen = mails.page.viewer.shown.seen
    assert [place.label for place in seen if place.label] == ["seen on\npage 7"]
    assert "stand on page 7 too" in mails.page.marks.seen.text()
    mails.press("F")
    assert mails.page.viewer.shown.seen == ()
    mails.press("F")
    assert mails.page.viewer.shown.seen == seen


def test_once_the_first_message_is_set_aside_nothing_was_seen_before(mails):
    mails.sitting.go_to(7)
    mails.seen()
    mails.press("X")
    mails.rest()
    assert mails.number == 7
    assert mails.page.viewer.shown.seen == ()


def test_the_page_shows_where_the_person_is_named(mails):
    mails.sitting.go_to(7)
    mails.until(lambda: mails.page.viewer.shown.named)
    assert "The person is named here once." in mails.page.marks.seen.text()


def test_with_every_document_set_aside_the_list_is_what_is_left(mails):
    sort = _sorting(mails)
    sort.documents.tick(sort.documents.rows)
    sort.set_aside()
    mails.rest()
    assert mails.sitting.now is None
    mails.page.sitting.undo()
    assert len(mails.sitting.pages) == 8


def test_what_cannot_be_is_said_where_one_is(mails):
    sort = _sorting(mails)
    sort.table.setCurrentIndex(sort.documents.index(0, 0))
    sort.set_aside("copy", sort.documents.rows[0].card.id)
    mails.rest()
    assert sort.banner.isVisible()
    assert len(mails.sitting.pages) == 8


def test_undo_in_the_list_shows_at_once_what_came_back(mails):
    sort = _sorting(mails)
    sort.table.setCurrentIndex(sort.documents.index(1, 0))
    sort.set_aside()
    mails.rest()
    assert sort.documents.looked.documents[1].aside is not None
    mails.page.undo()
    mails.rest()
    assert sort.documents.looked.documents[1].aside is None
