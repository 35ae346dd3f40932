"""Rows typed or pasted become holdings; what a year alone means is never too early."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.retention_periods import YearEnds, triggers
from dpdesk.registers.wording import show_date
from dpdesk.retention.typed_days import too_young, typed_day
from dpdesk.retention.typed_rows import split_lines
from dpdesk.retention.typed_sheets import arrange, with_heading

YEARS = YearEnds()


def read_day(words, trigger="EVENT", what="", years=YEARS):
    return typed_day(words, what, triggers()[trigger], years).day


def read(room, *rows, form="", safeguarding="no"):
    return list(room.questions.read_rows(rows, form, safeguarding))


@pytest.mark.parametrize(
    ("words", "trigger", "day"),
    [
        ("2016/7", "CY", "2017-08-31"),  # July 2016, or the two years: the later
        ("2011/2", "EVENT", "2012-08-31"),
        ("2016/8", "EVENT", "2016-08-31"),
        ("tax year 2012/13", "CTY", "2013-04-05"),
        ("FY 2012-13", "CTY", "2013-08-31"),
        ("academic year 2012/13", "EVENT", "2013-08-31"),
        ("y/e 31 March 2013", "EVENT", "2013-03-31"),
        ("Year ended 31/3/2013", "EVENT", "2013-03-31"),
        ("b. 2001", "DOB", "2001-12-31"),
        ("aged 11 in 2012", "DOB", "2001-12-31"),
        ("Sep '98", "EVENT", "1998-09-30"),
        ("Autumn ’09", "EVENT", "2009-12-31"),
    ],
)
def test_a_year_as_it_stands_on_a_box_is_the_last_day_it_may_mean(words, trigger, day):
    assert read_day(words, trigger) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("words", "trigger", "said"),
    [
        ("09/10", "EVENT", "with its year of four digits"),
        ("11/12", "DOB", "with its year of four digits"),
        ("y/e 31 March 2013", "DOB", "not from the end of a year"),
        ("Sep '60", "EVENT", "1960 or 2060"),
        ("2012 leavers", "DOB", "How old was the youngest"),
    ],
)
def test_what_may_be_a_school_year_is_never_taken_for_a_day_of_this_one(words, trigger, said):
    with pytest.raises(ValueError, match=said):
        typed_day(words, "", triggers()[trigger], YEARS, dt.date(2026, 12, 2))


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
        (["X99", "Box"], "There is no class “X99”."),
        (["", "Box"], "Choose a class of the schedule."),
        (["H07", "", "2015"], "“What is it?” needs an answer."),
        (["H07", "Box", "some day"], "Write a date, a month, a term or a year"),
        (["H07", "Box", "2015/18"], "“2015/18” are not two consecutive years."),
        (["H07", "Box", "1066"], "The year 1066 cannot be right."),
        (["G01", "Minutes", "2015"], "Its class needs no date. Leave this empty."),
        (["P04", "File", "born 2040", "Robin Example"], "“Date of birth” is in the future."),
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


@given(year=st.integers(1900, 2199), trigger=st.sampled_from(["EVENT", "CY", "CFY", "CTY"]))
def test_a_year_alone_is_no_earlier_than_any_day_in_it(year, trigger):
    assert read_day(f"{year}", trigger) == dt.date(year, 12, 31)


@given(
    first=st.integers(1900, 2197),
    kind=st.sampled_from([("CY", "school"), ("CFY", "financial"), ("CTY", "tax")]),
    ends=st.integers(1, 11),
    long=st.booleans(),
)
def test_two_years_are_the_end_of_that_year(first, kind, ends, long):
    (trigger, year), years = kind, YearEnds(ends, ends)
    second = first + 1
    words = f"{first}/{second}" if long else f"{first}/{second % 100:02d}"
    day = read_day(words, trigger, years=years)
    assert day.year == second
    assert years.end(year, day) == day, "it is the last day of its year"


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_whole_date_is_that_date(day):
    assert read_day(show_date(day), "CY") == day
    assert read_day(show_date(day), "DOB") == day


@pytest.mark.parametrize("typed", ["1999/00", "2000", "Summer 2000", "2000 to 2003", "1990s"])
def test_the_year_on_a_box_of_leavers_is_not_taken_for_a_year_of_birth(room, typed):
    for what in ("Pupil files, leavers 1999/00", "Pupil files, box 3"):
        (each,) = read(room, ["P04", what, typed])
        assert "born" not in each.values
        assert "aged" in each.problem, each.problem


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("born 2004", dt.date(2004, 12, 31)),
        ("DOB 14/5/2004", dt.date(2004, 5, 14)),
        ("left 1999/00 aged 18", dt.date(1982, 8, 31)),
        ("leavers 2016, age 11", dt.date(2005, 12, 31)),
        ("2012 aged 4", dt.date(2008, 12, 31)),
        ("Summer 2012 at 11", dt.date(2001, 8, 31)),
        ("14 May 2004", dt.date(2004, 5, 14)),
    ],
)
def test_a_date_of_birth_is_worked_out_from_what_is_known(typed, born):
    assert read_day(typed, "DOB") == born


def test_a_date_of_leaving_given_as_a_date_of_birth_is_refused_wherever_it_comes_from(
    room, holding
):
    (each,) = read(room, ["P04", "Pupil files, leavers 1999/00", "31/8/2000"])
    assert "none of them was born on 31 August 2000" in each.problem
    with pytest.raises(InvalidEntry, match="none of them was born"):
        holding(what="Pupil files, leavers of 2001/02", born=dt.date(2002, 8, 31))
    assert holding(what="Pupil files, leavers of 2001/02", born=dt.date(1984, 8, 31)).due


@given(left=st.integers(1950, 2024), age=st.integers(3, 19))
def test_no_leaver_of_that_age_was_born_later_than_is_counted(left, age):
    born = read_day(f"left {left} aged {age}", "DOB")
    youngest = dt.date(left - age, 12, 31)
    assert born == youngest
    assert too_young(f"Leavers {left}", born) == ""
    assert too_young(f"Leavers {left}", dt.date(left, 8, 31))


@pytest.mark.parametrize(
    ("trigger", "typed", "sentence"),
    [
        ("LEAVE", "born 2004", "runs from the day on which the pupil left"),
        ("DOB", "born 2004, left 2022", "one of the two"),
        ("DOB", "left 2022 aged 80", "80 cannot be right"),
        ("EVENT", "2003 to 1998", "ends before it begins"),
    ],
)
def test_what_contradicts_itself_is_said(trigger, typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_day(typed, trigger)


def test_what_a_rough_date_was_counted_from_is_told(room):
    (each,) = read(room, ["H07", "Box 14", "Sept 2015"])
    assert each.problem == ""
    assert each.note == "counted from the tax year to 5 April 2016"
    (exact,) = read(room, ["H07", "Box 14", "3 Sept 2015"])
    assert exact.note == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("payroll", "H07"),
        ("wages", "H07"),
        ("teacher’s file", "H01"),
        ("Personnel file", "H01"),
        ("pupil file", "P04"),
        ("P04 Pupil file", "P04"),
        ("s02", "S02"),
    ],
)
def test_a_class_is_found_by_words_of_it(room, rule, words, code):
    (each,) = read(room, [words, "Box"])
    assert each.values["rule"] == rule(code)


def test_words_that_may_mean_several_classes_name_them(room):
    (each,) = read(room, ["register", "Box"])
    assert "P01" in each.problem
    assert "P02" in each.problem


def test_nobody_answers_for_the_user_whether_it_concerns_safeguarding(room):
    rows = [["H07", "Box"], ["H07", "Box", "", "", "", "", "yes"], ["H07", "B", *[""] * 4, "Maybe"]]
    first, second, third = read(room, *rows, safeguarding="")
    assert "safeguarding" not in first.values
    assert second.values["safeguarding"] == "yes"
    assert "write yes, no or not known" in third.problem
    room.many.add([first.values])
    stored = room.holdings.load(1)
    assert stored.values.get("safeguarding") is None
    with pytest.raises(DpdeskError, match="safeguarding of a child"):
        room.disposals.approve([stored.reference], "shred", reason="Seen")
    room.holdings.not_safeguarding([stored.reference])
    assert room.disposals.approve([stored.reference], "shred", reason="Seen").entry.reference


def test_a_spreadsheet_of_boxes_becomes_lines_by_its_headings(room):
    columns = ("Box no", "Contents", "Retention class", "Date of birth", "Years", "Location")
    rows = [
        (1, "Payroll", "Payroll", None, "2016/17", "Attic"),
        (2, "Box of wages", "H07", None, dt.date(2015, 5, 1), "Attic"),
        (3, "File", "Pupil file", dt.date(2001, 5, 14), None, "Office"),
        (None,) * 6,
    ]
    found = arrange(columns, rows)
    assert found.left_out == ("Box no",)
    assert found.lines == (
        ("Payroll", "Payroll", "2016/17", "", "Attic", "", ""),
        ("H07", "Box of wages", "1 May 2015", "", "Attic", "", ""),
        ("Pupil file", "File", "born 14 May 2001", "", "Office", "", ""),
    )
    assert [each.problem for each in read(room, *found.lines)] == ["", "", ""]


def test_pasted_headings_are_no_line(room):
    pasted = split_lines("What\tClass\tYear\nBox 14\tH07\t2015\n")
    assert with_heading(pasted).lines == (("H07", "Box 14", "2015", "", "", "", ""),)
    plain = split_lines("H07\tBox 14\t2015\n")
    assert with_heading(plain).lines == (("H07", "Box 14", "2015"),)
