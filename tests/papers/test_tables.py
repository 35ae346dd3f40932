"""Columns share the width so that each can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.papers.look import CELL
from dpdesk.papers.tables import Column, column_widths, natural_widths

WORDS = st.text("abc ", max_size=120)


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(
            st.lists(st.text("xyz", max_size=9), min_size=n, max_size=n),
            st.lists(st.lists(WORDS, min_size=n, max_size=n), max_size=5),
        )
    ),
    st.floats(200, 700),
)
def test_columns_fill_the_width_exactly(table, room):
    titles, rows = table
    widths = column_widths([Column(title) for title in titles], rows, room)
    assert sum(widths) == pytest.approx(room)
    assert all(wide > 0 for wide in widths)


def test_no_column_is_narrower_than_its_longest_word_while_there_is_room():
    columns = [Column("Reference"), Column("What"), Column("State")]
    rows = [["SAR-2026-001", "a very long answer " * 40, "Overdue"]]
    widths = column_widths(columns, rows, 480)
    _, least = natural_widths(columns, rows, CELL)
    assert all(wide >= word - 0.01 for wide, word in zip(widths, least, strict=True))


def test_one_endless_word_does_not_starve_its_neighbours():
    columns = [Column("A"), Column("B"), Column("C")]
    widths = column_widths(columns, [["x" * 2000, "some words here", "Overdue"]], 480)
    assert min(widths) > 40
    assert widths[0] < 400


def test_a_fixed_share_is_kept():
    columns = [Column("No.", 0.1), Column("B")]
    widths = column_widths(columns, [["1", "word " * 200]], 500)
    assert widths == [pytest.approx(50), pytest.approx(450)]


def test_a_long_answer_gets_more_room_than_a_short_one():
    columns = [Column("A"), Column("B")]
    short, long = column_widths(columns, [["some words here", "many words " * 30]], 480)
    assert long > 2 * short
