"""Days as they stand on old boxes, each as the last day that the words may mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.law.rough_dates import last_day
from dpdesk.law.words import month_name


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2015", "2015-12-31"),
        ("Sept 2015", "2015-09-30"),
        ("September 2015", "2015-09-30"),
        ("May 2024", "2024-05-31"),
        ("02/2024", "2024-02-29"),
        ("2015-09", "2015-09-30"),
        ("Sep '15", "2015-09-30"),
        ("Summer 2012", "2012-08-31"),
        ("summer term 2012", "2012-08-31"),
        ("2012 Summer", "2012-08-31"),
        ("Autumn Term 2019", "2019-12-31"),
        ("Michaelmas 2019", "2019-12-31"),
        ("Lent term 2020", "2020-04-30"),
        ("Spring 2020", "2020-05-31"),
        ("Winter 2012", "2013-02-28"),
        ("1990s", "1999-12-31"),
        ("late 1980s", "1989-12-31"),
        ("1998 to 2003", "2003-12-31"),
        ("1998–2003", "2003-12-31"),
        ("Sept 2015 - May 2017", "2017-05-31"),
        ("3/9/2015 to 4/10/2016", "2016-10-04"),
        ("up to 2015", "2015-12-31"),
        ("before 2015", "2014-12-31"),
        ("3 September 2015", "2015-09-03"),
        ("Xmas 2010", "2010-12-31"),
        ("Summer '12", "2012-08-31"),
        ("Sep '98", "1998-09-30"),
        ("pre-2000", "1999-12-31"),
        ("early 2010", "2010-12-31"),
        ("Jan–Mar 2012", "2012-03-31"),
        ("January to March 2012", "2012-03-31"),
        ("1/9/12-31/8/13", "2013-08-31"),
        ("[2012]", "2012-12-31"),
        ("autumn term 2025/26", "2025-12-31"),
        ("Summer Term 2025-26", "2026-08-31"),
        ("winter 2012/13", "2013-02-28"),
        ("Q1 2012", "2012-11-30"),  # a school's financial year may begin in September
        ("Q3 2012", "2013-05-31"),
        ("2012 Q4", "2013-08-31"),
        ("2011/12 Q2", "2012-02-29"),
        ("4th quarter of 2012/13", "2013-08-31"),
        ("third quarter 2012", "2013-05-31"),
        ("October half term 2025", "2025-11-07"),
        ("half-term, May 2023", "2023-06-07"),  # it reached into June
        ("autumn half term 2025", "2025-12-31"),
        ("summer holidays 2012", "2012-09-15"),  # they reach into the term
        ("Christmas holidays 2016", "2017-01-15"),
        ("Christmas break 2016/17", "2017-01-15"),
        ("2016 Xmas hols", "2017-01-15"),
        ("Christmas term 2016", "2016-12-31"),
        ("Easter hols ’12", "2012-05-15"),
        ("spring/summer 2012", "2012-08-31"),
        ("July/August 2012", "2012-08-31"),
        ("end of the summer term 2012", "2012-08-31"),
        ("mid-May 2012", "2012-05-31"),
        ("w/c 3 May 2012", "2012-05-09"),
        ("Week ending 7/5/2012", "2012-05-07"),
        ("2012, 2015 and 2014", "2015-12-31"),
        ("2012 and earlier", "2012-12-31"),
        ("Nov 1999 & Jan 2000", "2000-01-31"),
        ("2012 Aug", "2012-08-31"),
    ],
)
def test_words_on_old_boxes_are_their_last_day(words, day):
    assert last_day(words) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "words",
    ["some day", "Sept", "13/2015", "2015/18", "May 2015 to", "0s", "foo-Mar 2012", "circa 2010"],
)
def test_anything_else_is_refused_with_a_sentence(words):
    with pytest.raises(ValueError, match=r"^[A-Z“].*[.?]"):
        last_day(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("circa 2010", "write the last"),
        ("2010?", "write the last"),
        ("2012 onwards", "when it ends"),
        ("since Sept 2012", "when it ends"),
        ("Aug 12", "four digits"),
        ("half term", "Write a date, a month"),
        ("autumn term 2025/28", "Write a date, a month"),
        ("leavers 2012", "Write a date, a month"),
        ("foo/Mar 2012", "Write a date, a month"),
        ("Dec-Jan 2016", "a year for each of its months"),
        ("w/c 31/12/9999", "cannot be right"),
    ],
)
def test_what_is_missing_is_said(words, said):
    with pytest.raises(ValueError, match=said):
        last_day(words)


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_no_day_of_a_month_is_later_than_what_the_month_means(day):
    end = last_day(f"{month_name(day)} {day.year}")
    assert day <= end
    assert (end + dt.timedelta(1)).day == 1
