"""The page of an entry: saving, leaving, drafts, by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.kit.around import Noted
from tests.ui.kit.entry_pages import CTRL, KEY, line, write
from tests.ui.kit.invented import Umbrellas
from tests.ui.walk import assert_walkable
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.entry_page import EntryPage


def test_it_shows_where_the_entry_stands(page: EntryPage):
    assert page.head.reference.text() == "UM-2026-001"
    assert page.head.title.text() == "Black, with a broken rib"
    assert page.head.state.badge is not None
    assert page.head.state.badge.text == "To return"
    assert page.head.due.badge is not None
    assert page.head.due.badge.text == "2 days overdue"
    assert page.foot.complete.text() == "Nothing missing"
    assert not page.foot.save_button.isEnabled()


def test_stages_say_what_is_done_and_filter_the_questions(page: EntryPage):
    said = [made.accessibleName() for made in page.stages.buttons.values()]
    assert said == ["Logged, done", "Search, done", "Return, now", "Closed, later"]
    page.stages.buttons["return"].click()
    found = page.form.card("found")
    assert found is not None
    assert found.isHidden()
    page.stages.buttons["return"].click()
    assert found.isHidden(), "pressed once more it stays where it is"
    page.stages.all.click()
    assert not found.isHidden()


def test_the_page_asks_which_stages_something_was_done_in(
    service: Umbrellas, surroundings: Surroundings, qtbot
):
    made = EntryPage(service, surroundings, done_of=lambda entry: {"logged"})
    qtbot.addWidget(made)
    made.open(1)
    assert made.stages.buttons["search"].accessibleName() == "Search, nothing recorded yet"
    made.open_new()
    assert made.stages.buttons["logged"].accessibleName() == "Logged, now"


def test_ctrl_s_saves_and_undo_takes_it_back(
    page: EntryPage, service: Umbrellas, noted: Noted, qtbot
):
    write(page, "what", "Black and mended")
    assert page.foot.save_button.isEnabled()
    with qtbot.waitSignal(page.around.bus.changed):
        QTest.keyClick(line(page, "what"), Qt.Key.Key_S, CTRL)
    assert service.load(1).title == "Black and mended"
    assert page.head.title.text() == "Black and mended"
    assert not page.dirty
    assert noted.asked[-1] == ("said", "Saved.", "ok")
    assert noted.undo is not None
    noted.undo()
    assert service.load(1).title == "Black, with a broken rib"
    assert page.head.title.text() == "Black, with a broken rib", "the page follows"


def test_a_wrong_answer_is_explained_beside_it_and_nothing_is_saved(
    page: EntryPage, service: Umbrellas
):
    write(page, "what", " ")
    write(page, "returned", "1 January 2027")
    assert not page.save()
    assert page.form.rows["what"].wrong
    assert "future" in page.form.rows["returned"].error.text()
    assert "2 answers need another look." in page.banner.text.text()
    assert line(page, "what").hasFocus()
    assert line(page, "returned").text() == "1 January 2027"
    assert service.load(1).version == 1
    page.banner.press("Went home on")
    assert line(page, "returned").hasFocus()


def test_what_cannot_be_read_is_never_saved_away(page: EntryPage, service: Umbrellas):
    write(page, "due_on", "next week")
    assert not page.save()
    assert line(page, "due_on").text() == "next week"
    assert service.load(1).values["due_on"] == dt.date(2026, 11, 20)


def test_rules_of_the_register_are_shown_too(page: EntryPage, service: Umbrellas):
    page.open(3)
    write(page, "returned", "20 November 2026")
    assert not page.save()
    assert "cannot have gone home" in page.form.rows["returned"].error.text()


def test_two_savers_nothing_is_lost(page: EntryPage, service: Umbrellas):
    write(page, "what", "Black, mine")
    service.save({"place": "bus"}, 1, 1)
    assert not page.save()
    assert "changed elsewhere" in page.banner.text.text()
    assert line(page, "what").text() == "Black, mine"
    page.banner.press("Keep my changes")
    assert page.form.values()["place"] == "bus"
    assert line(page, "what").text() == "Black, mine"
    assert page.save()
    entry = service.load(1)
    assert (entry.values["what"], entry.values["place"]) == ("Black, mine", "bus")


def test_throwing_mine_away_shows_the_saved_one(page: EntryPage, service: Umbrellas):
    write(page, "what", "Black, mine")
    service.save({"what": "Black, theirs"}, 1, 1)
    page.save()
    page.banner.press("Discard my changes")
    assert line(page, "what").text() == "Black, theirs"
    assert not page.dirty


def test_a_change_elsewhere_is_shown_unless_something_is_typed(page: EntryPage, service: Umbrellas):
    page.around.bus.publish(service.save({"what": "Quite new"}, 1, 1).changes)
    assert line(page, "what").text() == "Quite new"
    write(page, "what", "Typed here")
    page.around.bus.publish(service.save({"what": "Newer"}, 1, 2).changes)
    assert line(page, "what").text() == "Typed here"


def test_what_can_no_longer_be_answered_is_not_missing(page: EntryPage):
    page.open(4)
    assert page.foot.missing.text() == "1 answer missing for the umbrella report"
    (field,) = page.service.missing(page.form.values(), page.entry.id)
    page.form.rows[field.name].set_read_only(True)
    page.show_missing()
    assert page.foot.complete.text() == "Nothing missing"

    page.form.set_read_only(True)
    page.show_missing()
    assert page.foot.missing.isHidden()
    assert page.foot.complete.text() == "", "whether it was complete is asked no more"


def test_what_is_missing_is_named_and_leads_there(page: EntryPage, qtbot):
    page.open(4)
    assert page.foot.missing.text() == "1 answer missing for the umbrella report"
    action = page.foot.missing.menu().actions()[0]
    assert action.text() == "Keep until"
    action.trigger()
    assert line(page, "due_on").hasFocus()
    write(page, "due_on", "1/12/2026")
    qtbot.waitUntil(page.foot.missing.isHidden)


def test_nothing_is_said_to_be_complete_beside_an_answer_that_is_refused(page: EntryPage, qtbot):
    page.open(4)
    write(page, "due_on", "1/12/2026")
    qtbot.waitUntil(page.foot.missing.isHidden)
    write(page, "due_on", "no day")
    page.save()
    assert page.foot.missing.text().startswith("1 answer to put right")
    assert page.foot.complete.text() == ""
    write(page, "due_on", "1/12/2026")
    qtbot.waitUntil(page.foot.missing.isHidden)


def test_a_refused_answer_to_what_is_no_longer_asked_is_not_to_put_right(page: EntryPage):
    page.open(4)

    def answer(marked: str) -> None:
        page.form.rows["marked"].set_value(marked)
        page.form.refresh()

    answer("yes")
    page.form.show_errors({"marks": "Nobody marks an umbrella so."})
    page.show_missing()
    assert "to put right" in page.foot.missing.text()
    answer("no")
    page.show_missing()
    assert "to put right" not in page.foot.missing.text()


def test_leaving_asks_once_and_only_when_something_changed(page: EntryPage, noted: Noted, service):
    assert page.can_leave()
    assert noted.asked == []
    write(page, "what", "Half a")
    noted.answers = ["", "Discard"]
    assert not page.can_leave()
    assert line(page, "what").text() == "Half a"
    assert page.can_leave()
    assert noted.asked == [("choose", "Save your changes to UM-2026-001?")] * 2
    assert page.can_leave(), "thrown away, so not asked again"
    write(page, "what", "Better")
    noted.answers = ["Save"]
    assert page.can_leave()
    assert service.load(1).title == "Better"


def test_a_save_that_fails_keeps_the_user_on_the_page(page: EntryPage, noted: Noted):
    write(page, "what", " ")
    noted.answers = ["Save"]
    assert not page.can_leave()
    assert page.form.rows["what"].wrong


def test_discarding_can_be_taken_back(page: EntryPage, noted: Noted):
    write(page, "what", "A long story")
    page.foot.discard_button.click()
    assert line(page, "what").text() == "Black, with a broken rib"
    assert noted.undo is not None
    noted.undo()
    assert line(page, "what").text() == "A long story"
    assert page.dirty


def test_half_typed_answers_survive_a_crash(
    page: EntryPage, service: Umbrellas, surroundings: Surroundings, qtbot
):
    write(page, "what", "Half typed")
    write(page, "due_on", "31 Feb")
    write(page, "worth", "12.50")
    with qtbot.waitSignal(page.draft_changed):
        page.drafts.keep_now()
    # The program dies here; another one opens the same entry.
    again = EntryPage(service, surroundings)
    qtbot.addWidget(again)
    again.open(1)
    assert "was kept and is not saved yet" in again.banner.text.text()
    assert line(again, "what").text() == "Black, with a broken rib"
    again.banner.press("Use it")
    assert line(again, "what").text() == "Half typed"
    assert line(again, "due_on").text() == "31 Feb"
    assert line(again, "worth").text() == "12.50"
    assert again.dirty
    write(again, "due_on", "1 Dec 2026")
    assert again.save()
    assert surroundings.drafts is not None
    assert surroundings.drafts.find(KEY, 1) is None


def test_a_draft_is_kept_after_some_idle_time(page: EntryPage, surroundings: Surroundings, qtbot):
    page.drafts._timer.setInterval(10)
    write(page, "what", "Typing")
    qtbot.waitSignal(page.draft_changed).wait()
    assert surroundings.drafts is not None
    note = surroundings.drafts.find(KEY, 1)
    assert note.answers["what"] == "Typing"


def test_an_older_draft_says_that_the_entry_moved_on(page: EntryPage, service: Umbrellas):
    write(page, "what", "Half typed")
    page.drafts.keep_now()
    service.save({"place": "bus"}, 1, 1)
    page.open(1)
    assert "saved after that" in page.banner.text.text()
    page.banner.press("Discard it")
    page.open(1)
    assert page.banner.isHidden()


def test_a_new_entry_begins_with_the_keyboard_in_the_first_question(
    page: EntryPage, service: Umbrellas, noted: Noted
):
    page.open_new()
    assert page.head.title.text() == "New umbrella"
    assert line(page, "what").hasFocus()
    QTest.keyClicks(line(page, "what"), "Striped")
    write(page, "found_at", "20 Nov 2026 9:10")
    assert page.save()
    assert page.entry.reference == "UM-2026-006"
    assert service.load(6).title == "Striped"
    noted.asked.clear()
    page.open_new()
    page.foot.discard_button.click()
    assert noted.asked == [("back",)]


def test_a_duplicate_is_new_and_not_saved(page: EntryPage):
    page.open_new(like=1)
    assert page.entry.id == 0
    assert line(page, "what").text() == "Black, with a broken rib"
    assert page.foot.save_button.isEnabled()


def test_keys_go_to_neighbours_and_back(page: EntryPage, noted: Noted):
    QTest.keyClick(page, Qt.Key.Key_PageDown, CTRL)
    QTest.keyClick(page, Qt.Key.Key_PageUp, CTRL)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert noted.asked == [("open", KEY, 2), ("back",)], "there is none before the first"


def test_an_archived_entry_is_read_only_until_it_is_brought_back(
    page: EntryPage, service: Umbrellas, noted: Noted
):
    noted.answers = [True]
    page.archive()
    assert service.load(1).archived
    assert line(page, "what").isReadOnly()
    assert not page.save()
    page.banner.press("Bring it back")
    assert not service.load(1).archived
    assert not line(page, "what").isReadOnly()


def test_why_this_date_and_the_history_stand_beside(page: EntryPage, qtbot):
    why, history = page.panels
    texts = [label.text() for label in why.findChildren(QLabel)]
    assert "Found on this day." in texts
    assert "Rules, section 2" in texts
    assert "Sunday 22 November 2026 at 14:58" in texts
    with qtbot.waitSignal(why.print_asked):
        why.findChild(type(page.head.next)).click()
    told = [label.text() for label in history.findChildren(QLabel)]
    assert "Keep until: 20 November 2026" in told
    page.open(4)
    assert why.isHidden(), "no date, no reason"


def test_a_link_in_the_form_opens_the_other_entry(page: EntryPage, noted: Noted):
    shelf: Any = page.form.rows["shelf"].input
    shelf.set_value(2)
    shelf.go.click()
    assert noted.asked == [("open", "invented_shelf", 2)]


@pytest.mark.parametrize("size", [(1366, 660), (1093, 520)])
def test_the_page_can_be_walked_through(page: EntryPage, size, qtbot):
    page.parts[0].begin()
    page.banner.say("A message that stands here.", "warn", [("Do it", lambda: None)])
    page.resize(*size)
    qtbot.waitUntil(lambda: page.form.columns.width() < size[0])
    assert_walkable(page, *size)


def test_an_entry_that_is_still_open_is_archived_only_after_asking(
    page: EntryPage, service: Umbrellas, noted: Noted
):
    noted.answers = [False]
    page.archive()
    question = "UM-2026-001: this umbrella is still open. Archive it?"
    assert noted.asked == [("confirm", question)]
    assert not service.load(1).archived
    noted.asked.clear()
    service.save({"returned": dt.date(2026, 11, 1)}, 1, 1)
    page.open(1)
    page.archive()
    assert service.load(1).archived, "what is closed goes without asking"
    assert not any(what[0] == "confirm" for what in noted.asked)


def test_a_draft_that_was_asked_for_stands_in_the_form_at_once(page: EntryPage):
    page.open_new()
    QTest.keyClicks(line(page, "what"), "Half a na")
    page.drafts.keep_now()
    page.form.mark_clean()
    page.open_new()
    page.use_kept()
    assert line(page, "what").text() == "Half a na"
    assert line(page, "what").hasFocus()
    assert "is here again" in page.banner.text.text()
    page.banner.press("Discard it")
    page.open_new()
    assert page.banner.isHidden()
    assert line(page, "what").text() == ""


def test_using_a_draft_puts_the_keyboard_into_the_first_question(page: EntryPage):
    write(page, "what", "Half typed")
    page.drafts.keep_now()
    page.open(1)
    page.banner.press("Use it")
    assert line(page, "what").hasFocus()
    assert line(page, "what").text() == "Half typed"


def test_what_was_typed_is_kept_as_soon_as_its_question_is_left(
    page: EntryPage, surroundings: Surroundings
):
    page.drafts._timer.setInterval(60_000)
    write(page, "what", "Typing")
    assert surroundings.drafts is not None
    assert surroundings.drafts.find(KEY, 1) is None
    line(page, "found_at").setFocus()
    assert surroundings.drafts.find(KEY, 1).answers["what"] == "Typing"
