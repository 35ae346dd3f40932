"""Words taken apart: the short way for plain words says what the long one says."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dpdesk.disclosure.vocabulary import WordStock, _taken_apart, shape
from dpdesk.law.accents import in_form
from dpdesk.law.folding import fold, indexed

_LETTERS = st.text("abcXYZ", max_size=5) | st.text("aZ", min_size=60, max_size=70)
_SIGNS = st.sampled_from(("", ".", ",", ";", ":", "!", "?", "'s", "-", "...", "1", "é", "_", "@"))
_WORDS = st.builds("{}{}{}{}".format, _LETTERS, _SIGNS, _LETTERS, _SIGNS)


@given(_WORDS)
@example("")
@example("A.")
@example("www.")
@example("H.S.")
def test_a_plain_word_is_taken_apart_as_any_other(word):
    assert shape(word) == _taken_apart(word)


@given(st.text("aBZ'`-. \u0142é’", max_size=20), st.integers(0, 70))
def test_letters_without_accents_are_folded_as_those_with_them(text, many):
    # Behind a letter with an accent the whole text goes the long way.
    text = "a" * many + text
    assert fold(text + " é") == fold(text) + " e"
    assert in_form("NFKD", fold(text)) == fold(text)
    assert indexed(text).startswith(fold(text))


def test_a_page_is_gone_through_at_the_words_that_say_something():
    words = "Dear Tom, the boy of 4 Mill Lane has a@mail.example and is H.S. now".split()
    stock = WordStock()
    stock.read(words)
    told = [words[place] for place in stock.told_on(words)]
    assert told == ["Dear", "4", "Lane", "a@mail.example"]
    assert stock.dotted == {"H.S."}
