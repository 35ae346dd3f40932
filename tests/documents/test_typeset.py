"""Plain text on pages: every letter, every line, in order."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from dpdesk.documents import pdf, typeset, words
from dpdesk.documents.typefaces import Typefaces
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents import makers


def pages_of(text: str, **limits: int) -> list[str]:
    made, _warnings = typeset.to_pdf(text, Limits(**limits))
    document = pdf.open_pdf(made)
    try:
        return [words.read_page(document, index).text() for index in range(len(document))]
    finally:
        document.close()


def test_lines_stay_lines() -> None:
    assert pages_of("One\r\n\r\n  two\rthree\n") == ["One\ntwo\nthree"]


def test_long_lines_break_at_spaces_and_lose_nothing() -> None:
    sentence = " ".join(f"word{number}" for number in range(200))
    (page,) = pages_of(sentence)
    assert page.replace("\n", " ") == sentence
    assert page.count("\n") > 10


def test_a_word_longer_than_the_line_is_cut_and_loses_nothing() -> None:
    (page,) = pages_of("x" * 400)
    assert page.replace("\n", "") == "x" * 400


def test_long_texts_fill_pages_in_order() -> None:
    pages = pages_of("\n".join(f"line {number}" for number in range(200)))
    assert len(pages) == 4
    assert "\n".join(pages) == "\n".join(f"line {number}" for number in range(200))


def test_a_form_feed_begins_a_page() -> None:
    assert pages_of("one\ftwo") == ["one", "two"]


@pytest.mark.parametrize(
    "name",
    ["Wójcik", "Nguyễn", "Çelik", "Şahin", "O’Brien", "Ελένη", "Олена", "Łukasz", "Ởåǻ", "ə", "ẞ"],
)
def test_every_name_is_set_as_its_owner_writes_it(name: str) -> None:
    assert pages_of(f"Dear {name},") == [f"Dear {name},"]


def test_accents_that_stand_apart_join_their_letter() -> None:
    assert pages_of("Zoe\u0308") == ["Zoë"]


@pytest.mark.parametrize("written", ["王小明", "محمد", "שלום", "שלום עולם"])
def test_letters_of_no_font_at_hand_are_told_and_can_be_searched(written: str) -> None:
    text = f"Name: {written}, aged 9"
    made, warnings = typeset.to_pdf(text, Limits())
    letters = len(written.replace(" ", ""))
    assert warnings[0].startswith(f"{letters} letters of this text cannot be shown")
    assert makers.ink_of(made, 2) is not None
    # In a text of both directions it depends on the reader which side comes first.
    assert set(written.split()) <= set(re.split("[ ,]", pages_of(text)[0]))


def test_the_rarest_letters_have_a_place_too() -> None:
    assert pages_of("Name: 𠮷田, aged 9") == ["Name: \ufffd田, aged 9"]


def test_pictograms_are_told_apart_from_letters() -> None:
    _made, warnings = typeset.to_pdf("Hello \U0001f44d\U0001f3fd \u2764\ufe0f", Limits())
    assert len(warnings) == 1
    assert warnings[0].startswith("3 pictures among the words")


def test_tabs_become_columns() -> None:
    made, _warnings = typeset.to_pdf("a\tb\nccc\td", Limits())
    document = pdf.open_pdf(made)
    places = {word.text: word.box.x0 for word in words.read_page(document, 0).words}
    document.close()
    assert places["b"] > places["a"] + 15


def test_nothing_but_spaces_is_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="nothing but spaces"):
        typeset.to_pdf(" \n\t\r\n", Limits())


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 2 pages"):
        typeset.to_pdf("x\n" * 1000, Limits(pages=2))


def test_the_fonts_of_the_computer_are_not_asked_for() -> None:
    """Reportlab looks through all of them for a font that it does not know yet."""
    script = (
        "from reportlab.pdfbase import pdfmetrics\n"
        "def refuse(name): raise SystemExit('looked for ' + name)\n"
        "pdfmetrics.bruteForceSearchForAFM = refuse\n"
        "from dpdesk.documents import typeset\n"
        "from dpdesk.walls.workers import Limits\n"
        "print(len(typeset.to_pdf('Robin \u05d0', Limits())[0]))\n"
    )
    asked = [sys.executable, "-c", script]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 1000


def test_a_ticked_box_does_not_look_like_an_empty_one() -> None:
    faces = Typefaces()
    assert faces.known("☐ no ☒ yes ☑ ✓ ✗ ✔️ ★★☆ ◉◯") == "[ ] no [x] yes [x] √ × √ **◦ ●○"
    assert faces.warnings() == []
