"""Letters are changed before they go, watched for what the law asks, and kept as they went."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.papers.required import missing
from dpdesk.requests.addressing import greeting_doubts, receiving_doubts, spoken_of
from dpdesk.requests.letter_facts import LetterFacts
from tests.builders import a_request
from tests.papers.reading import text_of

TODAY = dt.date(2026, 11, 20)
MOTHER = {"relationship": "mother", "requester": "Sarah Walker", "subject": "Ethan Walker"}


@pytest.fixture
def letters(desk):
    return desk.requests.letters


@pytest.mark.parametrize("kind", RequestKind)
def test_every_letter_of_every_kind_of_request_says_what_the_law_asks_of_it(desk, letters, kind):
    known = {"asked": "My file", "fee_ground": "excessive", "extension_reason": "complex"}
    saved = a_request(desk, **known)
    facts = LetterFacts(desk.requests.requests)
    assert letters.kinds(replace(saved, values={**saved.values, "kind": kind.value}))
    for who in ({"subject_kind": "staff"}, {"subject_kind": "pupil"}, MOTHER):
        for outcome in kind_rules(kind.value).outcomes:
            values = {**saved.values, **who, "kind": kind.value, "outcome": outcome}
            entry = replace(saved, values=values)
            for each in letters.kinds(entry):
                written = facts.gathered(each.key, entry)
                found = written.passages()
                assert found, each.key
                assert not missing(found), (each.key, outcome)
                assert written.draft().subject


def test_a_passage_that_was_taken_out_is_missed_and_one_put_otherwise_is_not(desk, letters):
    entry = a_request(desk, subject_kind="staff", outcome="refused", refusal_why="Sent daily.")
    draft = letters.draft("refusal", entry)
    cut = replace(draft, text=draft.text[: draft.text.index("## If you are not happy")])
    lacking = letters.write("refusal", entry, cut).lacking
    assert "The letter no longer says how to complain to the school." in lacking
    assert "The letter no longer says that they can go to court." in lacking
    own = "\n\nNot happy? Tell Dana Pryce. Or complain to the ICO on 0303 123 1113, or go to court."
    assert not letters.write("refusal", entry, replace(cut, text=cut.text + own)).lacking


def test_the_date_to_answer_by_is_watched_when_it_moves(desk, letters, clock):
    entry = a_request(desk, subject_kind="staff")
    draft = letters.draft("acknowledgement", entry)
    letters.keep("acknowledgement", entry, replace(draft, text=f"{draft.text}\n\nKind regards."))
    clock.on(TODAY, hour=10)
    moved = desk.requests.requests.save({"received": dt.date(2026, 11, 9)}, entry.id, entry.version)
    letter = letters.write("acknowledgement", moved.entry)
    assert any("by when you will answer" in each for each in letter.lacking)
    assert letters.stale("acknowledgement", moved.entry)


def test_words_that_were_changed_are_kept_and_can_be_begun_afresh(desk, letters):
    entry = a_request(desk, subject_kind="staff")
    draft = letters.draft("acknowledgement", entry)
    assert letters.keep("acknowledgement", entry, draft) is None, "nothing was changed"
    mine = replace(draft, salutation="Robin", text=f"It was good to talk.\n\n{draft.text}")
    letters.keep("acknowledgement", entry, mine)
    assert letters.draft("acknowledgement", entry) == mine
    assert "It was good to talk." in text_of(letters.write("acknowledgement", entry).content)
    letters.drop("acknowledgement", entry)
    assert letters.draft("acknowledgement", entry) == draft


def test_a_letter_that_was_sent_is_kept_as_it_went_and_never_changed(desk, letters):
    entry = a_request(desk, subject_kind="staff", asked="My file")
    draft = letters.draft("acknowledgement", entry)
    mine = replace(draft, text=f"As promised.\n\n{draft.text}")
    letters.keep("acknowledgement", entry, mine)
    letters.send("acknowledgement", entry, mine, sent_on=TODAY, how="email")
    (sent,) = letters.sent(entry.id)
    assert sent.part.values["to_whom"] == "Robin Example"
    assert "As promised." in text_of(letters.content(sent.paper.id))
    with pytest.raises(DpdeskError, match="stays as it was"):
        desk.requests.requests.letters.save({"words": "x"}, sent.part.id, sent.part.version)
    assert letters.draft("acknowledgement", entry) == draft, "the next one begins afresh"
    assert not desk.check().problems


def test_a_letter_with_a_gap_or_of_a_day_before_the_request_does_not_go(desk, letters):
    entry = a_request(desk, subject_kind="staff")
    draft = letters.draft("acknowledgement", entry)
    with pytest.raises(DpdeskError, match="what was asked for"):
        letters.send("acknowledgement", entry, draft, sent_on=TODAY, how="post")
    whole = replace(draft, text=draft.text.replace("[to be filled in: what was asked for]", "All"))
    with pytest.raises(InvalidEntry):
        letters.send("acknowledgement", entry, whole, sent_on=dt.date(2026, 11, 1), how="post")
    assert letters.sent(entry.id) == ()


def test_the_day_of_sending_answers_the_question_that_the_letter_is_about(desk, letters):
    entry = a_request(desk, subject_kind="staff", identity_needed="yes")
    draft = letters.draft("identity", entry)
    letters.send("identity", entry, draft, sent_on=TODAY, how="email")
    assert desk.requests.requests.load(entry.id).values["identity_asked"] == TODAY


def test_private_notes_are_printed_in_no_letter(desk, letters):
    entry = a_request(
        desk,
        **MOTHER,
        notes="PRIVATE the mother shouted",
        child_view="PRIVATE he is afraid",
        late_reason="PRIVATE we forgot",
        asked="His file",
        responsibility="yes",
        closed=dt.date(2026, 11, 20),
    )
    desk.requests.requests.clarifications.save(
        {
            "asked_on": dt.date(2026, 11, 5),
            "answered_on": dt.date(2026, 11, 6),
            "answer": "PRIVATE",
        },
        parent_id=entry.id,
    )
    for kind in letters.kinds(entry):
        made = letters.write(kind.key, entry)
        files = (letters.docx(kind.key, entry), letters.message(kind.key, entry))
        assert "PRIVATE" not in text_of(made.content) + made.text, kind.key
        assert not any(b"PRIVATE" in each for each in files), kind.key


# --- who is spoken to ---------------------------------------------------------------------


def test_a_parent_reads_of_your_child_or_as_the_school_says_and_an_agent_the_name(desk, letters):
    entry = a_request(desk, **MOTHER, spoken_of="your son Ethan", salutation="Mrs Walker")
    text = letters.write("response", entry).text
    assert "Dear Mrs Walker," in text
    assert "We hold personal data about your son Ethan." in text
    assert "Ethan’s rights" in text
    assert spoken_of({**MOTHER, "subject_kind": "pupil"}).of == "your child Ethan Walker"
    agent = {**MOTHER, "relationship": "solicitor", "subject_kind": "pupil"}
    assert spoken_of(agent).of == "Ethan Walker"
    assert not spoken_of({"relationship": "self", "subject": "Ethan Walker"}).of


def test_a_letter_that_greets_one_person_and_goes_to_another_is_doubted():
    for greeted in ("Ethan", "Ethan Walker", "Mr Jones"):
        assert greeting_doubts(MOTHER, greeted), greeted
    titled = {**MOTHER, "requester": "Mrs Sarah Walker"}
    assert greeting_doubts(titled, "Mr Walker")
    for greeted in ("Mrs Walker", "Sarah", "Sarah Walker", "Ms S. Walker", "Sir or Madam"):
        assert not greeting_doubts(MOTHER, greeted), greeted


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"responsibility": "no"}, "no parental responsibility"),
        ({}, "not recorded that Sarah Walker has parental responsibility"),
        ({"responsibility": "yes"}, ""),
        ({"relationship": "solicitor"}, "may act for the person"),
        ({"kind": "educational_record"}, ""),
    ],
)
def test_an_answer_to_somebody_without_responsibility_is_warned_of(values, words):
    found = " ".join(receiving_doubts({**MOTHER, "subject_kind": "pupil", **values}))
    assert words in found
    assert bool(words) == bool(found)


def test_the_warning_stands_on_the_letter_that_gives_the_data(desk, letters):
    entry = a_request(desk, **MOTHER, responsibility="no")
    assert any("parental responsibility" in w for w in letters.write("response", entry).warnings)
    assert not any(
        "parental responsibility:" in w for w in letters.write("identity", entry).warnings
    )
