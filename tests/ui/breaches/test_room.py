"""An incident is logged within two minutes, worked through its stages, and closed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.breaches.conftest import AWARE
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
        "incident_type",
        "affected",
        "ongoing",
        "found_by",
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
    office.press("Take it as the decision", office.room.proposal)
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
    assert office.room.page.head.due.badge.text == "48 h 10 min left"


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


def test_the_letters_are_for_those_concerned_and_name_their_gaps(office, incident, tmp_path):
    entry = incident(outcome="breach", people_kinds=("pupils",))
    office.room.open_entry(entry.id)
    assert office.offered(office.room.letters)[:2] == [
        "To the parents of a child",
        "To a pupil, in simple words",
    ]
    office.saved_to(tmp_path / "letter.pdf")
    office.press("To the parents of a child", office.room.letters)
    assert (tmp_path / "letter.pdf").stat().st_size > 1000


def test_pages_can_be_walked_by_keyboard_and_nothing_is_cut_off(office, incident, whole):
    assert_walkable(office.room)
    office.room.new_entry()
    assert_walkable(office.room)
    for entry in (incident(), whole):
        office.room.open_entry(entry.id)
        for stage in ("", "detect", "assess", "report"):
            office.room.choose_stage(stage)
            assert_walkable(office.room)
