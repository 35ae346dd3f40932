"""Letters as the mother, the solicitor and the pupil hear them."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.law.exemptions import for_child, reasons
from dpdesk.requests.addressing import given_name, greeting_doubts, salutation_for
from tests.builders import a_request

PARTLY = {
    "outcome": "given_in_part",
    "refusal_ground": ["exempt"],
    "refusal_exemptions": ["TP-16"],
    "refused_part": "E-mails with our solicitor.",
    "refusal_why": "They are advice from our lawyer.",
}
MOTHER = {
    "relationship": "mother",
    "requester": "Sarah Walker",
    "salutation": "Mrs Walker",
    "spoken_of": "your son Ethan",
    "subject": "Ethan Walker",
}


def words(desk, letter: str, **values) -> str:
    entry = a_request(desk, **values)
    return " ".join(desk.requests.letters.write(letter, entry).draft.whole.split())


@pytest.mark.parametrize("kind", ["response", "refusal"])
def test_sentences_end_once_and_the_son_is_spoken_of(desk, kind):
    said = words(desk, kind, **MOTHER, **PARTLY)
    assert "asked for: E-mails with our solicitor. " in said
    assert "solicitor.." not in said
    assert "your son Ethan" in said
    assert "Ethan Walker" not in said
    assert "Dear Mrs Walker," in said


def test_a_parent_without_other_words_hears_of_the_child_by_first_name(desk):
    plain = {**MOTHER, "salutation": None, "spoken_of": None}
    said = words(desk, "response", **plain, outcome="given")
    assert "about your child Ethan Walker" in said
    assert "## Ethan’s rights" in said
    assert "Dear Sarah Walker," in said


@pytest.mark.parametrize(
    ("requester", "dear"),
    [
        ("Mr David Hart", "Mr Hart"),
        ("Hart, David (Mr)", "Mr Hart"),
        ("Dr Pat van der Sample, MBE", "Dr van der Sample"),
        ("David Hart", "David Hart"),
        ("Mr and Mrs Hart", "Mr and Mrs Hart"),
    ],
)
def test_who_has_a_title_is_greeted_by_it_and_the_surname(desk, requester, dear):
    asked = {**MOTHER, "salutation": None, "requester": requester}
    entry = a_request(desk, **asked)
    draft = desk.requests.letters.write("acknowledgement", entry).draft
    assert draft.salutation == dear
    assert f"Dear {dear}," in draft.whole
    assert greeting_doubts(entry.values, dear) == ()


@pytest.mark.parametrize("firm", ["Finch & Heron LLP", "Amara Finch Solicitors", "Wenham Council"])
def test_a_firm_is_not_greeted_as_a_person(desk, firm):
    asked = {"relationship": "solicitor", "requester": firm, "subject": "Ethan Walker"}
    said = words(desk, "acknowledgement", **asked)
    assert "Dear Sir or Madam," in said
    assert salutation_for({"requester": "Amara Finch"}) == "Amara Finch"
    assert salutation_for({"requester": firm, "salutation": "Ms Finch"}) == "Ms Finch"


def test_a_pupil_is_called_by_the_first_name(desk):
    said = words(desk, "acknowledgement", subject="Ethan Walker")
    assert "Dear Ethan," in said
    assert given_name("Walker, Ethan") == "Ethan"
    assert given_name("Cher") == "Cher"
    staff = words(desk, "acknowledgement", subject="Ethan Walker", subject_kind="staff")
    assert "Dear Ethan Walker," in staff


@pytest.mark.parametrize("kind", ["response", "refusal"])
def test_a_child_hears_the_reasons_in_words_for_a_child(desk, kind):
    said = words(desk, kind, subject="Ethan Walker", **PARTLY)
    assert "It tells things about somebody else" in said
    assert "(Data Protection Act 2018, Schedule 2, paragraph 16)" in said
    assert "it would not be reasonable to share it" not in said
    adult = words(desk, kind, **MOTHER, **PARTLY)
    assert "it would not be reasonable to share it" in adult


def test_no_reason_lacks_words_for_a_child_and_a_discreet_one_stays_discreet():
    for each in reasons():
        assert each.child
        assert "reasonable" not in each.child
        assert for_child(each.explanation) == each.child or each.discreet
        if each.discreet:
            assert "what we left out" in each.child
    assert for_child("They are advice from our lawyer.") == "They are advice from our lawyer."


@pytest.mark.parametrize("kind", ["rectification", "erasure"])
def test_what_is_done_in_part_is_told_with_its_reasons(desk, kind):
    said = words(
        desk,
        "response",
        kind=kind,
        subject_kind="staff",
        decision="part",
        outcome="done_in_part",
        done_on=dt.date(2026, 11, 10),
        done_where="The staff file",
        refusal_why="The accounts must be kept.",
    )
    assert "The accounts must be kept." in said
    assert "to be filled in: reasons" not in said


def test_the_reasons_for_more_time_are_sentences(desk):
    said = words(
        desk,
        "extension",
        **MOTHER,
        extension_reason="complex",
        extension_why="Three teams hold records about him.",
    )
    assert "- Your request is complex. - Three teams hold records about him." in said


def test_who_asked_for_a_correction_reads_what_it_said_and_says_now(desk):
    done = {"decision": "yes", "outcome": "done", "done_where": "The file"}
    asked = {"kind": "rectification", **done}
    wrong = {"says_wrong": "His date of birth", "should_say": "4 May 2014"}
    for who in (MOTHER, {"subject": "Ethan Walker"}):
        said = words(desk, "response", **who, **asked, **wrong)
        assert "wrong" in said
        assert said.index("His date of birth") < said.index("It says now: - 4 May 2014")
        assert said.index("4 May 2014") < said.index("The file")
    plain = words(desk, "response", **MOTHER, **asked)
    assert "We agree, and we have corrected it: - The file" in plain


def test_the_answer_to_a_request_that_was_refused_encloses_nothing_and_says_so(desk):
    refused = {"outcome": "refused", "refusal_ground": ["excessive"], "refusal_why": "The third."}
    entry = a_request(desk, **MOTHER, **refused)
    letter = desk.requests.letters.write("response", entry)
    assert "what is enclosed" in letter.missing
    assert any("It was refused" in each for each in letter.warnings)
    assert "a bundle of documents" not in letter.text


@pytest.mark.parametrize(
    ("kind", "enclosed"),
    [("portability", "data.zip”"), ("transfer_copy", "the agreement or clauses")],
)
def test_what_is_enclosed_has_the_name_of_its_kind(desk, kind, enclosed):
    said = words(desk, "response", **MOTHER, kind=kind, outcome="given")
    assert enclosed in said
    assert "bundle" not in said


def test_a_child_who_objects_hears_of_what_and_that_it_goes_on(desk):
    said = words(
        desk,
        "response",
        subject="Ethan Walker",
        kind="objection",
        use="The camera in the yard.",
        decision="no",
        refusal_ground=["compelling_grounds"],
    )
    assert "It is about this: The camera in the yard. We have decided that we cannot" in said
