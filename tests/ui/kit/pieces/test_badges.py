"""Badges say how long is left, in words, icon and tone."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.ui.kit.invented import NOW
from ui.kit.look.icons import known
from ui.kit.pieces.badges import Badge, BadgeLabel, called_due, due_badge

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (TODAY - dt.timedelta(2), "2 days overdue", "danger"),
        (TODAY, "Today", "warn"),
        (TODAY + dt.timedelta(1), "Tomorrow", "warn"),
        (TODAY + dt.timedelta(5), "Friday 27 Nov", "info"),
        (dt.date(2026, 12, 18), "18 Dec", "quiet"),
        (dt.date(2027, 1, 4), "4 Jan 2027", "quiet"),
        (NOW + dt.timedelta(hours=18, minutes=12), "18 h 12 min left", "warn"),
        (NOW - dt.timedelta(hours=1), "1 h 0 min overdue", "danger"),
    ],
)
def test_a_due_date_is_said_as_a_person_would(due, text, tone):
    badge = due_badge(due, NOW)
    assert badge is not None
    assert (badge.text, badge.tone) == (text, tone)
    assert known(badge.icon)


def test_where_no_heading_stands_over_it_a_date_says_what_it_is():
    days = (dt.date(2026, 12, 18), TODAY, TODAY - dt.timedelta(2), NOW + dt.timedelta(hours=3))
    said = [badge.text for day in days if (badge := called_due(due_badge(day, NOW))) is not None]
    assert said == ["Due 18 Dec", "Due today", "2 days overdue", "3 h 0 min left"]
    past = called_due(due_badge(dt.date(2026, 3, 1), NOW, settled=True))
    assert past is not None
    assert past.text == "Was due 1 Mar 2026"
    assert called_due(None) is None


def test_the_text_of_a_list_is_understood():
    assert due_badge("2026-11-20", NOW) == due_badge(dt.date(2026, 11, 20), NOW)
    moment = due_badge("2026-11-23T09:10:00Z", NOW)
    assert moment is not None
    assert moment.text == "18 h 12 min left"
    assert "Monday 23 November 2026 at 09:10" in moment.hint


def test_no_date_has_no_badge_and_settled_work_gives_no_alarm():
    assert due_badge(None, NOW) is None
    assert due_badge("", NOW) is None
    past = due_badge(TODAY - dt.timedelta(40), NOW, settled=True)
    assert past is not None
    assert past.tone == "quiet"
    assert "overdue" not in past.text


def test_today_is_today_at_the_school():
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)  # 00:30 of the next day in summer time
    badge = due_badge(dt.date(2026, 7, 2), late)
    assert badge is not None
    assert badge.text == "Today"


def test_a_badge_names_itself_and_has_room(qtbot):
    label = BadgeLabel(Badge("Tomorrow", "mdi6.clock", "warn", "Due tomorrow, Monday 23 November"))
    qtbot.addWidget(label)
    assert label.accessibleName() == "Due tomorrow, Monday 23 November"
    short = label.sizeHint().width()
    label.show_badge(Badge("Tomorrow and after that", "mdi6.clock"))
    assert label.sizeHint().width() > short
    label.show_badge(None)
    assert label.isHidden()
