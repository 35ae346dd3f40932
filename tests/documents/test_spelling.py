"""A page is read both as its letters show and as the file spells them out."""

from __future__ import annotations

from dpdesk.documents import intake
from dpdesk.walls.workers import Limits
from tests.documents import makers


def read(stream: str) -> intake.Intake:
    return intake.read("a.pdf", makers.saved(makers.plain(stream)), None, Limits())


def span(shown: str, spelt: str, at: str = "50 100") -> str:
    return f"/Span <</ActualText ({spelt})>> BDC BT /F 12 Tf {at} Td ({shown}) Tj ET EMC "


def test_a_spelling_that_says_another_name_hides_neither() -> None:
    found = read(span("Quillfeather", "the boy") + span("Kim", "Sam", "50 200"))
    text = found.pages[0].text()
    assert {"Quillfeather", "boy", "Kim", "Sam"} <= set(text.split())
    assert "On page 1 the words this file gives to a search" in found.warnings[0]


def test_words_of_both_readings_lie_on_the_same_ink() -> None:
    page = read(span("Quillfeather", "boy")).pages[0]
    spelt, shown = page.words
    assert {spelt.text, shown.text} == {"boy", "Quillfeather"}
    assert spelt.box.intersects(shown.box)
    assert spelt.box.width > 60, "the spelling has the place of all letters that it stands for"


def test_spellings_that_say_what_is_shown_change_nothing() -> None:
    plain = read(span("of", "of") + span("Grif", "Grif", "80 100"))
    assert [word.text for word in plain.pages[0].words] == ["of", "Grif"]
    assert plain.warnings == ()


def test_a_hyphen_that_is_spelt_away_is_no_other_word() -> None:
    found = read(span("Exam-", "Exam", "50 120") + "BT /F 12 Tf 50 100 Td (ple) Tj ET")
    assert found.warnings == ()
