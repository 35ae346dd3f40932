"""What holds for a pupil and a use: examples, and properties that must hold for any history."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.consents.rules import (
    ConsentReason,
    ConsentSaid,
    Deciders,
    Stands,
    Version,
    holding,
    means_the_same,
    stage_end,
    standing,
    until,
    why,
)

PUPIL, MOTHER, FATHER, AUNT = 1, 2, 3, 4
TODAY = dt.date(2026, 11, 20)
BOTH = Deciders(PUPIL, frozenset({MOTHER, FATHER}))
ABLE = Deciders(PUPIL, frozenset({MOTHER, FATHER}), competent=True)
ONE = frozenset({1})
NUMBERS = itertools.count(1)


def said(by, answer, back=10, **more):
    """An answer of so many days ago."""
    return ConsentSaid(next(NUMBERS), by, answer, TODAY - dt.timedelta(days=back), **more)


def stands(*answers, deciders=BOTH, words=ONE):
    return standing(answers, deciders, words, TODAY).stands


def test_nothing_recorded_is_not_asked():
    assert stands() is Stands.NOT_ASKED


def test_one_parent_who_agrees_is_enough():
    assert stands(said(MOTHER, "given")) is Stands.GIVEN


@pytest.mark.parametrize("no", ["refused", "withdrawn"])
def test_parents_who_disagree_are_a_no_and_it_is_said(no):
    for answers in ([MOTHER, FATHER], [FATHER, MOTHER]):
        found = standing([said(answers[0], "given", 3), said(answers[1], no, 9)], BOTH, ONE, TODAY)
        assert found.stands == no
        assert found.reason is ConsentReason.DISAGREE
        assert "do not agree" in why(found, {MOTHER: "Jo Ward", FATHER: "Sam Ward"}, PUPIL)


def test_the_newest_answer_of_a_person_counts():
    assert stands(said(MOTHER, "given", 9), said(MOTHER, "withdrawn", 3)) is Stands.WITHDRAWN
    assert stands(said(MOTHER, "withdrawn", 9), said(MOTHER, "given", 3)) is Stands.GIVEN
    assert stands(said(MOTHER, "given", 3), said(MOTHER, "refused", 3)) is Stands.REFUSED


def test_somebody_without_responsibility_cannot_agree_but_is_heeded_where_nobody_else_answered():
    assert stands(said(AUNT, "given")) is Stands.NOT_ASKED
    assert stands(said(AUNT, "refused")) is Stands.REFUSED
    assert stands(said(AUNT, "refused"), said(MOTHER, "given")) is Stands.GIVEN


def test_an_answer_of_nobody_in_particular_can_only_be_a_no():
    assert stands(said(None, "given")) is Stands.NOT_ASKED
    assert stands(said(None, "refused"), said(MOTHER, "given")) is Stands.REFUSED


def test_the_pupils_own_no_counts_at_any_age_and_the_own_yes_where_able():
    assert stands(said(MOTHER, "given"), said(PUPIL, "refused")) is Stands.REFUSED
    assert stands(said(PUPIL, "given")) is Stands.NOT_ASKED
    assert stands(said(PUPIL, "given"), deciders=ABLE) is Stands.GIVEN
    assert stands(said(MOTHER, "refused"), said(PUPIL, "given"), deciders=ABLE) is Stands.REFUSED


def test_the_pupils_wish_counts_until_the_pupil_says_otherwise():
    first = said(MOTHER, "given", 9, wish="no")
    assert stands(first, said(MOTHER, "given", 3)) is Stands.REFUSED
    assert stands(first, said(MOTHER, "given", 3, wish="yes")) is Stands.GIVEN
    assert stands(first, said(PUPIL, "given", 3), deciders=ABLE) is Stands.GIVEN


def test_a_consent_runs_out_the_day_after_its_last():
    assert stands(said(MOTHER, "given", until=TODAY)) is Stands.GIVEN
    over = said(MOTHER, "given", until=TODAY - dt.timedelta(days=1))
    assert stands(over) is Stands.EXPIRED
    assert stands(over, said(FATHER, "given")) is Stands.GIVEN
    assert stands(said(MOTHER, "refused", until=over.until)) is Stands.REFUSED


def test_other_words_ask_again_and_a_refusal_holds_for_all_words():
    new = holding([Version(1, same=False), Version(2, same=False)])
    assert stands(said(MOTHER, "given"), words=new) is Stands.EXPIRED
    assert stands(said(MOTHER, "refused"), words=new) is Stands.REFUSED
    assert stands(said(MOTHER, "given", wording=2), words=new) is Stands.GIVEN


@pytest.mark.parametrize(
    ("same", "held"),
    [((), set()), ((0,), {1}), ((0, 1), {1, 2}), ((0, 1, 0, 1), {3, 4}), ((0, 0, 1, 1), {2, 3, 4})],
)
def test_answers_hold_back_to_the_last_version_that_meant_something_else(same, held):
    assert holding([Version(n, bool(s)) for n, s in enumerate(same, 1)]) == held


@pytest.mark.parametrize(
    ("name", "words", "same"),
    [
        ("The school website", "On the school website.", True),
        ("Website and social media", "On the school website.", False),
        ("Newspapers", "On the school website.", False),
        ("Website", "On the school website and in newspapers.", False),
    ],
)
def test_a_new_name_is_the_same_only_where_it_says_nothing_new(name, words, same):
    before = {"name": "Website", "words": "On the school website."}
    assert means_the_same(before, {"name": name, "words": words}) is same


@pytest.mark.parametrize(
    ("year", "end"),
    [("N", 2028), ("R", 2027), ("1", 2028), ("2", 2027), ("4", 2029), ("11", 2027), ("13", 2027),
     ("", 2027), ("Oak", 2027)],
)  # fmt: skip
def test_a_key_stage_ends_in_the_august_of_its_last_year(year, end):
    assert stage_end(year, TODAY) == dt.date(end, 8, 31)
    assert until("stage", year, TODAY) == dt.date(end, 8, 31)


def test_an_answer_for_the_school_year_ends_with_it():
    assert until("year", "4", dt.date(2026, 8, 31)) == dt.date(2026, 8, 31)
    assert until("year", "4", dt.date(2026, 9, 1)) == dt.date(2027, 8, 31)
    assert until("never", "4", TODAY) is None


# --- any history --------------------------------------------------------------------------

histories = st.lists(
    st.builds(
        ConsentSaid,
        number=st.integers(1, 10_000),
        by=st.sampled_from([None, PUPIL, MOTHER, FATHER, AUNT]),
        answer=st.sampled_from(["given", "refused", "withdrawn"]),
        day=st.integers(0, 900).map(lambda back: TODAY - dt.timedelta(days=back)),
        wording=st.sampled_from([1, 2]),
        until=st.none() | st.integers(-50, 400).map(lambda on: TODAY + dt.timedelta(days=on)),
        wish=st.sampled_from([None, None, "yes", "no"]),
    ),
    max_size=6,
    unique_by=lambda one: one.number,
)
deciding = st.builds(
    Deciders,
    pupil=st.just(PUPIL),
    responsible=st.sets(st.sampled_from([MOTHER, FATHER])).map(frozenset),
    competent=st.booleans(),
)
wordings = st.sampled_from([frozenset({1, 2}), frozenset({2})])


@given(histories, deciding, wordings, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_read_says_nothing(history, deciders, words, dice):
    shuffled = list(history)
    dice.shuffle(shuffled)
    assert standing(history, deciders, words, TODAY) == standing(shuffled, deciders, words, TODAY)


@given(histories, deciding, wordings)
def test_a_yes_rests_on_a_valid_yes_of_somebody_who_may_decide(history, deciders, words):
    found = standing(history, deciders, words, TODAY)
    if not found.allows:
        return
    assert found.yes
    for each in found.yes:
        assert each.answer == "given"
        assert each.by in deciders.all
        assert each.wording in words
        assert each.until is None or each.until >= TODAY


@given(histories, deciding, wordings, st.sampled_from(["refused", "withdrawn"]))
def test_whoever_may_decide_can_always_stop_it(history, deciders, words, no):
    for who in sorted({*deciders.all, PUPIL}):
        stop = ConsentSaid(20_000, who, no, TODAY)
        assert not standing([*history, stop], deciders, words, TODAY).allows


@given(histories, deciding, wordings, st.integers(1, 500))
def test_time_alone_never_makes_a_yes(history, deciders, words, days):
    later = TODAY + dt.timedelta(days=days)
    if standing(history, deciders, words, later).allows:
        assert standing(history, deciders, words, TODAY).allows


@given(histories, deciding, wordings)
def test_every_answer_has_a_reason_in_words(history, deciders, words):
    assert why(standing(history, deciders, words, TODAY), {}, PUPIL).endswith(".")


@given(histories, deciding)
def test_older_words_never_allow_more(history, deciders):
    if standing(history, deciders, frozenset({2}), TODAY).allows:
        assert standing(history, deciders, frozenset({1, 2}), TODAY).allows
