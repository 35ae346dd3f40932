"""What a change of a class would move, told before it is saved, and what holds what."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_request
from tests.retention.conftest import DOING

LATE = dt.date(2022, 5, 1)


def stored(room):
    listing = room.holdings.listing()
    return {row[1]: row[4] for row in listing.rows}


def test_what_a_shorter_period_moves(room, rule, box):
    box()
    box(in_year=LATE)
    number = rule("H07")
    values = {**room.schedule.load(number).values, "period": 3}
    moving = room.questions.moved_by(number, values)
    assert (moving.number, moving.moved, moving.earlier, moving.later) == (2, 2, 2, 0)
    assert moving.at_once == 1, "the first was due already"
    assert (moving.first, moving.last) == (dt.date(2014, 4, 5), dt.date(2026, 4, 5))


def test_withdrawing_ends_due_dates_and_a_new_trigger_asks_for_its_date(room, rule, box):
    box()
    number = rule("H07")
    values = room.schedule.load(number).values
    assert room.questions.moved_by(number, {**values, "active": "no"}).ended == 1
    assert room.questions.moved_by(number, {**values, "trigger": "EVENT"}).ended == 1
    assert room.questions.moved_by(number, {**values, "trigger": None}) is None
    assert room.questions.moved_by(number, values).moved == 0


def test_a_period_that_is_decided_begins_due_dates(room, rule, box, change):
    number = rule("H07")
    before = room.schedule.load(number)
    change(room.schedule, before, period=None)
    box()
    moving = room.questions.moved_by(number, before.values)
    assert (moving.begun, moving.at_once) == (1, 1)


def test_what_is_gone_is_not_counted(room, rule, box):
    entry = box()
    box(in_year=LATE)
    room.disposals.dispose([entry.reference], "shred", DOING)
    number = rule("H07")
    assert room.questions.number_of(number) == 1
    assert [place.title for place in room.questions.of_class(number, 5)] == ["Payroll, box 14"]
    values = {**room.schedule.load(number).values, "period": 3}
    assert room.questions.moved_by(number, values).number == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    period=st.one_of(st.none(), st.integers(0, 40)),
    unit=st.sampled_from(["days", "months", "years"]),
    insurer=st.one_of(st.none(), st.integers(0, 40)),
)
def test_what_is_told_before_saving_is_what_happens(room, rule, box, period, unit, insurer):
    if not stored(room):
        box()
        box(in_year=LATE)
        box(in_year=None)
    number = rule("H07")
    entry = room.schedule.load(number)
    values = {**entry.values, "period": period, "unit": unit, "insurer_years": insurer}
    told, old = room.questions.moved_by(number, values), stored(room)
    room.schedule.save(values, entry.id, entry.version)
    new = stored(room)
    moved = {reference for reference in new if new[reference] != old[reference]}
    assert told.moved == len(moved)
    days = sorted(new[reference] for reference in moved if new[reference])
    assert (told.first and told.first.isoformat()) == (days[0] if days else None)
    assert (told.last and told.last.isoformat()) == (days[-1] if days else None)


def test_open_matters_and_what_they_hold_up(desk, room, holding):
    request = a_request(desk)
    file = holding()
    assert [touch.reference for touch in room.questions.open_matters()] == [request.reference]
    assert [entry.reference for entry in room.questions.held_by(request.reference)] == [
        file.reference
    ]


def test_a_holding_knows_its_disposal(room, box):
    entry = box()
    assert room.questions.disposal_of(entry.id) is None
    approved = room.disposals.approve([entry.reference], "shred").entry
    found = room.questions.disposal_of(entry.id)
    assert (found.entry_id, found.reference) == (approved.id, approved.reference)


def test_an_approved_disposal_is_judged_as_a_whole_and_names_who_holds_copies(desk, room, box):
    boxes = [
        box(third_parties="Example Payroll Ltd\nExample Bank"),
        box(third_parties="Example Bank"),
    ]
    references = [each.reference for each in boxes]
    entry = room.disposals.approve(references, "shred").entry
    assert room.disposals.third_parties(entry.id) == "Example Payroll Ltd\nExample Bank"
    assert all(each.refused for each in room.disposals.judgements(references))
    within = room.disposals.judgements(references, within=entry.id)
    assert not any(each.refused for each in within)
    request = a_request(desk)
    after = room.disposals.judgements(references, within=entry.id)
    assert {touch.reference for each in after for touch in each.to_look_for} == {request.reference}


def test_what_is_due_for_three_months_is_overdue(room, box, holding, clock):
    box(in_year=dt.date(2020, 6, 1), form="electronic")
    clock.on(dt.date(2027, 4, 6))
    (each,) = room.holdings.due()
    assert (each.due, each.overdue, each.form) == (dt.date(2027, 4, 5), False, "electronic")
    clock.on(dt.date(2027, 7, 5))
    assert not room.holdings.due()[0].overdue
    clock.on(dt.date(2027, 7, 6))
    assert room.holdings.due()[0].overdue
