"""Clocks against a count that shares nothing with the program, not even its bank holidays.

The bank holidays are those that the reference lists, typed out; the months are counted by the
formula of the reference, and not day by day as in ``histories.py``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    complaint_clock,
    educational_record_clock,
    exam_marks_clock,
    sar_clock,
)

D, DAY = dt.date, dt.timedelta(days=1)
ENGLAND = WorkCalendar.build()
HOLIDAYS = {
    D.fromisoformat(day)
    for day in """
    2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
    2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
    2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
    2029-01-01 2029-03-30 2029-04-02 2029-05-07 2029-05-28 2029-08-27 2029-12-25 2029-12-26
    2030-01-01 2030-04-19 2030-04-22 2030-05-06 2030-05-27 2030-08-26 2030-12-25 2030-12-26
    """.split()
}
EDGES = (
    D(2027, 1, 29), D(2027, 1, 30), D(2027, 1, 31), D(2028, 1, 29), D(2028, 1, 31),
    D(2028, 2, 29), D(2026, 11, 30), D(2026, 12, 25), D(2026, 12, 31), D(2027, 11, 25),
    D(2026, 3, 3), D(2026, 3, 6), D(2028, 11, 26), D(2027, 2, 28), D(2026, 10, 31),
)  # fmt: skip
"""Ends of months, leap days, ends of years, and Easter."""
TERMS = (
    (D(2026, 9, 3), D(2026, 10, 23)), (D(2026, 11, 2), D(2026, 12, 11)),
    (D(2027, 1, 6), D(2027, 2, 12)), (D(2027, 2, 22), D(2027, 3, 24)),
    (D(2027, 4, 14), D(2027, 5, 28)), (D(2027, 6, 7), D(2027, 7, 9)),
    (D(2027, 9, 2), D(2027, 10, 22)),
)  # fmt: skip
INSET, CLOSED = {D(2026, 11, 2), D(2027, 1, 6)}, (D(2026, 11, 26), D(2026, 11, 27))


def works(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def rolled(day, step=DAY):
    while not works(day):
        day += step
    return day


def months_on(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return D(day.year + years, month + 1, min(day.day, last))


def counted(start, months, questions):
    """The end before and after it is moved on; None where a question came after the end."""
    end = months_on(start, months)
    out: set[dt.date] = set()
    for asked, answered in sorted(questions):
        if end + DAY * len(out) < asked:
            return None
        days = (answered - asked).days + 1 if answered > start else 0
        out |= {asked + DAY * n for n in range(days) if asked + DAY * n > start}
    return rolled(end + DAY * len(out))


def test_a_few_hundred_histories_of_a_request_end_where_the_reference_says():
    dice, compared = random.Random(20261202), 0
    for number in range(400):
        received = EDGES[number % 15] if number < 60 else D(2026, 2, 5) + DAY * dice.randrange(1400)
        identity, fee = (
            received + DAY * dice.randrange(25) if dice.random() < 0.3 else None for _ in range(2)
        )
        start = max(day for day in (received, identity, fee) if day)
        asked = [received + DAY * dice.randrange(60) for _ in range(dice.choice((0, 0, 1, 2, 3)))]
        questions = [(day, day + DAY * dice.randrange(20)) for day in asked]
        told = received + DAY * dice.randrange(60) if dice.random() < 0.4 else None
        month, quarter = (counted(start, months, questions) for months in (1, 3))
        if month is None or quarter is None:
            continue
        facts = AccessFacts(
            received,
            identity,
            fee,
            clarifications=tuple(ClarificationDays(*each) for each in questions),
            extended=told,
        )
        found = sar_clock(facts, ENGLAND)
        assert found.extension_notice_due == month, facts
        assert found.due == (quarter if told and told <= month else month), facts
        compared += 1
    assert compared > 250


def test_complaints_and_marks_end_where_the_reference_says():
    dice = random.Random(20261203)
    for number in range(120):
        received = (
            EDGES[number % 15] if number < 15 else D(2026, 6, 19) + DAY * dice.randrange(1200)
        )
        assert complaint_clock(received, ENGLAND).due == rolled(received + 29 * DAY, -DAY)
        announced = received + DAY * dice.randrange(1, 200) if number % 2 else None
        end = months_on(received, 5)
        end = min(end, announced + 40 * DAY) if announced else end
        assert exam_marks_clock(received, ENGLAND, announced).due == rolled(end)


def test_fifteen_school_days_or_a_month_whichever_is_shorter():
    school = WorkCalendar.build(terms=TERMS, inset_days=INSET, closures=[CLOSED])
    for number in range(290):
        received = day = D(2026, 9, 3) + DAY * number
        left = 15
        while left:
            day += DAY
            in_term = any(first <= day <= last for first, last in TERMS)
            shut = day in INSET or CLOSED[0] <= day <= CLOSED[1]
            left -= in_term and works(day) and not shut
        expected = min(day, rolled(months_on(received, 1)))
        assert educational_record_clock(received, school).due == expected
