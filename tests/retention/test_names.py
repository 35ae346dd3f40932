"""Whose name is whose: too much rather than too little."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.retention.names import mentions, parts_of, same


def alike(one: str, other: str) -> bool:
    found = same(parts_of(one), parts_of(other))
    assert found == same(parts_of(other), parts_of(one))
    return found


@pytest.mark.parametrize(
    "other",
    [
        "Robin Example",
        "ROBIN EXAMPLE",
        "Example, Robin",
        "R. Example",
        "Example R",
        "Robin J Example",
        "Robin J. Example",
        "Robin James Example",
        "Rob Example",
        "Miss R Example",
        "Róbin Exámple",
        "Robin Example-Sample",
        "Robin-Lee Example",
        "Robin O’Example",
        "R.E.",
        "Example",
        "Robin",
        "  robin   example ",
    ],
)
def test_every_way_of_writing_a_name_is_the_same_name(other):
    assert alike("Robin Example", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seán O'Brien", "O’Brien, Sean"),
        ("Seán O'Brien", "Sean O Brien"),
        ("Anna Müller", "A. Mueller"),
        ("Ian MacDonald", "Ian McDonald"),
        ("Zoë Wójcik", "Zoe Wojcik"),
        ("Nguyễn Thị Hoa", "Hoa Nguyen"),
        ("Mary-Ann Sample", "Maryann Sample"),
        ("J.R. Sample", "Sample, John Robert"),
        ("Anna Maria Sample", "Anna Sample-Jones"),
        ("李明", "李明"),
    ],
)
def test_accents_apostrophes_hyphens_and_initials_make_no_difference(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robin Example", "Sam Example"),
        ("Robin Example", "Robin Sample"),
        ("Robin Example", "Lee Robin Sample"),
        ("Robin Example", "S.T."),
        ("Robin Example", ""),
        ("Robin Example", "Mr"),
    ],
)
def test_another_person_is_another_person(one, other):
    assert not alike(one, other)


NAMES = st.text(string.ascii_lowercase, min_size=2, max_size=8)


@given(first=NAMES, middle=NAMES, last=NAMES)
def test_no_spelling_of_a_name_escapes(first, middle, last):
    whole = f"{first} {middle} {last}"
    for other in (
        f"{last}, {first}",
        f"{first[0]}. {last}",
        f"{first} {middle[0]} {last}",
        f"{last.upper()} {first.title()}",
        f"{first} {last}",
        f"{first} {middle}-{last}",
    ):
        assert alike(whole, other), other


def test_a_text_mentions_a_person_by_two_parts_or_by_the_only_one():
    text = parts_of("Box 7: letters about Robin, mainly from the Example family")
    assert mentions(text, parts_of("Robin Example"))
    assert mentions(text, parts_of("R. Example"))
    assert not mentions(text, parts_of("Robin Sample"))
    assert not mentions(parts_of("Row B, shelf R"), parts_of("R. B."))
