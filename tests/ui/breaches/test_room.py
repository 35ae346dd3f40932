"""An incident is logged within two minutes, worked through its stages, and closed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.breaches.conftest import AWARE, WHOLE
from tests.ui.walk import assert_walkable


def _asked(office):
    """The questions that can be seen."""
    return {
        name for name, made in office.room.page.form.rows.items() if made.isVisibleTo(office.room)
    }


def _fill(office, **values):
    form = office.room.page.form
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def test_a_new_incident_asks_only_what_cannot_wait(office):
    office.room.new_entry()
    assert _asked(office) == {
        "summary",
        "aware",
        "what",
        "incident_type",
        "ongoing",
        "equipment",
        "first_steps",
        "drill",
    }


def test_an_incident_is_logged_by_keyboard_alone(office):
    office.room.new_entry()
    office.type("Report sent to the wrong parent")
    QTest.keyClick(office.room.focusWidget(), Qt.Key.Key_Tab)
    office.type("20 November 2026, 08:30")
    QTest.keySequence(office.room.page, QKeySequence("Ctrl+S"))
    entry = office.desk.breaches.breaches.find("BR-2026-001")
    assert entry.values["aware"] == dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
    assert entry.state == "triage"


def test_after_the_first_save_every_question_of_the_stage_is_asked(office):
    office.room.new_entry()
    _fill(office, summary="Something", aware=AWARE)
    assert office.room.page.save()
    office.room.choose_stage("triage")
    assert {"outcome", "triage_why"} <= _asked(office)


def test_the_moment_to_report_by_is_said_while_it_is_typed(office):
    office.room.new_entry()
    _fill(office, aware=dt.datetime(2026, 10, 23, 9, 0, tzinfo=dt.UTC))
    # 10:00 in summer time; the clocks go back on the 25th.
    office.until(lambda: "Monday 26 October 2026 at 09:00" in office.room.step.says.text())


def test_awareness_in_the_future_is_told_at_the_question(office):
    office.room.new_entry()
    _fill(office, summary="Something", aware=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert not office.room.page.save()
    assert "future" in office.room.page.form.rows["aware"].error.text()


def test_first_steps_are_offered_by_the_kind_of_incident(office, incident):
    office.room.open_entry(incident().id, "detect")
    lines = office.room.page.form.rows["first_steps"].input.lines
    shown = lambda: {code for code, line in lines.items() if not line.isHidden()}  # noqa: E731  # used twice
    every = shown()
    _fill(office, incident_type="ransomware")
    office.until(lambda: shown() < every)
    assert shown() == set(
        office.desk.breaches.breaches.first_steps({"incident_type": "ransomware"})
    )


def test_a_lost_device_offers_the_written_report_of_the_policy(office, incident, tmp_path):
    entry = incident(equipment="yes", equipment_what="Laptop 14")
    office.room.open_entry(entry.id)
    assert "about the equipment: 10 min left" in office.room.step.says.text()
    office.saved_to(tmp_path / "equipment.pdf")
    office.press("Print the equipment report")
    assert (tmp_path / "equipment.pdf").read_bytes().startswith(b"%PDF")


def test_the_countdown_is_shown_and_turns_late(office, incident):
    office.room.open_entry(incident().id)
    assert "48 h 10 min left" in office.room.step.clock.badge.text
    office.clock.moment = AWARE + dt.timedelta(hours=73)
    office.room.step._tick()
    assert "overdue" in office.room.step.clock.badge.text
    assert office.room.step.clock.badge.tone == "danger"


def test_the_proposal_follows_what_is_typed_and_can_be_taken(office, incident):
    entry = incident(outcome="breach", living="yes")
    office.room.open_entry(entry.id, "assess")
    _fill(office, likelihood="very_likely", severity="severe")
    office.until(lambda: office.room.proposal.proposal.level.code == "report_and_tell")
    office.press("Use this as the decision", office.room.proposal)
    values = office.room.page.form.values()
    assert values["decision"] == "report_and_tell"
    assert values["decided"] == office.clock()
    assert office.room.page.dirty, "the person saves, with the reason"


def test_a_decision_not_to_report_needs_its_reason(office, incident):
    office.room.open_entry(incident(outcome="breach").id, "report")
    _fill(office, decision="not_reportable")
    assert not office.room.page.save()
    assert "reason" in office.room.page.form.rows["decision_why"].error.text()


def test_stages_guide_and_never_lock(office, incident):
    entry = incident()
    office.room.open_entry(entry.id)
    for stage in ("review", "assess", "resolved", "detect"):
        office.room.page.stages.buttons[stage].click()
        assert office.room.stage == stage
    assert office.room.done_of(office.room.page.entry) == {"detect"}


def test_what_was_done_is_begun_with_the_moment_and_the_person(office, incident):
    office.room.open_entry(incident().id, "triage")
    notes = office.room.part("breach_notes")
    notes.add_button.click()
    assert notes.form.values()["at"] == office.clock()
    assert notes.form.values()["by_whom"] == "Dana Pryce"
    assert notes.form.values()["stage"] == "triage"


def test_closing_is_one_press_and_can_be_taken_back(office, incident):
    entry = incident(outcome="near_miss")
    office.room.open_entry(entry.id)
    office.press("Close it today")
    assert office.desk.breaches.breaches.load(entry.id).values["resolved"] == dt.date(2026, 11, 20)
    assert office.desk.breaches.breaches.load(entry.id).state == "resolved"
    office.noted.undo()
    assert office.desk.breaches.breaches.load(entry.id).state == "review"


def test_the_date_of_the_equipment_report_says_what_it_is(office, incident):
    office.room.open_entry(incident(equipment="yes").id)
    assert office.room.page.head.due.badge.text == "Equipment report: 10 min left"
    office.room.open_entry(incident().id)
    assert office.room.page.head.due.badge.text == "Report: 48 h 10 min left"


def test_an_unreported_breach_asks_to_be_looked_at_again(office, incident):
    entry = incident(
        outcome="breach",
        decision="not_reportable",
        decision_why="Nobody could read it.",
        resolved=dt.date(2026, 11, 20),
    )
    office.room.open_entry(entry.id)
    office.press("Reviewed today")
    assert office.desk.breaches.breaches.load(entry.id).due == "2027-05-20"


def test_the_letters_are_for_those_concerned(office, incident):
    entry = incident(outcome="breach", people_kinds=("pupils",))
    office.room.open_entry(entry.id)
    assert office.offered(office.room.letters)[:2] == [
        "To the parents of a child",
        "To a pupil, in simple words",
    ]


def test_a_page_shows_one_stage_and_pressing_it_again_keeps_it(office, incident):
    office.room.new_entry()
    _fill(office, summary="Something", aware=AWARE)
    assert office.room.page.save()
    assert office.room.stage == "triage"
    assert office.room.page.area.verticalScrollBar().value() == 0
    few = _asked(office)
    assert len(few) < 15
    bar = office.room.page.stages
    bar.buttons["triage"].click()
    assert office.room.stage == "triage"
    assert _asked(office) == few
    bar.all.click()
    assert office.room.stage == ""
    assert len(_asked(office)) > 40
    assert [made.text() for made in (*bar.buttons.values(), bar.all) if made.isChecked()] == [
        "Everything"
    ]


def test_a_closed_incident_opens_with_one_stage_too(office, incident):
    entry = incident(outcome="false_alarm", triage_why="A test.", resolved=AWARE.date())
    office.room.open_entry(entry.id)
    assert office.room.stage == "resolved"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_kind_fills_in_what_it_implies_as_soon_as_it_is_chosen(office):
    office.room.new_entry()
    form = office.room.page.form
    _fill(office, summary="Laptop gone", aware=AWARE)
    kind = form.rows["incident_type"].input
    kind.combo.lineEdit().setFocus()
    office.type("laptop")
    office.until(kind.combo.lineEdit().hasFocus)
    form.rows["summary"].input.setFocus()
    office.until(lambda: form.values()["equipment"] == "yes")
    assert form.values()["cyber"] == "no"
    assert form.values()["kinds"] == ("a",)
    form.rows["equipment"].input.buttons["no"].click()
    form.rows["summary"].input.setFocus()
    assert form.values()["equipment"] == "no", "an answer of one’s own stands"
    assert office.room.page.save()
    assert office.room.page.entry.values["assigned_to"]


def test_a_note_of_who_was_told_does_not_stand_against_what_is_being_typed(office, whole):
    entry = office.desk.breaches.breaches.load(whole.id)
    entry = office.desk.breaches.breaches.save(
        {"telling": "telling", "not_telling": None}, entry.id, entry.version
    ).entry
    office.room.open_entry(entry.id)
    _fill(office, lessons="Look twice.")
    told = office.room.part("breach_told")
    told.begin({"whom": "parents", "told_at": AWARE})
    told.save()
    form = office.room.page.form
    assert form.values()["telling"] == "told"
    assert form.values()["lessons"] == "Look twice."
    assert office.room.page.save()
    saved = office.desk.breaches.breaches.load(entry.id).values
    assert (saved["telling"], saved["lessons"]) == ("told", "Look twice.")


def test_after_the_72_hours_the_next_step_is_to_report_all_the_same(office, whole):
    office.clock.moment = whole.values["aware"] + dt.timedelta(hours=80)
    office.room.open_entry(whole.id)
    assert "Report it anyway" in office.room.step.says.text()
    office.press("Write down the reasons")
    office.until(office.room.page.form.rows["delay_why"].input.target.hasFocus)


def test_the_equipment_report_is_given_at_a_press_beside_its_printing(office, incident):
    office.room.open_entry(incident(incident_type="device_lost").id)
    assert "about the equipment" in office.room.step.says.text()
    office.press("Given just now")
    entry = office.room.page.entry
    assert entry.values["equipment_reported"] == office.clock().replace(second=0, microsecond=0)
    assert "about the equipment" not in office.room.step.says.text()


def test_the_proposal_taken_brings_its_reasons_to_be_read(office, whole):
    entry = office.desk.breaches.breaches.load(whole.id)
    entry = office.desk.breaches.breaches.save(
        {"decision": None, "decision_why": None, "high_risk": None}, entry.id, entry.version
    ).entry
    office.room.open_entry(entry.id)
    office.press("Use this as the decision")
    values = office.room.page.form.values()
    assert "Special educational needs" in values["decision_why"]
    assert values["high_risk"] == "no"
    assert values["report_reason"] == "meets"
    assert values["decided"] is not None


def test_pages_can_be_walked_by_keyboard_and_nothing_is_cut_off(office, incident, whole):
    assert_walkable(office.room)
    office.room.new_entry()
    assert_walkable(office.room)
    for entry in (incident(), whole):
        office.room.open_entry(entry.id)
        for stage in ("", "detect", "assess", "report"):
            office.room.choose_stage(stage)
            assert_walkable(office.room)


def test_when_enough_is_known_the_next_step_is_to_decide(office):
    decided = {"decision", "decision_why", "decided_at", "decided_by"}
    known = {name: answer for name, answer in WHOLE.items() if name not in decided}
    breaches = office.desk.breaches.breaches
    entry = breaches.save(known).entry
    assert (entry.state, breaches.proposal(entry.values).missing) == ("assess", ())
    office.room.open_entry(entry.id)
    office.until(lambda: office.offered(office.room.step)[:1] == ["Decide"])
    entry = breaches.save({"likelihood": None}, entry.id, entry.version).entry
    office.room.open_entry(entry.id)
    office.until(lambda: office.offered(office.room.step)[:1] == ["Answer the questions"])
