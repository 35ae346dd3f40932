"""The proposal whether to report a breach: plain cases, and worse facts never lower it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law import breach_lists
from dpdesk.law.pick_lists import choices
from dpdesk.law.risk import Level, RiskFacts, propose

WRONG_ADDRESS = RiskFacts(
    outcome="breach",
    living="yes",
    data=("contact",),
    concerned=("parents",),
    people=1,
    harms=(),
    likelihood="unlikely",
    severity="minor",
    encrypted="none",
    recovered="trusted",
    ongoing="no",
)


def a_breach(**more):
    return RiskFacts(outcome="breach", living="yes", ongoing="no", **more)


def level(**changes):
    return propose(replace(WRONG_ADDRESS, **changes)).level


def test_a_misdirected_note_that_was_deleted_unread_need_not_be_reported():
    proposal = propose(WRONG_ADDRESS)
    assert proposal.level is Level.NOT_REPORTABLE
    assert proposal.sure
    assert "Art 33" in proposal.reasons[-1].source


@pytest.mark.parametrize("outcome", ["false_alarm", "near_miss"])
def test_what_was_no_breach_is_not_reported_however_bad_it_might_have_been(outcome):
    assert level(outcome=outcome, likelihood="very_likely", severity="severe") == 0


def test_data_of_nobody_alive_is_not_reported():
    assert level(living="no", likelihood="very_likely") is Level.NOT_REPORTABLE


def test_neither_likely_nor_unlikely_is_not_unlikely():
    assert level(likelihood="neutral") is Level.REPORT


def test_nothing_known_means_report_and_says_what_is_missing():
    proposal = propose(RiskFacts())
    assert proposal.level is Level.REPORT
    assert len(proposal.missing) >= 9
    assert "which kinds of data are involved" in proposal.missing


def test_stolen_child_protection_files_are_reported_and_the_people_told():
    facts = RiskFacts("breach", "yes", ("safeguarding",), ("pupils",), 12, likelihood="likely")
    proposal = propose(facts)
    assert proposal.level is Level.REPORT_AND_TELL
    assert any("Safeguarding" in reason.text for reason in proposal.reasons)
    assert "Art 34" in proposal.reasons[-1].source


def test_an_encrypted_laptop_whose_key_is_safe_need_not_be_reported():
    facts = RiskFacts("breach", "yes", ("send",), ("pupils",), 40, encrypted="all", key_safe="yes")
    assert propose(facts).level is Level.NOT_REPORTABLE
    assert propose(replace(facts, key_safe="unknown")).level is Level.REPORT
    assert "whether the key is safe" in propose(replace(facts, key_safe=None)).missing


def test_encryption_is_no_answer_where_the_only_copy_is_gone():
    facts = RiskFacts("breach", "yes", ("send",), ("pupils",), 40, encrypted="all", key_safe="yes")
    reminded = propose(facts)
    assert any("only copy" in reason.text for reason in reminded.reasons)
    for gone in (replace(facts, harms=("no_access",)), replace(facts, unavailable=True)):
        proposal = propose(gone)
        assert proposal.level is Level.REPORT
        assert any("Art 4(12)" in reason.source for reason in proposal.reasons)
        worst = propose(replace(gone, likelihood="likely", severity="severe"))
        assert worst.level is Level.REPORT_AND_TELL
        assert propose(replace(gone, recovered="unread")).level is Level.NOT_REPORTABLE


@pytest.mark.parametrize("data", [("pictures",), ("contact",), ("safeguarding",)])
def test_danger_to_somebody_means_telling_while_nobody_has_judged_how_likely(data):
    facts = a_breach(data=data, concerned=("pupils",), people=1, harms=("safety",))
    assert propose(facts).level is Level.REPORT_AND_TELL
    calm = propose(replace(facts, recovered="trusted"))
    assert calm.level is Level.REPORT
    assert "must be decided now" in calm.reasons[0].text
    assert (
        propose(replace(facts, likelihood="unlikely", severity="minor")).level
        < Level.REPORT_AND_TELL
    )


@pytest.mark.parametrize(
    "data", ["payroll", "fees", "medical", "safeguarding", "documents", "send"]
)
def test_grave_data_in_strange_hands_asks_for_the_decision_on_telling_now(data):
    facts = a_breach(data=(data,), concerned=("parents",), people=12, encrypted="none")
    open_ = propose(facts)
    assert open_.level is Level.REPORT
    assert "must be decided now" in open_.reasons[0].text
    assert "nothing points to a high risk" not in open_.reasons[-1].text
    attacked = propose(replace(facts, attacked=True))
    assert attacked.level is Level.REPORT_AND_TELL
    judged = propose(replace(facts, attacked=True, likelihood="unlikely", severity="moderate"))
    assert judged.level is Level.NOT_REPORTABLE
    assert not any("decided now" in each.text for each in judged.reasons)


def test_harmless_data_needs_no_decision_at_once():
    facts = a_breach(data=("contact",), concerned=("parents",), people=1, attacked=True)
    assert propose(facts).level is Level.REPORT
    assert not any("decided now" in each.text for each in propose(facts).reasons)


def test_people_need_not_be_told_what_nobody_can_read():
    facts = RiskFacts(
        "breach", "yes", ("health",), ("staff",), 3, (), "likely", "severe", "all", "yes"
    )
    proposal = propose(facts)
    assert proposal.level is Level.REPORT
    assert any("34(3)(a)" in reason.source for reason in proposal.reasons)


def test_while_it_goes_on_no_risk_is_called_unlikely():
    assert level(ongoing="yes") is Level.REPORT


def test_severe_harm_is_reported_even_if_it_is_unlikely():
    assert level(severity="severe") is Level.REPORT


@pytest.mark.parametrize("recovered", ["no", "part", None])
@pytest.mark.parametrize("encrypted", ["none", "part", None])
def test_readable_protected_data_in_strange_hands_with_severe_harm_is_reported(
    recovered, encrypted
):
    facts = {"data": ("safeguarding",), "recovered": recovered, "encrypted": encrypted}
    proposal = propose(
        replace(WRONG_ADDRESS, likelihood="very_unlikely", severity="severe", **facts)
    )
    assert proposal.level is Level.REPORT
    assert "does not outweigh" in proposal.reasons[0].text
    assert level(likelihood="very_unlikely", severity="severe", data=("safeguarding",)) == 0


def test_that_protected_data_is_out_is_the_first_reason_of_a_proposal_not_to_report():
    facts = replace(WRONG_ADDRESS, data=("medical",), recovered="no")
    proposal = propose(facts)
    assert proposal.level is Level.NOT_REPORTABLE
    assert "do not know that it is back" in proposal.reasons[0].text


def test_every_reason_has_a_source_and_what_is_the_programs_own_says_so():
    for reason in propose(replace(WRONG_ADDRESS, people=5000)).reasons:
        assert reason.text.endswith(".")
        assert reason.source
        if "dpdesk" in reason.source:
            assert "adviser" in reason.caution


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Health data of children, e-mailed to somebody unknown who does not answer.
        (
            a_breach(data=("medical",), concerned=("pupils",), people=3, encrypted="none",
                     recovered="no"),
            Level.REPORT,
        ),
        (
            a_breach(data=("safeguarding",), concerned=("pupils",), people=1, encrypted="none",
                     recovered="no", likelihood="likely"),
            Level.REPORT_AND_TELL,
        ),
        # A lost memory stick that is not encrypted, and one that is.
        (
            a_breach(data=("send", "contact"), concerned=("pupils",), people=60, encrypted="none",
                     recovered="no", likelihood="likely", severity="serious"),
            Level.REPORT_AND_TELL,
        ),
        (
            a_breach(data=("send", "contact"), concerned=("pupils",), people=60, encrypted="all",
                     key_safe="yes", recovered="no"),
            Level.NOT_REPORTABLE,
        ),
        # The password was on a note in the same bag.
        (
            a_breach(data=("send", "contact"), concerned=("pupils",), people=60, encrypted="all",
                     key_safe="no", recovered="no"),
            Level.REPORT,
        ),
        # Ransomware; the backups are whole, but whether data was copied is not known.
        (
            a_breach(data=("payroll", "contact"), concerned=("staff",), people=40,
                     harms=("no_access",), encrypted="none", recovered="part"),
            Level.REPORT,
        ),
        # A note about lunch, handed to the wrong parent and given back at once.
        (
            a_breach(data=("contact",), concerned=("parents",), people=1, encrypted="none",
                     recovered="unread", likelihood="very_unlikely", severity="minor"),
            Level.NOT_REPORTABLE,
        ),
        # A list of former pupils who are all dead.
        (RiskFacts("breach", "no", ("contact",), people=0), Level.NOT_REPORTABLE),
        (RiskFacts("near_miss", "yes", ("safeguarding",), ("pupils",)), Level.NOT_REPORTABLE),
    ],
)  # fmt: skip
def test_cases_as_schools_have_them(facts, expected):
    assert propose(facts).level is expected


def test_who_calls_it_unlikely_while_delicate_data_is_in_strange_hands_is_told_to_say_why():
    facts = a_breach(
        data=("medical",), concerned=("pupils",), people=1, encrypted="none", recovered="no",
        likelihood="unlikely", severity="minor",
    )  # fmt: skip
    reasons = propose(facts).reasons
    assert any("why a risk is still unlikely" in each.text for each in reasons)
    calm = propose(replace(facts, recovered="trusted")).reasons
    assert not any("is still unlikely" in each.text for each in calm)


# From good to bad. "unknown" is left out of likelihood and severity, where a judgement may go
# either way from it.
LADDERS = {
    "outcome": ("false_alarm", "breach"),
    "living": ("no", "yes"),
    "people": (0, 1, 99, 100, 999, 1000, 10**6),
    "likelihood": ("very_unlikely", "unlikely", "neutral", "likely", "very_likely"),
    "severity": ("minor", "moderate", "serious", "severe"),
    "encrypted": ("all", "part", "none"),
    "key_safe": ("yes", "unknown", "no"),
    "recovered": ("unread", "trusted", "unknown", "part", "no"),
    "ongoing": ("no", "yes"),
    "attacked": (False, True),
    "unavailable": (False, True),
}


def subsets(codes):
    return st.lists(st.sampled_from(sorted(codes)), unique=True, max_size=4).map(tuple)


FACTS = st.builds(
    RiskFacts,
    data=subsets(breach_lists.data_terms()),
    concerned=subsets(breach_lists.people_terms()),
    harms=subsets(each.code for each in choices("harms", "breaches")),
    **{
        name: st.sampled_from(steps if False in steps else (None, *steps))
        for name, steps in LADDERS.items()
    },
)


@given(FACTS, st.data())
def test_a_worse_fact_never_lowers_the_proposal(facts, drawn):
    name = drawn.draw(st.sampled_from(sorted(LADDERS)))
    steps = LADDERS[name]
    worse = drawn.draw(st.integers(1, len(steps) - 1))
    better = drawn.draw(st.integers(0, worse - 1))
    low = propose(replace(facts, **{name: steps[better]}))
    high = propose(replace(facts, **{name: steps[worse]}))
    assert low.level <= high.level


def test_what_is_likely_stays_likely_while_it_goes_on():
    worst = {"likelihood": "very_likely", "severity": "serious"}
    assert level(**worst, ongoing="no") is level(**worst, ongoing="yes") is Level.REPORT_AND_TELL


STEPS: dict[str, tuple[Any, ...]] = {
    "data": ((), ("payroll",)),
    "people": (1, 100, 1000),
    "likelihood": LADDERS["likelihood"],
    "severity": LADDERS["severity"],
    "encrypted": ("all", "none"),
    "key_safe": ("yes", "no"),
    "recovered": ("unread", "trusted", "no"),
    "ongoing": ("no", "yes"),
}


@pytest.mark.parametrize("name", sorted(STEPS))
def test_no_step_to_the_worse_lowers_the_proposal_whatever_else_is_the_case(name):
    judged = {"likelihood", "severity"} - {name}
    others = {
        each: ((None, *steps) if each in judged else steps)
        for each, steps in STEPS.items()
        if each != name
    }
    for answers in itertools.product(*others.values()):
        facts = RiskFacts("breach", "yes", **dict(zip(others, answers, strict=True)))
        levels = [propose(replace(facts, **{name: step})).level for step in STEPS[name]]
        assert levels == sorted(levels), (name, facts)


@given(FACTS, st.data())
def test_more_kinds_of_data_people_or_harm_never_lower_the_proposal(facts, drawn):
    name = drawn.draw(st.sampled_from(("data", "concerned", "harms")))
    every = {
        "data": sorted(breach_lists.data_terms()),
        "concerned": sorted(breach_lists.people_terms()),
        "harms": sorted(each.code for each in choices("harms", "breaches")),
    }[name]
    more = (*getattr(facts, name), drawn.draw(st.sampled_from(every)))
    assert propose(facts).level <= propose(replace(facts, **{name: more})).level


@given(FACTS, st.sampled_from(("likely", "very_likely")), st.sampled_from(("serious", "severe")))
def test_what_is_likely_and_bad_is_always_reported(facts, likelihood, severity):
    facts = replace(facts, likelihood=likelihood, severity=severity)
    if facts.outcome != "false_alarm" and facts.living != "no":
        assert propose(facts).level > Level.NOT_REPORTABLE
        readable = facts.encrypted != "all" or facts.key_safe != "yes"
        missed = facts.unavailable or "no_access" in facts.harms
        missed = missed and facts.recovered != "unread"
        assert (propose(facts).level is Level.REPORT_AND_TELL) == (readable or missed)


@given(FACTS)
def test_a_near_miss_or_false_alarm_is_never_proposed_for_a_report(facts):
    for outcome in ("near_miss", "false_alarm"):
        assert propose(replace(facts, outcome=outcome)).level is Level.NOT_REPORTABLE


@given(FACTS)
def test_every_proposal_says_why_and_on_what_it_rests(facts):
    proposal = propose(facts)
    assert proposal.reasons
    assert all(each.text and each.source for each in proposal.reasons)
    assert proposal.level.code in {each.code for each in choices("decisions", "breaches")}
