"""The month of rights other than access, and the targets that a school sets itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    ClockState,
    InvalidFacts,
    half_time,
    own_target,
    prompt_clock,
    rights_clock,
    sar_clock,
)
from dpdesk.law.request_kinds import ClockKind, RequestKind, every_kind
from tests.law.histories import DAY, ENGLAND, days, histories, known, start_of, walked_due

RIGHTS = tuple(
    kind
    for kind, rules in every_kind().items()
    if rules.clock is ClockKind.MONTH and kind is not RequestKind.ACCESS
)

# The vectors of the table of the law: received, after one month, after three.
VECTORS = [
    (date(2026, 9, 3), date(2026, 10, 5), date(2026, 12, 3)),
    (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
    (date(2026, 11, 25), date(2026, 12, 29), date(2027, 2, 25)),
    (date(2027, 1, 30), date(2027, 3, 1), date(2027, 4, 30)),
    (date(2026, 10, 31), date(2026, 11, 30), date(2027, 2, 1)),
]


def texts(found):
    return " ".join(step.text for step in found.steps)


@pytest.mark.parametrize(("received", "one", "three"), VECTORS)
def test_every_right_has_the_same_month(received, one, three):
    for kind in RIGHTS:
        facts = AccessFacts(received)
        assert rights_clock(kind, facts, ENGLAND).due == one
        longer = rights_clock(kind, replace(facts, extended=received), ENGLAND).due
        assert longer == (three if every_kind()[kind].extends else one)


def test_a_question_stops_the_month_of_access_only():
    asked = ClarificationDays(date(2026, 9, 7), date(2026, 9, 14))
    facts = AccessFacts(date(2026, 9, 1), clarifications=(asked,))
    assert rights_clock("access", facts, ENGLAND).due == date(2026, 10, 9)
    found = rights_clock("erasure", facts, ENGLAND)
    assert found.due == date(2026, 10, 1)
    assert "does not stop the clock" in texts(found)
    assert found.steps[-1].date == found.due


def test_an_open_question_leaves_another_right_running():
    facts = AccessFacts(date(2026, 9, 1), clarifications=(ClarificationDays(date(2026, 9, 7)),))
    found = rights_clock("rectification", facts, ENGLAND)
    assert (found.state, found.due) == (ClockState.RUNNING, date(2026, 10, 1))


def test_an_answer_before_its_question_is_refused_for_every_right():
    wrong = ClarificationDays(date(2026, 9, 14), date(2026, 9, 7))
    with pytest.raises(InvalidFacts):
        rights_clock("erasure", AccessFacts(date(2026, 9, 1), clarifications=(wrong,)), ENGLAND)


def test_no_step_of_another_right_speaks_of_guidance_on_access():
    facts = AccessFacts(date(2026, 11, 2), identity=date(2026, 11, 9))
    for kind in RIGHTS:
        found = rights_clock(kind, facts, ENGLAND)
        assert not [step for step in found.steps[:-1] if "13.2" in step.source]


def test_a_kind_without_an_extension_offers_none():
    found = rights_clock("transfer_copy", AccessFacts(date(2026, 9, 3)), ENGLAND)
    assert found.extension_notice_due is None
    assert "further months" not in texts(found)


@given(histories(open_ones=True), st.sampled_from(RIGHTS))
def test_the_date_is_found_by_walking_without_any_pause(facts, kind):
    found = rights_clock(kind, replace(facts, extended=None), ENGLAND)
    assert found.due == walked_due(start_of(facts), 1, (), ENGLAND)
    assert found.steps[-1].date == found.due


@given(days, st.integers(1, 10))
def test_withdrawn_consent_ends_within_the_working_days_of_the_school(received, number):
    due = known(prompt_clock(received, number, ENGLAND).due)
    between = [received + DAY * n for n in range(1, (due - received).days + 1)]
    assert ENGLAND.is_working_day(due)
    assert sum(map(ENGLAND.is_working_day, between)) == number


def test_the_own_target_lies_before_the_date_and_moves_with_it():
    plain = sar_clock(AccessFacts(date(2026, 9, 1)), ENGLAND)
    assert own_target(plain, 28, ENGLAND) == date(2026, 9, 29)
    asked = ClarificationDays(date(2026, 9, 7), date(2026, 9, 14))
    paused = sar_clock(AccessFacts(date(2026, 9, 1), clarifications=(asked,)), ENGLAND)
    assert own_target(paused, 28, ENGLAND) == date(2026, 10, 7)


@pytest.mark.parametrize(
    ("received", "wanted"),
    [
        (date(2026, 9, 3), date(2026, 10, 1)),  # ends on a Saturday
        (date(2026, 11, 25), date(2026, 12, 23)),  # ends on Christmas Day
        (date(2027, 1, 30), date(2027, 2, 26)),  # the month is short: 28 days are a Saturday
    ],
)
def test_28_days_stay_28_where_the_end_moves_over_days_off(received, wanted):
    found = sar_clock(AccessFacts(received), ENGLAND)
    assert own_target(found, 28, ENGLAND) == wanted


@given(histories(open_ones=True), st.integers(1, 60))
def test_the_own_target_is_a_working_day_that_is_never_late(facts, number):
    found = sar_clock(facts, ENGLAND)
    target = own_target(found, number, ENGLAND)
    assert (target is None) == (found.due is None)
    if target is not None:
        assert ENGLAND.is_working_day(target)
        assert target <= known(found.due)


@given(histories(open_ones=True))
def test_half_time_lies_between_start_and_end(facts):
    found = sar_clock(facts, ENGLAND)
    middle = half_time(found)
    if middle is not None:
        assert known(found.start) < middle + DAY
        assert middle < known(found.due)
