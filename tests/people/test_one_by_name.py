"""Rows that only a name and a class join: what speaks against one pupil is said."""

from __future__ import annotations

import pytest


@pytest.fixture
def read(desk):
    def read_list(*lines):
        return desk.people.importing.read("list.csv", "\n".join(lines).encode()).people

    return read_list


ONE = "Surname,Forename,Class,Address,Date of admission,Contact Name,Relationship,Contact priority"


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("1 Elm Row,,,,", "9 Oak Way,,,,", "the addresses differ"),
        (",01/09/2021,,,", ",07/01/2024,,,", "the dates on which they started differ"),
        (",,Jo Sampleton,Mother,", ",,Kim Sampleton,Mother,", "they name different adults"),
        (",,Jo Sampleton,,1", ",,Kim Sampleton,,1", "they name different adults"),
    ],
)
def test_what_speaks_for_two_pupils_of_a_name_and_class_is_said(read, first, second, why):
    (ida,) = read(ONE, f"Sampleton,Ida,3C,{first}", f"Sampleton,Ida,3C,{second}").people
    assert [why in each for each in ida.doubts] == [True]
    assert ida.doubts[0].startswith("Rows 2 and 3 are taken for one pupil, though ")


def test_other_parents_in_a_row_with_room_for_both_speak_for_two_pupils(read):
    head = "Surname,Forename,Class,Parent 1 Name,Parent 2 Name"
    two = ("Sampleton,Ida,3C,Jo Sampleton,Al Sampleton", "Sampleton,Ida,3C,Kim Hill,")
    (ida,) = read(head, *two).people
    assert ["they name different adults" in each for each in ida.doubts] == [True]
    (same,) = read(head, two[0], two[0]).people
    assert same.doubts == []


def test_a_row_for_each_adult_is_said_once_of_the_whole_list(read):
    rows = [
        f"Sampleton,{first},3C,,,{adult},{tie},{n}"
        for first in ("Ida", "Max")
        for n, (adult, tie) in enumerate((("Jo Hill", "Mother"), ("Al Reed", "Father")), 1)
    ]
    found = read(ONE, *rows)
    assert [each.doubts for each in found.people] == [[], []]
    assert len(found.people) == 2
    (note,) = [each for each in found.notes if "the same name and class" in each]
    assert "(first in row 2, 4)" in note


def test_a_birth_or_a_number_says_that_it_is_one_pupil(read):
    head = "Surname,Forename,DOB,Class,Contact Name,Relationship"
    rows = [f"Sampleton,Ida,02/03/2016,3C,{who},Mother" for who in ("Jo Hill", "Kim Reed")]
    found = read(head, *rows)
    assert [each.doubts for each in found.people] == [[]]
    assert not any("same name and class" in each for each in found.notes)


def test_two_rows_that_nothing_tells_apart_are_named(read):
    (ida,) = read("Surname,Forename,Class", *["Sampleton,Ida,3C"] * 2).people
    assert [each.startswith("Rows 2 and 3 are taken for one pupil") for each in ida.doubts] == [
        True
    ]
    (born,) = read("Surname,Forename,DOB,Class", *["Sampleton,Ida,02/03/2016,3C"] * 2).people
    assert born.doubts == []
