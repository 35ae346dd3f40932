"""Answers in words and back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.errors import InvalidEntry
from dpdesk.law.moments import due_at
from dpdesk.registers.fields import Choice, Field, Kind
from dpdesk.registers.moving import MovedDate
from dpdesk.registers.wording import (
    freeze,
    read,
    read_all,
    read_date,
    read_moment,
    show,
    show_moment,
    thaw,
)

CHOICES = (Choice("a", "Post, by hand"), Choice("b", "Post"), Choice("c", "E-mail"))


def _field(kind: Kind) -> Field:
    return Field(kind, "Question", name="question", choices=CHOICES)


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["3 September 2026", "3 Sept 2026", "3 sep 2026", "03/09/2026", "3.9.2026", "3-9-2026",
     "2026-09-03", "  3 September, 2026 ", "3 9 2026"],
)  # fmt: skip
def test_days_are_read_as_people_write_them(words):
    assert read_date(words) == dt.date(2026, 9, 3)


def test_the_day_comes_before_the_month_always():
    assert read_date("4/5/2026") == dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    "words",
    ["", "3 Sep", "31 June 2026", "29/2/2027", "13/13/2026", "3 Foo 2026", "0/1/2026"],
)
def test_what_is_no_day_gets_a_sentence(words):
    with pytest.raises(ValueError, match=r"\.$"):
        read_date(words)


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_day_shown_reads_back(day):
    assert read_date(show(_field(Kind.DATE), day)) == day
    assert read_date(day.isoformat()) == day


# --- moments and summer time ------------------------------------------------------------------


@given(st.integers(0, 60 * 24 * 366 * 30))
def test_a_moment_shown_reads_back_through_every_change_of_the_clock(minutes):
    moment = dt.datetime(2010, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    assert read_moment(show_moment(moment)) == moment


@pytest.mark.parametrize("minute", ["01:00", "01:30", "01:59"])
def test_a_time_that_summer_time_skips_is_refused(minute):
    with pytest.raises(ValueError, match="clocks go forward"):
        read_moment(f"29 March 2026, {minute}")


def test_the_times_around_the_skipped_hour_stand():
    assert read_moment("29/3/2026 00:59") == dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)
    assert read_moment("29/3/2026 02:00") == dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)


def test_an_hour_that_comes_twice_is_the_first_unless_it_says_gmt():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert read_moment("25 October 2026, 01:30") == first
    assert read_moment("25 October 2026, 01:30 BST") == first
    assert read_moment("25 October 2026, 01:30 GMT") == first + dt.timedelta(hours=1)
    assert show_moment(first) == "25 October 2026, 01:30 BST"
    assert show_moment(first + dt.timedelta(hours=1)) == "25 October 2026, 01:30 GMT"
    assert show_moment(first + dt.timedelta(hours=5)) == "25 October 2026, 05:30"


def test_a_zone_that_the_clocks_do_not_show_that_day_is_refused():
    with pytest.raises(ValueError, match="do not show BST"):
        read_moment("20 November 2026, 09:10 BST")


@pytest.mark.parametrize(
    "words",
    ["", "20 November 2026", "09:10", "20/11/2026 24:00", "20/11/2026 9:60", "20/11/2026 9"],
)
def test_what_is_no_moment_gets_a_sentence(words):
    with pytest.raises(ValueError, match=r"\.|\)$"):
        read_moment(words)


def test_a_moment_with_its_offset_is_taken_as_it_is():
    assert read_moment("2026-07-01T10:00:00+02:00") == dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)


# --- amounts, numbers, choices ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "amount"),
    [("12.50", "12.50"), ("£1,234.5", "1234.50"), ("12", "12.00"), (".5", "0.50"), ("£ 3", "3.00")],
)
def test_amounts_are_read(words, amount):
    assert read(_field(Kind.MONEY), words) == Decimal(amount)


@pytest.mark.parametrize(
    "words", ["NaN", "sNaN", "Infinity", "1e5", "12.345", "a lot", "£", "9" * 40]
)
def test_what_is_no_amount_gets_a_sentence(words):
    with pytest.raises(ValueError, match="amount in pounds"):
        read(_field(Kind.MONEY), words)


@pytest.mark.parametrize("words", ["1.5", "one", "9" * 5000, "--1", "1e3"])
def test_what_is_no_number_gets_a_sentence(words):
    with pytest.raises(ValueError, match="whole number"):
        read(_field(Kind.NUMBER), words)


def test_choices_are_read_by_label_or_code_minding_commas_in_labels():
    field = _field(Kind.CHOICES)
    assert read(field, "Post, by hand, E-mail") == ("a", "c")
    assert read(field, "post; e-mail; post") == ("b", "c")
    assert read(field, "a, c") == ("a", "c")
    with pytest.raises(ValueError, match="E-mail"):
        read(field, "pigeon")


@given(st.lists(st.sampled_from("abc"), unique=True).map(tuple))
def test_choices_shown_read_back(codes):
    field = _field(Kind.CHOICES)
    assert (read(field, show(field, codes)) or ()) == codes


values = st.one_of(
    st.tuples(st.just(Kind.TEXT), st.text(min_size=1)),
    st.tuples(st.just(Kind.DATE), st.dates()),
    st.tuples(
        st.just(Kind.MOMENT),
        st.integers(0, 10**9).map(lambda s: dt.datetime.fromtimestamp(s, tz=dt.UTC)),
    ),
    st.tuples(st.just(Kind.NUMBER), st.integers()),
    st.tuples(st.just(Kind.MONEY), st.decimals(0, 10**9, places=2)),
    st.tuples(st.just(Kind.CHOICES), st.lists(st.text(), min_size=1).map(tuple)),
    st.tuples(st.just(Kind.LINKS), st.lists(st.text(), min_size=1).map(tuple)),
)


@given(values)
def test_what_history_keeps_comes_back_unchanged(kind_and_value):
    kind, value = kind_and_value
    assert thaw(_field(kind), freeze(_field(kind), value)) == value


def test_every_wrong_answer_gets_its_own_sentence():
    fields = (_field(Kind.DATE), Field(Kind.NUMBER, "How many?", name="many"))
    with pytest.raises(InvalidEntry) as refused:
        read_all(fields, {"question": "yesterday", "many": "some", "colour": "red"})
    assert set(refused.value.problems) == {"question", "many", "colour"}
    assert "Fields: question, many" in refused.value.problems["colour"]


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2026-06-01", "1 Jun 2026"),
        ("2026-06-01T23:30:00Z", "2 Jun 2026"),
        ("2026-12-01T23:30:00Z", "1 Dec 2026"),
        ("2026-06-01T22:59:59Z", "1 Jun 2026"),
    ],
)
def test_a_due_moment_that_moved_is_said_with_its_day_in_england(stored, said):
    """Half past midnight in summer is still the day before in the time that is stored."""
    date = MovedDate("breaches", 1, "BR-2026-001", "2026-05-28", stored)
    assert date.said == f"BR-2026-001 from 28 May 2026 to {said}"


def test_a_due_date_is_a_day_or_a_moment_and_nothing_else():
    assert due_at(None) is due_at("") is None
    assert due_at("2026-06-01") == dt.date(2026, 6, 1)
    assert due_at("2026-06-01T08:00:00Z") == dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
    with pytest.raises(ValueError, match="stored"):
        due_at("2026-06-01T08:00")
