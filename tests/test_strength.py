"""The honest guess at a passphrase."""

from __future__ import annotations

import pytest

from dpdesk.front_door import strength

SCHOOL = ("Elmfield School", "Dana Pryce", "1 Mill Lane\nOxbridge")


@pytest.mark.parametrize(
    "passphrase",
    [
        "elmfield1234",
        "Elmfield2026!!",
        "elmfieldschool2026",
        "Elmfield School 1",
        "elmfield.dana.99",
        "PryceElmfield7",
        "oxbridge-mill-lane",
        "password12345",
        "welcometoschool1",
        "Wimbledon2026!",
        "!!2026summer!!",
        "123456789012",
        "20/11/2026 12",
        "short",
        "aaaabbbbaaaabbbb",
    ],
)
def test_names_that_others_know_and_single_words_with_figures_are_refused(passphrase):
    points, sentence = strength(passphrase, SCHOOL)
    assert points == 0
    assert sentence.endswith(".")


@pytest.mark.parametrize("passphrase", ["elmfield1234", "Elmfield2026!!", "Wimbledon2026!"])
def test_a_single_word_with_figures_is_refused_wherever_it_comes_from(passphrase):
    assert strength(passphrase)[0] == 0


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "paper lamp orchard seven",
        "correcthorsebatterystaple",
        "Elmfield keeps seven purple otters",
        "zx9 kq2 mm4 p0 tt7",
        "дом лампа сад семь",
    ],
)
def test_unrelated_words_are_taken(passphrase):
    assert strength(passphrase, SCHOOL)[0] >= 2


def test_the_names_of_the_school_count_for_nothing_in_a_longer_passphrase():
    assert strength("otters at Elmfield", SCHOOL)[0] < strength("otters at Rivendell", SCHOOL)[0]
