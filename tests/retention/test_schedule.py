"""The schedule: taken over once, changed freely, signed off for good."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from dpdesk.documents.shelf import KeptPaper
from dpdesk.errors import DpdeskError, InvalidEntry, NotFound
from dpdesk.law.retention_periods import shipped
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet_in import read_sheet
from tests.papers.reading import text_of
from tests.retention.conftest import CODES

SIGNED = dt.date(2026, 11, 19)


def test_the_usual_classes_are_taken_over_once(desk):
    schedule = desk.retention.schedule
    assert len(schedule.not_adopted()) == len(shipped())
    assert len(schedule.adopt_defaults(["P04", "h01"]).entries) == 2
    assert len(schedule.adopt_defaults().entries) == len(shipped()) - 2
    assert schedule.adopt_defaults().entries == frozenset()
    assert schedule.not_adopted() == ()
    with pytest.raises(NotFound):
        schedule.adopt_defaults(["P99"])


@pytest.mark.parametrize("code", ["H07", "A02", "F01", "A10", "S01", "S02", "P23"])
def test_no_class_says_that_law_or_regulator_set_a_period_that_they_do_not_set(code):
    assert shipped()[code].basis == "practice"


@pytest.mark.parametrize(
    ("code", "basis", "law"),
    [("H22", "statute", "reg 16B"), ("S08", "practice", "paras 16A and 32A")],
)
def test_what_2026_asks_employers_and_independent_schools_to_record_has_a_class(code, basis, law):
    assert (shipped()[code].basis, law in shipped()[code].record_class.citation) == (basis, True)


def test_what_was_changed_or_archived_is_not_taken_over_again(room, rule, change):
    entry = change(room.schedule, room.schedule.load(rule("P04")), period=30)
    room.schedule.archive(entry.id, entry.version)
    assert room.schedule.adopt_defaults(["P04", "H01"]).entries == frozenset()
    assert room.schedule.load(entry.id).values["period"] == 30


def test_a_class_is_shown_as_unsure_until_the_adviser_was_asked(room, rule, change):
    law, read, usual = (room.schedule.load(rule(code)) for code in ("S04", "P02", "V03"))
    assert (law.state, read.state, usual.state) == ("check", "in_use", "practice")
    assert room.schedule.listing(Query(chip="in_use")).total == len(CODES)
    assert change(room.schedule, law, checked=SIGNED).state == "in_use"
    assert change(room.schedule, usual, checked=SIGNED).state == "in_use"


def test_the_list_says_in_words_how_long_before_anything_else(room, rule, change):
    columns = [column.label for column in room.schedule.listing().columns]
    assert columns.index("Kept for") < columns.index("Basis")
    assert "Code" not in columns, "it stands before the records"
    entry = change(room.schedule, room.schedule.load(rule("P04")), period=30)
    assert entry.values["kept_for"] == "30 years from the date of birth"
    room.editions.sign_off(SIGNED, "Dana Pryce")
    change(room.schedule, entry, period=28, also="bundle", note="Ask")
    (told,) = room.editions.changes_since()
    assert told.words == "How long? 30 → 28.", "said once, and own notes are nobody's business"


def test_a_class_is_found_by_other_words_for_it(room):
    found = room.schedule.listing(Query(search="teacher"))
    assert [row[2] for row in found.rows] == ["H01 Personnel file"]


def test_a_code_is_given_once_whatever_its_capitals(room):
    blank = room.schedule.blank().values
    answers = {"code": "p04", "group": "pupils", "records": "Twice", "action": "SD"}
    with pytest.raises(InvalidEntry) as error:
        room.schedule.save({**blank, **answers, "trigger": "DOB", "basis": "practice"})
    assert "already used" in error.value.problems["code"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"later_trigger": "EVENT"}, "later_period"),
        ({"later_trigger": "NONE"}, "later_trigger"),
        ({"period": 101}, "period"),
        ({"code": "P 04"}, "code"),
    ],
)
def test_half_a_period_is_refused(room, rule, change, answers, field):
    with pytest.raises(InvalidEntry) as error:
        change(room.schedule, room.schedule.load(rule("P04")), **answers)
    assert field in error.value.problems


def test_an_edition_keeps_the_schedule_as_paper_and_as_answers(room):
    entry = room.editions.sign_off(SIGNED, "Dana Pryce").entry
    frozen = room.editions.frozen(entry.id)
    assert entry.title == "Edition 1 of 19 November 2026"
    assert frozen.answers["P04"]["period"] == "25"
    words = text_of(room.editions.content(entry.id))
    for part in ("Edition 1", "P04", "25 years from the date of birth"):
        assert part in words


def test_the_next_edition_tells_what_changed(room, rule, change):
    room.editions.sign_off(SIGNED, "Dana Pryce")
    assert room.editions.changes_since() == ()
    change(room.schedule, room.schedule.load(rule("P04")), period=30)
    change(room.schedule, room.schedule.load(rule("P05")), active="no")
    added = {"code": "X1", "group": "other", "records": "Bee log", "trigger": "EVENT", "period": 2}
    room.schedule.save(
        {**room.schedule.blank().values, **added, "action": "SD", "basis": "practice"}
    )
    found = {each.code: each for each in room.editions.changes_since()}
    assert {code: each.kind for code, each in found.items()} == {
        "P04": "changed",
        "P05": "withdrawn",
        "X1": "new",
    }
    assert found["P04"].words == "How long? 25 → 30."
    second = room.editions.sign_off(SIGNED, "Dana Pryce").entry
    words = text_of(room.editions.content(second.id))
    assert "What changed since edition 1 of 19 November 2026" in words
    assert "Bee log" in words
    assert room.editions.changes_since() == ()


def test_an_edition_cannot_be_changed_even_in_the_database(room, desk, change):
    entry = room.editions.sign_off(SIGNED, "Dana Pryce").entry
    with pytest.raises(InvalidEntry):
        change(room.editions, entry, signed_by="Sam Sample")
    with pytest.raises(DpdeskError):
        room.editions.archive(entry.id, entry.version)
    with (
        pytest.raises(IntegrityError, match="cannot be changed"),
        desk.workspace.database.changing() as changing,
    ):
        changing.session.execute(update(KeptPaper).values(answers="{}"))
    assert change(room.editions, entry, note="On the website").values["note"] == "On the website"


def test_a_new_edition_by_any_door_is_frozen(room):
    saved = room.editions.save({"day": SIGNED, "signed_by": "Dana Pryce"})
    assert room.editions.frozen(saved.entry.id).number == 1
    for wrong in ({"day": dt.date(2026, 12, 1), "signed_by": "D"}, {"day": SIGNED}):
        with pytest.raises(InvalidEntry):
            room.editions.save(wrong)
    assert room.editions.last_number() == 1


def test_an_empty_schedule_is_not_signed_off(desk):
    with pytest.raises(InvalidEntry):
        desk.retention.editions.sign_off(SIGNED, "Dana Pryce")


def test_the_schedule_leaves_as_a_spreadsheet(room, rule, change):
    room.editions.sign_off(SIGNED, "Dana Pryce")
    change(room.schedule, room.schedule.load(rule("P04")), period=30)
    change(room.schedule, room.schedule.load(rule("P05")), active="no")
    sheet = read_sheet("schedule.xlsx", room.prints.schedule_sheet())
    rows = {row.cells[1]: dict(zip(sheet.columns, row.cells, strict=True)) for row in sheet.rows}
    assert rows["P04"]["Kept for"] == "30 years from the date of birth"
    assert rows["P04"]["Changed since edition 1 of 19 November 2026"] == "How long? 25 → 30."
    assert rows["P05"]["Changed since edition 1 of 19 November 2026"] == "Withdrawn."
    assert "Confirmed?" not in sheet.columns


def test_the_history_of_a_class_tells_of_its_changes(room, rule, change):
    entry = change(room.schedule, room.schedule.load(rule("P04")), period=30)
    line = room.schedule.history(entry.id)[0]
    assert (line.label, line.old, line.new) == ("How long?", "25", "30")


def test_frozen_answers_are_plain_json(room, desk):
    entry = room.editions.sign_off(SIGNED, "Dana Pryce").entry
    assert json.dumps(dict(room.editions.frozen(entry.id).answers["S04"]))
    assert room.editions.listing(Query()).total == 1
    assert desk.check().problems == ()
