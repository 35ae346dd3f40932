"""The table of kinds: whole, and nothing in it that the pick lists do not know."""

from __future__ import annotations

import pytest

from dpdesk.law.pick_lists import choices
from dpdesk.law.request_kinds import (
    ClockKind,
    RequestKind,
    RequestStage,
    every_kind,
    kind_choices,
    kind_rules,
)


def test_every_right_of_the_policy_and_a_complaint_can_be_logged() -> None:
    assert [each.code for each in kind_choices()] == [kind.value for kind in RequestKind]
    assert set(every_kind()) == set(RequestKind)


@pytest.mark.parametrize("kind", RequestKind)
def test_a_kind_names_only_outcomes_and_grounds_that_there_are(kind: RequestKind) -> None:
    rules = kind_rules(kind)

    assert set(rules.outcomes) <= {each.code for each in choices("outcomes")}
    assert set(rules.grounds) <= {each.code for each in choices("refusal_grounds")}
    assert ("refused" in rules.outcomes) <= bool(rules.grounds)


@pytest.mark.parametrize("kind", RequestKind)
def test_stages_come_in_one_order_and_begin_and_end_alike(kind: RequestKind) -> None:
    rules = kind_rules(kind)

    assert rules.stages[0] is RequestStage.LOGGED
    assert rules.stages[-2:] == (RequestStage.RESPOND, RequestStage.CLOSED)
    assert set(rules.help) <= set(rules.stages)


def test_every_outcome_and_ground_belongs_to_a_kind() -> None:
    known = every_kind().values()

    assert {each.code for each in choices("outcomes")} == {o for k in known for o in k.outcomes}
    assert {each.code for each in choices("refusal_grounds")} == {
        ground for each in known for ground in each.grounds
    }


def test_references_tell_the_kinds_apart() -> None:
    prefixes = [rules.prefix for rules in every_kind().values()]
    assert len(set(prefixes)) == len(prefixes)


def test_only_access_is_paused_by_a_question() -> None:
    """UK GDPR Art 12A(5) speaks of requests under Art 15."""
    assert [kind for kind, rules in every_kind().items() if rules.pauses] == [RequestKind.ACCESS]


def test_a_request_from_before_there_were_kinds_is_for_access() -> None:
    assert kind_rules(None).kind is RequestKind.ACCESS
    assert kind_rules("complaint").clock is ClockKind.COMPLAINT


def test_only_a_complaint_is_acknowledged() -> None:
    with_stage = {
        kind for kind, each in every_kind().items() if RequestStage.ACKNOWLEDGE in each.stages
    }
    assert with_stage == {RequestKind.COMPLAINT}
