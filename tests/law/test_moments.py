"""Moments as people type them, in the school's local time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.moments import read_moment
from dpdesk.law.words import LONDON, month_name

NOW = dt.datetime(2026, 11, 26, 22, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 26)
MINUTES = st.integers(0, 24 * 60 - 1)


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=LONDON)


@pytest.mark.parametrize(
    "words",
    ["9:40", "9.40", "09:40", "9:40am", "9.40 am", "9:40 a.m.", "9.40AM", "at 9:40", "today 9:40",
     "Today, 9.40", "today at 9:40", "9:40 today", "26/11/26 9:40", "26.11.26 9.40",
     "26-11-2026 09:40", "26 Nov 9:40", "26 November 9:40am", "26/11 9:40", "26 Nov 26, 9:40",
     "26 November 2026 at 09:40", "26 November 2026, 09:40", "2026-11-26T09:40",
     "9:40 on 26 November 2026", "9:40, 26/11/26"],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_typed(words):
    assert read_moment(words, NOW) == _at(TODAY, 9, 40)


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [("9:10pm", 21, 10), ("12:05am", 0, 5), ("12.30 pm", 12, 30), ("9am", 9, 0), ("9 pm", 21, 0)],
)
def test_the_halves_of_the_day_are_told_apart(words, hour, minute):
    assert read_moment(words, NOW) == _at(TODAY, hour, minute)
    assert read_moment(f"yesterday {words}", NOW) == _at(dt.date(2026, 11, 25), hour, minute)


@pytest.mark.parametrize(
    "words",
    ["noon", "Midday", "12 noon", "today at noon", "26/11/26 12noon", "noon on 26 November 2026",
     "26 Nov mid-day", "12:00"],
)  # fmt: skip
def test_noon_is_twelve(words):
    assert read_moment(words, NOW) == _at(TODAY, 12, 0)


def test_midnight_belongs_to_two_days_and_is_asked_about():
    with pytest.raises(ValueError, match=r"end of one day .* 23:59 .* 0:00"):
        read_moment("26 November 2026, midnight", NOW)


def test_now_is_the_present_minute():
    assert read_moment("Now", NOW.replace(second=31)) == NOW


def test_today_is_the_day_of_the_local_clock():
    after_midnight = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert read_moment("0:10", after_midnight) == _at(dt.date(2026, 7, 1), 0, 10)
    assert read_moment("yesterday 9:10", after_midnight) == _at(dt.date(2026, 6, 30), 9, 10)


def test_a_day_without_its_year_is_the_nearest_one():
    new_year = dt.datetime(2027, 1, 4, 8, tzinfo=dt.UTC)
    assert read_moment("28 Dec 9:10", new_year) == _at(dt.date(2026, 12, 28), 9, 10)
    assert read_moment("4 Jan 7:10", new_year) == _at(dt.date(2027, 1, 4), 7, 10)
    # There is no such day in any year nearby, or only in one of them.
    with pytest.raises(ValueError, match="year as well"):
        read_moment("29 Feb 7:10", new_year)
    # Half a year away it may be of either year.
    with pytest.raises(ValueError, match="1 July 2026 or 1 July 2027"):
        read_moment("1 July 9:10", new_year)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2055, 12, 31)), MINUTES, st.integers(-140, 140))
def test_every_way_of_writing_a_moment_means_the_same(day, minutes, apart):
    hour, minute = divmod(minutes, 60)
    local = _at(day, hour, minute)
    if local.astimezone(dt.UTC).astimezone(LONDON).time() != local.time():
        with pytest.raises(ValueError, match="clocks go forward"):
            read_moment(f"{day.isoformat()} {hour}:{minute:02}")
        return
    half, short = ("am" if hour < 12 else "pm"), hour % 12 or 12
    times = [f"{hour}:{minute:02}", f"{hour:02}.{minute:02}", f"{short}:{minute:02}{half}",
             f"{short}.{minute:02} {half.upper()}"]  # fmt: skip
    month, year = month_name(day), day.year % 100
    days = [day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m}/{year:02}",
            f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {year:02}"]  # fmt: skip
    for time in times:
        for written in (*days, *(f"{one} at" for one in days)):
            assert read_moment(f"{written} {time}") == local
        # As somebody types it within some months of that day.
        now = _at(day, 12, 0) + dt.timedelta(apart)
        if day.month != 2 or day.day != 29:
            assert read_moment(f"{day.day} {month[:3]} {time}", now) == local
            assert read_moment(f"{day.day}/{day.month} {time}", now) == local
        assert read_moment(time, _at(day, 12, 0)) == local
        assert read_moment(f"yesterday {time}", _at(day, 12, 0) + dt.timedelta(1)) == local


@given(st.text(alphabet="0123456789:./- ,amptodyGMTBSN", max_size=24))
def test_anything_is_a_moment_or_is_refused_with_an_example_that_has_a_time(words):
    try:
        said = ""
        read_moment(words, NOW)
    except ValueError as error:
        said = str(error)
    assert not said or ("for example" in said and said.endswith("."))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "9", "9:60", "25:10", "0:30am", "13:10 pm", "26 November 2026", "31/2/26 9:10",
     "26/11/26 10:15 9:40",
     "26 Wrz 9:10", "9.10 11.12", "Friday 9:10", "2026 9:10", "today", "26/11/26 9"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_an_example_that_has_a_time(words):
    with pytest.raises(ValueError, match=r"for example .*\d:\d\d"):
        read_moment(words, NOW)


@pytest.mark.parametrize("words", ["9:40", "today 9:40", "now", "26 Nov 9:40"])
def test_what_depends_on_the_day_of_reading_is_refused_where_that_is_not_known(words):
    with pytest.raises(ValueError, match="day and the time"):
        read_moment(words)


def test_a_time_alone_minds_the_changes_of_the_clock():
    autumn = dt.datetime(2026, 10, 25, 8, tzinfo=dt.UTC)
    assert read_moment("1:30", autumn) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert read_moment("1.30am GMT", autumn) == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    with pytest.raises(ValueError, match="clocks go forward"):
        read_moment("1:30", dt.datetime(2026, 3, 29, 8, tzinfo=dt.UTC))
