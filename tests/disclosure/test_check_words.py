"""The check of a page's unseen words by itself: its grammar, its codes, and where words may be.

Most of these faults are stopped by another part of the check too; each must be stopped here.
"""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure.check_case import PageCase, on_paper
from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.check_words import (
    SetWord,
    check_reading,
    check_words,
    places_of,
    read_words,
)
from dpdesk.disclosure.plan import Move, SetLine
from dpdesk.documents.pages import Box, Word
from tests.disclosure.pdfs import A4, text_pdf

SAYS = {ord(sign): sign for sign in " Anoe"}
ANNE = b"/F 10 Tf 100 Tz 1 0 0 1 70 700 Tm <0041006e006e00650020> Tj\n"
WHOLE = b"BT\n3 Tr\n" + ANNE + b"ET\n"
WIDE, HIGH = A4


def case(*kept: Word, areas=(), marks=(), lines=()) -> PageCase:
    return PageCase(1, "a", 0, WIDE, HIGH, kept, (), marks, areas, lines)


def test_words_by_the_grammar_are_read():
    assert read_words(b"", SAYS) == []
    assert read_words(WHOLE, SAYS) == [SetWord("Anne ", 10, 100, False, 70.0, 700.0)]


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.replace(b"3 Tr", b"0 Tr"),
        WHOLE[:-3] + b"XY\n",
        WHOLE[:-3] + b"q\nET\n",
        WHOLE.replace(b"Tj\n", b"Tj\n% Anne\n"),
        WHOLE.replace(b"<", b"(Anne)<"),
        WHOLE.replace(b"70 700", b"70.123 700"),
        WHOLE.replace(b"1 0 0 1", b"1 0 1 1"),
        WHOLE.replace(b"0020> Tj", b"> Tj"),
    ],
)
def test_anything_else_in_their_place_is_refused(content):
    with pytest.raises(Flaw):
        read_words(content, SAYS)


def test_a_code_that_says_nothing_is_not_taken_for_a_word():
    """Its place must not be taken for that of a word which is let through, such as “None”."""
    content = b"BT\n3 Tr\n" + ANNE.replace(b"0041006e006e0065", b"0042") + b"ET\n"
    with pytest.raises(Flaw):
        read_words(content, SAYS)


def placed(text: str, box: Box, at: PageCase) -> SetWord:
    """A word set where a box is on the page as seen."""
    on = on_paper(box, at)
    size = round(on.height)
    stretch = round(100 * on.width / (len(text) * size * 0.5))
    return SetWord(f"{text} ", size, stretch, False, on.x0, on.y0 + 0.2 * size)


ANN, BOX = "Anne", Box(70, 100, 100, 112)


@pytest.mark.parametrize(
    ("area", "refused"),
    [
        (Box(60, 96, 110, 116), True),
        (Box(92, 96, 140, 116), True),
        (Box(101, 96, 140, 116), False),
        (Box(60, 80, 110, 101), False),
        (Box(60, 111, 110, 125), False),
        (Box(20, 96, 69, 116), False),
    ],
)
def test_a_word_stands_beside_and_between_burnt_places_and_never_on_one(area, refused):
    for burnt in (
        case(Word(ANN, BOX), areas=(area,)),
        case(Word(ANN, BOX), marks=((area, False),)),
    ):
        words = [placed(ANN, BOX, burnt)]
        if refused:
            with pytest.raises(Flaw):
                check_words(words, burnt)
        else:
            check_words(words, burnt)


def test_a_word_may_be_set_as_often_as_it_was_let_through():
    once = case(Word(ANN, BOX))
    word = placed(ANN, BOX, once)
    check_words([word], once)
    with pytest.raises(Flaw):
        check_words([word, word], once)


@pytest.mark.parametrize(("across", "down"), [(30, 0), (-30, 0), (0, 20), (0, -20)])
def test_a_word_that_is_set_elsewhere_than_it_stood_is_refused(across, down):
    one = case(Word(ANN, BOX))
    assert places_of([placed(ANN, BOX, one)], one) == [(ANN, BOX, BOX)]
    moved = Box(BOX.x0 + across, BOX.y0 + down, BOX.x1 + across, BOX.y1 + down)
    with pytest.raises(Flaw):
        places_of([placed(ANN, moved, one)], one)


def test_a_word_of_a_line_that_was_set_anew_stands_where_its_part_was_moved():
    moved = Box(130, 100, 160, 112)
    line = SetLine(Box(60, 98, 300, 114), (Move(Box(65, 98, 110, 114), 60.0),), (), ())
    anew = case(Word(ANN, BOX), lines=(line,))
    ((_, stood, stands),) = places_of([placed(ANN, moved, anew)], anew)
    assert (stood, stands) == (BOX, moved)
    with pytest.raises(Flaw):
        places_of([placed(ANN, BOX, anew)], anew)


def shown(content: bytes):
    return pdfium.PdfDocument(io.BytesIO(content))[0]


def test_what_a_reader_finds_beyond_the_words_is_refused():
    words = [SetWord("Anne ", 12, 100, False, 72.0, 760.0)]
    check_reading(shown(text_pdf("Anne")), words, case())
    with pytest.raises(Flaw):
        check_reading(shown(text_pdf("Anne Quibblethorpe")), words, case())


@pytest.mark.parametrize("as_mark", [False, True])
def test_what_a_reader_finds_at_a_burnt_place_is_refused(as_mark):
    words = [SetWord("Anne ", 12, 100, False, 72.0, 760.0)]
    page = shown(text_pdf("Anne"))
    there, beside = Box(60, 60, 120, 90), Box(200, 60, 260, 90)
    for box in (there, beside):
        burnt = case(marks=((box, False),)) if as_mark else case(areas=(box,))
        if box is beside:
            check_reading(page, words, burnt)
        else:
            with pytest.raises(Flaw):
                check_reading(page, words, burnt)
