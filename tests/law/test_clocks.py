"""The clocks of breaches, complaints, educational records and exam marks."""

from __future__ import annotations

import datetime as dt
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    ClockState,
    InvalidFacts,
    breach_clock,
    complaint_clock,
    educational_record_clock,
    exam_marks_clock,
)
from dpdesk.law.words import LONDON, long_moment
from tests.law.histories import DAY, ENGLAND, days, known

moments = st.datetimes(
    dt.datetime.fromisoformat("2026-01-01"),
    dt.datetime.fromisoformat("2030-12-31"),
    timezones=st.just(dt.UTC),
)


def texts(found):
    return " ".join(step.text for step in found.steps)


def london(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


# --------------------------------------------------------------------------------- 72 hours


@pytest.mark.parametrize(
    ("aware", "shown", "turned"),
    [
        # an ordinary week
        ("2026-11-20 09:10", "Monday 23 November 2026 at 09:10", ""),
        # over Christmas: nights, weekends and holidays count
        ("2026-12-24 17:00", "Sunday 27 December 2026 at 17:00", ""),
        # the clocks go forward on 29 March 2026 at 01:00: an hour later on the wall
        ("2026-03-27 22:30", "Monday 30 March 2026 at 23:30", "forward"),
        ("2026-03-26 00:30", "Sunday 29 March 2026 at 00:30", ""),
        # and back on 25 October 2026 at 02:00: an hour earlier
        ("2026-10-23 09:00", "Monday 26 October 2026 at 08:00", "back"),
        ("2026-10-25 03:00", "Wednesday 28 October 2026 at 03:00", ""),
    ],
)
def test_a_breach_is_due_72_hours_later_whatever_the_clock_on_the_wall_does(aware, shown, turned):
    found = breach_clock(london(aware))
    assert isinstance(found.due, dt.datetime)
    assert long_moment(found.due) == shown
    assert found.due - london(aware).astimezone(dt.UTC) == dt.timedelta(hours=72)
    assert (f"The clocks go {turned}" in texts(found)) == bool(turned)
    assert found.steps[-1].text == f"A report is due by {shown}."


def test_the_hour_that_comes_twice_in_october_is_told_apart():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # 01:30 summer time
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)  # 01:30 winter time
    due = [breach_clock(each).due for each in (first, second)]
    assert [known(each).isoformat() for each in due] == [
        "2026-10-28T00:30:00+00:00",
        "2026-10-28T01:30:00+00:00",
    ]


def test_a_late_report_must_give_its_reasons():
    aware = dt.datetime(2026, 11, 20, 9, 10, tzinfo=dt.UTC)
    in_time = breach_clock(aware, aware + dt.timedelta(hours=72))
    late = breach_clock(aware, aware + dt.timedelta(hours=72, seconds=1))
    assert "reasons for the delay" not in texts(in_time)
    assert "reasons for the delay" in texts(late)


def test_a_moment_without_a_time_zone_is_no_fact():
    with pytest.raises(InvalidFacts) as caught:
        breach_clock(dt.datetime.fromisoformat("2026-11-20 09:10"))
    assert "aware" in caught.value.problems


def test_deadlines_in_the_hour_that_comes_twice_are_told_apart():
    aware = dt.datetime(2026, 10, 22, 0, 30, tzinfo=dt.UTC)
    one, two = (breach_clock(aware + dt.timedelta(hours=hours)) for hours in (0, 1))
    assert one.steps[-1].text == "A report is due by Sunday 25 October 2026 at 01:30 BST."
    assert two.steps[-1].text == "A report is due by Sunday 25 October 2026 at 01:30 GMT."


@pytest.mark.parametrize("year", [1, 202, 9999])
def test_awareness_in_a_year_that_cannot_be_is_no_fact(year):
    with pytest.raises(InvalidFacts) as caught:
        breach_clock(dt.datetime(year, 12, 31, 12, tzinfo=dt.UTC))
    assert f"The year {year} cannot be right" in caught.value.problems["aware"]


@given(moments)
def test_72_hours_are_72_hours(aware):
    found = breach_clock(aware.astimezone(LONDON))
    assert isinstance(found.due, dt.datetime)
    assert found.due == aware + dt.timedelta(hours=72)
    assert found.due.tzinfo is dt.UTC
    assert found.steps[-1].date == found.due


# ------------------------------------------------------------------------------- complaints


def test_the_earlier_reading_of_the_30_days_counts_and_both_are_shown():
    """ "Beginning when received" makes the day of receipt day one; the ICO begins a day later."""
    found = complaint_clock(date(2026, 11, 22), ENGLAND)
    assert found.due == date(2026, 12, 21)
    assert {date(2026, 12, 21), date(2026, 12, 22)} <= {step.date for step in found.steps}
    assert "without undue delay" in texts(found)


def test_thirty_days_that_end_at_christmas_are_shown_with_where_they_move():
    found = complaint_clock(date(2026, 11, 25), ENGLAND)
    assert found.due == date(2026, 12, 24)
    assert date(2026, 12, 29) in {step.date for step in found.steps}


def test_a_complaint_that_was_acknowledged_waits_for_its_outcome():
    received, told = date(2026, 11, 2), date(2026, 11, 5)
    plain = complaint_clock(received, ENGLAND, told)
    assert (plain.due, plain.state) == (None, ClockState.NOT_APPLICABLE)
    own = complaint_clock(received, ENGLAND, told, target_days=28)
    assert own.due == date(2026, 11, 30)
    assert "names no number of days" in texts(own)
    late = complaint_clock(received, ENGLAND, date(2026, 12, 4))
    assert "late: the last day was Wednesday 2 December 2026" in texts(late)


def test_nobody_acknowledges_what_has_not_arrived():
    with pytest.raises(InvalidFacts) as caught:
        complaint_clock(date(2026, 11, 22), ENGLAND, date(2026, 11, 21))
    assert "acknowledged" in caught.value.problems


@given(days)
def test_an_acknowledgement_is_due_on_a_working_day_within_30_days(received):
    found = complaint_clock(received, ENGLAND)
    due = known(found.due)
    assert ENGLAND.is_working_day(due)
    assert 24 <= (due - received).days <= 29
    assert found.steps[-1].date == due
    later = ENGLAND.roll_forward(received + DAY * 30)
    assert later in {step.date for step in found.steps}


# ------------------------------------------------------------------------ educational records

SCHOOL = WorkCalendar.build(
    terms=[(date(2026, 9, 2), date(2026, 12, 16)), (date(2027, 1, 6), date(2027, 3, 25))],
    closures=[(date(2026, 10, 19), date(2026, 10, 30))],
    inset_days=[date(2027, 1, 6)],
)


def test_the_educational_record_is_due_after_15_school_days():
    # Half-term from 19 to 30 October does not count: five days before it and ten after.
    found = educational_record_clock(date(2026, 10, 9), SCHOOL)
    assert found.steps[1].date == date(2026, 11, 13)
    assert found.due == date(2026, 11, 9)  # but one calendar month is shorter
    assert educational_record_clock(date(2026, 11, 2), SCHOOL).due == date(2026, 11, 23)


def test_over_the_holidays_the_month_is_shorter():
    found = educational_record_clock(date(2026, 12, 14), SCHOOL)
    assert known(found.steps[1].date) > date(2027, 1, 14)
    assert found.due == date(2027, 1, 14)


def test_missing_terms_are_named_and_give_the_earlier_date():
    found = educational_record_clock(date(2026, 11, 2), ENGLAND)
    assert found.due == date(2026, 11, 23)
    assert "terms are missing" in texts(found)
    assert "terms are missing" not in texts(educational_record_clock(date(2026, 11, 2), SCHOOL))


def test_beside_the_policy_stands_the_law_and_the_promise_can_be_switched_off():
    promised = educational_record_clock(date(2026, 11, 2), SCHOOL)
    assert "Your policy" in texts(promised)
    assert "The law" in texts(promised)
    law = educational_record_clock(date(2026, 11, 2), SCHOOL, promised=False)
    assert law.due == date(2026, 12, 2)
    assert "switched off" in texts(law)


@given(days)
def test_the_record_is_never_due_later_than_a_month_and_what_that_rolls_over(received):
    found = educational_record_clock(received, SCHOOL)
    assert known(found.due) <= ENGLAND.roll_forward(received + DAY * 31)
    assert SCHOOL.is_working_day(known(found.due))
    assert found.steps[-1].date == found.due


# -------------------------------------------------------------------------------- exam marks


def test_marks_wait_for_the_results_and_40_days():
    found = exam_marks_clock(date(2026, 6, 1), ENGLAND, announced=date(2026, 8, 13))
    assert found.due == date(2026, 9, 22)
    assert found.target == date(2026, 9, 21)


def test_or_five_months_from_the_request_if_that_is_earlier():
    assert exam_marks_clock(date(2026, 6, 1), ENGLAND).due == date(2026, 11, 2)
    found = exam_marks_clock(date(2026, 6, 1), ENGLAND, announced=date(2026, 10, 30))
    assert found.due == date(2026, 11, 2)  # Sunday 1 November moves to Monday


@pytest.mark.parametrize("announced", [date(2026, 8, 13), date(2026, 9, 1)])
def test_once_results_are_out_the_ordinary_clock_applies(announced):
    found = exam_marks_clock(date(2026, 9, 1), ENGLAND, announced=announced)
    assert (found.due, found.state) == (None, ClockState.NOT_APPLICABLE)
    assert "ordinary clock" in texts(found)


@given(days, st.integers(1, 400))
def test_an_announcement_never_makes_the_marks_due_later(received, after):
    without = exam_marks_clock(received, ENGLAND)
    with_it = exam_marks_clock(received, ENGLAND, received + DAY * after)
    assert known(with_it.due) <= known(without.due)
    assert known(with_it.target) < known(with_it.due)
    assert with_it.steps[-1].date == with_it.due


@pytest.mark.parametrize("clock", [complaint_clock, educational_record_clock, exam_marks_clock])
def test_a_slip_of_the_keyboard_in_the_year_is_noticed(clock):
    with pytest.raises(InvalidFacts) as caught:
        clock(date(226, 11, 22), ENGLAND)
    assert "226" in caught.value.problems["received"]
