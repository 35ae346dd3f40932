"""Lines that were fitted to their length: what stays of them tells nothing, or that is said."""

from __future__ import annotations

import pytest

from tests.disclosure.pdfs import drawn
from tests.disclosure.test_resetting import NAMES, as_released, beside_lines, same

SAID = "The notes of {} were read out in full to all who had come"
ROOM = 420.0
"""Points that each of the lines fills."""


def spread(canvas, name, way, y=120, room=ROOM):
    """One line that fills its room, by whichever means a program has."""
    line = SAID.format(name)
    free = room - canvas.stringWidth(line, "Helvetica", 11)
    text = canvas.beginText(80, y)
    text.setFont("Helvetica", 11)
    if way == "letters":
        text.setCharSpace(free / (len(line) - 1))
    elif way == "words":
        text.setWordSpace(free / line.count(" "))
    elif way == "width":
        text.setHorizScale(100 * room / (room - free))
    elif way == "kerning":
        by = -1000 * free / 11 / (len(line) - 1)
        pairs = "".join(f"({sign}){by:.4f} " for sign in line)
        text._code.append(f"[{pairs}] TJ")
        canvas.drawText(text)
        return
    text.textOut(line)
    canvas.drawText(text)


def page(name, way):
    """Such a line between others that are spread too, each by itself."""

    def put(canvas):
        for row, other in enumerate(("Ann", "Christopherson", "Bo Lee")):
            spread(canvas, other, way, 90 - 20 * row)
        spread(canvas, name, way)

    return drawn(put, size=(595, 150))


def alike_or_said(results):
    """Whether all released pages are the same but for those that say what their size may tell."""
    even = [each for each in results if not each.uneven]
    return all(same(even[0], each) for each in even)


@pytest.mark.parametrize("way", ["letters", "width", "kerning"])
def test_a_line_fitted_by_its_letters_is_not_called_even(way):
    results = [as_released(page(name, way), name) for name in NAMES[:5]]
    assert all(each.uneven == (1,) for each in results)


def test_a_line_fitted_by_its_spaces_is_the_same_whatever_was_removed():
    first, *others = (as_released(page(name, "words"), name) for name in NAMES[:5])
    assert first.uneven == ()
    assert all(same(first, other) for other in others)


@pytest.mark.parametrize("way", ["letters", "width", "kerning"])
def test_a_line_that_happens_to_fit_by_itself_is_no_proof_that_the_others_do(way):
    def exact(name):
        def put(canvas):
            room = canvas.stringWidth(SAID.format("Smith"), "Helvetica", 11)
            spread(canvas, name, way, room=0.01 + room)

        return drawn(put, size=(595, 150))

    assert alike_or_said([as_released(exact(name), name) for name in NAMES])


@pytest.mark.parametrize("stretch", [(0.4, 100), (0, 92)])
def test_letters_that_a_whole_page_sets_apart_alike_are_taste_and_tell_nothing(stretch):
    def page(name):
        def put(canvas):
            for row, line in enumerate(
                (SAID.format(name), "Nobody else", "He was told", "So be it")
            ):
                text = canvas.beginText(80, 120 - 20 * row)
                text.setFont("Helvetica", 11)
                text.setCharSpace(stretch[0])
                text.setHorizScale(stretch[1])
                text.textOut(line)
                canvas.drawText(text)

        return drawn(put, size=(595, 150))

    first, *others = (as_released(page(name), name) for name in NAMES[:5])
    assert first.uneven == ()
    assert all(same(first, other) for other in others)


@pytest.mark.parametrize("words", ["To {} only", "To {} and friends"])
def test_few_words_spread_over_a_line_do_not_tell_how_much_room_was_left(words):
    def put(canvas, name):
        canvas.saveState()
        text = canvas.beginText(80, 700)
        line = words.format(name)
        text.setWordSpace((ROOM - canvas.stringWidth(line, "Helvetica", 11)) / line.count(" "))
        text.textOut(line)
        canvas.drawText(text)
        canvas.restoreState()

    def made(name):
        lines = "Nobody else saw it.", "So be it."
        return beside_lines(lambda canvas: put(canvas, name), *lines)

    first, *others = (as_released(made(name), name) for name in NAMES)
    assert first.uneven == ()
    assert all(same(first, other) for other in others)


def test_what_follows_a_name_in_its_row_after_some_blanks_may_tell_and_that_is_said():
    def page(name):
        return beside_lines(
            lambda canvas: canvas.drawString(80, 700, f"Pupil: {name}     Form: 9B"),
            "Nobody else saw it.", "So be it.",
        )  # fmt: skip

    assert all(as_released(page(name), name).uneven == (1,) for name in NAMES[:3])


def test_what_stands_at_the_right_of_its_row_may_tell_and_that_is_said():
    def page(name):
        def put(canvas):
            canvas.drawString(80, 700, "Report")
            canvas.drawRightString(545, 700, name)

        return beside_lines(put, "Nobody else saw it.", "So be it.")

    assert all(as_released(page(name), name).uneven == (1,) for name in NAMES[:3])


def beside(put):
    """A line that begins at the margin, with other lines below it."""

    def page(name):
        def draw(canvas):
            canvas.setFont("Helvetica", 11)
            for row, line in enumerate(("Nobody else saw it.", "So be it.")):
                canvas.drawString(80, 60 - 20 * row, line)
            put(canvas, f"Seen by {name} at noon")

        return drawn(draw, size=(595, 150))

    return page


def framed(canvas, line):
    canvas.drawString(80, 110, line)
    canvas.rect(78, 104, canvas.stringWidth(line, "Helvetica", 11) + 4, 18)


def signed(canvas, line):
    canvas.drawString(80, 110, line)
    canvas.circle(90 + canvas.stringWidth(line, "Helvetica", 11), 113, 3, fill=1)


def shrunk(canvas, line):
    canvas.setFont("Helvetica", 11 * 150 / canvas.stringWidth(line, "Helvetica", 11))
    canvas.drawString(80, 110, line)


def ruled(canvas, line):
    """A table of two rows whose rules run through both."""
    for row in range(2):
        canvas.rect(76, 100 - 20 * row, 200, 20)
    canvas.drawString(80, 106, line)


@pytest.mark.parametrize("put", [framed, signed, shrunk])
def test_what_is_drawn_after_the_length_of_a_line_may_tell_it_and_that_is_said(put):
    results = [as_released(beside(put)(name), name) for name in NAMES[:6]]
    assert alike_or_said(results)
    assert sum(each.uneven == (1,) for each in results) >= 5


def test_the_rules_of_a_table_stand_where_they_stand_whatever_a_cell_says():
    first, *others = (as_released(beside(ruled)(name), name) for name in NAMES[:6])
    assert first.uneven == ()
    assert all(same(first, other) for other in others)


@pytest.mark.parametrize("at", [0.5, 1.0])
def test_a_line_whose_middle_or_end_is_by_chance_that_of_another_is_not_aligned_with_it(at):
    """The lines of the page are such that for one of the names they agree."""
    line = "Report on {} for term"

    def page(name):
        def put(canvas):
            canvas.drawString(120, 700, line.format(name))
            meant = 120 + at * canvas.stringWidth(line.format("Ogilvie"), "Helvetica", 11)
            for row, other in enumerate(("Nobody else", "He was told so on that day", "So be it")):
                wide = canvas.stringWidth(other, "Helvetica", 11)
                if row == 1:
                    canvas.drawString(meant - at * wide, 640, other)
                else:
                    canvas.drawString(90, 600 - 20 * row, other)

        return beside_lines(put)

    first, *others = (as_released(page(name), name) for name in NAMES)
    assert first.uneven == ()
    assert all(same(first, other) for other in others)
