"""The rights that follow from a lawful basis, and the conditions that go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law import bases
from dpdesk.law.breach_lists import data_terms
from dpdesk.law.pick_lists import choices

CODES = [each.code for each in bases.bases()]


def codes(*chosen, **facts):
    return [right.code for right in bases.rights(chosen, **facts)]


def test_the_list_of_2026_holds_recognised_legitimate_interests():
    letters = [each.label.rsplit("(", 1)[1].rstrip(")") for each in bases.bases()]
    assert letters == ["a", "b", "c", "d", "e", "ea", "f"]
    assert [each.code for each in choices("recognised", "bases")] == [
        "public_request",
        "security",
        "emergency",
        "crime",
        "safeguarding",
    ]


@pytest.mark.parametrize(
    ("basis", "given_", "not_given"),
    [
        ("consent", {"erasure", "portability", "withdraw"}, {"object"}),
        ("contract", {"erasure", "portability"}, {"object", "withdraw"}),
        ("legal_obligation", set(), {"erasure", "portability", "object", "withdraw"}),
        ("vital_interests", {"erasure"}, {"portability", "object", "withdraw"}),
        ("public_task", {"object"}, {"erasure", "portability", "withdraw"}),
        ("recognised_interest", {"object", "erasure"}, {"portability", "withdraw"}),
        ("legitimate_interests", {"object", "erasure"}, {"portability", "withdraw"}),
    ],
)
def test_rights_follow_from_the_basis(basis, given_, not_given):
    found = set(codes(basis))
    assert found >= {"informed", "access", "rectification", "restriction", "complain"} | given_
    assert not found & not_given


def test_facts_of_the_entry_add_rights():
    assert "decisions" not in codes("contract")
    assert "decisions" in codes("contract", automated=True)
    assert "agreement" in codes("contract", transfers=True)


def test_without_a_basis_nothing_is_known():
    assert codes() == []


@given(st.sets(st.sampled_from(CODES), min_size=1), st.sampled_from(CODES))
def test_another_basis_never_takes_a_right_away(chosen, more):
    before, after = codes(*chosen), codes(*chosen, more)
    assert set(before) <= set(after)
    order = codes(*CODES)
    assert before == [each for each in order if each in before], "always in the same order"


def test_every_right_says_why_and_where_it_stands():
    for right in bases.rights(CODES, automated=True, transfers=True):
        assert right.why.endswith(".")
        assert right.source
        assert bool(right.caution) == (right.confidence != "C")


def test_special_and_criminal_data_are_told_from_the_terms():
    assert bases.special(("contact", "medical")) == ("medical",)
    assert bases.criminal(("dbs",))
    assert not bases.art9(("dbs",)), "a check of criminal records is no special category"
    assert bases.art9(("safeguarding",)), "a school must protect it like one"
    assert not bases.criminal(("medical",))
    assert bases.special(None) == () == bases.special(("gone_since",))


@given(st.lists(st.sampled_from(list(data_terms()))))
def test_what_is_special_needs_one_condition_or_the_other(kinds):
    if bases.special(kinds):
        assert bases.art9(kinds) or bases.criminal(kinds)
    else:
        assert not bases.art9(kinds)
        assert not bases.criminal(kinds)


def test_conditions_know_what_they_need_beside_them():
    assert bases.needs_schedule_1("employment")
    assert not bases.needs_schedule_1("consent")
    assert not bases.needs_schedule_1(None)
    assert bases.needs_policy_document("safeguarding")
    assert not bases.needs_policy_document("care")
    assert not bases.needs_policy_document(None)


def test_children_count_as_vulnerable():
    assert bases.vulnerable(("pupils",))
    assert not bases.vulnerable(("staff",))
