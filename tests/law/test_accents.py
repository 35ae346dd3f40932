"""Accents in one form, and endless runs of them cut: by length, as time says little here."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.breaches.name_free import _in
from dpdesk.disclosure.check_words import plain
from dpdesk.disclosure.textlayer import clean
from dpdesk.documents.typeset import to_pdf
from dpdesk.law.accents import MOST, in_form
from dpdesk.law.folding import fold
from dpdesk.papers.fonts import printable
from dpdesk.registers.known_names import KnownNames
from dpdesk.walls.workers import Limits

FORMS = ("NFC", "NFD", "NFKC", "NFKD")
ENDLESS = ["\u0301\u0323" * 300_000, "\u0f73" * 300_000, "\uff9e\u0301" * 300_000]
"""Runs on which sorting would take hours."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("run", ENDLESS)
def test_an_endless_run_of_accents_is_cut(form, run):
    for before in ("", "e", "Zoë wrote: e"):
        found = in_form(form, before + run + "nd")
        assert len(found) <= len(before) + 2 + 3 * MOST
        assert found.endswith("nd")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    [
        "Zoë Núñez", "Zoe\u0308 Nu\u0301n\u0303ez", "Nguyễn Thị Ước", "Ελένη", "한국어 이름",
        "e" + "\u0301" * MOST, "שָׁלוֹם", "ﬁne ﷲ ㍿", "ガｶﾞ", "",
    ],
)  # fmt: skip
def test_what_people_write_is_composed_as_ever(form, text):
    assert in_form(form, text) == unicodedata.normalize(form, text)  # noqa: TID251  # what it must equal


@given(st.text(max_size=25), st.sampled_from(FORMS))
def test_no_short_text_is_changed_by_cutting(text, form):
    assert in_form(form, text) == unicodedata.normalize(form, text)  # noqa: TID251  # what it must equal


@pytest.mark.parametrize("run", ENDLESS)
def test_whoever_reads_a_text_is_done_with_such_a_run(run):
    text = "Zoe" + run + " went"
    assert "went" in fold(text)
    assert "went" in printable(text)
    assert len(clean("Zoe" + run)) < 100
    assert len(plain(text)) < 300
    assert to_pdf(text, Limits())[0]
    assert list(_in(text, KnownNames(["Zoe" + run]), ())) is not None


def test_a_word_that_was_cut_compares_equal_to_itself():
    word = "Zoe" + "\u0301\u0323" * 100
    assert plain(clean(word)) == plain(word)
