"""Dates and moments as a person says them."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.law.words import (
    clock_time,
    count,
    due_phrase,
    listed,
    long_date,
    long_moment,
    short_date,
    short_moment,
)

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def test_a_date_is_written_with_its_weekday_and_no_leading_nought():
    assert long_date(dt.date(2026, 12, 18)) == "Friday 18 December 2026"
    assert long_date(dt.date(2026, 9, 3)) == "Thursday 3 September 2026"
    assert short_date(dt.date(2026, 9, 3)) == "3 Sep 2026"


def test_a_moment_is_shown_in_london_time_in_summer_and_winter():
    assert long_moment(dt.datetime(2026, 7, 31, 23, 5, tzinfo=dt.UTC)) == (
        "Saturday 1 August 2026 at 00:05"
    )
    assert short_moment(dt.datetime(2026, 12, 31, 23, 5, tzinfo=dt.UTC)) == "31 Dec 2026 23:05"
    assert clock_time(dt.datetime(2026, 12, 31, 9, 5, tzinfo=dt.UTC)) == "09:05"


def test_the_hour_that_comes_twice_in_october_says_which_one_is_meant():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    shown = [long_moment(first + dt.timedelta(hours=hours)) for hours in range(3)]
    assert [each.partition(" at ")[2] for each in shown] == ["01:30 BST", "01:30 GMT", "02:30"]


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        long_moment(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("due", "phrase"),
    [
        (dt.date(2026, 12, 18), "Due Friday 18 December, in 26 days"),
        (dt.date(2026, 11, 24), "Due Tuesday 24 November, in 2 days"),
        (dt.date(2026, 11, 23), "Due tomorrow, Monday 23 November"),
        (dt.date(2026, 11, 22), "Due today"),
        (dt.date(2026, 11, 21), "1 day overdue"),
        (dt.date(2026, 11, 20), "2 days overdue"),
        (dt.date(2027, 2, 22), "Due Monday 22 February 2027, in 92 days"),
    ],
)
def test_a_due_day_is_told_by_its_distance(due, phrase):
    assert due_phrase(due, TODAY) == phrase


@pytest.mark.parametrize(
    ("left", "phrase"),
    [
        (dt.timedelta(hours=18, minutes=12), "18 h 12 min left"),
        (dt.timedelta(hours=71, minutes=59, seconds=59), "71 h 59 min left"),
        (dt.timedelta(minutes=7), "7 min left"),
        (dt.timedelta(seconds=59), "Less than a minute left"),
        (dt.timedelta(0), "Less than a minute left"),
        (dt.timedelta(seconds=-1), "Less than a minute overdue"),
        (dt.timedelta(minutes=-61), "1 h 1 min overdue"),
    ],
)
def test_a_due_moment_counts_hours_and_minutes_and_never_a_minute_too_many(left, phrase):
    assert due_phrase(NOON + left, NOON) == phrase


def test_a_due_day_against_a_moment_uses_the_day_in_london():
    before_midnight_in_utc = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert due_phrase(dt.date(2026, 7, 1), before_midnight_in_utc) == "Due today"


def test_a_due_moment_cannot_be_compared_with_a_mere_day():
    with pytest.raises(TypeError, match="moment"):
        due_phrase(NOON, TODAY)


def test_numbers_and_rows_of_words_read_naturally():
    assert [count(1, "day"), count(8, "day"), count(1200, "page")] == [
        "1 day",
        "8 days",
        "1,200 pages",
    ]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("hours", "said"),
    [(95, "95 h 0 min overdue"), (96, "4 days overdue"), (24 * 121 + 5, "121 days overdue")],
)
def test_long_after_a_moment_days_are_spoken_of(hours, said):
    due = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    assert due_phrase(due, due + dt.timedelta(hours=hours)) == said
