"""Maps: lanes of boxes joined by arrows."""

from __future__ import annotations

import datetime as dt

from dpdesk.papers.kit import Lane, Paper
from tests.papers.reading import ink_boxes, page_texts

TITLES = ("Who", "What", "Where")


def a_map(*lanes):
    paper = Paper("Map", printed_on=dt.date(2026, 11, 20))
    paper.map(TITLES, lanes)
    return paper.printed()


def test_each_lane_is_read_from_left_to_right_under_its_titles():
    (text,) = page_texts(a_map(Lane((("Pupils",), ("Files",), ("Office",)))).content)
    words = text.split()
    assert [word for word in words if word in TITLES] == list(TITLES)
    places = [words.index(word) for word in ("Pupils", "Files", "Office")]
    assert places == sorted(places)


def test_an_empty_box_says_that_nothing_is_known():
    (text,) = page_texts(a_map(Lane(((), ("Files",), ()))).content)
    assert text.count("not recorded") == 2


def test_many_lanes_go_on_over_the_page_with_their_titles():
    printed = a_map(*[Lane((("Pupils",), (f"Files {n}",), ("Office",))) for n in range(60)])
    texts = page_texts(printed.content)
    assert printed.pages == len(texts) > 1
    assert all("Who" in text and "Where" in text for text in texts)
    assert all(any(f"Files {n}" in text for text in texts) for n in range(60))


def test_whatever_is_written_stays_on_the_page():
    long = ("Parents and carers, " * 80, "W" * 400)
    printed = a_map(Lane((long, long, long)), Lane(((), (), ())))
    for _, left, bottom, right, _, wide in ink_boxes(printed.content):
        assert 0 < left <= right < wide
        assert bottom > 0


def test_letters_that_cannot_be_printed_are_told():
    assert a_map(Lane((("\U0001f600",), (), ()))).warnings
