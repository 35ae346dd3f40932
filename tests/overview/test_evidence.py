"""The map of the policy: every clause is proved, a gap, not arisen, or asks for nothing."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dpdesk.overview.evidence import ClauseProof
from dpdesk.registers.duties import Evidence
from tests.builders import a_request

SECTIONS = [str(number) for number in range(1, 24)]
"""Those of the school's policy; 23 is the response process at its end."""


def states(desk):
    return {each.clause: each.state for each in desk.evidence.clauses()}


def test_every_section_of_the_policy_is_on_the_map_in_its_order(desk):
    sections = [re.split(r"[.(]", each)[0] for each in states(desk)]
    assert list(dict.fromkeys(sections)) == SECTIONS


def test_what_rooms_prove_stands_on_the_map_and_nothing_is_shown_by_what_is_not_there(desk):
    clauses = desk.evidence.clauses()
    named = {each.clause for each in clauses}
    assert len(named) == len(clauses) > 100
    assert all(each.asks or each.explains for each in clauses)
    assert {other for each in clauses for other in each.shown_by} <= named
    assert not [each.clause for each in clauses if each.explains and (each.asks or each.category)]


def test_a_clause_about_what_need_not_happen_is_no_gap_until_it_has(desk):
    assert states(desk)["13.2.8"] == "not arisen"
    assert states(desk)["13.2.3"] == "gap"
    assert states(desk)["22"] == "explains"

    a_request(
        desk, extended=dt.date(2026, 11, 19), extension_reason="complex", extension_why="Many files"
    )

    assert states(desk)["13.2.8"] == states(desk)["13.2.3"] == "proved"


def test_the_proof_of_another_clause_is_named_as_such(desk):
    a_request(desk)
    shown = next(each for each in desk.evidence.clauses() if each.clause == "13.2.2")
    assert shown.state == "proved"
    assert shown.said == "Covered by the evidence for 13.2.3."


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_too_few_entries_are_a_gap(asked):
    found = Evidence.counted("9.5", "privacy notices", ("PN-1", "PN-2")[:asked])
    proof = ClauseProof("9.5", "Two notices", (found,), least=2)
    assert proof.gap == (asked < 2)
