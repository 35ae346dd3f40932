"""The letters say what the law wants said, and show what is still to be filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from dpdesk.papers.templates import shipped
from dpdesk.requests import letters
from dpdesk.requests.letters import DataFacts, Envelope, Regulator, default_regulator
from tests.papers.reading import SCHOOL, page_texts, text_of

RECEIVED = date(2026, 9, 3)
ENVELOPE = Envelope(
    SCHOOL,
    "Mrs D. Ptolemy",
    "Data protection officer",
    "Ms Zoë Nguyễn",
    ("14 Sample Street", "IP99 8YY"),
    "SAR-2026-014",
    date(2026, 9, 4),
)


def acknowledgement(envelope=ENVELOPE, **more):
    given = {"received": RECEIVED, "due": date(2026, 10, 5), "asked_for": ("E-mails",), **more}
    return letters.acknowledgement(envelope, **given).printed()


def extension(envelope=ENVELOPE, **more):
    given = {
        "received": RECEIVED,
        "first_due": date(2026, 10, 5),
        "due": date(2026, 12, 3),
        "reasons": ("Nine thousand e-mails.",),
        "notice_due": date(2026, 10, 5),
        **more,
    }
    return letters.extension_notice(envelope, **given).printed()


FACTS = DataFacts(
    ("teaching",),
    ("attendance",),
    ("the local authority",),
    ("six years",),
    ("parents",),
    "None.",
    "Not sent.",
)


def answer(envelope=ENVELOPE, **more):
    given = {
        "received": RECEIVED,
        "enclosed": "one file of 212 pages",
        "searched": ("The pupil file", "E-mail"),
        "reasons": ("It would tell you about another person.",),
        "facts": FACTS,
        **more,
    }
    return letters.covering_letter(envelope, **given).printed()


def every_letter(envelope=ENVELOPE):
    return {
        "acknowledgement": acknowledgement(envelope),
        "identity": letters.identity_request(envelope, received=RECEIVED).printed(),
        "clarification": letters.clarification_request(
            envelope, received=RECEIVED, questions=("Which years?",), why="there is much."
        ).printed(),
        "extension": extension(envelope),
        "response": answer(envelope),
        "refusal": letters.refusal(
            envelope, received=RECEIVED, reasons=("Asked twice.",)
        ).printed(),
        "fee": letters.fee_request(
            envelope, received=RECEIVED, amount="£4.00", ground="excessive", reasons=("Daily.",)
        ).printed(),
    }


def read(letter):
    return text_of(letter.content).replace("\u00a0", " ")


@pytest.mark.parametrize("name", every_letter())
def test_every_letter_has_its_parts_and_no_gap(name):
    letter = every_letter()[name]
    shown = read(letter)
    order = [
        "Willowbrook House School",
        "Ms Zoë Nguyễn",
        letter.subject,
        "Dear Ms Zoë Nguyễn,",
        "3 September 2026",
        "Yours sincerely,",
        "Data protection officer",
    ]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "Our reference: SAR-2026-014" in shown
    assert "Friday 4 September 2026" in shown
    assert letter.missing == ()
    assert letter.warnings == ()
    assert letter.sources


@pytest.mark.parametrize("name", every_letter())
def test_every_letter_says_how_to_complain_to_school_and_regulator(name):
    shown = read(every_letter()[name])
    assert "office@willowbrook.example" in shown
    assert "Information Commissioner’s Office (ICO)" in shown
    assert "0303 123 1113" in shown


@pytest.mark.parametrize("name", ["extension", "response", "refusal", "fee"])
def test_letters_that_decide_also_name_the_court_and_the_thirty_days(name):
    shown = read(every_letter()[name])
    assert "within 30 days" in shown
    assert "court" in shown
    assert "Wycliffe House" in shown


def test_a_regulator_without_address_is_named_without():
    nowhere = replace(default_regulator(), address=())
    for letter in every_letter(replace(ENVELOPE, regulator=nowhere)).values():
        assert "Wycliffe" not in read(letter)
        assert "0303 123 1113" in read(letter)
        assert letter.missing == ()


def test_the_regulator_is_a_setting():
    other = Regulator("Information Commission", ("1 Sample Road",), "01632 960 999", "ic.example")
    for letter in every_letter(replace(ENVELOPE, regulator=other)).values():
        shown = read(letter)
        assert "Information Commission," in shown or "Information Commission:" in shown
        assert "01632 960 999" in shown
        assert "0303" not in shown
    assert default_regulator().telephone == "0303 123 1113"


@pytest.mark.parametrize("name", every_letter())
def test_the_shipped_wording_has_no_half_written_place(name):
    text = every_letter()[name].text
    assert "{" not in text
    assert "**" not in text
    assert "to be filled in" not in text


def test_what_is_missing_is_a_visible_gap_and_named():
    letter = letters.covering_letter(ENVELOPE, received=None, enclosed="", searched=()).printed()
    assert set(letter.missing) >= {"date received", "what was searched", "purposes", "retention"}
    for name in letter.missing:
        assert f"[to be filled in: {name}]" in read(letter)
        assert f"[to be filled in: {name}]" in letter.text


def test_the_acknowledgement_gives_the_date_or_says_that_it_will():
    assert "by Monday 5 October 2026 at the latest" in read(acknowledgement())
    waiting = read(acknowledgement(due=None, identity_needed=True))
    assert "we will write to tell you the date" in waiting
    assert "confirm who you are" in waiting
    assert "at the latest" not in waiting


def test_who_asks_for_somebody_else_is_told_so_and_asked_for_proof():
    assert "It is about Harry Sample" in read(acknowledgement(data_subject="Harry Sample"))
    letter = letters.identity_request(
        ENVELOPE, received=RECEIVED, data_subject="Harry Sample", relationship_needed=True
    ).printed()
    assert "your relationship" in read(letter)
    assert "your relationship" not in read(every_letter()["identity"])


def test_the_identity_letter_says_when_the_month_begins_and_that_no_copy_is_kept():
    shown = read(every_letter()["identity"])
    assert "begins on the day we receive this" in shown
    assert "do not keep a copy" in shown
    assert "• a passport" in shown


def test_clarification_pauses_the_time_and_does_not_begin_it_anew():
    shown = read(every_letter()["clarification"])
    assert "is paused from the day of this letter" in shown
    assert "Neither of those days counts, nor do the days between them" in shown
    assert "You do not have to narrow your request" in shown


def test_an_extension_gives_reasons_and_the_new_date():
    shown = read(extension())
    assert "two further months" in shown
    assert "Nine thousand e-mails." in shown
    assert "by Thursday 3 December 2026 at the latest" in shown


def test_a_late_notice_of_extension_is_reported():
    late = extension(replace(ENVELOPE, written_on=date(2026, 10, 6)))
    assert any("Monday 5 October 2026" in warning for warning in late.warnings)
    assert extension(replace(ENVELOPE, written_on=date(2026, 10, 5))).warnings == ()


def test_the_answer_holds_what_article_15_wants():
    shown = read(answer())
    for words in (
        "teaching",
        "attendance",
        "the local authority",
        "six years",
        "parents",
        "None.",
        "Not sent.",
        "correct personal data that is wrong",
        "The pupil file",
        "reasonable and proportionate search",
        "It would tell you about another person.",
    ):
        assert words in shown


def test_an_answer_without_redactions_says_that_nothing_was_removed():
    shown = read(answer(reasons=()))
    assert "Nothing has been removed." in shown
    assert "the enclosed list gives the reason" not in shown


def test_the_school_may_write_its_own_wording():
    own = "Subject: Thanks\n\nDear {salutation}, we have it since {date received}. {no such}"
    letter = acknowledgement(replace(ENVELOPE, wording={"acknowledgement": own}))
    assert letter.subject == "Thanks"
    assert "we have it since Thursday 3 September 2026" in read(letter)
    assert letter.missing == ("no such",)


def test_a_changed_passage_changes_every_letter_that_has_it():
    own = {"passage-complaint": "Complain at the gate."}
    for name, letter in every_letter(replace(ENVELOPE, wording=own)).items():
        if "{passage complaint}" in shipped(name):
            assert "Complain at the gate." in read(letter)


def test_nothing_in_an_answer_is_taken_for_template_or_markup():
    nasty = "<b>x</b> {if y} **z** {sender} ## h"
    letter = acknowledgement(replace(ENVELOPE, salutation=nasty), asked_for=(nasty,))
    assert read(letter).count(nasty) == 2
    assert letter.missing == ()


def test_a_signature_never_has_a_page_to_itself():
    for lines in range(1, 60):
        letter = answer(searched=tuple(f"Place {n}" for n in range(lines)))
        page = page_texts(letter.content)[-1]
        if "Yours sincerely" in page:
            assert page.index("Yours sincerely") > page.index("CONFIDENTIAL") + 60


def test_an_answer_that_nothing_was_found_says_so_and_leaves_out_the_rest():
    letter = answer(nothing_found=True, reasons=(), facts=None, enclosed="")
    shown = read(letter)
    assert "We hold no personal data about you" in shown
    assert "The pupil file" in shown
    for words in ("left out", "Why we use it", "enclosed", "correct personal data"):
        assert words not in shown
    assert letter.missing == ()


def test_the_place_of_the_address_fits_a_window_envelope():
    """DL envelope, sheet folded in three: the window shows 45 to 85 mm from the top."""
    pdf = pypdfium2.PdfDocument(acknowledgement().content)
    words = pdf[0].get_textpage()
    found = words.search("Ms Zoë Nguyễn")
    first, _ = found.get_next()
    _, _, _, top = words.get_charbox(first)
    down = (pdf[0].get_height() - top) / 72 * 25.4
    for part in (found, words, pdf):
        part.close()
    assert 45 < down < 60
