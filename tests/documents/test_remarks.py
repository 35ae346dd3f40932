"""Whoever relies on the search is told where letters cannot be read."""

from __future__ import annotations

import pytest

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.remarks import Remarks, unreadable_words
from dpdesk.law.words import page_list


def page(*texts: str) -> Page:
    words = [
        Word(text, Box(50 * n, 20, 50 * n + 8 * len(text), 32)) for n, text in enumerate(texts)
    ]
    return Page(595, 842, tuple(words), "text")


def told(*pages: Page) -> list[str]:
    remarks = Remarks({})
    for index, each in enumerate(pages):
        remarks.note(index, each, spelt_otherwise=False)
    return remarks.sentences()


@pytest.mark.parametrize(
    "word", ["Ond\ufffdej", "\ufffduill", "\ue001lice", "\ufffd\ufffd\ufffd\ufffd"]
)
def test_even_one_word_with_a_letter_that_cannot_be_read_is_told_of(word: str) -> None:
    (sentence,) = told(page("plain", "words"), page("so", word, "came"))
    assert sentence.startswith("1 word on page 2 has letters that cannot be read.")


@pytest.mark.parametrize("sign", ["\uf0b7", "\ufffd", "•", "?", "\uf0b7\uf020"])
def test_bullets_are_no_words(sign: str) -> None:
    assert unreadable_words(page(sign, "Robin", "came")) == 0


def test_many_words_are_counted_and_their_pages_named() -> None:
    (sentence,) = told(
        page("a\ufffd", *"abcdefgh"), page("plain"), page("b\ufffd", "c\ufffdd", *"abcdefgh")
    )
    assert sentence.startswith("3 words on pages 1 and 3 have letters")


def test_a_page_without_any_readable_letter_is_told_of_once() -> None:
    (sentence,) = told(page(*["\ufffd\ufffd\ufffd"] * 6))
    assert sentence.startswith("The letters on page 1 cannot be read")


def test_many_pages_are_named_in_short() -> None:
    assert page_list(list(range(1, 31))) == "pages 1, 2, 3, 4, 5, 6 and 24 more"
