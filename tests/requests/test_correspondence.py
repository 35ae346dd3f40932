"""What the letters of a request say, written from what was recorded about it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dpdesk.registers.entries import Query
from tests.builders import a_request

AGENT = {"relationship": "solicitor", "requester": "Sample Solicitors LLP"}
MOTHER = {"relationship": "mother", "requester": "Mrs Example"}
GONE = {"closed": dt.date(2026, 11, 20)}


@pytest.fixture
def written(desk):
    """Writes a letter of a request with these answers; clarifications come as ``asked``."""

    def write(kind, *asked, **values):
        entry = a_request(desk, **{"subject_kind": "staff", **values})
        for one in asked:
            desk.requests.requests.clarifications.save(one, parent_id=entry.id)
        return desk.requests.letters.write(kind, desk.requests.requests.load(entry.id))

    return write


# --- refusing, wholly and in part ----------------------------------------------------


def test_a_refusal_names_the_exemption_and_gives_the_reasons_of_this_case(written):
    letter = written(
        "refusal",
        **GONE,
        outcome="refused",
        refusal_ground=("exempt",),
        refusal_exemptions=("LPP-19", "CA-21"),
        refusal_why="All of it is advice from our solicitor about your claim.",
        refusal_help="Tell us if you want other records too.",
    )
    assert "legal professional privilege" in letter.text
    assert "(Data Protection Act 2018, Schedule 2, paragraph 19)." in letter.text
    assert "abuse" not in letter.text.lower(), "its very name would tell"
    assert "All of it is advice from our solicitor about your claim." in letter.text
    assert "Tell us if you want other records too." in letter.text
    assert letter.missing == ()


def test_a_ground_that_is_no_reason_by_itself_leaves_a_gap(written):
    for ground in ("exempt", "unfounded", "excessive", "disproportionate_search"):
        values = {**GONE, "outcome": "refused", "refusal_ground": (ground,)}
        assert "why in this case" in written("refusal", **values).missing
        assert written("refusal", **values, refusal_why="Sent daily for a year.").missing == ()


def test_every_other_ground_is_told_in_a_sentence(written):
    for ground, words in (
        ("identity", "have not received it"),
        ("authority", "may ask on behalf of Robin Example"),
        ("child_refuses", "Robin Example is able to decide about this request"),
    ):
        letter = written("refusal", **GONE, outcome="refused", refusal_ground=(ground,))
        assert words in letter.text
        assert letter.missing == ()


def test_a_part_refusal_says_which_part_and_why(written):
    letter = written(
        "refusal",
        **GONE,
        outcome="given_in_part",
        refusal_ground=("exempt",),
        refused_part="E-mails with our solicitor",
        refusal_exemptions=("LPP-19",),
    )
    assert "We cannot give you this part of what you asked for: E-mails with our" in letter.text
    assert "not able to give you the personal data" not in letter.text
    open_ = written("refusal", **GONE, outcome="given_in_part", refusal_ground=("identity",))
    assert "part refused" in open_.missing


def test_a_refusal_without_outcome_shows_its_gap_and_says_what_to_do(written):
    letter = written("refusal")
    assert "reasons for refusal" in letter.missing
    assert any("outcome first" in each for each in letter.warnings)


@pytest.mark.parametrize("kind", ["refusal", "covering"])
def test_a_late_decision_is_warned_of_and_one_on_the_last_day_is_not(written, clock, kind):
    values = {"outcome": "refused", "refusal_ground": ("identity",)}
    clock.on(dt.date(2026, 12, 2))
    assert not any("late" in each for each in written(kind, **values).warnings)
    clock.on(dt.date(2026, 12, 3))
    assert any("2 December 2026" in each for each in written(kind, **values).warnings)


# --- what was left out of the answer ------------------------------------------------------


def test_nothing_is_said_to_be_complete_that_nobody_released(written):
    for outcome in (None, "given", "given_in_part", "refused"):
        letter = written("covering", outcome=outcome)
        assert "Nothing has been removed" not in letter.text
        assert "what was left out, and why" in letter.missing


def test_the_answer_to_a_part_refusal_tells_what_is_not_in_it(written):
    letter = written(
        "covering",
        outcome="given_in_part",
        refusal_ground=("exempt",),
        refused_part="The reference from your last school",
        refusal_exemptions=("REF-24",),
    )
    assert "The reference from your last school" in letter.text
    assert "given, or to be given, in confidence" in letter.text
    assert "Nothing has been removed" not in letter.text


def test_where_things_are_kept_is_told_to_nobody(desk, written):
    entry = a_request(desk)
    for place, found in (
        ("AS-2026-004 Child protection files (Head teacher’s room, Server)", "yes"),
        ("AS-2026-005 Mark books (Cupboard (grey), Room 4)", "no"),
        ("AS-2026-006 Keys (Office) – second drawer", "no"),
        ("E-mail of the office", "yes"),
        ("AS-2026-007 Old boxes (Loft)", "not_searched"),
    ):
        desk.requests.requests.searches.save({"place": place, "found": found}, parent_id=entry.id)
    assert desk.requests.requests.searched(entry.id) == (
        "Child protection files",
        "Mark books",
        "Keys",
        "E-mail of the office",
    )
    text = desk.requests.letters.write("covering", entry).text
    assert "Old boxes: not searched" in text
    for secret in ("AS-2026", "Head teacher’s room", "Cupboard", "drawer", "Loft"):
        assert secret not in text


def test_a_parent_reads_about_the_child_and_not_about_you(written):
    text = written("covering", **MOTHER, subject_kind="pupil").text
    assert "We hold personal data about your child Robin Example." in text
    assert "Robin’s rights" in text
    assert "personal data about you." not in text


# --- acknowledging, fee, identity, clarification -------------------------------------------


def test_no_charge_is_said_only_where_there_is_none(written):
    assert "There is no charge." in written("acknowledgement").text
    asked = {"fee_asked": "yes", "fee_ground": "excessive", "fee_amount": Decimal("40.00")}
    waiting = written("acknowledgement", **asked)
    assert "no charge" not in waiting.text
    assert "starts when it is paid" in waiting.text
    paid = written("acknowledgement", **asked, fee_paid=dt.date(2026, 11, 9))
    assert "fee" not in paid.text
    assert "no charge" not in paid.text


def test_a_letter_asks_for_the_fee_with_ground_amount_and_when_the_month_begins(written):
    values = {"fee_asked": "yes", "fee_ground": "excessive", "fee_amount": Decimal("1040.50")}
    letter = written("fee", **values, fee_why="You asked for the same on 2 and on 9 November.")
    assert "manifestly excessive" in letter.text
    assert "You asked for the same on 2 and on 9 November." in letter.text
    assert "£1,040.50" in letter.text
    assert "begins on the day the fee is paid" in letter.text
    assert "within 30 days" in letter.text, "how to complain"
    assert letter.missing == ()
    assert written("fee", **values).missing == ("reasons for the fee",)
    assert written("fee", fee_asked="yes").missing == ("why a fee can be charged", "amount")
    copies = written("fee", fee_asked="yes", fee_ground="further_copies", fee_amount=Decimal(3))
    assert "further copies" in copies.text
    assert "manifestly" not in copies.text
    assert copies.missing == ()


PASSPORT, BIRTH, SIGNED = "a passport", "birth certificate that names you", "signed and dated"


PROOFS: tuple[tuple[dict[str, str], list[str], list[str]], ...] = (
    ({"relationship": "self"}, [PASSPORT], [BIRTH, SIGNED, "order"]),
    (AGENT, [SIGNED, "written authority of Robin Example"], [PASSPORT, BIRTH, "court order"]),
    ({**AGENT, "subject_kind": "pupil"}, [SIGNED, "parental responsibility"], [PASSPORT]),
    ({**MOTHER, "subject_kind": "pupil"}, [PASSPORT, BIRTH], [SIGNED, "18 or older"]),
    ({**MOTHER, "subject_kind": "former_pupil"}, [BIRTH, "18 or older"], []),
    ({**MOTHER, "subject_kind": "staff"}, [PASSPORT, SIGNED], [BIRTH]),
    ({**MOTHER, "subject_kind": "pupil", "responsibility": "yes"}, [PASSPORT], [BIRTH]),
    (
        {"relationship": "court_appointee", "requester": "Pat Sample"},
        ["order or appointment"],
        [BIRTH, SIGNED],
    ),
    ({"relationship": "other", "requester": "Pat Sample"}, [PASSPORT, SIGNED], [BIRTH]),
)


def test_each_is_asked_for_what_shows_that_they_may_ask(written):
    for values, asked, not_asked in PROOFS:
        letter = written("identity", **values)
        assert [each for each in asked if each not in letter.text] == [], values
        assert [each for each in not_asked if each in letter.text] == [], values
        assert letter.missing == ()


def test_the_identity_letter_says_why_there_is_doubt(written):
    assert (
        "We do not know this address."
        in written(
            "identity", identity_needed="yes", identity_why="We do not know this address."
        ).text
    )


def test_a_clarification_gives_its_reason_in_a_sentence(written):
    asked = {"asked_on": dt.date(2026, 11, 20), "question": "Which years?"}
    letter = written(
        "clarification", {**asked, "reason": "which_information", "why": "You were here 9 years."}
    )
    assert "- What you wrote can mean different information, and we need" in letter.text
    assert "- You were here 9 years." in letter.text
    assert "To find out which information is meant" not in letter.text
    assert (letter.missing, letter.warnings) == ((), ())
    assert written("clarification", asked).missing == ("why we ask",)


def test_the_letter_and_the_clock_name_the_same_day(written):
    asked = {"asked_on": dt.date(2026, 11, 17), "question": "Which years?", "why": "Nine years."}
    letter = written("clarification", asked)
    assert "paused from Tuesday 17 November 2026 until" in letter.text
    assert any("17 November" in each and "20 November" in each for each in letter.warnings)


def test_identity_that_was_not_asked_for_promptly_is_found(desk, clock):
    asked = dt.date(2026, 11, 4)
    a_request(desk, subject="Prompt Example", identity_needed="yes", identity_asked=asked)
    late = a_request(
        desk, identity_needed="yes", identity_asked=asked + dt.timedelta(4), subject="Late Example"
    )
    a_request(desk, subject="Open Example", identity_needed="yes", received=dt.date(2026, 11, 18))
    found = desk.requests.requests.listing(Query(chip="identity_late"))
    assert [row[0] for row in found.rows] == [late.id]
    assert "identity_late" in {each.chip for each in desk.overview.findings()}
    clock.on(dt.date(2026, 11, 24))
    assert desk.requests.requests.listing().counts["identity_late"] == 2


def test_an_open_request_says_what_must_be_decided_first(desk):
    late = a_request(desk, **CHILD, identity_needed="yes", identity_asked=dt.date(2026, 11, 16))
    first, second = desk.requests.requests.cautions(late)
    assert "whether the child understands" in first
    assert "14 days after" in second
    open_ = a_request(desk, **CHILD, capacity="yes", identity_needed="yes")
    assert "18 days ago" in desk.requests.requests.cautions(open_)[0]
    prompt = a_request(desk, subject="Sam Other", relationship="self", subject_kind="staff",
                       identity_needed="yes", identity_asked=dt.date(2026, 11, 7))  # fmt: skip
    assert desk.requests.requests.cautions(prompt) == ()


def test_a_late_letter_about_identity_says_so(desk, written, clock):
    clock.on(dt.date(2026, 11, 10))
    assert any("8 days ago" in each for each in written("identity").warnings)
    clock.on(dt.date(2026, 11, 4))
    assert written("identity").warnings == ()


# --- children ---------------------------------------------------------------------------------


CHILD = {"subject_kind": "pupil", "relationship": "self"}
KINDS = ("acknowledgement", "identity", "clarification", "fee", "extension", "covering", "refusal")
HARD = (
    "personal data",
    "on behalf",
    "proportionate",
    "manifestly",
    "undue delay",
    "paused",
    "comply",
    "erase",
)


def test_a_child_who_asks_alone_gets_words_that_a_child_understands(written):
    values = {"outcome": "refused", "fee_asked": "yes", "fee_ground": "further_copies"}
    for kind in KINDS:
        text = written(kind, **CHILD, **values).text
        assert [hard for hard in HARD if hard in text] == [], kind
        assert "grown-up you trust" in text or "any teacher" in text, kind
        assert "0303" in text.replace("\u00a0", " "), kind
        assert "grown-up" not in written(kind, **values, relationship="self").text, kind


WHO_UNDERSTANDS = (
    (CHILD, "whether the child understands"),
    ({**CHILD, "capacity": "no"}, "does not understand"),
    ({**CHILD, "capacity": "yes"}, ""),
    ({**MOTHER, "subject_kind": "pupil", "capacity": "yes"}, "own view"),
    ({**MOTHER, "subject_kind": "pupil", "capacity": "no"}, ""),
    ({"relationship": "self"}, ""),
    ({"subject_kind": "applicant", "relationship": None}, "worded for a child"),
    ({"subject_kind": "pupil", "relationship": None, "capacity": "yes"}, "who is asking"),
    ({"subject_kind": "staff", "relationship": None}, ""),
)


def test_whether_the_child_understands_is_asked_before_a_letter_goes_out(written):
    for values, warned in WHO_UNDERSTANDS:
        warnings = written("acknowledgement", **values).warnings
        assert bool(warnings) == bool(warned), values
        assert all(warned in each for each in warnings)


def test_the_question_of_understanding_is_put_about_every_child(desk):
    field = desk.requests.requests.register.field("capacity")
    assert field.applies({"relationship": "self", "subject_kind": "pupil"})
    assert field.applies({"relationship": "mother", "subject_kind": "pupil"})
    assert not field.applies({"relationship": "solicitor", "subject_kind": "staff"})
    assert not field.applies({"relationship": "self", "subject_kind": "parent"})


# --- the regulator and the school ----------------------------------------------------------


def test_letters_take_regulator_and_complaints_from_the_settings(desk, written):
    school = desk.school.entry()
    desk.school.save(
        {
            "regulator_name": "Information Commission (IC)",
            "regulator_address": "3 Sample Square\nManchester",
            "regulator_website": "https://ic.example/complain",
            "regulator_checked": dt.date(2026, 11, 19),
            "how_to_complain": "with the form at elmfield.example/complain",
        },
        school.id,
        school.version,
    )
    letter = written("extension", extension_reason="complex")
    assert "Information Commission (IC): 3 Sample Square, Manchester" in letter.text
    assert "ic.example/complain" in letter.text
    assert "form at elmfield.example/complain" in letter.text
    for old in ("Wycliffe", "ico.org.uk"):
        assert old not in letter.text
    assert letter.warnings == ()


def test_an_address_that_nobody_checked_is_warned_of_where_it_is_printed(written):
    assert any("moved" in each for each in written("refusal").warnings)
    assert written("acknowledgement").warnings == ()


def test_no_letter_rests_on_an_article_that_was_repealed(written):
    for kind in KINDS:
        for values in (CHILD, {}):
            sources = " ".join(written(kind, **values).sources)
            assert "77" not in sources, kind
            assert "s.165(2)" in sources, kind
