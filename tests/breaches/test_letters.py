"""Letters to the people concerned, and the notice in place of them, tell what the law asks for."""

from __future__ import annotations

import datetime as dt

from tests.breaches.conftest import WHOLE
from tests.papers.reading import text_of


def test_the_letter_tells_what_article_34_asks_for(reporting, breaches, incident):
    entry = incident(**WHOLE | {"data_kinds": ("send", "logins")})
    assert reporting.groups(entry) == ("parent", "pupil")
    letter = reporting.letter(
        entry, "parent", recipient="Pat Example", address=("1 Invented Road",)
    )
    words = text_of(letter.content)
    assert "Dear Pat Example" in words
    assert "about your child" in words
    for part in (
        "Wednesday 18 November 2026",
        "A progress report was e-mailed",
        "The family may be upset",
        "deleted the message",
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


def test_letters_name_the_officer_and_part_what_is_done_from_what_will_be(
    reporting, incident, change
):
    entry = incident(**WHOLE)
    letter = reporting.letter(entry, "adult")
    text = letter.text.replace("\u00a0", " ")
    assert "Dana Pryce, dpo@elmfield.example, 01632 960 100" in text
    assert text.index("What we will do") < text.index("Address suggestions are switched off")
    assert "was in a data breach" not in text
    assert "Yours faithfully," in text
    assert "Yours faithfully," in text_of(letter.content)
    named = reporting.letter(entry, "adult", recipient="Pat Example").text
    assert "Yours sincerely," in named
    entry = change(entry, prevention_by=dt.date(2026, 11, 19))
    assert "What we will do" not in reporting.letter(entry, "adult").text
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
