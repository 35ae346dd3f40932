"""Letters to the people concerned, and the notice in place of them, tell what the law asks for."""

from __future__ import annotations

import pytest

from dpdesk.breaches.letter_words import LetterText
from dpdesk.breaches.recipients import Recipient
from tests.breaches.conftest import WHOLE
from tests.papers.reading import text_of


def test_the_letter_tells_what_article_34_asks_for(reporting, incident):
    entry = incident(
        **WHOLE | {"data_kinds": ("send", "accounts"), "first_steps": ("ask_delete", "tell_head")}
    )
    assert reporting.groups(entry) == ("parent", "pupil")
    letter = reporting.letter(entry, "parent", Recipient("Pat Example", ("1 Invented Road",)))
    words = text_of(letter.content)
    assert "Dear Pat Example" in words
    assert "about your child" in words
    for part in (
        "Wednesday 18 November 2026",
        "sent by e-mail to somebody",
        "because of what they now know",
        "to delete it, not to share it",
        "has confirmed that it has been deleted",
        "Change the password",
        "Special educational needs",
        "Dana Pryce",
    ):
        assert part in words
    assert letter.missing == ()
    assert letter.subject == "A data breach involving your child’s information"
    child = reporting.letter(entry, "pupil")
    assert child.subject == "Something that happened to your information"
    assert "Dear Pupil" in child.text


@pytest.mark.parametrize("kind", ["adult", "parent", "pupil", "notice"])
@pytest.mark.parametrize(
    ("people", "kinds", "said"),
    [
        (34, ("send", "attainment"), True),
        (None, ("send", "attainment"), True),
        (34, ("attainment",), False),
        (1, ("send", "attainment"), False),
    ],
)
def test_no_reader_is_told_that_all_the_data_of_many_people_is_about_them(
    reporting, incident, kind, people, kinds, said
):
    entry = incident(**WHOLE | {"people": people, "data_kinds": kinds})
    made = reporting.notice(entry) if kind == "notice" else reporting.letter(entry, kind)
    true = "Some of it may not "
    assert (true in " ".join(made.text.split())) is said


SECRET = {
    "what": "The list names Year 5 pupils with epilepsy.",
    "consequences": "A pupil with epilepsy may be teased.",
    "remedy": "The epilepsy nurse was told.",
    "prevention": "No list with epilepsy goes out by e-mail.",
    "affected": "The epilepsy plans.",
    "data_kinds": ("send", "other"),
    "data_other": "Epilepsy plans",
    "summary": "Epilepsy list sent to a parent",
    "triage_why": "Epilepsy was named.",
    "decision_why": "Epilepsy is sensitive.",
    "cause_words": "Epilepsy list was attached.",
}


@pytest.mark.parametrize("kind", ["adult", "parent", "pupil", "notice"])
def test_no_word_written_for_the_regulator_gets_into_a_letter_by_itself(reporting, incident, kind):
    entry = incident(**WHOLE | SECRET | {"first_steps": ("ask_delete",)})
    made = reporting.notice(entry) if kind == "notice" else reporting.letter(entry, kind)
    assert "epilepsy" not in made.text.casefold()
    assert set(reporting.log_words(entry)) == {"happened", "consequences", "done", "planned"}


@pytest.mark.parametrize("kind", ["adult", "parent", "pupil", "notice"])
def test_a_letter_says_the_words_that_were_written_for_it_and_keeps_them(
    reporting, breaches, incident, kind
):
    entry = incident(**WHOLE)
    text = LetterText("A list went astray.", "A\nB", "It is back.", "We lock it.", "Call us.")
    written = breaches.letters.save({"kind": kind, **text.values()}, parent_id=entry.id)
    entry = breaches.load(entry.id)
    made = reporting.notice(entry) if kind == "notice" else reporting.letter(entry, kind)
    for part in ("A list went astray.", "- A\n- B", "- It is back.", "- We lock it.", "- Call us."):
        assert part in made.text
    assert reporting.words(entry, kind) == text
    others = {"adult", "parent", "pupil", "notice"} - {kind}
    assert all(reporting.words(entry, other) != text for other in others)
    shorter = LetterText("Less.", "", "", "", "")
    kept = written.entry
    breaches.letters.save({"kind": kind, **shorter.values()}, kept.id, kept.version)
    assert reporting.words(entry, kind) == shorter


def test_names_in_the_words_of_a_letter_are_doubted(reporting, incident):
    entry = incident(**WHOLE)
    assert reporting.doubts(entry, LetterText("A list went astray.")) == ()
    (said,) = reporting.doubts(entry, LetterText("Sam Sample sent it."))
    assert "Sam Sample" in said


def test_letters_name_the_officer_and_end_as_letters_do(reporting, incident):
    entry = incident(**WHOLE)
    letter = reporting.letter(entry, "adult")
    text = letter.text.replace("\u00a0", " ")
    assert "Dana Pryce, dpo@elmfield.example, 01632 960 100" in text
    assert "was in a data breach" not in text
    assert "Yours faithfully," in text
    assert "Yours faithfully," in text_of(letter.content)
    assert "Yours sincerely," in reporting.letter(entry, "adult", Recipient("Pat Example")).text
    notice = reporting.notice(entry).text.replace("\u00a0", " ")
    assert "dpo@elmfield.example, 01632 960 100" in notice


def test_the_letter_to_a_pupil_speaks_in_short_sentences(reporting, incident):
    text = reporting.letter(incident(**WHOLE), "pupil").text
    opening = text[text.index("Something went wrong") : text.index("What happened")]
    assert all(len(sentence.split()) <= 16 for sentence in opening.split("."))
    assert " you" in opening
    assert "personal data" not in opening.lower()


def test_a_letter_about_which_little_is_known_shows_its_gaps(reporting, incident):
    letter = reporting.letter(incident(), "adult")
    assert {"consequences", "what we have done"} <= set(letter.missing)


def test_the_public_notice_has_no_address_and_no_signature(reporting, incident):
    notice = reporting.notice(incident(**WHOLE))
    words = text_of(notice.content)
    assert "for everyone who may be affected" in words
    assert "0303 123 1113" in words.replace("\u00a0", " ")
    assert notice.missing == ()
    assert "Dear" not in words
    assert "sincerely" not in words
