"""Letter templates: filled in whole, with visible gaps, and deaf to what is filled in."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.papers.templates import fill


def filled(text, answers, **others):
    files = {"letter": text, **{name.replace("_", "-"): body for name, body in others.items()}}
    return fill("letter", answers, files.__getitem__)


def test_places_are_filled():
    made = filled(
        "Subject: On {day}\n\nDear {name},\nhow are **you**?",
        {"day": date(2026, 11, 22), "name": "Zoë"},
    )
    assert made.subject == "On Sunday 22 November 2026"
    assert made.text() == "Dear Zoë, how are you?"
    assert not made.missing


def test_a_place_without_an_answer_is_a_visible_gap_named_once():
    made = filled("A {b} c {b} d {e}", {"b": "  ", "e": ()})
    assert made.text().count("[to be filled in: b]") == 2
    assert "[to be filled in: e]" in made.text()
    assert tuple(made.missing) == ("b", "e")


def test_a_paragraph_with_a_condition_comes_or_goes():
    text = "{if a} Yes {a}.\n\n{if not a} No.\n\n{if a}\n- {a}"
    assert filled(text, {"a": "x"}).text() == "Yes x.\n\n- x"
    assert filled(text, {}).text() == "No."
    assert not filled(text, {}).missing


def test_a_place_with_several_answers_gives_one_point_for_each():
    assert filled("- {a}\n- b", {"a": ("one", "two")}).text() == "- one\n- two\n- b"
    assert filled("{a}", {"a": ("one", "two")}).text() == "one; two"


def test_passages_are_taken_from_their_own_file_and_a_circle_ends():
    made = filled("a\n\n{passage p}\n\nz", {}, passage_p="b\n\n{passage p}")
    assert made.text() == "a\n\nb\n\nz"


def test_notes_are_not_printed_but_known():
    made = filled("% UK GDPR Art 12(3)\na", {})
    assert made.text() == "a"
    assert made.sources == ["UK GDPR Art 12(3)"]


def test_questions_with_answers():
    made = filled("| Why | {why}\n| Who | {who}", {"why": "teaching"})
    assert made.text() == "Why: teaching\nWho: [to be filled in: who]"


@given(st.text(), st.text())
def test_no_answer_changes_the_shape_of_the_letter(first, second):
    """Whatever is filled in, the paragraphs stay the same in kind and number."""
    text = "## H\n\nA {a} b.\n\n- {b}\n\n{a}"
    made = filled(text, {"a": first + "\n\n## x\n{if a}", "b": (second, "{a}", "- x")})
    assert [block.kind for block in made.blocks] == ["heading", "text", "bullets", "text"]
    assert [len(block.texts) for block in made.blocks] == [1, 1, 3, 1]
    assert "".join(span.text for span in made.blocks[2].texts[1]) == "{a}"
