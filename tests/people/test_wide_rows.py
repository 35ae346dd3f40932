"""A comma in an address that nobody put into quotation marks moves nothing into wrong columns."""

from __future__ import annotations

import pytest

HEAD = "Surname,Forename,DOB,Year,Address,Parent Name,Parent Email,Parent PR\n"
PLAIN = "Muster,Ben,02/03/2016,6,5 Mill Lane,Kim Muster,kim@example.org,Y\n"


@pytest.fixture
def read(desk):
    importing = desk.people.importing
    return lambda text: importing.read("list.csv", text.encode()).people


def one(people, forename="Ida"):
    (found,) = (each for each in people.people if each.values["forename"] == forename)
    return found


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ("4 Mill Lane, Exampleton, EX1 1EX", "4 Mill Lane\nExampleton\nEX1 1EX"),
        ("Flat 2, The Old Mill, 14 Mill Lane, Exampleton, EX1 1EX",
         "Flat 2\nThe Old Mill\n14 Mill Lane\nExampleton\nEX1 1EX"),
    ],
)  # fmt: skip
def test_an_address_without_quotation_marks_is_joined_again(read, cells, address):
    row = f"Muster,Ida,02/03/2015,7,{cells},Jo Muster,jo@example.org,N\n"
    people = read(HEAD + row + PLAIN)
    ida = one(people)
    assert ida.values["address"] == address
    ((adult, told),) = ida.contacts
    assert (adult.name, adult.values["email"], told.responsible) == (
        "Jo Muster",
        "jo@example.org",
        "no",
    )
    assert any("row 2" in note and "joined" in note for note in people.notes)


def test_two_addresses_of_a_row_are_both_joined(read):
    head = "Surname,Forename,Address,DOB,Parent Name,Parent Address,Parent Email\n"
    row = (
        "Muster,Ida,4 Mill Lane, Exampleton,02/03/2015,Jo Muster,5 Dale, Sampleby,jo@example.org\n"
    )
    plain = "Muster,Ben,5 Mill Lane,02/03/2016,Kim Muster,6 Dale,kim@example.org\n"
    ida = one(read(f"{head}{row}\n{plain}"))
    assert ida.values["address"] == "4 Mill Lane\nExampleton"
    assert ida.contacts[0][0].values["address"] == "5 Dale\nSampleby"


def test_a_whole_name_without_quotation_marks_is_joined(read):
    people = read("Name,DOB,Class\nMuster, Ida,02/03/2015,7A\nMuster, Ben,02/03/2016,6A\n")
    assert {each.values["forename"] for each in people.people} == {"Ida", "Ben"}


def test_a_row_of_which_nothing_can_be_said_is_left_out_and_named(read):
    row = "Muster,Ida,02/03/2015,7,4 Mill Lane,Jo Muster,jo@example.org,Y,and,more,still\n"
    people = read(HEAD + row + PLAIN)
    assert [each.values["forename"] for each in people.people] == ["Ben"]
    assert any(note.startswith("Row 2:") and "quotation marks" in note for note in people.notes)


def test_an_empty_cell_too_many_changes_nothing(read):
    row = "Muster,Ida,02/03/2015,7,4 Mill Lane,Jo Muster,jo@example.org,Y,\n"
    people = read(HEAD + row + PLAIN)
    assert one(people).values["address"] == "4 Mill Lane"
    assert not people.notes
