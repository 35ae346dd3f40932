"""When records fall due: vectors for every trigger, and what must hold for all of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.errors import NotFound
from dpdesk.law.clocks import ClockState
from dpdesk.law.retention_periods import (
    Period,
    RecordClass,
    RetentionFacts,
    YearEnds,
    retention_clock,
    retention_due,
    shipped,
    shipped_class,
    triggers,
    year_end_words,
)
from dpdesk.law.sources import Confidence
from dpdesk.law.steps import InvalidFacts


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


def due(code: str, **days: str) -> dt.date | None:
    facts = RetentionFacts({trigger: day(words) for trigger, words in days.items()})
    return retention_clock(facts, shipped_class(code).record_class).due


@pytest.mark.parametrize(
    ("code", "days", "expected"),
    [
        ("P04", {"DOB": "2001-05-03"}, "2026-05-03"),
        ("P04", {"DOB": "2000-02-29"}, "2025-02-28"),
        ("P20", {"DOB": "2000-02-29"}, "2031-02-28"),
        ("P08", {"LEAVE": "2019-07-12"}, "2026-07-12"),
        ("H01", {"LDE": "2020-12-31"}, "2026-12-31"),
        ("H04", {"LDE": "2024-02-29"}, "2026-02-28"),
        ("P03", {"CY": "2020-08-31"}, "2026-08-31"),
        ("P03", {"CY": "2020-09-01"}, "2027-08-31"),
        ("F01", {"CFY": "2020-08-31"}, "2026-08-31"),
        ("F01", {"CFY": "2020-09-01"}, "2027-08-31"),
        ("H07", {"CTY": "2020-04-05"}, "2026-04-05"),
        ("H07", {"CTY": "2020-04-06"}, "2027-04-05"),
        ("D01", {"EVENT": "2020-11-20"}, "2026-11-20"),
        ("P02", {"ENTRY": "2020-11-20"}, "2026-11-20"),
        ("D08", {"EXPIRY": "2020-03-31"}, "2026-03-31"),
        ("D05", {"EXPIRY": "2025-08-31"}, "2026-02-28"),
        ("G03", {"TERM": "2020-06-30"}, "2026-06-30"),
        ("P28", {"CONSENT": "2020-06-30"}, "2026-06-30"),
        ("P26", {"CONSENT": "2026-06-30"}, "2026-06-30"),
        ("P05", {"RECEIPT": "2026-06-30"}, "2026-06-30"),
        ("H03", {"EVENT": "2025-08-31"}, "2026-02-28"),
        ("P12", {"EVENT": "2024-02-29"}, "2025-02-28"),
        ("A10", {"EVENT": "2026-01-31"}, "2026-03-02"),
        ("S04", {"EVENT": "2000-01-01", "PENSION": "2030-05-05"}, "2030-05-05"),
        ("S04", {"EVENT": "2025-01-01", "PENSION": "2030-05-05"}, "2035-01-01"),
    ],
)
def test_a_class_falls_due_on_the_day_on_which_its_period_runs_out(code, days, expected):
    assert due(code, **days) == day(expected)


@pytest.mark.parametrize(
    ("code", "days", "state"),
    [
        ("S02", {"DOB": "1940-01-01"}, ClockState.NOT_APPLICABLE),
        ("S02", {}, ClockState.NOT_APPLICABLE),
        ("G01", {}, ClockState.NOT_APPLICABLE),
        ("D06", {}, ClockState.NOT_APPLICABLE),
        ("C04", {}, ClockState.NOT_APPLICABLE),
        ("P05", {}, ClockState.NOT_STARTED),
        ("P04", {}, ClockState.NOT_STARTED),
        ("P04", {"LEAVE": "1990-01-01"}, ClockState.NOT_STARTED),
        ("S04", {"EVENT": "1990-01-01"}, ClockState.NOT_STARTED),
        ("S04", {"PENSION": "1990-01-01"}, ClockState.NOT_STARTED),
    ],
)
def test_some_classes_never_fall_due_by_themselves_and_a_missing_date_is_waited_for(
    code, days, state
):
    facts = RetentionFacts({trigger: day(words) for trigger, words in days.items()})
    result = retention_clock(facts, shipped_class(code).record_class)
    assert result.due is None
    assert result.state is state
    assert result.steps
    assert all(step.text and step.source for step in result.steps)


def test_the_missing_date_is_named():
    result = retention_clock(RetentionFacts(), shipped_class("S04").record_class)
    assert result.waiting_for == ("day of the event", "day on which normal pension age is reached")


def test_abuse_wins_even_where_the_date_of_birth_lies_far_back():
    facts = RetentionFacts({"DOB": day("1930-01-01")})
    result = retention_clock(facts, shipped_class("S02").record_class)
    assert any("never fall due" in step.text for step in result.steps)
    assert any("75 years" in step.text for step in result.steps)


def test_a_withdrawn_class_falls_due_no_more():
    of = RecordClass("X1", "Things", "EVENT", Period(1), active=False)
    assert retention_clock(RetentionFacts({"EVENT": day("2000-01-01")}), of).due is None


def test_the_insurer_wins_only_if_longer():
    facts = RetentionFacts({"EVENT": day("2020-01-01")})
    longer = RecordClass("X1", "Things", "EVENT", Period(6), insurer_years=40)
    shorter = RecordClass("X1", "Things", "EVENT", Period(6), insurer_years=3)
    assert retention_clock(facts, longer).due == day("2060-01-01")
    assert retention_clock(facts, shorter).due == day("2026-01-01")


def test_what_is_kept_longer_falls_due_when_that_is_over():
    of = RecordClass("X1", "Things", "EVENT", Period(6))
    kept = RetentionFacts({"EVENT": day("2010-01-01")}, day("2026-12-31"), "A reunion is planned")
    result = retention_clock(kept, of)
    assert result.due == day("2026-12-31")
    assert any("A reunion is planned" in step.text for step in result.steps)
    early = RetentionFacts({"EVENT": day("2010-01-01")}, day("2012-12-31"), "No matter")
    assert retention_clock(early, of).due == day("2016-01-01")


@pytest.mark.parametrize(
    ("years", "given", "expected"),
    [
        (YearEnds(school=7), "2020-07-31", "2021-07-31"),
        (YearEnds(school=7), "2020-08-01", "2022-07-31"),
        (YearEnds(school=12), "2020-12-31", "2021-12-31"),
        (YearEnds(school=2), "2020-02-29", "2021-02-28"),
        (YearEnds(school=2), "2023-02-28", "2024-02-29"),
    ],
)
def test_the_school_says_when_its_year_ends(years, given, expected):
    of = RecordClass("X1", "Things", "CY", Period(1))
    assert retention_clock(RetentionFacts({"CY": day(given)}), of, years).due == day(expected)


def test_a_period_without_a_length_is_not_started():
    of = RecordClass("X1", "Things", "EVENT", None)
    result = retention_clock(RetentionFacts({"EVENT": day("2000-01-01")}), of)
    assert (result.due, result.state) == (None, ClockState.NOT_STARTED)
    assert "length of the period" in result.waiting_for


def test_a_year_that_cannot_be_is_told_at_its_fact():
    of = RecordClass("X1", "Things", "EVENT", Period(1))
    with pytest.raises(InvalidFacts) as error:
        retention_clock(RetentionFacts({"EVENT": day("0202-01-01")}), of)
    assert set(error.value.problems) == {"EVENT"}


# --- properties --------------------------------------------------------------------------

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 100), st.sampled_from(["days", "months", "years"]))
DATED = st.sampled_from([code for code in triggers() if code != "NONE"])
ENDS = st.builds(YearEnds, st.integers(1, 12), st.integers(1, 12))


def clock(trigger, period, start, years, **more):
    of = RecordClass("X1", "Things", trigger, period, confidence=Confidence.SECONDARY, **more)
    return retention_clock(RetentionFacts({trigger: start}), of, years)


@given(trigger=DATED, period=PERIODS, start=DAYS, later=st.integers(1, 800), years=ENDS)
def test_a_later_trigger_never_falls_due_earlier(trigger, period, start, later, years):
    after = start + dt.timedelta(days=later)
    assert clock(trigger, period, start, years).due <= clock(trigger, period, after, years).due


@given(trigger=DATED, period=PERIODS, start=DAYS, years=ENDS)
def test_nothing_falls_due_before_its_trigger_and_the_last_step_says_when(
    trigger, period, start, years
):
    result = clock(trigger, period, start, years)
    assert result.due >= start
    assert result.start == start
    assert result.steps[-1].date == result.due
    assert all(step.text and step.source for step in result.steps)


@given(trigger=DATED, period=PERIODS, start=DAYS, years=ENDS)
def test_a_longer_period_never_falls_due_earlier(trigger, period, start, years):
    longer = Period(period.number + 1, period.unit)
    assert clock(trigger, period, start, years).due <= clock(trigger, longer, start, years).due


@given(start=DAYS, month=st.integers(1, 12), number=st.integers(0, 100))
def test_a_school_year_holds_each_of_its_days_and_ends_on_the_last(start, month, number):
    years = YearEnds(school=month)
    end = years.end("school", start)
    assert start <= end
    assert (end - start).days <= 366
    assert (end + dt.timedelta(days=1)).day == 1
    assert years.end("school", end) == end
    assert years.end("school", end + dt.timedelta(days=1)) > end
    assert (
        clock("CY", Period(number), start, years).due == clock("CY", Period(number), end, years).due
    )


@given(start=DAYS)
def test_the_tax_year_ends_on_5_april(start):
    end = YearEnds().end("tax", start)
    assert (end.month, end.day) == (4, 5)
    assert 0 <= (end - start).days <= 365


@given(first=DAYS, second=DAYS, one=PERIODS, two=PERIODS, insurer=st.none() | st.integers(0, 100))
def test_of_two_periods_the_later_end_counts_and_the_insurer_only_lengthens(
    first, second, one, two, insurer
):
    of = RecordClass("X1", "T", "EVENT", one, later=("PENSION", two), insurer_years=insurer)
    found = retention_clock(RetentionFacts({"EVENT": first, "PENSION": second}), of).due
    alone = clock("EVENT", one, first, YearEnds()).due
    other = clock("PENSION", two, second, YearEnds()).due
    assert found >= max(alone, other)
    if insurer is None:
        assert found == max(alone, other)


@given(
    days=st.dictionaries(DATED, DAYS, max_size=4),
    codes=st.sampled_from(sorted(shipped())),
    kept=st.none() | DAYS,
    years=ENDS,
)
def test_the_short_answer_is_that_of_the_long_one(days, codes, kept, years):
    facts, of = RetentionFacts(days, kept, "Reason"), shipped()[codes].record_class
    short, long = retention_due(facts, of, years), retention_clock(facts, of, years)
    assert (short.due, short.state) == (long.due, long.state)
    assert short.longer == any(step.source == "Policy 8.4(c)" for step in long.steps)


# --- the schedule as shipped -------------------------------------------------------------


def test_the_shipped_schedule_is_whole():
    rows = shipped()
    assert len(rows) > 95
    assert next(iter(rows)) == "P01"
    assert list(rows)[-1] == "C06"
    for code, row in rows.items():
        of = row.record_class
        assert code == of.code
        assert of.citation
        assert of.trigger in triggers()
        assert row.basis in {"statute", "guidance", "practice"}
        assert of.action in {"SD", "RV", "AR", "TR", "PERM"}
        assert (of.period is None) == (not of.triggers), code
        assert bool(row.caution) == (of.confidence is not Confidence.CONFIRMED)
        assert of.words


def test_no_two_shipped_classes_say_the_same():
    named = [row.record_class.records for row in shipped().values()]
    assert len(set(named)) == len(named)


BY_LAW = set("P01 P02 P03 P26 H04 H08 H09 H10 H12 H22 A01 A04 A05 D05 F02 F04 F06".split())
BY_GUIDANCE = {"P12", "A08"}
MORE_THAN_LAW = {"H07", "H11", "A02", "F01", "F07", "G01"}
CLAIMS = set("P04 P07 P08 P18 P19 P20 P21 P23 P24 P29 P32 S01 S03 S07 H01 H05 H16 H17".split())
CLAIMS |= set("A03 V02 D01 D08 F03 F09".split())
NO_PERIOD_IN_LAW = set("P10 P17 P28 H02 H20 A06 A07 A10 G04 G06 D02 D03 D04".split())


def test_only_what_was_read_is_confirmed_with_the_day_and_the_place():
    sure = {code for code, row in shipped().items() if not row.caution}
    assert sure == BY_LAW | BY_GUIDANCE | MORE_THAN_LAW | CLAIMS | NO_PERIOD_IN_LAW
    assert len(sure) >= 60
    for code, row in shipped().items():
        assert (row.read is not None) == (code in sure), code
        assert ("The source was read on" in row.note) == (code in sure), code
    assert shipped()["H09"].note.endswith(
        "The source was read on 1 December 2026 (copy of legislation.gov.uk)."
    )


def test_what_a_confirmed_period_rests_on_is_said_in_its_basis():
    basis = {code: row.basis for code, row in shipped().items()}
    assert {basis[code] for code in BY_LAW} == {"statute"}
    assert {basis[code] for code in BY_GUIDANCE} == {"guidance"}
    assert {basis[code] for code in MORE_THAN_LAW | CLAIMS | NO_PERIOD_IN_LAW} == {"practice"}


def test_a_period_for_claims_covers_the_time_in_which_they_can_be_brought():
    """Limitation Act 1980: six years, three for injury, and from 18 for a child; Equality Act."""
    for code in CLAIMS:
        of = shipped()[code].record_class
        assert "Limitation Act 1980" in of.citation or "Equality Act 2010" in of.citation, code
        assert of.period is not None
        if of.trigger == "DOB":
            assert of.period.number >= 18 + 6, code
            assert of.period.unit == "years"
        elif "Limitation" in of.citation:
            assert of.period.number >= 6, code
        else:
            assert (of.period.number, of.period.unit) in {(1, "years"), (12, "months")}, code


def test_abuse_is_the_only_class_that_never_falls_due_for_its_content():
    assert [code for code, row in shipped().items() if row.record_class.abuse] == ["S02"]


def test_a_class_is_found_in_any_case_and_an_unknown_one_is_told():
    assert shipped_class(" p04 ").record_class.code == "P04"
    with pytest.raises(NotFound):
        shipped_class("P99")


def test_the_end_of_a_year_is_said_as_people_do():
    assert year_end_words(8) == "31 August"
    assert year_end_words(2) == "28 or 29 February"
    assert year_end_words(6) == "30 June"
