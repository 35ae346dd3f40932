"""The report to the regulator beside the questions, and what becomes of it once it was sent."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from dpdesk.law.breach_lists import questions
from tests.ui.walk import assert_walkable


@pytest.fixture
def report(office, whole):
    """The report of a breach of which everything is known."""
    office.room.open_entry(whole.id)
    office.room.show_report(on=True)
    return office.room.report


def test_every_question_that_applies_is_there_in_the_order_of_the_form(report):
    wanted = [q.number for q in questions() if q.applies(follow_up=False, cyber=False)]
    assert list(report.lines) == wanted
    # The school of the tests has neither an address nor a number of registration.
    assert "30 of 32 questions answered. 2 answers missing" in report.told.text()


def test_cyber_questions_are_asked_only_of_a_cyber_incident(office, incident):
    office.room.open_entry(incident(incident_type="ransomware").id)
    office.room.show_report(on=True)
    assert {"14", "16", "17"} <= set(office.room.report.lines)


def test_on_the_screen_of_an_office_the_report_stands_alone_with_one_bar(office, report):
    page = office.room.page
    for width, beside in ((1366, False), (1700, True)):
        office.room.resize(width, 700)
        office.until(lambda beside=beside: page.area.isHidden() is not beside)
    office.room.resize(1366, 700)
    office.until(page.area.isHidden)
    report.lines["19"].go.click()
    assert not page.area.isHidden(), "the way to a question leads to nothing that is seen"
    assert not office.room.report_button.isChecked()


def test_the_next_step_at_the_foot_leads_out_of_the_report_that_covers_it(office, report):
    page = office.room.page
    office.room.resize(1366, 700)
    office.until(page.area.isHidden)
    page.foot.next_asked.emit()
    assert not page.area.isHidden(), "the way to the next step leads to nothing that is seen"
    assert page.area.verticalScrollBar().value() == 0
    assert not office.room.report_button.isChecked()


def test_a_gap_is_shown_plainly(office, incident):
    office.room.open_entry(incident().id)
    office.room.show_report(on=True)
    assert office.room.report.lines["12"].text.text() == "Not yet known"
    assert not office.room.report.lines["12"].copy.isEnabled()


def test_what_is_typed_is_in_the_report_before_it_is_saved(office, report):
    form = office.room.page.form
    form.set_values({**form.values(), "measures": "A second pair of eyes"}, clean=False)
    form.changed.emit()
    office.until(lambda: report.lines["19"].text.text() == "A second pair of eyes")


def test_a_name_in_an_answer_is_warned_of_where_it_stands(office, report):
    form = office.room.page.form
    form.set_values({**form.values(), "what": "Sam Sample sent it."}, clean=False)
    form.changed.emit()
    office.until(lambda: "Sam Sample" in report.lines["3"].warning.text())
    assert "must not contain them" in report.banner.text.text()


def test_an_answer_is_copied_for_the_web_form(report):
    report.lines["19"].copy.click()
    assert QGuiApplication.clipboard().text() == report.lines["19"].text.text()


def test_a_question_leads_to_where_it_is_answered(office, report):
    report.lines["19"].go.click()
    office.until(office.room.page.form.rows["measures"].input.target.hasFocus)
    assert office.room.stage == "assess"


def test_escape_puts_away_the_form_in_which_a_report_is_recorded_as_sent(office, report):
    report.sent_button.click()
    assert report.sending.isVisible()
    QTest.keyClick(report.sending.form.rows["case_reference"].input, Qt.Key.Key_Escape)
    assert not report.sending.isVisible()
    assert report.isVisible()


def test_a_report_that_was_sent_is_kept_and_followed_up(office, report, whole, tmp_path):
    report.sent_button.click()
    sending = report.sending
    assert sending.form.values()["sent_at"] == office.clock()
    sending.save()
    assert sending.form.rows["channel"].error.text(), "how it went is asked for"
    known = {**sending.form.values(), "channel": "online", "case_reference": "IC-1"}
    sending.form.set_values(known, clean=False)
    office.press("Keep it as sent")
    assert office.desk.breaches.breaches.around(whole.id).reported == (office.clock(),)
    assert report.follow_up
    assert {"2", "2d"} <= set(report.lines)
    assert report.lines["2"].text.text() == "IC-1"
    office.room.show_report(on=False)
    office.saved_to(tmp_path / "sent.pdf")
    office.press("The report as sent")
    kept = office.desk.breaches.reporting.frozen(whole.id)[0]
    assert (tmp_path / "sent.pdf").read_bytes() == office.desk.breaches.reporting.content(kept.id)


def test_what_was_said_is_asked_of_a_call_alone_and_kept_of_nothing_else(office, report, whole):
    report.begin_sending()
    form = report.sending.form
    said = form.rows["note"]
    assert not said.isVisible()
    form.set_values({**form.values(), "channel": "phone", "note": "Rang at nine"}, clean=False)
    assert said.isVisible()
    form.set_values({**form.values(), "channel": "online"}, clean=False)
    assert not said.isVisible()
    assert report.sending.save()
    (sent,) = office.desk.breaches.breaches.reports.parts(whole.id)
    assert not sent.values.get("note")


def test_a_late_report_is_not_kept_without_the_reasons_for_the_delay(office, report, whole):
    office.clock.moment = whole.values["aware"] + dt.timedelta(hours=80)
    report.begin_sending()
    form = report.sending.form
    form.set_values({**form.values(), "channel": "online"}, clean=False)
    assert not report.sending.save()
    assert "reasons for the delay" in report.sending.banner.text.text()
    assert office.desk.breaches.reporting.frozen(whole.id) == ()
    # The message leads to the question; what is typed there counts without being saved first.
    report.sending.banner.press("Write down the reasons")
    page = office.room.page.form
    page.set_values({**page.values(), "delay_why": "Nobody was in school."}, clean=False)
    assert report.sending.save()
    assert len(office.desk.breaches.reporting.frozen(whole.id)) == 1


def test_the_report_is_printed_with_what_is_missing_told(office, incident, tmp_path):
    office.room.open_entry(incident().id)
    office.room.show_report(on=True)
    office.saved_to(tmp_path / "report.pdf")
    office.press("Print or save")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_report_can_be_walked_by_keyboard(office, report):
    assert_walkable(office.room)
    report.begin_sending()
    assert_walkable(office.room)


def test_what_the_settings_answer_leads_there(office, report):
    report.lines["29"].go.click()
    assert office.noted.asked[-1] == ("page", "settings", {"section": "school"})


def test_the_report_is_no_longer_than_its_words(office, report):
    """Half a page of nothing below the last question looks like a report that is empty."""
    last = list(report.lines.values())[-1]
    office.until(lambda: last.height() > 0 and last.y() > 0)
    content = report.area.widget()
    office.until(
        lambda: content.height() <= max(last.geometry().bottom() + 40, report.area.height())
    )
