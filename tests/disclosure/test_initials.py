"""Initials with dots, and names behind the labels of a form."""

from __future__ import annotations

import pytest

from tests.disclosure.proposing import doubtful, proposed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I told H. S. about it", ["H. S."]),
        ("H. S. and G. Y. fought", ["H. S.", "G. Y."]),
        ("H.S. G.Y. fought", ["H.S.", "G.Y."]),
        ("I told H. S. Smith", ["H. S. Smith"]),
        ("I told H. P. about O. S. maps", ["H. P."]),
    ],
)
def test_initials_with_their_dots_are_found_with_and_without_a_space(text, found):
    named = "Harry Smith, Grace Young and Harry Patel: "
    assert proposed(named + text)[3:] == found


def test_whose_initials_stand_with_a_space_is_kept_where_they_are_the_childs():
    assert proposed("Ethan Walker: E. W. and E. J. W. came") == []


@pytest.mark.parametrize(
    "text", ["Surname: Young", "Surname: Smith", "Child: May", "Pupil: Will", "Last name: HALL"]
)
def test_behind_the_label_of_a_form_a_word_is_a_name(text):
    assert proposed(text) == [text.split(": ")[1]]
    assert not doubtful(text)


def test_behind_another_label_it_may_still_be_a_word():
    assert not proposed("When: May") + proposed("Where: Hall")
