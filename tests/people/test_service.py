"""People: their names, who is here, who belongs to whom, and who may not be removed."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Query
from tests.builders import a_request

DAY = dt.timedelta(days=1)


def test_a_list_of_people_reads_surname_first_with_the_everyday_name_beside(people, person):
    person("Ward", "Thomas", known_as="Tom")
    person("Abbot", "Ana")
    listing = people.listing(Query())
    assert [listing.cell(row, 1) for row in range(len(listing.rows))] == [
        "Abbot, Ana",
        "Ward, Thomas (Tom)",
    ]


def test_leavers_are_kept_apart_and_not_deleted(people, person):
    person("Gone", left_on=people.today() - DAY)
    person("Leaving", left_on=people.today())
    person("Coming", started_on=people.today() + DAY)
    assert people.counts() | {"all": 3} == people.counts()
    assert people.counts()["left"] == 1
    assert people.counts()["pupils"] == 2
    assert {each.name: each.here for each in people.known()} == {
        "Robin Coming": False,
        "Robin Gone": False,
        "Robin Leaving": True,
    }


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"upn": "A801200001001"}, "upn"),
        ({"upn": "H80120000100"}, "upn"),
        ({"upn": "H8O1200001001"}, "upn"),
        ({"born": dt.date(1812, 2, 7)}, "born"),
        ({"born": dt.date(2015, 1, 1), "started_on": dt.date(2014, 9, 1)}, "started_on"),
        ({"started_on": dt.date(2024, 9, 1), "left_on": dt.date(2023, 7, 1)}, "left_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(person, answers, field):
    with pytest.raises(InvalidEntry) as refused:
        person(**answers)
    assert list(refused.value.problems) == [field]


def test_a_upn_with_blanks_and_small_letters_is_taken(person):
    assert person(upn="h8012 0000 1001").values["upn"] == "H801200001001"


def test_a_parent_belongs_to_two_children_and_both_sides_see_it(people, person, belongs):
    one, two = person("Ward", "Ana"), person("Ward", "Ben")
    mother = person("Hill", "Jo", kind="parent")
    belongs(one, mother)
    part = belongs(two, mother, priority=1)
    assert part.title == "Hill, Jo, mother"
    assert [name for _, name in people.children_of(mother.id)] == ["Ward, Ana", "Ward, Ben"]


def test_a_relationship_follows_when_the_adult_gets_another_name(people, person, belongs):
    mother = person("Hill", "Jo", kind="parent")
    pupil = person("Ward", "Ana")
    belongs(pupil, mother)
    people.save({"surname": "Ward"}, mother.id, mother.version)
    assert people.relationships.parts(pupil.id)[0].title == "Ward, Jo, mother"


def test_nobody_is_removed_while_something_about_them_is_open(desk, people, person):
    a_request(desk, subject="Thomas Ward")
    tom = person("Ward", "Tom")
    with pytest.raises(DpdeskError, match="SAR-2026-001"):
        people.archive(tom.id, tom.version)
    other = person("Quill", "Ida")
    people.archive(other.id, other.version)
    assert people.counts()["all"] == 1


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("Tom Ward", ["Tom Ward"]),
        ("ward, thomas", ["Tom Ward"]),
        ("Thomas Hill", ["Tom Ward"]),
        ("T. Ward", ["Tom Ward", "Tess Ward"]),
        ("Nobody Else", []),
        ("", []),
    ],
)
def test_a_person_is_found_by_any_name_they_go_by(people, person, sought, found):
    person("Ward", "Thomas", known_as="Tom", other_names="Thomas Hill")
    person("Ward", "Tess")
    names = sorted(each.name for each in people.named(sought, people.known()))
    assert names == sorted(found)


def test_a_report_to_the_regulator_may_not_hold_the_name_of_anybody_on_record(desk, person):
    person("Ward", "Thomas", known_as="Tom", other_names="Squibs")
    from dpdesk.registers.names import sure_within

    with desk.people.people.database.reading() as session:
        names = set(sure_within(session, [desk.people.people]))
    assert {"Tom Ward", "Thomas Ward", "Squibs Ward"} <= names


def test_an_empty_register_says_so_on_home(desk, person):
    said = [f.told for f in desk.people.answers[0].findings()]
    assert said == ["No pupils, parents or staff are on record yet"]
    person()
    assert list(desk.people.answers[0].findings()) == []
