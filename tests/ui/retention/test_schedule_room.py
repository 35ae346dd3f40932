"""The schedule: taken over, changed with what that moves, signed off, published."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.law.retention_periods import shipped
from tests.builders import TODAY
from tests.retention.conftest import CODES
from tests.ui.retention.conftest import keep, keep_box, rule
from tests.ui.walk import assert_walkable
from ui.retention import EditionsRoom, ScheduleRoom


@pytest.fixture
def empty(office_with, template):
    """The room of a workspace without any schedule."""
    return office_with(template, ScheduleRoom)


def change(office, **values):
    form = office.room.page.form
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def panel(office):
    from PySide6.QtWidgets import QLabel

    labels = office.room.class_panel.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisibleTo(office.room))


def test_an_empty_schedule_offers_the_usual_one_and_takes_it_over_whole(empty):
    empty.press("Use the standard schedule")
    assert ("page", "retention_rules", {"section": "usual"}) in empty.noted.asked
    empty.room.show_section("usual")
    usual = empty.room.usual
    assert usual.take_button.text() == f"Add {len(shipped())} classes"
    usual.take_button.click()
    empty.finish()
    assert len(empty.desk.retention.schedule.in_use()) == len(shipped())
    assert empty.room.currentWidget() is empty.room.list
    assert empty.room.note.text.text() == "No edition is signed off yet."


def test_the_usual_schedule_says_where_the_adviser_is_to_be_asked(empty):
    empty.room.show_section("usual")
    lines = {line.cells[0]: line for line in empty.room.usual.table.lines.lines}
    for code, each in shipped().items():
        expected = "Common practice" if each.caution else "Confirmed"
        expected = "Check with your adviser" if each.to_check else expected
        assert lines[code].badges[4].text == expected
    unsure = sum(each.to_check for each in shipped().values())
    assert f"{unsure} classes" in empty.room.usual.says.text()


def test_classes_that_the_school_does_not_have_are_left_out_and_offered_again(schedule):
    schedule.room.show_section("usual")
    usual = schedule.room.usual
    codes = [line.cells[0] for line in usual.table.lines.lines]
    assert not set(codes) & set(CODES), "what is here is not offered"
    left_out = usual.table.lines.lines[0]
    usual.table.lines.tick([left_out.id], on=False)
    usual.take_button.click()
    schedule.finish()
    here = {entry.values["code"] for entry in schedule.desk.retention.schedule.in_use()}
    assert here == set(shipped()) - {left_out.cells[0]}
    schedule.room.show_section("usual")
    assert [line.cells[0] for line in usual.table.lines.lines] == [left_out.cells[0]]


def test_a_change_says_before_saving_what_it_moves_and_can_be_taken_back(schedule):
    keep_box(schedule.desk)
    later = keep_box(schedule.desk, in_year=dt.date(2022, 5, 1))
    schedule.room.open_entry(rule(schedule.desk, "H07"))
    assert "6 years from the end of the tax year" in schedule.room.step.says.text()
    change(schedule, period=3)
    schedule.until(
        lambda: "If you save this: 2 holdings fall due on another day" in panel(schedule)
    )
    assert "2 earlier" in panel(schedule)
    assert "1 would be due now" in panel(schedule)
    assert schedule.desk.retention.holdings.load(later.id).due == "2029-04-05"
    assert schedule.room.page.save()
    assert schedule.said() == "Saved. 2 holdings fall due on another day, or no longer."
    assert schedule.desk.retention.holdings.load(later.id).due == "2026-04-05"
    schedule.noted.undo()
    assert schedule.desk.retention.holdings.load(later.id).due == "2029-04-05"


def test_a_change_that_moves_nothing_is_just_saved(schedule):
    keep_box(schedule.desk)
    schedule.room.open_entry(rule(schedule.desk, "H07"))
    change(schedule, note="As the auditors said.")
    assert schedule.room.page.save()
    assert schedule.said() == "Saved."


def test_checked_with_the_adviser_is_noted_in_one_press(schedule):
    number = rule(schedule.desk, "S04")
    schedule.room.open_entry(number)
    assert "ask your adviser" in schedule.room.step.says.text()
    schedule.press("Checked today")
    assert schedule.room.page.save()
    entry = schedule.desk.retention.schedule.load(number)
    assert (entry.values["checked"], entry.state) == (TODAY, "in_use")


def test_the_schedule_is_published_as_paper_and_as_a_spreadsheet(schedule, tmp_path):
    actions = {each.text(): each for each in schedule.room.publish_button.menu().actions()}
    schedule.saved_to(tmp_path / "schedule.pdf")
    actions["Print or save as PDF…"].trigger()
    assert (tmp_path / "schedule.pdf").read_bytes().startswith(b"%PDF")
    schedule.noted.answers = [tmp_path / "schedule.xlsx"]
    actions["Save as a spreadsheet…"].trigger()
    assert (tmp_path / "schedule.xlsx").read_bytes().startswith(b"PK")


def test_what_changed_since_the_edition_is_said_above_the_list(schedule):
    schedule.desk.retention.editions.sign_off(TODAY, "Dana Pryce")
    schedule.room.open_entry(rule(schedule.desk, "P04"))
    change(schedule, period=30)
    assert schedule.room.page.save()
    schedule.room.show_list()
    note = schedule.room.note.text.text()
    assert "1 class changed since edition 1 of 20 November 2026." in note
    schedule.press("Sign off an edition", schedule.room.note)
    assert ("new", "retention_editions", 0) in schedule.noted.asked


def test_signing_off_freezes_the_paper_and_shows_what_changed(editions, tmp_path):
    editions.desk.retention.editions.sign_off(TODAY, "Dana Pryce")
    service = editions.desk.retention.schedule
    old = service.load(rule(editions.desk, "P04"))
    service.save({"period": 30}, old.id, old.version)
    editions.room.new_entry()
    page = editions.room.sign_off
    assert page.changes.shown == ("P04 Pupil file: How long? 25 → 30.",)
    editions.noted.answers = [True, "Save as PDF", tmp_path / "edition.pdf"]
    assert page.sign()
    last = editions.desk.retention.editions.last()
    assert last is not None
    assert last.title == "Edition 2 of 20 November 2026"
    assert last.values["signed_by"] == "Dana Pryce"
    frozen = editions.desk.retention.editions.content(last.id)
    assert (tmp_path / "edition.pdf").read_bytes() == frozen
    assert ("open", "retention_editions", last.id) in editions.noted.asked


def test_signing_off_asks_once_and_no_means_no(editions):
    editions.room.new_entry()
    editions.noted.answers = [False]
    assert not editions.room.sign_off.sign()
    assert editions.desk.retention.editions.last() is None


def test_an_edition_keeps_its_paper_and_only_its_note_can_change(editions, tmp_path):
    made = editions.desk.retention.editions.sign_off(TODAY, "Dana Pryce").entry
    editions.room.open_entry(made.id)
    rows = editions.room.page.form.rows
    assert rows["signed_by"].input.line.isReadOnly()
    editions.saved_to(tmp_path / "edition.pdf")
    editions.press("Print or save it")
    frozen = editions.desk.retention.editions.content(made.id)
    assert (tmp_path / "edition.pdf").read_bytes() == frozen
    change(editions, note="Approved by the governors.")
    assert editions.room.page.save()


def test_a_duty_to_sign_off_leads_to_signing_off(editions):
    made = editions.desk.retention.editions.sign_off(TODAY, "Dana Pryce").entry
    editions.room.open_entry(made.id, "sign_off")
    assert editions.room.currentWidget() is editions.room.sign_off


def test_an_empty_schedule_cannot_be_signed_off(office_with, template):
    office = office_with(template, EditionsRoom)
    office.room.new_entry()
    assert not office.room.sign_off.sign()
    assert "schedule is empty" in office.room.sign_off.form.rows["day"].error.text()


def test_schedule_and_editions_can_be_walked_through(schedule):
    keep(schedule.desk)
    assert_walkable(schedule.room)
    schedule.room.open_entry(rule(schedule.desk, "P04"))
    assert_walkable(schedule.room)
    schedule.room.show_section("usual")
    assert_walkable(schedule.room)


def test_editions_can_be_walked_through(editions):
    made = editions.desk.retention.editions.sign_off(TODAY, "Dana Pryce").entry
    editions.room.list.reload()
    assert_walkable(editions.room)
    editions.room.open_entry(made.id)
    assert_walkable(editions.room)
    editions.room.new_entry()
    assert_walkable(editions.room)


def test_what_the_standard_schedule_has_besides_is_offered_before_the_first_edition(schedule):
    missing = len(shipped()) - len(schedule.desk.retention.schedule.in_use())
    note = schedule.room.note.text.text()
    assert note == (
        f"{missing} standard classes are not in your schedule. No edition is signed off yet."
    )
    schedule.press("Show them", schedule.room.note)
    assert ("page", "retention_rules", {"section": "usual"}) in schedule.noted.asked


def test_a_period_of_ones_own_is_set_beside_that_of_the_standard_schedule(schedule):
    schedule.room.open_entry(rule(schedule.desk, "P04"))
    change(schedule, period=30)
    assert schedule.room.page.save()
    said = schedule.room.step.says.text()
    assert "The standard schedule says: 25 years from the date of birth." in said


def test_the_list_shows_first_how_long_and_in_full(schedule):
    page = schedule.room.list
    head = page.table.horizontalHeader()
    names = [page.model.listing.columns[place].name for place in page.columns.shown()]
    assert names[:2] == ["title", "kept_for"]
    assert "reference" not in names
    place = [column.name for column in page.model.listing.columns].index("kept_for")
    metrics = page.table.fontMetrics()
    words = "25 years from the date of birth"
    assert head.sectionSize(place) > metrics.horizontalAdvance(words)
