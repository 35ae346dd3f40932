"""Reason codes: complete, findable, and silent about what was left out."""

from __future__ import annotations

import re

import pytest

from dpdesk.errors import NotFound
from dpdesk.law.exemptions import ReasonKind, reason, reasons, redaction_reasons
from dpdesk.law.sources import Confidence

# Every row of the reference; codes with a slash are split into one for each paragraph.
REFERENCE = """
TP-16 TP-17H TP-17S TP-17E CR-2 LAW-5.1 LAW-5.2 LAW-5.3 REG-7 REG-10 REG-11 JUD-14 LPP-19 SI-20
CF-21 MF-22 NEG-23 REF-24 EX-25.1 EX-25.2 SP-26 RES-27 ARC-28 H-3 H-4 H-5 H-6 SW-9 SW-10 SW-11
ED-18 ED-19 CA-21 HFE-2 AD-3 SEN-4 PO-5 COURT ART12-U ART12-E SCOPE-NP SCOPE-OWN SEARCH DUP
""".split()

# Words that would tell what was left out.
TELLING = re.compile(
    r"abus|harm to|health|doctor|medical|police|crim|offen[cd]|tax|adopt|fertil|embryo|court|"
    r"social work|safeguard|child|parental order|judg|prosecut|special educational",
    re.IGNORECASE,
)


def test_every_code_of_the_reference_is_there_once():
    codes = [each.code for each in reasons()]
    assert sorted(codes) == sorted(REFERENCE)


def test_the_commonest_comes_first():
    assert [each.code for each in reasons()[:3]] == ["TP-16", "SCOPE-NP", "DUP"]
    assert [each.order for each in reasons()] == list(range(len(reasons())))


@pytest.mark.parametrize("each", reasons(), ids=lambda each: each.code)
def test_each_reason_says_all_that_the_desk_and_the_requester_need(each):
    assert len(each.label) <= 70
    assert each.test.endswith(".")
    assert each.citation
    assert each.explanation.endswith(".")
    assert each.public_code
    assert each.public_citation
    assert re.fullmatch(r"[A-Z0-9.-]+", each.code)


@pytest.mark.parametrize("each", reasons(), ids=lambda each: each.code)
def test_what_the_requester_reads_does_not_tell_what_was_left_out(each):
    shown = each.explanation + each.public_citation
    if each.kind is not ReasonKind.DISCLOSE:
        assert not TELLING.search(shown)


@pytest.mark.parametrize(
    "code", ["CA-21", "H-5", "H-6", "ED-19", "CR-2", "AD-3", "SW-11", "SI-20", "COURT"]
)
def test_a_rule_whose_name_would_tell_too_much_looks_like_any_other(code):
    found = reason(code)
    assert found.discreet
    assert found.public_code == "DPA"
    assert code not in found.explanation + found.public_citation
    neutral = {
        (each.public_code, each.explanation, each.public_citation)
        for each in reasons()
        if each.discreet
    }
    assert len(neutral) == 1


def test_names_of_professionals_are_a_warning_to_disclose_and_no_reason_to_redact():
    offered = [each.code for each in redaction_reasons()]
    for code in ("TP-17H", "TP-17S", "TP-17E"):
        assert not reason(code).redacts
        assert code not in offered
    assert offered[0] == "TP-16"


@pytest.mark.parametrize("code", ["H-3", "SW-9", "ED-18"])
def test_what_only_a_court_may_withhold_is_not_offered_to_a_school(code):
    assert code not in [each.code for each in redaction_reasons()]
    assert reason(code).test.startswith("Not for a school")
    assert "COURT" in reason(code).test


def test_a_schools_copy_of_court_papers_rests_on_the_prohibition_and_on_paragraph_14():
    found = reason("COURT")
    assert found.redacts
    assert "Sch 2 para 14(3)" in found.citation
    assert "Sch 3" not in found.citation


def test_child_abuse_data_is_about_the_data_subject_and_nobody_else():
    test = reason("CA-21").test
    assert "the data subject, is or was abused" in test
    assert "Not for a brother, sister or other pupil" in test


def test_education_data_is_neither_health_data_nor_a_social_workers_paper():
    assert "not for health data" in reason("ED-19").test
    assert "social workers" in reason("ED-19").test


@pytest.mark.parametrize("typed", ["TP-16", "tp-16", " tp16 ", "TP 16", "tp–16"])
def test_a_code_is_found_however_it_is_typed(typed):
    assert reason(typed).code == "TP-16"


@pytest.mark.parametrize(
    ("typed", "meant"), [("TP-61", "TP-16"), ("LPP", "LPP-19"), ("ED-20", "ED-1"), ("?", "TP-16")]
)
def test_an_unknown_code_names_the_nearest(typed, meant):
    with pytest.raises(NotFound) as caught:
        reason(typed)
    assert meant in caught.value.next_step


def test_what_is_not_confirmed_asks_for_advice():
    assert reason("COURT").confidence is Confidence.UNCONFIRMED
    assert "check with your adviser" in reason("COURT").advice
    assert reason("TP-16").advice == ""
