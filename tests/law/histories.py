"""Random but possible histories of a request, and a second way to count them.

The oracle walks the calendar day by day, as a person with a wall planner would, and shares no
arithmetic with the program.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import AccessFacts, ClarificationDays

ENGLAND = WorkCalendar.build()
DAY = dt.timedelta(days=1)

days = st.dates(dt.date(2026, 2, 5), dt.date(2031, 12, 31))


@st.composite
def clarifications(draw, received, *, open_ones=False, within=150):
    asked = received + DAY * draw(st.integers(0, within))
    if open_ones and draw(st.integers(0, 4)) == 0:
        return ClarificationDays(asked)
    return ClarificationDays(asked, asked + DAY * draw(st.integers(0, 60)))


@st.composite
def histories(draw, *, open_ones=False, extended=True, most=4, within=150):
    received = draw(days)
    later = st.none() | st.integers(0, 40).map(lambda number: received + DAY * number)
    return AccessFacts(
        received=received,
        identity=draw(later),
        fee=draw(later),
        clarifications=tuple(
            draw(
                st.lists(
                    clarifications(received, open_ones=open_ones, within=within), max_size=most
                )
            )
        ),
        extended=draw(later) if extended else None,
    )


def known(day: dt.date | None) -> dt.date:
    """The date of a clock that must have one."""
    assert day is not None
    return day


def start_of(facts: AccessFacts) -> dt.date:
    return max(day for day in (facts.received, facts.identity, facts.fee) if day)


def month_end(start: dt.date, months: int) -> dt.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def walked_due(
    start: dt.date, months: int, asked: tuple[ClarificationDays, ...], calendar: WorkCalendar
) -> dt.date | None:
    """The due date by walking; None when the walk meets an open question."""
    wanted = (month_end(start, months) - start).days
    day, counted = start, 0
    in_force: set[ClarificationDays] = {each for each in asked if each.asked <= start}
    while counted < wanted:
        day += DAY
        in_force |= {each for each in asked if each.asked == day}
        covering = [each for each in in_force if each.answered is None or each.answered >= day]
        if any(each.answered is None for each in covering):
            return None
        if not covering:
            counted += 1
    while True:  # the days between the end and the working day it moves to
        end, grace = day, day
        while not calendar.is_working_day(grace):
            grace += DAY
        late = [each for each in asked if end < each.asked <= grace]
        if not late:
            return grace
        reply = min(each.asked for each in late) - DAY
        # Questions that follow without a free day keep the clock standing.
        for each in sorted(asked, key=lambda each: each.asked):
            if end < each.asked <= reply + DAY:
                if each.answered is None:
                    return None
                reply = max(reply, each.answered)
        day = reply + DAY
