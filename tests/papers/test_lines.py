"""Text is broken into lines that fit, and nothing of it is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.papers.fonts import printable, width
from dpdesk.papers.lines import Span, break_lines, words_of
from dpdesk.papers.look import BODY

TEXTS = st.text(st.sampled_from("abcXYZ éŚễ-/.@,\u00a0\n\u0301") | st.characters(codec="utf-8"))


def shown(line):
    return "".join(span.text for span in line.spans)


@given(TEXTS, st.floats(20, 400))
def test_every_line_fits_and_no_letter_is_lost(text, room):
    lines = break_lines(text, BODY, room)
    kept = "".join("".join(shown(line) for line in lines).split())
    assert kept == "".join(printable(text).split())
    for line in lines:
        letters = [c for c in shown(line) if not unicodedata.combining(c)]
        wide = width(shown(line), "regular", BODY.size)
        assert abs(wide - line.width) < 0.01
        assert line.width <= room + 0.01 or len(letters) <= 1


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["regular", "bold", "medium"])), max_size=6))
def test_spans_keep_their_order_and_their_face(pieces):
    spans = [Span(text, face) for text, face in pieces]
    lines = break_lines(spans, BODY, 90)
    for face in ("regular", "bold", "medium"):
        given_ = "".join(printable(s.text) for s in spans if s.face == face)
        got = "".join(s.text for line in lines for s in line.spans if s.face == face)
        assert "".join(got.split()) == "".join(given_.split())


def test_breaks_come_at_spaces_before_they_come_inside_words():
    lines = [shown(line) for line in break_lines("one two-three four", BODY, 58)]
    assert lines == ["one", "two-three", "four"]


def test_a_word_wider_than_the_line_breaks_at_a_seam_where_it_has_one():
    lines = [shown(line) for line in break_lines("someone@willowbrook.example", BODY, 90)]
    assert lines == ["someone@", "willowbrook.", "example"]


@pytest.mark.parametrize("room", range(12, 60, 2))
def test_a_word_without_a_seam_breaks_anywhere_but_never_before_an_accent(room):
    # This accent has a width of its own in Lato, so it can be what no longer fits.
    lines = [shown(line) for line in break_lines("Mo\u0358" * 30, BODY, room)]
    assert len(lines) > 1
    assert not any(unicodedata.combining(line[0]) for line in lines)


def test_lines_typed_by_the_user_stay_lines():
    assert [shown(line) for line in break_lines("a\n\nb", BODY, 100)] == ["a", "", "b"]


def test_words_held_together_by_a_hard_space_are_not_parted():
    lines = [shown(line) for line in break_lines("telephone 01632\u00a0960", BODY, 80)]
    assert lines == ["telephone", "01632\u00a0960"]


def test_a_blank_text_has_no_lines():
    assert break_lines(" \n ", BODY, 100) == []


def test_words_of_mixed_text():
    assert words_of(["a", Span("b", "bold")]) == "ab"
