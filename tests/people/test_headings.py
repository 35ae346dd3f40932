"""Headings as school systems, and school offices, write them."""

from __future__ import annotations

import pytest

from dpdesk.people.cells import whole_name
from dpdesk.people.columns import layout
from dpdesk.people.headings import headings, meaning
from dpdesk.registers.spreadsheet_parts import SheetRow


@pytest.mark.parametrize(
    ("heading", "who", "what"),
    [
        ("Date of Birth (dd/mm/yyyy)", "", "born"),
        ("D.o.B.", "", "born"),
        ("Date of Birth (Pupil)", "person", "born"),
        ("Child's Last Name", "person", "surname"),
        ("Name (Last)", "", "surname"),
        ("FirstName", "", "forename"),
        ("Known as (forename)", "", "known_as"),
        ("Unique Pupil No.", "", "upn"),
        ("Admission #", "", "admission_number"),
        ("NCYear", "", "year_group"),
        ("Year Code", "", "year_group"),
        ("Reg. Class", "", "form"),
        ("Contact1 Forename", "contact 1", "forename"),
        ("Surname (Contact 2)", "contact 2", "surname"),
        ("Parent2Surname", "parent 2", "surname"),
        ("Second Parent Surname", "parent 2", "surname"),
        ("Parent B First Name", "parent 2", "forename"),
        ("3rd Contact Mobile No.", "contact 3", "telephone"),
        ("Contact First Name", "contact 1", "forename"),
        ("Next of Kin Tel. (Home)", "kin 1", "telephone"),
        ("Mother/Guardian 1 First Name", "mother 1", "forename"),
        ("Guardian 1: Primary email address", "guardian 1", "email"),
        ("Parental Responsibility (Contact 1)", "contact 1", "responsible"),
        ("P.R. (Y/N)", "", "responsible"),
        ("Home E-mail", "", "email"),
        ("Employee Surname", "person", "surname"),
        ("Parent DOB", "", ""),
        ("Father's occupation", "", ""),
        ("Favourite colour", "", ""),
    ],
)
def test_a_heading_says_what_and_whose(heading, who, what):
    found = meaning(heading)
    assert (found.who if found.what else "", found.what) == (who, what)


def test_no_heading_of_the_list_means_something_else():
    assert [each for each in headings() if not meaning(each).what] == []


def told(columns, *rows):
    found = layout(columns, None, [SheetRow(n, row) for n, row in enumerate(rows, 2)])
    return [found.columns.get(place, ("", ""))[1] for place in range(len(columns))]


def test_a_number_behind_says_which_contact_only_where_their_names_have_it():
    first, second = "adult 1", "adult 2"
    both = ["Surname", "Contact Surname 1", "Contact Email 1", "Contact Surname 2",
            "Contact Email 2"]  # fmt: skip
    found = layout(both).columns
    assert [found[n][0] for n in range(1, 5)] == [first, first, second, second]
    one = layout(["Surname", "Contact Surname", "Contact Email 1", "Contact Email 2"]).columns
    assert {one[n][0] for n in range(1, 4)} == {first}


@pytest.mark.parametrize(
    ("heading", "cells", "what"),
    [
        ("Contact No.", ["1", "2", "1"], "priority"),
        ("Contact No.", ["07700 900001", "07700 900002"], "telephone"),
        ("Emergency contact 1", ["07700 900001", "01632 960001"], "telephone"),
        ("Left", ["Yes", "No", "No"], "leaver"),
        ("Leaver", ["31/08/2026", ""], "left_on"),
        ("On roll", ["On Roll", "Leaver"], "status"),
        ("Status", ["Y", "N"], "on_roll"),
        ("Kennung", ["H801200001001"], "upn"),
    ],
)
def test_what_stands_below_a_heading_tells_two_meanings_apart(heading, cells, what):
    rows = [("Sample", cell or None) for cell in cells]
    assert told(["Surname", heading], *rows)[1] == what


def test_a_work_and_an_emergency_number_are_telephones():
    told = layout(["Surname", "Forename", "Parent 1 Name", "Parent 1 Work", "Emergency no"])
    assert told.unknown == ()
    assert [what for _, what in told.columns.values()][-2:] == ["telephone", "telephone"]


@pytest.mark.parametrize(
    ("name", "surname", "forename"),
    [
        ("WARD Ana", "WARD", "Ana"),
        ("SMITH JONES Ella May", "SMITH JONES", "Ella May"),
        ("VAN DEN BERG Piet", "VAN DEN BERG", "Piet"),
        ("O’HARA-LEE Sam", "O’HARA-LEE", "Sam"),
        ("van den Berg Piet", "van den Berg", "Piet"),
        ("De La Cruz Ana", "De La Cruz", "Ana"),
        ("Ana WARD", "WARD", "Ana"),
        ("Ana SMITH JONES", "SMITH JONES", "Ana"),
        ("MRS Ana Hill", "Hill", "Ana"),
        ("ANA WARD", "WARD", "ANA"),
        ("Mr Ana SMITH JONES", "SMITH JONES", "Ana"),
        ("Mr JOHN SMITH", "SMITH", "JOHN"),
        ("MR JOHN SMITH", "SMITH", "JOHN"),
        ("Miss ANA WARD", "WARD", "ANA"),
        ("JO SMITH JONES", "JONES", "JO SMITH"),
        ("J SMITH JONES", "JONES", "J SMITH"),
        ("JJ Ward", "Ward", "JJ"),
        ("Van Minh Hill", "Hill", "Van Minh"),
        ("Le Van Minh", "Minh", "Le Van"),
    ],
)
def test_a_surname_that_stands_first_is_known_by_how_it_is_written(name, surname, forename):
    found = whole_name(name)
    assert (found["surname"], found["forename"]) == (surname, forename)


def test_guardians_with_a_rank_and_a_number_and_their_type_are_understood():
    heads = [f"Primary guardian {n} {x}" for n in (1, 2) for x in ("full name", "type")]
    told = layout(["First name", "Last name", "Type", *heads])
    assert told.unknown == ("Type",)
    assert list(told.columns.values())[2:] == [
        ("adult 1", "name"),
        ("adult 1", "relationship"),
        ("adult 2", "name"),
        ("adult 2", "relationship"),
    ]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(("Teacher", "Bursar"), "staff"), (("Mrs", "Dr"), "pupil"), (("Student", "Pupil"), "pupil")],
)
def test_a_title_that_is_a_post_makes_a_list_of_staff(cells, kind):
    rows = [SheetRow(n, ("Ana", "Marsh", cell)) for n, cell in enumerate(cells, 2)]
    assert layout(["First name", "Last name", "Title"], None, rows).kind == kind
