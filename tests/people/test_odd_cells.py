"""Lists with words of their own: who has left, sets, centuries, former names, parents first."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.people.matching import Fate
from tests.people.test_wild_lists import pupils, told


@pytest.mark.parametrize("heading", ["On Roll", "Leaver?", "Left"])
def test_yes_and_no_say_who_has_left(people, bring, heading):
    gone, here = ("N", "Y") if heading == "On Roll" else ("Yes", "No")
    bring(f"Surname,Forename,Year,{heading}\nMuster,Ida,7,{gone}\nMuster,Ben,7,{here}\n")
    assert {each.name: each.here for each in pupils(people)} == {
        "Ben Muster": True,
        "Ida Muster": False,
    }


SETS = """Forename,Surname,ID,Priority,PR,Forename,Surname,Mobile,Class Name
Tom,Muster,501,1,T,Jo,Hill,07700 900001,7En1
Tom,Muster,501,1,T,Jo,Hill,07700 900001,7Ma2
Ana,Muster,501,1,T,Jo,Hill,07700 900001,4Ma1
"""


def test_the_sets_of_a_pupil_are_no_class_and_make_nobody_twice(people, importing, bring):
    bring("Forename,Surname,Year,Reg\nTom,Muster,7,7A\nAna,Muster,4,4B\n")
    plan = bring(SETS)
    assert not plan.of(Fate.DOUBTFUL)
    assert any("sets" in note for note in plan.notes)
    assert {each.name: each.form for each in pupils(people)} == {
        "Tom Muster": "7A",
        "Ana Muster": "4B",
    }
    assert {told(people, each)["Jo Hill"] for each in pupils(people)} == {"yes"}


def test_sets_of_another_year_do_not_say_who_a_pupil_is(importing, bring):
    bring("Forename,Surname,Year,Reg\nTom,Muster,9,9A\nAna,Muster,4,4B\n")
    plan = importing.plan(importing.read("list.csv", SETS.encode()))
    assert [each.listed.name for each in plan.of(Fate.DOUBTFUL)] == ["Tom Muster"]


def test_a_surname_in_capitals_is_written_as_the_list_has_it_elsewhere(people, bring):
    bring("Surname,Preferred Surname,Forename,Year\nDE LA MUSTER,de la Muster,Ana,3\n")
    assert [each.name for each in pupils(people)] == ["Ana de la Muster"]


def test_a_whole_name_with_the_surname_first(people, bring):
    bring("Surname Forename,Year\nMuster Ida Rose,7\nvan der Muster Piet,8\n")
    found = {each.values["surname"]: each.values["forename"] for each in pupils(people)}
    assert found == {"Muster": "Ida Rose", "van der Muster": "Piet"}


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("01/02/65", dt.date(1965, 2, 1)),
        ("1-Feb-92", dt.date(1992, 2, 1)),
        ("02/03/15", dt.date(2015, 3, 2)),
        ("20150302", dt.date(2015, 3, 2)),
        ("2015-03-02T00:00:00", dt.date(2015, 3, 2)),
        ("N/A", None),
    ],
)
def test_a_date_of_birth_is_never_to_come(people, bring, written, born):
    plan = bring(f"Surname,Forename,Year,DOB\nMuster,Ida,7,{written}\n")
    assert pupils(people)[0].values.get("born") == born
    assert not plan.notes


def test_a_birth_that_is_to_come_is_left_out_and_named(people, bring):
    plan = bring("Surname,Forename,Year,DOB\nMuster,Ida,7,2 March 2035\n")
    assert pupils(people)[0].values.get("born") is None
    assert any("Row 2" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("written", "year"),
    [("Lower Sixth", "12"), ("U6", "13"), ("7.0", "7"), ("KS2 Year 5", "5"), ("Nursery 1", "N")],
)
def test_a_year_group_by_its_other_names(people, bring, written, year):
    bring(f"Surname,Forename,Class,Year\nMuster,Ida,A,{written}\n")
    assert pupils(people)[0].year_group == year


def test_a_former_surname_in_brackets_is_another_name(people, bring):
    bring("Surname,Forename,Year\nMuster (was Sample),Ida,7\n-,Ben,7\n")
    assert [(each.values["surname"], each.values["other_names"]) for each in pupils(people)] == [
        ("Muster", "Sample")
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Forename,Surname,Email,Child name,Child DOB\n"
            "Jo,Hill,jo@example.org,Ida Muster,02/03/2015\n"
        ),
        "Parent,Parent email,Pupil,Pupil DOB\nJo Hill,jo@example.org,Ida Muster,02/03/2015\n",
        (
            "Pupil Name,Emergency contact 1,Email,Pupil DOB\n"
            "Ida Muster,Jo Hill,jo@example.org,02/03/2015\n"
        ),
    ],
)
def test_a_list_of_parents_that_names_the_child_knows_who_is_who(people, bring, text):
    bring(text)
    assert [(each.kind, each.name) for each in people.known()] == [
        ("parent", "Jo Hill"),
        ("pupil", "Ida Muster"),
    ]
    (pupil,) = pupils(people)
    assert list(told(people, pupil)) == ["Jo Hill"]
    assert pupil.values["born"] == dt.date(2015, 3, 2)
    assert not pupil.values.get("email")
