"""What to do next on a request, once an answer is out."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest

from tests.builders import a_request
from ui.kit.register.in_sight import InSight

TODAY = dt.date(2026, 11, 20)


def test_a_complaint_of_whose_outcome_they_were_told_is_closed_next(office):
    values = {"kind": "complaint", "acknowledged": TODAY, "outcome": "upheld"}
    entry = a_request(office.desk, **values)
    office.room.open_entry(entry.id)
    office.until(lambda: office.offered(office.room.next_step)[:1] == ["Write the outcome"])
    requests = office.desk.requests.requests
    requests.save({"outcome_told": TODAY}, entry.id, entry.version)
    office.room.open_entry(entry.id)
    office.until(lambda: office.offered(office.room.next_step)[:1] == ["Close it today"])


def test_while_the_clock_is_paused_the_day_of_the_answer_is_one_press_away(office):
    entry = a_request(office.desk)
    clarifications = office.desk.requests.requests.clarifications
    for day, answered in ((2, dt.date(2026, 11, 4)), (5, None)):
        asked = {"asked_on": dt.date(2026, 11, day), "answered_on": answered}
        clarifications.save({**asked, "reason": "which_information"}, parent_id=entry.id)
    office.room.open_entry(entry.id)
    office.until(lambda: "Record their answer" in office.offered(office.room.next_step))
    office.press("Record their answer", office.room.next_step)
    panel = office.room.part("clarifications")
    assert panel.part.values["asked_on"] == dt.date(2026, 11, 5), "the one that is open"
    line = panel.form.rows["answered_on"].input.line
    office.until(line.hasFocus)
    area = office.room.page.area
    office.until(lambda: not area.findChildren(InSight))
    place = QRect(line.mapTo(area.viewport(), line.rect().topLeft()), line.size())
    assert area.viewport().rect().contains(place)
    QTest.keyClicks(panel.form.rows["answered_on"].input.line, "9 Nov 2026")
    assert office.room.page.save()
    assert "Record their answer" not in office.offered(office.room.next_step)


def test_a_correction_whose_answer_was_sent_is_not_answered_again(office):
    values = {
        "kind": "rectification",
        "decision": "yes",
        "decided_on": TODAY,
        "done_on": TODAY,
        "done_where": "The pupil file",
    }
    entry = a_request(office.desk, says_wrong="Born in May", should_say="Born in March", **values)
    requests, letters = office.desk.requests.requests, office.desk.requests.letters
    office.room.open_entry(entry.id)
    office.until(lambda: "Write the answer" in office.offered(office.room.next_step))
    letters.send("response", entry, letters.draft("response", entry), sent_on=TODAY, how="email")
    office.room.open_entry(entry.id)
    office.until(lambda: "Close it today" in office.offered(office.room.next_step))
    assert "Write the answer" not in office.offered(office.room.next_step)
    assert requests.load(entry.id).state == "respond"


def test_the_button_of_the_page_says_too_that_an_open_question_moved_the_due_date(office):
    entry = a_request(office.desk, received=dt.date(2026, 9, 28))
    office.room.open_entry(entry.id)
    panel = office.room.part("clarifications")
    panel.begin({"asked_on": dt.date(2026, 10, 5), "answered_on": dt.date(2026, 10, 8)})
    assert office.room.page.save()
    assert office.said().startswith("Saved. The due date has moved from Wednesday 28 October 2026")
