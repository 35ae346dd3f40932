"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.dates import read_date
from dpdesk.law.words import long_date, month_name, short_date


@pytest.mark.parametrize(
    "words",
    [
        "2026-09-03",
        "3/9/2026",
        "03/09/2026",
        "3.9.2026",
        "3-9-2026",
        "3 9 2026",
        "3 September 2026",
        "3 Sep 2026",
        "3 sept 2026",
        "  3 September, 2026 ",
    ],
)
def test_a_day_is_read_however_it_is_written_here(words):
    assert read_date(words) == dt.date(2026, 9, 3)


@given(st.dates(dt.date(1000, 1, 1)))
def test_what_the_program_writes_it_can_read(day):
    for words in (
        day.isoformat(),
        short_date(day),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {month_name(day)} {day.year}",
    ):
        assert read_date(words) == day
    assert month_name(day) in long_date(day)


@pytest.mark.parametrize("words", ["", "soon", "3/9", "3/9/26", "9 2026", "2026/09/03", "3 Sep"])
def test_half_a_day_is_no_day(words):
    with pytest.raises(ValueError, match="day, month and year"):
        read_date(words)


@pytest.mark.parametrize("words", ["31/2/2026", "2026-02-30", "29 February 2027", "1/13/2026"])
def test_days_that_do_not_exist_are_refused(words):
    with pytest.raises(ValueError, match="no such day"):
        read_date(words)


def test_a_month_in_another_language_is_refused_with_a_hint():
    with pytest.raises(ValueError, match="English"):
        read_date("3 września 2026".replace("ś", "s"))
