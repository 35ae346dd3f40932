"""What must hold for any history of a request, whatever the DPO enters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import AccessFacts, ClarificationDays, sar_clock
from tests.law.histories import (
    DAY,
    ENGLAND,
    clarifications,
    days,
    histories,
    known,
    start_of,
    walked_due,
)


@given(histories(open_ones=True, extended=False))
def test_the_date_is_the_one_found_by_walking_the_wall_planner(facts):
    assert sar_clock(facts, ENGLAND).due == walked_due(
        start_of(facts), 1, facts.clarifications, ENGLAND
    )


@given(histories(open_ones=True, extended=False))
def test_so_is_the_date_of_an_extended_request(facts):
    extended = replace(facts, extended=facts.received)
    assert sar_clock(extended, ENGLAND).due == walked_due(
        start_of(facts), 3, facts.clarifications, ENGLAND
    )


@given(histories(open_ones=True), st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(facts, random):
    shuffled = list(facts.clarifications)
    random.shuffle(shuffled)
    there = sar_clock(facts, ENGLAND)
    back = sar_clock(replace(facts, clarifications=tuple(shuffled)), ENGLAND)
    assert there == back


@given(histories(), st.integers(0, 3))
def test_a_question_inside_another_changes_nothing(facts, trim):
    hypothesis.assume(facts.clarifications)
    outer = facts.clarifications[0]
    first = min(outer.asked + DAY * trim, known(outer.answered))
    inner = ClarificationDays(first, max(first, known(outer.answered) - DAY * trim))
    more = replace(facts, clarifications=(*facts.clarifications, inner, outer))
    assert sar_clock(more, ENGLAND).due == sar_clock(facts, ENGLAND).due


@given(histories(most=1))
def test_a_question_cut_in_two_adjoining_ones_is_the_same_pause(facts):
    hypothesis.assume(facts.clarifications)
    (whole,) = facts.clarifications
    middle = whole.asked + (known(whole.answered) - whole.asked) / 2
    hypothesis.assume(middle < known(whole.answered))
    cut = (ClarificationDays(whole.asked, middle), ClarificationDays(middle + DAY, whole.answered))
    assert (
        sar_clock(replace(facts, clarifications=cut), ENGLAND).due == sar_clock(facts, ENGLAND).due
    )


@given(histories(extended=False), st.data())
def test_one_more_question_never_brings_the_date_forward(facts, data):
    more = data.draw(clarifications(facts.received))
    asked = replace(facts, clarifications=(*facts.clarifications, more))
    assert known(sar_clock(asked, ENGLAND).due) >= known(sar_clock(facts, ENGLAND).due)


@given(days, days)
def test_of_two_plain_requests_the_later_is_never_due_earlier(one, other):
    # Only without pauses. With them it fails, and rightly so: received on 30 January, with a
    # question from the 31st to 5 February, six days are left out; received on the 31st, only
    # five, and the month of both ends on 28 February.
    first, second = sorted((one, other))
    due = [known(sar_clock(_received(each), ENGLAND).due) for each in (first, second)]
    assert due[0] <= due[1]


def test_the_exception_to_that_is_as_described():
    asked = (ClarificationDays(dt.date(2027, 1, 31), dt.date(2027, 2, 8)),)
    earlier = sar_clock(_received(dt.date(2027, 1, 30), asked), ENGLAND)
    later = sar_clock(_received(dt.date(2027, 1, 31), asked), ENGLAND)
    assert (earlier.due, later.due) == (dt.date(2027, 3, 9), dt.date(2027, 3, 8))


def _received(day, asked=()):
    return AccessFacts(received=day, clarifications=asked)


@given(histories(extended=False), st.integers(0, 200))
def test_an_extension_never_brings_the_date_forward_and_counts_only_in_time(facts, later):
    plain = sar_clock(facts, ENGLAND)
    told = facts.received + DAY * later
    extended = sar_clock(replace(facts, extended=told), ENGLAND)
    assert extended.extension_notice_due == plain.extension_notice_due
    if told <= known(plain.extension_notice_due):
        assert known(extended.due) >= known(plain.due) + DAY * 50
    else:
        assert extended.due == plain.due


@given(histories(open_ones=True))
def test_what_is_due_is_due_on_a_working_day_after_the_start(facts):
    found = sar_clock(facts, ENGLAND)
    for day in (found.due, found.extension_notice_due):
        if day is not None:
            assert ENGLAND.is_working_day(day)
            assert day > start_of(facts)
    if found.due is not None:
        assert ENGLAND.is_working_day(known(found.target))
        assert start_of(facts) < known(found.target) < found.due


@given(histories(), st.sets(st.integers(0, 200), max_size=8))
def test_a_bank_holiday_added_later_never_brings_the_date_forward(facts, offsets):
    added = {facts.received + DAY * offset: "Proclaimed" for offset in offsets}
    told = WorkCalendar.build(added=added)
    found = sar_clock(facts, told)
    assert known(found.due) >= known(sar_clock(facts, ENGLAND).due)
    assert told.is_working_day(known(found.due))


@given(histories(open_ones=True))
def test_the_steps_lead_to_the_date_and_each_has_its_source(facts):
    found = sar_clock(facts, ENGLAND)
    assert found.steps[-1].date == (found.due or found.paused_since)
    for step in found.steps:
        assert step.source
        assert step.text.endswith(".")
    assert (found.due is None) == (found.paused_since is not None)


@given(histories())
def test_nothing_is_due_while_a_question_that_stopped_the_clock_is_open(facts):
    due = known(sar_clock(facts, ENGLAND).due)
    for question in facts.clarifications:
        assert not question.asked <= due <= known(question.answered)


@given(histories(), st.data())
def test_while_it_is_paused_the_notice_date_shown_is_safe_whenever_the_answer_comes(facts, data):
    hypothesis.assume(facts.clarifications)
    still_open = (*facts.clarifications[:-1], replace(facts.clarifications[-1], answered=None))
    paused = sar_clock(replace(facts, clarifications=still_open), ENGLAND)
    answered = sar_clock(facts, ENGLAND)
    assert known(paused.extension_notice_due) <= known(answered.extension_notice_due)
