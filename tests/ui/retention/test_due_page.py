"""Due now: what may go, what is held up and why, approving it, and keeping it longer."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import TODAY, a_request
from tests.ui.retention.conftest import keep, keep_box
from tests.ui.walk import assert_walkable
from ui.retention import DuePage

REASON = "Looked through: nothing in it is still needed."


def shown(office):
    return [line.cells[0].split("  ")[0] for line in office.room.table.lines.lines]


def answer(form, **values):
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def test_what_is_due_is_listed_with_its_reason_and_what_happens_then(due):
    file = keep(due.desk, place="Archive 1")
    keep_box(due.desk, in_year=TODAY)
    due.room.reload()
    assert shown(due) == [file.reference], "the new box is not due"
    line = due.room.table.lines.lines[0]
    assert line.badges[1].text == "1 Mar 2025"
    assert line.badges[1].tone == "danger", "long overdue, without a reason"
    assert line.cells[2] == "Review first"
    assert "25 years from the date of birth (date of birth 1 March 2000)" in line.cells[3]
    assert "Kept in: Archive 1." in due.room.line.why.text()


def test_on_a_small_screen_the_filters_stand_below_the_search_and_come_back(due):
    keep(due.desk)
    page = due.room
    for width, below in ((960, True), (1300, False), (960, True)):
        page.resize(width, 480)
        due.until(lambda below=below: (page.chips.y() > page.search.geometry().bottom()) is below)
        assert page.chips.isVisibleTo(page)


def test_a_held_file_cannot_be_ticked_and_says_what_holds_it_up(due):
    request = a_request(due.desk)
    file, box = keep(due.desk), keep_box(due.desk)
    due.room.reload()
    assert shown(due) == [box.reference], "what is held is behind its own filter"
    due.room.show_chip("held")
    assert shown(due) == [file.reference]
    due.room.table.setFocus()
    QTest.keyClick(due.room.table, Qt.Key.Key_Space)
    due.room.table.tick_all()
    assert due.room.table.chosen == ()
    assert f"On hold: open request {request.reference}" in due.said()
    due.press(f"Open {request.reference}", due.room.line)
    assert ("open", "requests", request.id) in due.noted.asked


def test_a_held_file_is_refused_even_where_its_approval_is_asked_for_by_name(due):
    request = a_request(due.desk)
    file = keep(due.desk)
    due.room.show_section(file.reference)
    panel = due.room.rail.approving
    assert request.reference in panel.banner.text.text()
    assert not panel.yes.isEnabled()
    answer(panel.form, method="shred", reason=REASON)
    assert not panel.approve()
    assert due.desk.retention.disposals.listing().total == 0
    assert due.desk.retention.holdings.load(file.id).state == "held"


def test_a_hold_put_on_while_the_questions_are_open_still_stops_it(due):
    file = keep(due.desk)
    due.room.begin_approval([file.reference], "shred")
    panel = due.room.rail.approving
    request = a_request(due.desk)
    answer(panel.form, reason=REASON)
    assert not panel.approve()
    assert request.reference in panel.banner.text.text()
    assert due.desk.retention.disposals.listing().total == 0


def test_the_whole_approval_by_keyboard(due):
    box = keep_box(due.desk)
    due.room.reload()
    due.room.table.setFocus()
    QTest.keyClick(due.room.table, Qt.Key.Key_Space)
    due.room.buttons["Approve for disposal"].setFocus()
    QTest.keyClick(due.room.buttons["Approve for disposal"], Qt.Key.Key_Space)
    panel = due.room.rail.approving
    assert panel.form.values()["method"] == "shred", "paper is shredded, unless they say otherwise"
    assert panel.form.isAncestorOf(due.room.focusWidget())
    panel.yes.setFocus()
    QTest.keyClick(panel.yes, Qt.Key.Key_Space)
    assert due.desk.retention.holdings.load(box.id).state == "approved"
    approved = due.desk.retention.disposals.find("DI-2026-001")
    assert approved.values["approved_by"] == "Dana Pryce"
    assert "DI-2026-001 is approved" in due.said()
    assert due.room.every == {}
    due.press("Record as done", due.room.rail)
    assert ("open", "disposals", approved.id, "done") in due.noted.asked


def test_a_class_to_be_reviewed_wants_the_decision_and_its_reason(due):
    file = keep(due.desk)
    due.room.begin_approval([file.reference], "shred")
    panel = due.room.rail.approving
    assert "must be reviewed first" in panel.reasons.text()
    assert not panel.approve()
    assert "reason" in panel.form.rows["reason"].error.text()
    answer(panel.form, reason=REASON)
    assert panel.approve()
    assert due.desk.retention.disposals.find("DI-2026-001").values["reason"] == REASON


def test_a_box_of_many_people_asks_to_look_for_every_open_request(due):
    request = a_request(due.desk, subject="Sam Somebody")
    box = keep_box(due.desk)
    due.room.begin_approval([box.reference], "shred")
    panel = due.room.rail.approving
    assert list(panel.look.boxes) == [request.reference]
    assert not panel.approve()
    assert panel.look.boxes[request.reference].hasFocus()
    assert request.reference in panel.banner.text.text()
    panel.look.boxes[request.reference].setChecked(True)
    assert panel.approve()
    assert due.desk.retention.disposals.find("DI-2026-001").values["looked"] == request.reference


def test_whether_it_concerns_safeguarding_is_asked_before_it_is_approved(due):
    one, other = keep_box(due.desk, safeguarding=None), keep_box(due.desk, safeguarding=None)
    due.room.begin_approval([one.reference, other.reference], "shred")
    panel = due.room.rail.approving
    assert not panel.yes.isEnabled()
    assert not panel.safe.isHidden()
    due.press("None of them does", panel.safe)
    assert panel.safe.isHidden()
    assert panel.approve()
    assert due.desk.retention.holdings.load(one.id).values["safeguarding"] == "no"


def test_ticks_are_for_the_boxes_that_were_asked_about_and_no_others(due):
    request = a_request(due.desk, subject="Sam Somebody")
    one, other = keep_box(due.desk), keep_box(due.desk)
    panel = due.room.rail.approving
    due.room.begin_approval([one.reference], "shred")
    panel.look.boxes[request.reference].setChecked(True)
    panel.look.how.setText("Looked inside")
    answer(panel.form, method="contractor")
    assert panel.look.boxes[request.reference].isChecked(), "the same box, another method"
    due.room.rail.close_questions()
    due.room.begin_approval([other.reference], "shred")
    assert not panel.look.boxes[request.reference].isChecked()
    assert panel.look.how.text() == ""
    assert not panel.approve()
    due.room.begin_approval([one.reference], "shred")
    assert not panel.look.boxes[request.reference].isChecked(), "asked again, looked again"
    assert due.desk.retention.disposals.listing().total == 0


def test_many_matters_are_ticked_at_once_when_it_is_said_how(due):
    requests = [a_request(due.desk, subject=f"Sam Some{sign}").reference for sign in "bcdefg"]
    box = keep_box(due.desk)
    due.room.begin_approval([box.reference], "shred")
    look = due.room.rail.approving.look
    due.press("Tick all 6", look)
    assert look.open
    assert look.how.hasFocus()
    look.how.setText("Read the list inside the lid")
    due.press("Tick all 6", look)
    assert due.room.rail.approving.approve()
    values = due.desk.retention.disposals.find("DI-2026-001").values
    assert values["looked"] == ", ".join(requests)
    assert values["looked_how"] == "Read the list inside the lid"


def test_the_method_is_proposed_by_what_is_ticked_and_left_open_where_that_differs(due):
    keep_box(due.desk)
    keep_box(due.desk, form="electronic")
    due.room.reload()
    due.room.table.choose_row(1)
    due.room.table.toggle()
    due.room.approve()
    assert due.room.rail.approving.form.values()["method"] == "erase"
    due.room.rail.close_questions()
    due.room.table.tick_all()
    due.room.approve()
    panel = due.room.rail.approving
    assert panel.form.values()["method"] is None
    assert not panel.approve()
    assert panel.form.rows["method"].error.text() == "Choose how it is done."


def test_nothing_ticked_says_what_to_do(due):
    keep_box(due.desk)
    due.room.reload()
    due.room.approve()
    assert not due.room.rail.busy
    assert "First tick" in due.said()


def test_keeping_longer_needs_reason_and_day_and_can_be_taken_back(due):
    box = keep_box(due.desk)
    due.room.reload()
    due.room.table.tick_all()
    due.room.keep()
    panel = due.room.rail.keeping
    assert not panel.keep()
    assert panel.form.rows["kept_until"].error.text()
    answer(panel.form, kept_until=TODAY + dt.timedelta(days=200))
    assert not panel.keep()
    assert panel.form.rows["kept_why"].error.text() == "Say why it is kept longer."
    answer(panel.form, kept_why="The auditors asked for it.")
    assert panel.keep()
    assert due.room.every == {}
    assert due.desk.retention.holdings.load(box.id).state == "extended"
    assert due.noted.undo is not None
    due.noted.undo()
    assert list(due.room.every) == [box.id]
    assert due.desk.retention.holdings.load(box.id).values.get("kept_why") is None


def test_search_looks_into_place_class_and_what_holds_it_up(due):
    keep_box(due.desk, place="Attic")
    keep_box(due.desk, what="Payroll, box 15")
    due.room.reload()
    due.room.search.setText("attic h07")
    due.until(lambda: len(shown(due)) == 1)
    due.room.search.setText("nowhere")
    due.until(lambda: due.room.stack.currentWidget() is due.room.empty)
    due.press("Show all")
    assert len(shown(due)) == 2


def test_the_outlook_counts_what_comes_and_says_it_in_words(due):
    keep_box(due.desk)
    keep_box(due.desk, in_year=dt.date(2022, 5, 1))
    due.room.reload()
    spoken = due.room.rail.outlook.chart.accessibleDescription()
    assert spoken.startswith("2026: 1, 2027: none, 2028: none, 2029: 1, 2030: none")


def test_escape_closes_the_questions_first_and_asks_where_something_was_typed(due):
    box = keep_box(due.desk)
    due.room.reload()
    due.room.begin_approval([box.reference], "shred")
    answer(due.room.rail.approving.form, reason="Something typed")
    due.noted.answers = [""]
    assert not due.room.can_leave()
    QTest.keyClick(due.room, Qt.Key.Key_Escape)
    assert not due.room.rail.busy
    assert due.room.can_leave()


def test_without_a_schedule_the_first_step_is_to_take_it_over(office_with, template):
    office = office_with(template, DuePage)
    office.press("See the standard schedule")
    assert ("page", "retention_rules", {"section": "usual"}) in office.noted.asked


def test_with_nothing_entered_the_next_step_is_to_enter_it_and_later_to_look(due):
    due.press("Add holdings")
    assert ("page", "holdings", {"section": "many"}) in due.noted.asked
    keep_box(due.desk, in_year=TODAY)
    due.room.reload()
    assert due.room.empty.sentence.text() == "Nothing is due for disposal today."


def test_lists_of_what_is_due_and_of_what_comes_are_printed(due, tmp_path):
    keep_box(due.desk)
    due.room.reload()
    due.saved_to(tmp_path / "due.pdf")
    due.press("Print", due.room.header)
    due.saved_to(tmp_path / "outlook.pdf")
    due.press("Print", due.room.rail.outlook)
    for name in ("due.pdf", "outlook.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_it_can_be_walked_through_with_and_without_questions(due):
    a_request(due.desk)
    keep(due.desk)
    boxes = [keep_box(due.desk), keep_box(due.desk)]
    due.room.reload()
    assert_walkable(due.room)
    due.room.show_chip("all")
    assert_walkable(due.room)
    due.room.begin_approval([box.reference for box in boxes])
    assert_walkable(due.room)
    due.room.rail.close_questions()
    due.room.table.tick_all()
    due.room.keep()
    assert_walkable(due.room)


def test_very_many_are_worked_out_without_holding_up_the_window(due, monkeypatch):
    monkeypatch.setattr("ui.retention.due_page._MANY", 0)
    box = keep_box(due.desk)
    due.room.reload()
    assert due.room.every == {}
    due.finish()
    assert shown(due) == [box.reference]
