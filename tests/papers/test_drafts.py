"""The words of a letter can be changed and come back as they were; gaps are seen; files agree."""

from __future__ import annotations

import email
import email.policy
import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.papers.drafts import LetterDraft, draft_of, filled_of
from dpdesk.papers.letters import Envelope, Written
from dpdesk.papers.reading_ease import reading_ease
from dpdesk.papers.templates import Answer, fill
from tests.papers.reading import SCHOOL, text_of

TEXT = """Subject: About {thing}

Dear {salutation},

We write about **{thing}**.

## Reasons

- {reasons}

| Why | {why}
| Who | {who}
"""
ENVELOPE = Envelope(
    SCHOOL,
    "Mrs D. Ptolemy",
    "Data protection officer",
    "Sarah Walker",
    ("14 Sample Street", "sarah@walker.example"),
    "SAR-2026-014",
    date(2026, 9, 4),
    salutation="Mrs Walker",
    wording={"letter": TEXT},
)
ANSWERS: dict[str, Answer] = {"thing": "data", "reasons": ("One.", "Two."), "why": "teaching"}
LETTER = Written("letter", ENVELOPE, ANSWERS)


def round_trip(answers):
    filled = fill("letter", {"salutation": "Mrs Walker", **answers}, lambda _name: TEXT)
    draft = draft_of(filled, "Mrs Walker")
    return filled, draft, filled_of(draft)


def test_a_template_becomes_words_and_the_words_become_the_same_letter():
    filled, draft, again = round_trip(ANSWERS)
    assert draft.salutation == "Mrs Walker"
    assert draft.text == (
        "We write about **data**.\n\n## Reasons\n\n- One.\n- Two.\n\n"
        "| Why | teaching\n| Who | [to be filled in: who]"
    )
    assert again.text() == filled.text()
    assert [block.kind for block in again.blocks] == [block.kind for block in filled.blocks]
    assert draft.gaps == ("who",)


@given(st.text(), st.text(min_size=1))
def test_no_answer_can_become_a_place_or_a_stress_of_the_letter(thing, reason):
    """Whatever is filled in, nothing of it is read as the template's own language."""
    answers = {**ANSWERS, "thing": f"x {thing}", "reasons": (f"{{if a}} **{reason}** {{b}}", "y")}
    _, _, again = round_trip(answers)
    words = "".join(again.text().split())
    assert "".join(f"{{if a}} **{reason}** {{b}}".split()) in words
    assert len(LETTER.printed(LetterDraft("x", again.text(), "y")).content) > 0


def test_what_somebody_changed_is_what_is_printed_saved_and_sent():
    draft = LETTER.draft()
    changed = LetterDraft(
        draft.subject, draft.text.replace("[to be filled in: who]", "the SENCo"), "Mrs S. Walker"
    )
    letter = LETTER.printed(changed)
    assert letter.missing == ()
    told = (
        text_of(letter.content),
        _words_of(LETTER.docx(changed)),
        _message(LETTER.message(changed)).get_body(("plain",)).get_content(),
    )
    for text in told:
        assert "Dear Mrs S. Walker," in text
        assert "the SENCo" in text
        assert "Yours sincerely," in text
        assert "to be filled in" not in text


def test_the_message_is_not_sent_yet_and_goes_to_the_address_of_the_requester():
    message = _message(LETTER.message())
    assert message["X-Unsent"] == "1"
    assert message["To"] == "sarah@walker.example"
    assert message["Subject"] == "About data (SAR-2026-014)"
    assert "office@willowbrook.example" in message["From"]
    assert "<strong>[to be filled in: who]</strong>" in message.get_body(("html",)).get_content()


def test_reading_ease_tells_plain_words_from_hard_ones_and_names_the_longest_sentence():
    easy = reading_ease(
        "We got your letter. We will write to you soon. You do not have to pay. " * 2
    )
    hard = reading_ease(
        "Notwithstanding the aforementioned considerations regarding proportionality, the "
        "organisation's determination concerning applicability of the statutory exemption "
        "necessitates comprehensive examination of individually identifiable documentation "
        "irrespective of confidentiality obligations previously communicated to participants "
        "in the relevant administrative proceedings."
    )
    assert easy is not None
    assert hard is not None
    assert easy.score > 80
    assert hard.score < 20
    assert not easy.longest
    assert hard.longest.startswith("Notwithstanding")
    assert reading_ease("Too short.") is None


def _words_of(content):
    opened = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in opened.paragraphs), *cells])


def _message(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def test_two_are_the_same_that_read_the_same():
    one = LetterDraft("Subject", "telephone 0303\u00a0123\u00a01113", "Mrs Walker")
    other = LetterDraft("Subject", "telephone 0303 123 1113", "Mrs Walker")
    assert one == other
    assert hash(one) == hash(other)
    assert one != LetterDraft("Subject", "telephone 0303 123 1114", "Mrs Walker")
    assert one != "telephone"


@pytest.mark.parametrize(
    "slip", ["a..b@example.org", "a@ex..ample.org", ".@example.org", "a@-.org", "a@example..org"]
)
def test_a_slip_in_an_address_leaves_the_address_to_the_mail_program(slip):
    made = replace(LETTER, envelope=replace(ENVELOPE, recipient_address=("1 Road", slip)))
    message = _message(made.message())
    assert message["X-Unsent"] == "1"
    assert message["To"] is None or ".." not in message["To"]
