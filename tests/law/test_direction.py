"""Words from right to left are turned round as they stand on paper, and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.direction import turned_round

DAVID, LEVI = "\u05d3\u05d5\u05d9\u05d3", "\u05dc\u05d5\u05d9"


@pytest.mark.parametrize(
    ("word", "on_paper"),
    [
        (DAVID, DAVID[::-1]),
        (f"{DAVID},", f",{DAVID[::-1]}"),
        (f"{DAVID}-{LEVI}", f"{LEVI[::-1]}-{DAVID[::-1]}"),
        (f"{DAVID}123", f"123{DAVID[::-1]}"),
        ("\u0645\u062d\u0645\u062f", "\u062f\u0645\u062d\u0645"),
        ("Zoë's", "Zoë's"),
        ("12-34", "12-34"),
        ("", ""),
    ],
)
def test_letters_stand_from_the_left_as_they_are_drawn(word, on_paper):
    assert turned_round(word) == on_paper


@given(st.text("ab1-,. \u05d3\u05d5\u05d9\u0645\u064e\u0661", max_size=12))
def test_turning_round_twice_changes_nothing(word):
    assert turned_round(turned_round(word)) == word
