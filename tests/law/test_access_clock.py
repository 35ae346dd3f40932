"""The clock of a subject access request: the vectors of the law, and each rule by an example."""

from __future__ import annotations

from datetime import date

import pytest

from dpdesk.errors import DpdeskError
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    ClockState,
    InvalidFacts,
    add_months,
    sar_clock,
)
from dpdesk.law.sources import Confidence
from tests.law.histories import ENGLAND


def due(received, *questions, **more):
    asked = tuple(ClarificationDays(*each) for each in questions)
    facts = AccessFacts(received=received, clarifications=asked, **more)
    return sar_clock(facts, ENGLAND).due


def result(received, *questions, **more):
    asked = tuple(ClarificationDays(*each) for each in questions)
    return sar_clock(AccessFacts(received=received, clarifications=asked, **more), ENGLAND)


# ------------------------------------------------- the vectors of the reference, both columns


@pytest.mark.parametrize(
    ("received", "more", "questions", "one_month", "three_months"),
    [
        (date(2026, 9, 3), {}, [], date(2026, 10, 5), date(2026, 12, 3)),
        (date(2026, 11, 22), {}, [], date(2026, 12, 22), date(2027, 2, 22)),
        (date(2026, 11, 25), {}, [], date(2026, 12, 29), date(2027, 2, 25)),
        (date(2027, 1, 30), {}, [], date(2027, 3, 1), date(2027, 4, 30)),
        (date(2026, 10, 31), {}, [], date(2026, 11, 30), date(2027, 2, 1)),
        (
            date(2026, 9, 1),
            {},
            [(date(2026, 9, 7), date(2026, 9, 14))],
            date(2026, 10, 9),
            date(2026, 12, 9),
        ),
        (
            date(2026, 11, 2),
            {"identity": date(2026, 11, 9)},
            [],
            date(2026, 12, 9),
            date(2027, 2, 9),
        ),
    ],
)
def test_vectors_of_the_reference(received, more, questions, one_month, three_months):
    assert due(received, *questions, **more) == one_month
    assert due(received, *questions, extended=received, **more) == three_months


# --------------------------------------------------------------------------------- the start


def test_the_clock_starts_on_the_latest_of_receipt_identity_and_fee():
    received = date(2026, 9, 1)
    assert due(received, identity=date(2026, 9, 8), fee=date(2026, 9, 3)) == date(2026, 10, 8)
    assert due(received, identity=date(2026, 9, 3), fee=date(2026, 9, 8)) == date(2026, 10, 8)


def test_proof_of_identity_seen_before_the_request_does_not_move_the_start():
    assert due(date(2026, 9, 3), identity=date(2026, 8, 20)) == date(2026, 10, 5)


def test_without_the_proof_that_was_asked_for_the_clock_has_not_started():
    found = result(date(2026, 11, 2), identity_needed=True)
    assert found.due is None
    assert found.paused_since is None
    assert found.extension_notice_due is None
    assert found.state is ClockState.NOT_STARTED
    assert found.waiting_for == ("proof of identity",)
    assert "has not started: waiting for proof of identity" in found.steps[-1].text


def test_without_the_fee_that_was_asked_for_the_clock_has_not_started():
    found = result(date(2026, 11, 2), identity=date(2026, 11, 3), fee_needed=True)
    assert (found.due, found.waiting_for) == (None, ("the fee",))


def test_the_day_of_receipt_may_be_a_bank_holiday():
    assert due(date(2026, 12, 25)) == date(2027, 1, 25)


# -------------------------------------------------------------------------------- the months


def test_a_month_without_the_date_ends_on_its_last_day():
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2028, 2, 29), -12) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    found = result(date(2028, 1, 31))
    assert found.due == date(2028, 2, 29)
    assert any("last day of a month that has no such date" in step.text for step in found.steps)


def test_it_rolls_once_and_only_at_the_end():
    # One month ends on Saturday 3 October; five paused days move that to Thursday 8 October. A
    # roll before the pause would have made it Saturday 10, and then Monday 12 October.
    assert due(date(2026, 9, 3), (date(2026, 9, 7), date(2026, 9, 11))) == date(2026, 10, 8)


def test_a_bank_holiday_added_later_moves_the_date():
    told = WorkCalendar.build(added={date(2026, 12, 22): "Proclaimed"})
    facts = AccessFacts(received=date(2026, 11, 22))
    assert sar_clock(facts, ENGLAND).due == date(2026, 12, 22)
    found = sar_clock(facts, told)
    assert found.due == date(2026, 12, 23)
    assert any("Proclaimed, a bank holiday" in step.text for step in found.steps)


# -------------------------------------------------------------------------------- the pauses


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        # one day: asked and answered on the same day
        ([(date(2026, 9, 7), date(2026, 9, 7))], date(2026, 10, 2)),
        # overlapping: 7 to 18 September, 12 days
        (
            [(date(2026, 9, 7), date(2026, 9, 14)), (date(2026, 9, 10), date(2026, 9, 18))],
            date(2026, 10, 13),
        ),
        # one inside the other
        (
            [(date(2026, 9, 7), date(2026, 9, 18)), (date(2026, 9, 10), date(2026, 9, 11))],
            date(2026, 10, 13),
        ),
        # sharing a day: the second asked on the day of the first answer
        (
            [(date(2026, 9, 7), date(2026, 9, 14)), (date(2026, 9, 14), date(2026, 9, 18))],
            date(2026, 10, 13),
        ),
        # adjoining: the second asked on the next day
        (
            [(date(2026, 9, 7), date(2026, 9, 14)), (date(2026, 9, 15), date(2026, 9, 18))],
            date(2026, 10, 13),
        ),
        # apart: 8 + 2 days
        (
            [(date(2026, 9, 7), date(2026, 9, 14)), (date(2026, 9, 21), date(2026, 9, 22))],
            date(2026, 10, 12),
        ),
        # the same question entered twice
        ([(date(2026, 9, 7), date(2026, 9, 14))] * 2, date(2026, 10, 9)),
    ],
)
def test_days_of_clarification_do_not_count_and_shared_days_are_left_out_once(questions, expected):
    assert due(date(2026, 9, 1), *questions) == expected


def test_a_question_on_the_day_of_the_start_stops_the_clock_from_the_next_day():
    # Asked on 1 September, answered on the 3rd: the 2nd and 3rd do not count.
    assert due(date(2026, 9, 1), (date(2026, 9, 1), date(2026, 9, 3))) == date(2026, 10, 5)
    assert due(date(2026, 9, 2), (date(2026, 9, 2), date(2026, 9, 3))) == date(2026, 10, 5)
    # Answered on the same day: nothing is lost.
    assert due(date(2026, 9, 2), (date(2026, 9, 2), date(2026, 9, 2))) == date(2026, 10, 2)


def test_a_question_answered_before_the_clock_started_changes_nothing():
    found = result(
        date(2026, 11, 2), (date(2026, 11, 3), date(2026, 11, 6)), identity=date(2026, 11, 9)
    )
    assert found.due == date(2026, 12, 9)
    assert any("changes nothing" in step.text for step in found.steps)


def test_only_the_days_after_the_start_are_left_out():
    # Asked before identity came on the 9th, answered on the 11th: two days, the 10th and 11th.
    asked = (date(2026, 11, 3), date(2026, 11, 11))
    assert due(date(2026, 11, 2), asked, identity=date(2026, 11, 9)) == date(2026, 12, 11)


def test_an_open_question_stops_the_clock():
    found = result(date(2026, 9, 1), (date(2026, 9, 7), None))
    assert found.due is None
    assert found.paused_since == date(2026, 9, 7)
    assert found.state is ClockState.PAUSED
    assert "paused since Monday 7 September 2026" in found.steps[-1].text
    # Telling by this day is in time whatever happens.
    assert found.extension_notice_due == date(2026, 10, 1)


def test_an_open_question_from_before_the_start_pauses_from_the_start():
    found = result(date(2026, 11, 2), (date(2026, 11, 3), None), identity=date(2026, 11, 9))
    assert (found.due, found.paused_since) == (None, date(2026, 11, 9))


def test_an_answered_question_does_not_hide_an_open_one():
    found = result(
        date(2026, 9, 1),
        (date(2026, 9, 10), None),
        (date(2026, 9, 7), date(2026, 9, 14)),
        (date(2026, 9, 20), date(2026, 9, 21)),
    )
    assert (found.due, found.paused_since) == (None, date(2026, 9, 10))


def test_a_question_after_the_time_ran_out_does_not_revive_it():
    found = result(date(2026, 9, 1), (date(2026, 10, 20), date(2026, 10, 25)))
    assert found.due == date(2026, 10, 1)
    assert any("does not pause the clock" in step.text for step in found.steps)
    still_open = result(date(2026, 9, 1), (date(2026, 10, 20), None))
    assert (still_open.due, still_open.paused_since) == (date(2026, 10, 1), None)


def test_a_question_on_the_last_day_still_stops_the_clock():
    # The last day itself does not count then, so it comes after the answer.
    assert due(date(2026, 9, 1), (date(2026, 10, 1), date(2026, 10, 6))) == date(2026, 10, 7)


def test_nothing_is_due_while_the_requester_is_being_asked():
    # The month ended on Saturday 3 October, so Monday the 5th was the last day; asked on it.
    assert due(date(2026, 9, 3), (date(2026, 10, 5), date(2026, 10, 7))) == date(2026, 10, 8)


# ---------------------------------------------------------------------------- the extension


def test_an_extension_notified_on_the_last_day_counts():
    found = result(date(2026, 9, 3), extended=date(2026, 10, 5))
    assert found.extension_notice_due == date(2026, 10, 5)
    assert found.due == date(2026, 12, 3)
    assert any("in time" in step.text for step in found.steps)


def test_an_extension_notified_too_late_does_not_count_and_the_steps_say_so():
    found = result(date(2026, 9, 3), extended=date(2026, 10, 6))
    assert found.due == date(2026, 10, 5)
    said = " ".join(step.text for step in found.steps)
    assert "after the last day for it, Monday 5 October 2026" in said
    assert "A late notice gives no more time" in said


def test_a_pause_gives_more_time_for_the_notice_too():
    pause = (date(2026, 9, 7), date(2026, 9, 14))
    found = result(date(2026, 9, 1), pause, extended=date(2026, 10, 9))
    assert found.extension_notice_due == date(2026, 10, 9)
    assert found.due == date(2026, 12, 9)
    assert due(date(2026, 9, 1), pause, extended=date(2026, 10, 10)) == date(2026, 10, 9)


def test_a_pause_in_the_second_month_gives_no_more_time_for_the_notice():
    pause = (date(2026, 11, 10), date(2026, 11, 15))
    found = result(date(2026, 9, 1), pause, extended=date(2026, 9, 20))
    assert found.extension_notice_due == date(2026, 10, 1)
    assert found.due == date(2026, 12, 7)
    assert due(date(2026, 9, 1), pause, extended=date(2026, 10, 5)) == date(2026, 10, 1)


def test_a_notice_given_while_the_clock_is_paused_is_in_time():
    found = result(date(2026, 9, 1), (date(2026, 9, 10), None), extended=date(2026, 11, 20))
    assert found.due is None
    assert any("told of an extension" in s.text and "in time" in s.text for s in found.steps)


# --------------------------------------------------------------------------- target and steps


def test_the_target_is_safe_if_days_of_replies_count_after_all():
    assert result(date(2026, 9, 3)).target == date(2026, 10, 2)
    assert result(date(2026, 9, 1), (date(2026, 9, 7), date(2026, 9, 14))).target == date(
        2026, 10, 8
    )
    # Two replies, so two days: Tuesday 13 October less two is a Sunday, so Friday the 9th.
    two = result(
        date(2026, 9, 1),
        (date(2026, 9, 7), date(2026, 9, 14)),
        (date(2026, 9, 21), date(2026, 9, 24)),
    )
    assert (two.due, two.target) == (date(2026, 10, 13), date(2026, 10, 9))


def test_the_steps_tell_the_whole_way_in_words_with_sources():
    found = result(
        date(2026, 8, 31),
        (date(2026, 9, 7), date(2026, 9, 9)),
        identity=date(2026, 9, 3),
        extended=date(2026, 9, 20),
    )
    assert [step.text for step in found.steps] == [
        "The request was received on Monday 31 August 2026.",
        "Proof of identity was received on Thursday 3 September 2026.",
        "The clock starts on Thursday 3 September 2026, the latest of these days.",
        (
            "The requester was told of an extension by two further months on Sunday 20 September "
            "2026, in time (the last day was Tuesday 6 October 2026)."
        ),
        "Three months from Thursday 3 September 2026 is Thursday 3 December 2026.",
        (
            "Clarification was asked for on Monday 7 September 2026 and given on Wednesday 9 "
            "September 2026. 3 days do not count, both ends included, which moves the date to "
            "Sunday 6 December 2026."
        ),
        (
            "Sunday 6 December 2026 is not a working day (a Sunday), so the time runs to the end "
            "of the next working day, Monday 7 December 2026."
        ),
        "Aim for Friday 4 December 2026, in case the day of a reply counts after all.",
        "The answer is due by the end of Monday 7 December 2026.",
    ]
    assert all(step.source for step in found.steps)
    assert found.steps[0].source == (
        "UK GDPR Art 12A(1)–(2); ICO right of access guidance; policy 13.2.7"
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            (date(2026, 9, 7), date(2026, 9, 7)),
            "asked for and given on Monday 7 September 2026. 1 day does not count, which moves",
        ),
        (
            (date(2026, 9, 1), date(2026, 9, 2)),
            (
                "2 days do not count, both ends included. Up to Tuesday 1 September 2026 no day "
                "counts anyway, so 1 day is added, which moves"
            ),
        ),
        (
            (date(2026, 9, 1), date(2026, 9, 3)),
            (
                "3 days do not count, both ends included. Up to Tuesday 1 September 2026 no day "
                "counts anyway, so 2 days are added,"
            ),
        ),
    ],
)
def test_a_pause_is_told_in_plain_words(question, said):
    assert said in " ".join(step.text for step in result(date(2026, 9, 1), question).steps)


def test_a_reading_of_the_law_that_is_not_confirmed_is_marked():
    found = result(date(2026, 9, 1), (date(2026, 9, 1), date(2026, 9, 3)))
    marks = {step.confidence for step in found.steps if "do not count" in step.text}
    assert marks == {Confidence.UNCONFIRMED}


# ------------------------------------------------------------------------------- impossible


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"fee": date(2026, 9, 2)}, "fee", "before the request was received"),
        ({"extended": date(2026, 9, 2)}, "extended", "before the request was received"),
        (
            {"clarifications": (ClarificationDays(date(2026, 9, 2)),)},
            "clarifications",
            "before the request was received",
        ),
        (
            {"clarifications": (ClarificationDays(date(2026, 9, 9), date(2026, 9, 8)),)},
            "clarifications",
            "cannot come before its question",
        ),
        ({"identity": date(226, 9, 9)}, "identity", "year 226"),
        ({"received": date(9999, 12, 31)}, "received", "year 9999"),
    ],
)
def test_facts_that_contradict_each_other_are_named_by_field(facts, field, words):
    with pytest.raises(InvalidFacts) as caught:
        sar_clock(AccessFacts(**{"received": date(2026, 9, 3), **facts}), ENGLAND)
    assert words in caught.value.problems[field]
    assert isinstance(caught.value, DpdeskError)


def test_every_impossible_fact_is_named_at_once():
    with pytest.raises(InvalidFacts) as caught:
        result(date(2026, 9, 3), fee=date(2026, 9, 1), extended=date(2026, 9, 1))
    assert set(caught.value.problems) == {"fee", "extended"}
