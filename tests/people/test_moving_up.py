"""A new school year: one step for all pupils, looked at before, and undone as one."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, StaleEntry
from dpdesk.people.moving_up import form_above, last_day

DAY = dt.date(2026, 8, 31)


@pytest.fixture
def moving(desk):
    return desk.people.moving


@pytest.fixture
def pupils(person):
    return {
        "rae": person("Early", "Rae", year_group="R", form="RB"),
        "ana": person("Ward", "Ana", year_group="7", form="7A"),
        "ben": person("Ward", "Ben", year_group="8", form="Oak"),
        "eve": person("Elder", "Eve", year_group="8", form="8B"),
        "new": person("Nowhere", "Pat"),
        "gone": person("Gone", "Gil", year_group="3", left_on=dt.date(2024, 7, 1)),
    }


def at(people, entry):
    values = people.load(entry.id).values
    return values.get("year_group"), values.get("form"), values.get("left_on")


def test_everybody_goes_up_and_the_highest_year_is_asked_for(people, moving, pupils):
    plan = moving.plan()
    assert [(each.name, each.to_year, each.to_form, each.leaves) for each in plan.moves] == [
        ("Rae Early", "1", "1B", False),
        ("Ana Ward", "8", "8A", False),
        ("Eve Elder", "9", "9B", True),
        ("Ben Ward", "9", "Oak", True),
    ]
    assert (plan.without, plan.moved_on) == (("Pat Nowhere",), None)
    moving.accept(plan, {pupils["eve"].id}, DAY)
    assert at(people, pupils["rae"]) == ("1", "1B", None)
    assert at(people, pupils["ana"]) == ("8", "8A", None)
    assert at(people, pupils["ben"]) == ("9", "Oak", None)
    assert at(people, pupils["eve"]) == ("8", "8B", DAY)
    assert at(people, pupils["gone"])[0] == "3"
    assert moving.plan().moved_on == people.today()


def test_it_is_undone_as_one_and_not_over_later_work(desk, people, moving, pupils):
    before = {name: at(people, entry) for name, entry in pupils.items()}
    done = moving.accept(moving.plan(), {pupils["eve"].id}, DAY)
    desk.people.importing.take_back(done)
    assert {name: at(people, entry) for name, entry in pupils.items()} == before
    done = moving.accept(moving.plan(), (), DAY)
    ana = people.load(pupils["ana"].id)
    people.save({"form": "8C"}, ana.id, ana.version)
    with pytest.raises(StaleEntry):
        desk.people.importing.take_back(done)
    assert at(people, pupils["ana"]) == ("8", "8C", None)


def test_classes_stay_where_that_is_wished(people, moving, pupils):
    moving.accept(moving.plan(), (), DAY, forms=False)
    assert at(people, pupils["ana"]) == ("8", "7A", None)


def test_nobody_is_moved_twice_by_a_plan_that_is_no_longer_true(people, moving, pupils):
    plan = moving.plan()
    moving.accept(plan, (), DAY)
    with pytest.raises(DpdeskError, match="changed since"):
        moving.accept(plan, (), DAY)
    assert at(people, pupils["ana"])[0] == "8"


def test_above_year_13_one_can_only_leave(people, moving, person):
    old = person("Elder", "Eve", year_group="13", form="13B")
    with pytest.raises(DpdeskError, match="no year above"):
        moving.accept(moving.plan(), (), DAY)
    moving.accept(moving.plan(), {old.id}, DAY)
    assert at(people, old) == ("13", "13B", DAY)


def test_without_year_groups_there_is_nothing_to_move(moving, person):
    person("Ward", "Ana")
    with pytest.raises(DpdeskError, match="year group"):
        moving.plan()


@pytest.mark.parametrize(
    ("form", "year", "above", "expected"),
    [
        ("7A", "7", "8", "8A"),
        ("Year 7 Oak", "7", "8", "Year 8 Oak"),
        ("Y7", "7", "8", "Y8"),
        ("7", "7", "8", "8"),
        ("10B", "1", "2", "10B"),
        ("Oak", "7", "8", "Oak"),
        ("R1", "R", "1", "R1"),
        ("RA", "R", "1", "1A"),
        ("Reception Elm", "R", "1", "1 Elm"),
        ("NB", "N", "R", "RB"),
        ("", "7", "8", ""),
    ],
)
def test_the_class_above(form, year, above, expected):
    assert form_above(form, year, above) == expected


def test_the_year_that_is_over_ends_in_august():
    assert last_day(dt.date(2026, 9, 3)) == dt.date(2026, 8, 31)
    assert last_day(dt.date(2026, 7, 3)) == dt.date(2026, 8, 31)


def test_a_list_of_the_year_that_has_begun_is_told_before_anybody_moves_twice(
    desk, moving, people, person
):
    importing = desk.people.importing
    person("Ward", "Ana", year_group="7")
    assert moving.plan().listed_on is None
    listing = importing.read("list.csv", b"Forename,Surname,DOB,Year\nBen,Hill,02/03/2015,7\n")
    done = importing.accept(importing.plan(listing))
    assert people.today() > DAY
    assert moving.plan().listed_on == people.today()
    importing.take_back(done)
    assert moving.plan().listed_on is None, "what was undone says nothing"
