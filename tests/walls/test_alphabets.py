"""Foreign bytes become the letters that were meant, or it is said that they are a guess."""

from __future__ import annotations

import pytest

from dpdesk.walls.alphabets import decoded

WORDS = [
    "Zoë O’Brien, “late” – £5",
    "José Núñez, Señora, Straße 5, Müller",
    "Siân Ó Briain, Café £3.50, Renée",
    "ANDRÉ MÜLLER",
    "Ångström & Øst",
    "François Lefèvre, 50 °C",
    "Łukasz Żółć; Paweł Wójcik",
    "Zoë",
]


def _saved(words: str, encoding: str) -> bytes | None:
    try:
        return words.encode(encoding)
    except UnicodeEncodeError:
        return None  # this alphabet does not have these letters


SAVED = [
    pytest.param(words, content, id=f"{words} in {encoding}")
    for words in WORDS
    for encoding in ("utf-8", "cp1252", "cp850", "mac_roman", "cp1250")
    if (content := _saved(words, encoding)) is not None
]


@pytest.mark.parametrize(("words", "content"), SAVED)
def test_accents_are_right_in_whichever_alphabet_they_were_saved(words, content):
    text, name, notes = decoded(content)
    assert text == words
    assert bool(notes) == (not name.startswith("UTF"))


def test_one_foreign_byte_spoils_nothing_else_and_is_told():
    text, _name, notes = decoded(
        "Zoë Núñez, ".encode() + b"Caf\xe9, Ren\xe9e" + "Siân, Chloë".encode()
    )
    assert text == "Zoë Núñez, Café, RenéeSiân, Chloë"
    assert "saved in different ways" in notes[0]


def test_half_a_letter_at_the_end_is_told():
    text, _name, notes = decoded("Name\nZoë Núñez\nJosé".encode()[:-1])
    assert text.endswith("Jos\ufffd")
    assert any("cannot be read" in note for note in notes)


def test_letters_that_were_saved_wrongly_before_are_told():
    broken = "Zoë Núñez".encode().decode("cp1252")
    _text, name, notes = decoded(broken.encode())
    assert name == "UTF-8"
    assert "where an accent was meant" in notes[0]
    assert decoded("ÀÂÃ and Ümit".encode())[2] == ()
