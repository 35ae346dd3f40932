"""Whole names that begin in capitals: which part is the surname, the whole column says."""

from __future__ import annotations

import pytest


@pytest.fixture
def read(desk):
    def read_names(*names):
        rows = [f"{name},4B,0{n}/03/2017" for n, name in enumerate(names, 1)]
        content = "\n".join(["Name,Class,DOB", *rows]).encode()
        found = desk.people.importing.read("list.csv", content).people
        told = [(p.values["surname"], p.values["forename"]) for p in found.people]
        return told, [note for note in found.notes if "begin in capitals" in note]

    return read_names


def test_a_first_name_in_capitals_is_known_by_the_other_names_of_the_column(read):
    told, notes = read("JOHN Smithson", "OLIVIA Marsh", "HARRY Van Dyke", "JAMES Thomas")
    assert told == [
        ("Smithson", "John"),
        ("Marsh", "Olivia"),
        ("Dyke", "Harry Van"),
        ("Thomas", "James"),
    ]
    assert notes == []


def test_a_surname_in_capitals_stays_one_though_it_may_be_a_first_name(read):
    told, notes = read("MARSH Olivia", "SMITHSON John", "JAMES Thomas", "VAN DYKE Harry")
    assert told == [
        ("Marsh", "Olivia"),
        ("Smithson", "John"),
        ("James", "Thomas"),
        ("Van Dyke", "Harry"),
    ]
    assert notes == []


@pytest.mark.parametrize(
    ("name", "surname", "forename"),
    [("JOHN Smithson", "Smithson", "John"), ("JOHN Paul Marsh", "Marsh", "John Paul")],
)
def test_a_single_name_in_capitals_is_judged_by_itself(read, name, surname, forename):
    told, notes = read("Ana Marsh", name)
    assert told[1] == (surname, forename)
    assert notes == []


def test_where_nothing_says_it_the_row_is_named(read):
    told, notes = read("Ana Marsh", "JAMES Thomas")
    assert told[1] == ("James", "Thomas")
    assert len(notes) == 1
    assert "JAMES Thomas (row 3)" in notes[0]


def test_in_a_column_with_surnames_last_capitals_are_surnames_throughout(read):
    told, _notes = read("Ana MARSH", "JOHN Smithson")
    assert told[1] == ("John", "Smithson"), "the habit of the column"
