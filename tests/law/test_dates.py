"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.dates import UnreadDate, read_date
from dpdesk.law.words import long_date, month_name, short_date

TODAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    "words",
    ["2026-09-03", "2026/09/03", "3/9/2026", "03/09/2026", "3.9.2026", "3-9-2026", "3 9 2026",
     "3/9/26", "03.09.26", "3-9-26", "3\u20139\u20132026", "3 September 2026", "3 Sep 2026",
     "3 sept 2026", "3 Sept. 2026", "3-Sep-26", "3Sep26", "3 September '26", "3rd September 2026",
     "the 3rd of September 2026", "September 3, 2026", "Sept 3rd 2026", "  3 September, 2026 ",
     "Thursday 3 September 2026", "Thu, 3 Sep 2026", "thurs 3/9/26",
     "3 / 9 / 2026", "3 Sept 2026.", "3 September \u201926", "20260903", "03092026"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written_here(words):
    assert read_date(words) == read_date(words, TODAY) == dt.date(2026, 9, 3)


@pytest.mark.parametrize(
    "words",
    ["2026-09-03T10:15:00", "2026-09-03 00:00:00", "2026-09-03T10:15:00.000Z",
     "2026-09-02T23:30:00Z", "3/9/2026 10:15", "03/09/26 10.15am", "3 Sep 2026, 4pm",
     "3 September 2026 at 10:15", "Thursday 3 September 2026 10:15", "10:15 3/9/2026",
     "9.10am on 3 Sept 2026", "3 Sep 2026 10:15 hrs", "3 Sep 2026, 10:15."],
)  # fmt: skip
def test_a_time_beside_the_day_is_read_over(words):
    assert read_date(words) == dt.date(2026, 9, 3)
    with pytest.raises(UnreadDate):
        read_date(words, timed=False)


@pytest.mark.parametrize(
    ("words", "day"),
    [("2 Dec", (2026, 12, 2)), ("2/12", (2026, 12, 2)), ("2nd December", (2026, 12, 2)),
     ("Dec 2nd", (2026, 12, 2)),
     ("Dec 2", (2026, 12, 2)), ("Dec. 02", (2026, 12, 2)), ("Wed 2 Dec", (2026, 12, 2)),
     ("14 Jan", (2027, 1, 14)),
     ("today", (2026, 12, 1)), ("Tomorrow", (2026, 12, 2)), ("yesterday 9:10", (2026, 11, 30))],
)  # fmt: skip
def test_what_is_typed_without_its_year_is_the_nearest_day(words, day):
    assert read_date(words, TODAY) == dt.date(*day)
    # In a file that is read on another day nobody knows which year was meant.
    with pytest.raises(ValueError, match="day, month and year"):
        read_date(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [("1 June", "1 June 2026 or 1 June 2027"), ("29 Feb", "year as well"),
     ("2/11/68", "1968 or 2068"), ("12 Apr 76", "1976 or 2076"), ("31 June", "no such day"),
     ("Tuesday 2 November 2026", "is a Monday"), ("Dec 26", "day, month and year")],
)  # fmt: skip
def test_what_may_be_two_days_is_refused_and_both_are_named(words, said):
    with pytest.raises(ValueError, match=said):
        read_date(words, TODAY)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), st.integers(-29 * 365, 29 * 365))
def test_a_year_of_two_digits_is_the_one_near_today(day, apart):
    today = day + dt.timedelta(apart)
    for words in (f"{day:%d/%m/%y}", f"{day.day} {month_name(day)} {day:%y}", f"{day:%d-%b-%y}"):
        assert read_date(words, today) == day


@given(st.text(alphabet="0123456789:./- ,'amptodyTNSDecovunth", max_size=20))
def test_anything_is_a_day_or_is_refused_with_a_sentence(words):
    for today in (TODAY, None):
        try:
            said = "."
            assert isinstance(read_date(words, today), dt.date)
        except ValueError as error:
            said = str(error)
        assert said[-1] in ".?"


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


@pytest.mark.parametrize(
    "words",
    ["", "soon", "3/9", "9 2026", "Sep 2026", "3 Sep", "3.9", "3/9/202", "3/9/20266", "46268",
     "2-3 September 2026", "3/9/26 to 4/9/26", "3/9/2026 25:10", "3/9/2026 9"],
)  # fmt: skip
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
