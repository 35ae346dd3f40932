"""Duties in the order of their urgency."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.overview.answers import group_of, in_groups
from dpdesk.registers.duties import Duty

TODAY = dt.date(2026, 7, 1)
NOW = dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)


def _duty(due: dt.date | dt.datetime | None) -> Duty:
    return Duty("Answer", due, "SAR-2026-001", "requests", 1)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-1, "overdue"),
        (0, "today"),
        (1, "week"),
        (7, "week"),
        (8, "month"),
        (31, "month"),
        (32, "later"),
    ],
)
def test_days_fall_into_groups(days, group):
    assert group_of(_duty(TODAY + dt.timedelta(days=days)), NOW, TODAY) == group


def test_what_waits_for_others_is_never_overdue():
    assert group_of(_duty(None), NOW, TODAY) == "waiting"


def test_a_moment_is_overdue_by_the_minute():
    assert group_of(_duty(NOW - dt.timedelta(minutes=1)), NOW, TODAY) == "overdue"
    assert group_of(_duty(NOW + dt.timedelta(minutes=1)), NOW, TODAY) == "today"


def test_a_moment_after_midnight_at_the_school_is_tomorrow_though_not_in_greenwich():
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert group_of(_duty(late), NOW, TODAY) == "week"


def test_the_most_urgent_comes_first_and_empty_groups_are_left_out():
    moments = [None, TODAY + dt.timedelta(days=3), NOW + dt.timedelta(hours=2), TODAY]
    groups = in_groups([_duty(due) for due in moments], NOW, TODAY)
    assert [group.key for group in groups] == ["today", "week", "waiting"]
    assert [duty.due for duty in groups[0].duties] == [TODAY, NOW + dt.timedelta(hours=2)]
