"""Marks become areas that hide a name's width, and never take more than they must."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.disclosure import marks
from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box, Word

WIDTH, HEIGHT = 595.0, 842.0


def line(*texts, x=72.0, y=100.0, height=14.0):
    words = []
    for text in texts:
        width = 6.0 * len(text)
        words.append(Word(text, Box(x, y, x + width, y + height)))
        x += width + 3
    return words


def marked(words, *texts, kind="text"):
    found = [word for word in words if word.text in texts]
    return [PlannedMark(n, word.box, "TP-16", kind) for n, word in enumerate(found, 1)]


def areas(words, given_marks):
    return marks.burnt_areas(WIDTH, HEIGHT, words, given_marks)


def test_an_area_covers_the_whole_box_of_its_word_and_a_little_more():
    words = line("about", "Harry", "today")
    (area,) = areas(words, marked(words, "Harry"))
    box = words[1].box
    assert area.box.y0 < box.y0
    assert area.box.y1 > box.y1
    assert area.box.x0 < box.x0
    assert area.box.x1 > box.x1


def test_two_marks_side_by_side_become_one_so_that_nobody_can_count_the_names():
    words = line("saw", "Mary", "Ann", "Smith", "today")
    (area,) = areas(words, marked(words, "Mary", "Ann", "Smith"))
    assert area.numbers == (1, 2, 3)


def test_marks_with_a_word_between_that_stays_are_kept_apart():
    words = line("Harry", "and", "Smith")
    assert len(areas(words, marked(words, "Harry", "Smith"))) == 2


def test_marks_on_two_lines_are_kept_apart():
    words = [*line("Harry", y=100), *line("Harry", y=116)]
    assert len(areas(words, marked(words, "Harry"))) == 2


@given(st.integers(1, 11), st.integers(1, 11))
def test_alone_on_a_line_short_names_and_long_names_look_alike(one, two):
    areas_seen = []
    for length in (one, two):
        words = line("x" * length)
        (area,) = areas(words, marked(words, "x" * length))
        areas_seen.append(area.box)
    assert areas_seen[0].width == pytest.approx(areas_seen[1].width, abs=1.1)


def test_padding_never_covers_a_word_that_stays():
    words = line("to", "Al", "by")
    (area,) = areas(words, marked(words, "Al"))
    assert not marks.touches(area.box, words[0])
    assert not marks.touches(area.box, words[2])


def test_padding_stays_on_the_page():
    words = line("Bo", x=1.0)
    (area,) = areas(words, marked(words, "Bo"))
    assert area.box.x0 >= 0
    words = line("Bo", x=WIDTH - 13)
    (area,) = areas(words, marked(words, "Bo"))
    assert area.box.x1 <= WIDTH
    assert area.box.width >= marks.LEAST_WIDTH


def upright(words):
    """The same words on a page whose two directions changed places."""
    return [Word(word.text, marks.turned(word.box)) for word in words]


NAMES = st.text("abcdefgh", min_size=4, max_size=12)


@settings(max_examples=40)
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.data())
def test_words_that_run_up_the_page_are_treated_as_those_in_a_row(names, data):
    chosen = data.draw(st.sets(st.sampled_from(names), min_size=1))
    words = [*line(*names, height=9), *line("another", "line", "below", y=109, height=9)]
    found = marks.burnt_areas(WIDTH, HEIGHT, words, marked(words, *chosen))
    up = upright(words)
    turned = marks.burnt_areas(HEIGHT, WIDTH, up, marked(up, *chosen))
    level = sorted((a.box.x0, a.box.x1, a.numbers) for a in found)
    assert sorted((a.box.y0, a.box.y1, a.numbers) for a in turned) == level
    for area in turned:
        across = marks.turned(area.box)
        assert any(across.contains(other.box) for other in found)
    staying = [w.text for w in words if w.text not in chosen]
    assert [w.text for w in marks.kept_words(up, [a.box for a in turned])] == staying


@pytest.mark.parametrize("name", ["Al", "Tim", "Harry", "12"])
def test_a_short_name_that_runs_up_the_page_is_padded_along_its_line(name):
    words = upright(line("Name", name, height=12))
    (area,) = areas(words, marked(words, name))
    assert area.box.height == pytest.approx(marks.LEAST_WIDTH)
    assert area.box.width < 15
    assert not marks.touches(area.box, words[0])


@pytest.mark.parametrize("name", ["Lil", "I", "Ali"])
def test_a_name_of_narrow_letters_in_a_row_is_padded_along_the_row(name):
    words = [Word(name, Box(72, 100, 72 + 2.6 * len(name), 114)), *upright(line("Monday", x=300))]
    (area,) = areas(words, marked(words, name))
    assert area.box.width == pytest.approx(marks.LEAST_WIDTH)
    assert area.box.height < 16


def test_a_mark_on_words_in_a_row_does_not_follow_words_that_run_up_beside_them():
    words = [*line("Quibblethorpe"), *upright(line("Monday", x=60, y=60))]
    (area,) = areas(words, marked(words, "Quibblethorpe"))
    assert area.box.height < 16


def test_a_box_drawn_by_hand_is_burnt_where_it_was_drawn():
    drawn = PlannedMark(1, Box(10.3, 20.4, 30.5, 40.6), "TP-16", "box")
    (area,) = areas([], [drawn])
    assert area.box == drawn.box
    assert area.drawn


def test_a_box_partly_outside_the_page_is_cut_at_its_edge():
    (area,) = areas([], [PlannedMark(1, Box(-50, -50, 30, 40), "TP-16", "box")])
    assert area.box == Box(0, 0, 30, 40)


def test_a_mark_of_no_size_or_outside_the_page_burns_nothing():
    flat = PlannedMark(1, Box(10, 10, 10, 20), "TP-16", "box")
    away = PlannedMark(2, Box(1000, 10, 1010, 20), "TP-16", "box")
    assert areas([], [flat, away]) == ()


def test_a_word_half_covered_by_a_drawn_box_is_removed_whole():
    words = line("Harrison")
    box = words[0].box
    half = Box(box.x0 - 5, box.y0, box.x0 + box.width / 2, box.y1)
    assert marks.removed_words(words, [PlannedMark(1, half, "TP-16", "box")]) == (0,)


def test_a_thin_stroke_through_a_word_removes_it():
    words = line("Harrison")
    box = words[0].box
    stroke = Box(box.x0, box.y0 + 6, box.x1, box.y0 + 8)
    assert marks.removed_words(words, [PlannedMark(1, stroke, "TP-16", "box")]) == (0,)


def test_the_lines_above_and_below_a_marked_word_stay_although_boxes_overlap():
    # Line height 14, lines 12 apart: neighbouring boxes share a seventh of their height.
    words = [*line("above", y=88), *line("Harry", y=100), *line("below", y=112)]
    given_marks = marked(words, "Harry")
    assert marks.removed_words(words, given_marks) == (1,)
    boxes = [area.box for area in areas(words, given_marks)]
    assert [word.text for word in marks.kept_words(words, boxes)] == ["above", "below"]


BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.floats(-50, 600), st.floats(-50, 850), st.floats(0.1, 300), st.floats(0.1, 60),
)  # fmt: skip


@given(
    st.lists(BOXES, max_size=8),
    st.lists(st.tuples(BOXES, st.sampled_from(["text", "line", "box"])), max_size=6),
)
def test_every_mark_lies_inside_an_area_and_every_area_on_the_page(word_boxes, mark_boxes):
    words = [Word("w", box) for box in word_boxes]
    given_marks = [PlannedMark(n, b, "TP-16", k) for n, (b, k) in enumerate(mark_boxes, 1)]
    found = areas(words, given_marks)
    for area in found:
        assert area.box.x0 >= 0
        assert area.box.y0 >= 0
        assert area.box.x1 <= WIDTH
        assert area.box.y1 <= HEIGHT
    for mark in given_marks:
        seen = mark.box.clamp(WIDTH, HEIGHT)
        if seen.width > 0 and seen.height > 0:
            assert any(area.box.inflate(1e-9).contains(seen) for area in found)


@given(st.lists(BOXES, max_size=8), st.lists(BOXES, min_size=1, max_size=4))
def test_no_word_is_kept_whose_middle_is_burnt(word_boxes, mark_boxes):
    words = [Word(str(n), box) for n, box in enumerate(word_boxes)]
    burnt = [area.box for area in areas(words, [PlannedMark(1, b, "C") for b in mark_boxes])]
    for word in marks.kept_words(words, burnt):
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        assert not any(b.x0 < x < b.x1 and b.y0 < y < b.y1 for b in burnt)


def test_words_on_top_of_each_other_that_read_differently_are_told():
    words = [*line("Quibblethorpe", "today"), *line("REDACTED", x=90)]
    assert marks.entangled(words) == {0, 2}


def test_a_word_drawn_twice_to_look_bold_is_no_doubt():
    assert marks.entangled([*line("Harry"), *line("Harry", x=72.4)]) == frozenset()


def test_a_watermark_across_the_page_casts_no_doubt_on_the_words_below():
    words = [Word("CONFIDENTIAL", Box(50, 100, 550, 700)), *line("Harry", "met", "Ann", y=400)]
    assert marks.entangled(words) == frozenset()


def test_neighbours_and_lines_set_tight_cast_no_doubt():
    words = [*line("above", "it", y=88), *line("Harry", "is", y=100), *line("be", "low", y=112)]
    assert marks.entangled(words) == frozenset()
