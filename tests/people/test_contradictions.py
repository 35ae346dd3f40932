"""Rows of one pupil that do not agree: nothing is decided between them, and it is said."""

from __future__ import annotations

import pytest

HEAD = "Surname,Forename,DOB,Year,Reg,Contact Name,Relationship,PR,Telephone,Address,Email"


@pytest.fixture
def read(desk):
    def read_rows(*rows):
        content = "\n".join((HEAD, *rows)).encode()
        return desk.people.importing.read("list.csv", content).people.people

    return read_rows


def row(*, child="King,Joe", form="4A", adult="John King,Father,Y", at="01632 960001", mail=""):
    return f"{child},02/03/2016,4,{form},{adult},{at},1 A Street,{mail}"


@pytest.mark.parametrize("order", [("Y", "N"), ("N", "Y"), ("N", "Y", "Y"), ("Y", "N", "Y")])
def test_yes_and_no_to_parental_responsibility_leave_it_open(read, order):
    (joe,) = read(*(row(adult=f"John King,Father,{said}") for said in order))
    ((_john, belonging),) = joe.contacts
    assert (belonging.relationship, belonging.responsible) == ("father", None)
    assert any("whether this adult has parental responsibility" in each for each in joe.doubts)


def test_a_father_and_a_grandfather_of_one_name_are_not_decided_between(read):
    (joe,) = read(row(), row(adult="John King,Grandfather,Y"))
    ((_john, belonging),) = joe.contacts
    assert belonging.relationship is None
    assert any("what this adult is to the pupil" in each for each in joe.doubts)


def test_rows_that_agree_say_nothing(read):
    (joe,) = read(row(), row(), row(adult="Amy King,Mother,Y", at="01632 960002"))
    assert joe.doubts == []
    assert [each.responsible for _, each in joe.contacts] == ["yes", "yes"]


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"form": "4A"}, {"form": "4B", "adult": "Bilal King,Father,Y"}, "the classes"),
        ({"child": "Khan,Ali Hassan"}, {"child": "Khan,Hassan Ali"}, "the order of the names"),
    ],
)
def test_two_rows_that_may_be_two_pupils_are_named(read, first, second, what):
    (pupil,) = read(row(**first), row(**second))
    assert any(f"Rows 2 and 3 are taken for one pupil, though {what} differ" in each
               for each in pupil.doubts)  # fmt: skip


def test_no_number_or_address_of_an_adult_is_lost_between_rows(read):
    joe, eve = read(
        row(at="07700 900140", mail="a@x.example"),
        row(child="King,Eve", at="07700 900140", mail="b@x.example"),
    )
    ((john, _),), ((same, _),) = joe.contacts, eve.contacts
    assert john is same
    assert john.values["email"] == "a@x.example; b@x.example"
    (tom,) = read(row(mail="a@x.example"), row(at="07700 900141", mail="A@x.example"))
    ((john, _),) = tom.contacts
    assert john.values["telephone"] == "01632 960001; 07700 900141"
    assert john.values["email"] == "a@x.example"


def test_two_classes_under_one_number_are_no_doubt_about_the_pupil(desk):
    rows = ["King,Joe,02/03/2016,4,4A,J801200001009", "King,Joe,02/03/2016,4,4B,J801200001009"]
    content = "\n".join(("Surname,Forename,DOB,Year,Reg,Adno", *rows)).encode()
    (joe,) = desk.people.importing.read("list.csv", content).people.people
    assert not any("taken for one pupil" in each for each in joe.doubts)
