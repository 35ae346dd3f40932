"""Working days, bank holidays and school days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.calendar import WorkCalendar

# The published bank holidays of England and Wales that fall on a working day.
TABLE = """
2026: 1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec
2027: 1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec
2028: 3 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec
2029: 1 Jan, 30 Mar, 2 Apr, 7 May, 28 May, 27 Aug, 25 Dec, 26 Dec
2030: 1 Jan, 19 Apr, 22 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec
2031: 1 Jan, 11 Apr, 14 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec
"""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ENGLAND = WorkCalendar.build()

days = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))


def _table():
    for line in TABLE.strip().splitlines():
        year, row = line.split(": ")
        expected = []
        for entry in row.split(", "):
            day, month = entry.split()
            expected.append(dt.date(int(year), MONTHS.index(month) + 1, int(day)))
        yield pytest.param(int(year), expected, id=year)


@pytest.mark.parametrize(("year", "expected"), list(_table()))
def test_bank_holidays_of_england(year, expected):
    days = (dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365))
    listed = [day for day in days if day.weekday() < 5 and ENGLAND.bank_holiday(day)]
    assert listed == expected


def test_bank_holidays_carry_the_names_of_gov_uk():
    named = ENGLAND.bank_holiday
    assert named(dt.date(2026, 5, 4)) == "Early May bank holiday"
    assert named(dt.date(2026, 8, 31)) == "Summer bank holiday"
    assert named(dt.date(2026, 12, 28)) == "Boxing Day (substitute day)"


def test_past_proclaimed_days_are_known():
    assert ENGLAND.bank_holiday(dt.date(2023, 5, 8)) is not None
    assert ENGLAND.bank_holiday(dt.date(2022, 9, 19)) is not None


def test_a_working_day_is_neither_weekend_nor_bank_holiday():
    assert ENGLAND.is_working_day(dt.date(2026, 12, 24))
    assert not ENGLAND.is_working_day(dt.date(2026, 12, 25))
    assert not ENGLAND.is_working_day(dt.date(2026, 12, 27))
    assert ENGLAND.roll_forward(dt.date(2026, 12, 25)) == dt.date(2026, 12, 29)
    assert ENGLAND.roll_back(dt.date(2026, 12, 28)) == dt.date(2026, 12, 24)


def test_why_a_day_is_no_working_day_is_told_in_words():
    assert ENGLAND.why_not_working(dt.date(2026, 12, 25)) == "Christmas Day, a bank holiday"
    assert ENGLAND.why_not_working(dt.date(2026, 5, 4)) == "Early May bank holiday"
    assert ENGLAND.why_not_working(dt.date(2026, 10, 3)) == "a Saturday"
    assert ENGLAND.why_not_working(dt.date(2026, 10, 5)) == ""


def test_a_holiday_proclaimed_later_counts_once_it_is_added():
    day = dt.date(2027, 6, 7)
    assert ENGLAND.is_working_day(day)
    told = WorkCalendar.build(added={day: "Day of celebration"})
    assert told.bank_holiday(day) == "Day of celebration"
    assert told.roll_forward(day) == dt.date(2027, 6, 8)


def test_a_holiday_that_is_moved_can_be_removed():
    # In 2020 the early May holiday moved by four days; this may happen again.
    moved = WorkCalendar.build(
        removed={dt.date(2027, 5, 3)}, added={dt.date(2027, 5, 7): "Early May bank holiday"}
    )
    assert moved.is_working_day(dt.date(2027, 5, 3))
    assert not moved.is_working_day(dt.date(2027, 5, 7))


def test_the_same_answers_in_any_order_make_the_same_calendar():
    terms = [
        (dt.date(2027, 1, 6), dt.date(2027, 3, 25)),
        (dt.date(2026, 9, 2), dt.date(2026, 12, 16)),
    ]
    one = WorkCalendar.build(terms=terms)
    other = WorkCalendar.build(terms=reversed(terms))
    assert one == other
    assert hash(one) == hash(other)


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before"):
        WorkCalendar.build(terms=[(dt.date(2027, 1, 6), dt.date(2026, 12, 16))])


SCHOOL = WorkCalendar.build(
    terms=[
        (dt.date(2026, 9, 2), dt.date(2026, 12, 16)),
        (dt.date(2027, 1, 6), dt.date(2027, 3, 25)),
        (dt.date(2027, 4, 20), dt.date(2027, 7, 9)),
    ],
    closures=[(dt.date(2026, 10, 19), dt.date(2026, 10, 30))],
    inset_days=[dt.date(2026, 9, 2), dt.date(2027, 1, 6)],
)


def test_school_days_leave_out_half_term_training_days_weekends_and_bank_holidays():
    school = [
        day
        for day in (
            dt.date(2026, 9, 2),  # training day
            dt.date(2026, 9, 3),
            dt.date(2026, 9, 5),  # Saturday
            dt.date(2026, 10, 20),  # half-term
            dt.date(2026, 12, 17),  # holidays
            dt.date(2027, 5, 3),  # bank holiday in term
            dt.date(2027, 5, 4),
        )
        if SCHOOL.is_school_day(day)
    ]
    assert school == [dt.date(2026, 9, 3), dt.date(2027, 5, 4)]


def test_school_days_are_counted_across_the_holidays():
    # 14, 15 and 16 December, then 7, 8, 11, … January.
    assert SCHOOL.add_school_days(dt.date(2026, 12, 11), 3) == (dt.date(2026, 12, 16), False)
    assert SCHOOL.add_school_days(dt.date(2026, 12, 11), 5) == (dt.date(2027, 1, 8), False)


def test_beyond_the_terms_entered_working_days_are_assumed_and_it_says_so():
    found = SCHOOL.add_school_days(dt.date(2027, 7, 8), 3)
    assert found == (dt.date(2027, 7, 13), True)
    assert ENGLAND.add_school_days(dt.date(2026, 11, 20), 1) == (dt.date(2026, 11, 23), True)


def test_a_term_forgotten_in_the_middle_is_noticed():
    forgotten = WorkCalendar.build(
        terms=[
            (dt.date(2026, 9, 2), dt.date(2026, 12, 16)),
            (dt.date(2027, 4, 20), dt.date(2027, 7, 9)),
        ]
    )
    found = forgotten.add_school_days(dt.date(2026, 12, 11), 15)
    assert found.assumed
    assert found.day < dt.date(2027, 4, 20)


def test_the_long_summer_is_a_holiday_and_no_forgotten_term():
    two_years = WorkCalendar.build(
        terms=[
            (dt.date(2026, 4, 21), dt.date(2026, 7, 3)),
            (dt.date(2026, 9, 8), dt.date(2026, 12, 16)),
        ]
    )
    assert two_years.add_school_days(dt.date(2026, 7, 1), 3) == (dt.date(2026, 9, 8), False)


@given(days)
def test_rolling_ends_on_the_nearest_working_day(day):
    forward, back = ENGLAND.roll_forward(day), ENGLAND.roll_back(day)
    assert ENGLAND.is_working_day(forward)
    assert ENGLAND.is_working_day(back)
    assert back <= day <= forward
    assert (forward - back).days <= 6
    between = (back + dt.timedelta(days=n) for n in range(1, (forward - back).days))
    assert not any(ENGLAND.is_working_day(each) for each in between)


@given(days, st.integers(1, 40))
def test_assumed_school_days_are_never_later_than_true_ones(day, number):
    unknown = WorkCalendar.build(closures=SCHOOL.closures, inset_days=SCHOOL.inset_days)
    assert unknown.add_school_days(day, number).day <= SCHOOL.add_school_days(day, number).day


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_counting_school_days_can_be_split(day, some, more):
    by_way = SCHOOL.add_school_days(SCHOOL.add_school_days(day, some).day, more)
    assert by_way.day == SCHOOL.add_school_days(day, some + more).day
