"""Other forms of a name are found with it, and two people are not taken for one."""

from __future__ import annotations

import pytest

from dpdesk.disclosure.finding import find
from tests.disclosure.pdfs import page_of


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("HARPER, Daniel was", "HARPER, Daniel"),
        ("saw D. Harper and", "D. Harper"),
        ("saw D Harper’s bag", "D Harper’s"),
        ("saw D. J. Harper and", "D. J. Harper"),
        ("saw Daniel J. Harper and", "Daniel J. Harper"),
        ("saw Daniel James Harper and", "Daniel James Harper"),
        ("Harper, D. absent", "Harper, D."),
        ("Harper D absent", "Harper D"),
        ("to d.harper@school.example today", "d.harper@school.example"),
        ("cc <dharper@school.example>; me", "<dharper@school.example>;"),
        ("cc 17HarperD@school.example", "17HarperD@school.example"),
        ("to harper.d2@school.example", "harper.d2@school.example"),
        ("to harper-daniel@school.example", "harper-daniel@school.example"),
        ("to d.j.harper@school.example", "d.j.harper@school.example"),
        ("to danielh@school.example", "danielh@school.example"),
    ],
)
def test_other_forms_of_a_name_are_found_with_it(line, found):
    (finding,) = find(page_of(line), "Daniel Harper")
    assert (finding.text, finding.likeness) == (found, "form")


@pytest.mark.parametrize(
    "line",
    [
        "Daniel met Harper",
        "Daniel, Mrs Harper and",
        "Daniel came. Harper did not",
        "Harper did it",
        "Harper a boy",
        "Ms Harper and Daniel",
        "T. Harper",
        "with a D. harper of old",
        "to t.harper@school.example",
        "to harperson@school.example",
        "to office@harper-d.example",
    ],
)
def test_two_people_are_not_taken_for_another_form_of_one_name(line):
    assert find(page_of(line), "Daniel Harper") == ()


@pytest.mark.parametrize(
    ("line", "sought", "found"),
    [
        ("saw Daniel Harpur there", "Daniel Harper", "Daniel Harpur"),
        ("saw Danial Harper there", "Daniel Harper", "Danial Harper"),
        ("saw Harpur there", "Daniel Harper", "Harpur"),
        ("saw Quil1feather there", "Quillfeather", "Quil1feather"),
        ("saw Thornbury there", "Thornberry", "Thornbury"),
    ],
)
def test_what_is_spelt_nearly_the_same_is_found_and_says_so(line, sought, found):
    (finding,) = find(page_of(line), sought)
    assert (finding.text, finding.likeness) == (found, "near")


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        ("a harder lesson", "Harper"),
        ("the Carper", "Harper"),
        ("Anne came", "Anna"),
        ("1234", "12345"),
    ],
)
def test_other_words_are_not_taken_for_a_name_spelt_nearly_the_same(line, sought):
    assert find(page_of(line), sought) == ()


def test_in_a_list_what_is_spelt_nearly_the_same_is_seen_beside_the_name_itself():
    page = page_of(
        "Harman, Joe", "Harper, Daniel", "Harpur, James", "Daniel Harpor", "Daniel Harper"
    )
    assert [(finding.text, finding.likeness) for finding in find(page, "Daniel Harper")] == [
        ("Harper, Daniel", "form"),
        ("Harpur,", "near"),
        ("Daniel Harpor", "near"),
        ("Daniel Harper", "same"),
    ]


def test_in_a_list_the_next_line_is_somebody_else():
    page = page_of("Daniel Harper", "Daniel Smith", "Mr Harper", "Daniel Brown")
    assert [finding.indexes for finding in find(page, "Daniel Harper")] == [(0, 1)]
