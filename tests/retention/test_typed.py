"""Rows typed or pasted become holdings; what a year alone means is never too early."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.retention_periods import YearEnds
from dpdesk.registers.wording import show_date
from dpdesk.retention.matters import Touches
from dpdesk.retention.standing import Around
from dpdesk.retention.typed_rows import read_day, split_lines

NOWHERE = Around({}, YearEnds(), Touches(()), {})


def read(room, *rows, form=""):
    return list(room.questions.read_rows(rows, form))


def test_a_row_becomes_a_holding_with_its_due_date(room, rule):
    (each,) = read(room, ["h07", "Box 14", "1 May 2015", "", "Attic", "3 boxes"], form="paper")
    assert each.problem == ""
    assert each.due == dt.date(2022, 4, 5)
    assert each.values == {
        "what": "Box 14",
        "rule": rule("H07"),
        "in_year": dt.date(2015, 5, 1),
        "place": "Attic",
        "quantity": "3 boxes",
        "form": "paper",
        "safeguarding": "no",
        "counts_from": ("CTY",),
    }
    room.many.add([each.values])
    assert room.holdings.listing().rows[0][4] == "2022-04-05"


def test_an_empty_class_is_that_of_the_row_above_and_empty_rows_are_nothing(room, rule):
    found = read(room, ["H07", "Box 1", "2015"], ["", " "], ["", "Box 2", "2016"])
    assert [(each.row, each.values["rule"]) for each in found] == [
        (0, rule("H07")),
        (2, rule("H07")),
    ]


def test_a_person_makes_it_that_persons_own(room):
    (each,) = read(room, ["P04", "", "1 March 2000", "Robin Example"])
    assert each.values["one_person"] == "yes"
    assert each.values["what"] == "Pupil file", "the class says what it is"
    room.many.add([each.values])
    assert room.holdings.listing().rows[0][2] == "Pupil file: Robin Example"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["X99", "Box"], "There is no class X99."),
        (["", "Box"], "Choose one of the schedule."),
        (["H07", "", "2015"], "“What is it?” needs an answer."),
        (["H07", "Box", "some day"], "Write the date as day, month and year"),
        (["H07", "Box", "2015/18"], "“2015/18” are not two consecutive years."),
        (["H07", "Box", "1066"], "The year 1066 cannot be right."),
        (["G01", "Minutes", "2015"], "Its class needs no date. Leave this empty."),
        (["P04", "File", "2040", "Robin Example"], "“Date of birth” is in the future."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(room, row, problem):
    (each,) = read(room, row)
    assert problem in each.problem
    assert each.due is None


def test_what_is_missing_is_said_and_can_still_be_added(room):
    (each,) = read(room, ["H07", "Box 14"])
    assert (each.problem, each.due) == ("", None)
    assert each.note.endswith("is missing")
    room.many.add([each.values])
    assert room.holdings.listing().rows[0][3] == "missing"


def test_lines_are_parted_by_tabs_or_semicolons():
    assert split_lines("H07\tBox; blue\t2015\n\nP04; File ;\n") == [
        ["H07", "Box; blue", "2015"],
        ["P04", "File", ""],
    ]


@given(year=st.integers(1900, 2199), kind=st.sampled_from(["", "school", "financial", "tax"]))
def test_a_year_alone_is_no_earlier_than_any_day_in_it(year, kind):
    assert read_day(f"{year}", kind, NOWHERE) == dt.date(year, 12, 31)


@given(
    first=st.integers(1900, 2197),
    kind=st.sampled_from(["school", "financial", "tax"]),
    ends=st.integers(1, 11),
    long=st.booleans(),
)
def test_two_years_are_the_end_of_that_year(first, kind, ends, long):
    here = Around({}, YearEnds(ends, ends), Touches(()), {})
    second = first + 1
    words = f"{first}/{second}" if long else f"{first}/{second % 100:02d}"
    day = read_day(words, kind, here)
    assert day.year == second
    assert here.years.end(kind, day) == day, "it is the last day of its year"


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_whole_date_is_that_date(day):
    assert read_day(show_date(day), "school", NOWHERE) == day
