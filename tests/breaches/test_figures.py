"""The figures of a period match what was entered, as numbers, in charts and on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.breaches import rules
from dpdesk.breaches.figures import count_up
from dpdesk.breaches.log import within
from dpdesk.breaches.rules import Around
from dpdesk.breaches.service import IncidentLine
from dpdesk.errors import InvalidEntry
from tests.breaches.conftest import AWARE, WHOLE
from tests.builders import statements
from tests.papers.reading import page_texts, text_of

HOUR = dt.timedelta(hours=1)
DAY = AWARE.date()


@pytest.fixture
def logged(breaches, incident, clock):
    """A little of everything: two reported, one of them late; one not reported; others."""
    clock.on(dt.date(2026, 11, 26))

    def report(entry, sent):
        answers = {"sent_at": sent, "kind": "initial", "channel": "online"}
        breaches.reports.save(answers, parent_id=entry.id)

    report(incident(**WHOLE | {"cause": "person"}), AWARE + HOUR)
    late = incident(**WHOLE | {"delay_why": "The school was shut by snow.", "people": 40})
    report(late, AWARE + 80 * HOUR)
    breaches.archive(late.id, breaches.load(late.id).version)
    silent = {"decision": "not_reportable", "decision_why": "Returned unopened."}
    incident(outcome="breach", incident_type="post_wrong", cause="person", **silent)
    incident(outcome="breach", summary="Still open")
    incident(outcome="near_miss", aware=AWARE - dt.timedelta(days=31))
    incident(outcome="false_alarm")
    incident(summary="Not yet looked at")
    incident(**WHOLE | {"drill": "yes", "summary": "Practice"})


def test_every_incident_is_counted_once_and_drills_nowhere(desk, logged):
    found = desk.breaches.figures.between(DAY - dt.timedelta(days=40), DAY)
    assert (found.logged, found.breaches, found.near_misses, found.false_alarms) == (7, 4, 1, 1)
    assert found.undecided == 1
    assert (found.reported, found.on_time, found.waiting) == (2, 1, 1)
    assert found.overdue == 2, "the open breach, and the one that nobody has looked at"
    assert found.people == 41
    assert [(each.label, each.number) for each in found.by_kind] == [
        ("Data e-mailed to the wrong recipient", 2),
        ("Data posted or faxed to the wrong recipient", 1),
        ("Not said", 1),
    ]
    assert [(each.label, each.number) for each in found.by_cause] == [
        ("A mistake", 3),
        ("Not said", 1),
    ]
    assert [each.reason for each in found.not_reported] == ["Returned unopened."]
    assert [each.reason for each in found.late] == ["The school was shut by snow."]


def test_the_months_of_a_period_add_up_to_the_whole(desk, logged):
    found = desk.breaches.figures.between(dt.date(2026, 9, 1), dt.date(2026, 11, 30))
    assert [each.label for each in found.stretches] == ["Sep 2026", "Oct 2026", "Nov 2026"]
    assert [each.near_misses for each in found.stretches] == [0, 1, 0]
    assert sum(each.breaches for each in found.stretches) == found.breaches
    assert sum(each.undecided for each in found.stretches) == found.undecided


def test_a_long_period_is_counted_by_years(desk, logged):
    found = desk.breaches.figures.between(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    assert [each.label for each in found.stretches] == ["2024", "2025", "2026"]
    assert found.stretches[-1].breaches == 4


def test_both_days_of_a_period_count_by_the_schools_own_clock(desk, incident):
    incident(aware=dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))  # 1 July in the school
    first, last = dt.date(2026, 7, 1), dt.date(2026, 7, 1)
    assert desk.breaches.figures.between(first, last).logged == 1
    day = dt.timedelta(days=1)
    assert desk.breaches.figures.between(first - day, last - day).logged == 0


def test_what_was_reported_before_triage_counts_as_reported(desk, breaches, incident, clock):
    clock.on(dt.date(2026, 11, 26))
    for outcome in (None, "near_miss", "false_alarm"):
        entry = incident(outcome=outcome, delay_why="Snow")
        answers = {"sent_at": AWARE + 80 * HOUR, "kind": "initial", "channel": "online"}
        breaches.reports.save(answers, parent_id=entry.id)
    found = desk.breaches.figures.between(DAY, DAY)
    assert (found.reported, found.on_time, len(found.late)) == (2, 0, 2)
    assert (found.waiting, found.overdue) == (0, 0)


def test_what_was_made_by_mistake_and_undone_is_not_logged(desk, breaches, incident):
    saved = breaches.save({"summary": "A slip", "aware": AWARE})
    breaches.undo(saved)
    kept = incident(summary="Archived, put back, and that undone")
    gone = breaches.archive(kept.id, kept.version).entry
    breaches.undo(breaches.restore(gone.id, gone.version))
    assert desk.breaches.figures.between(DAY, DAY).logged == 1
    words = text_of(desk.breaches.log.paper().content)
    assert "put back" in words
    assert "A slip" not in words


MADE = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from((None, "breach", "near_miss", "false_alarm")),
        "decision": st.sampled_from((None, "report", "not_reportable")),
        "sent": st.sampled_from((None, 1, 72, 73)),
        "aware": st.integers(0, 4),
    }
)


@given(st.lists(MADE, max_size=8))
def test_figures_and_log_agree_whatever_is_in_it(made):
    lines = []
    for number, one in enumerate(made):
        aware = AWARE - one["aware"] * dt.timedelta(days=30)
        values = {"aware": aware, "summary": "x"}
        values |= {name: one[name] for name in ("outcome", "decision") if one[name] is not None}
        sent = () if one["sent"] is None else (aware + one["sent"] * HOUR,)
        lines.append(IncidentLine(number, f"BR-{number}", "triage", False, values, Around(sent)))
    now = AWARE + 30 * dt.timedelta(days=1)
    found = count_up(lines, DAY - dt.timedelta(days=150), DAY, now)
    timely = [within(line, now) for line in lines]
    assert found.on_time == timely.count("Yes")
    assert len(found.late) == timely.count("No")
    assert found.reported == found.on_time + len(found.late)
    assert found.overdue == timely.count("No: not reported yet")
    kinds = (found.breaches, found.near_misses, found.false_alarms, found.undecided)
    assert sum(kinds) == found.logged == sum(each.logged for each in found.stretches)
    told = sum(
        rules.counts_as_reported(each.values, each.around)
        for each in lines
        if each.values.get("outcome") == "breach"
    )
    assert found.breaches == told + found.waiting + len(found.not_reported)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (dt.date(2026, 11, 2), dt.date(2026, 11, 1), "last"),
        (dt.date.min, dt.date(2026, 11, 1), "first"),
        (dt.date(2026, 11, 1), dt.date.max, "last"),
    ],
)
def test_a_period_that_cannot_be_is_refused(desk, first, last, field):
    with pytest.raises(InvalidEntry) as caught:
        desk.breaches.figures.between(first, last)
    assert list(caught.value.problems) == [field]


def test_the_paper_holds_the_figures_the_charts_and_the_reasons(desk, logged):
    printed = desk.breaches.figures.paper(dt.date(2026, 9, 1), DAY)
    words = text_of(printed.content)
    assert "from Tuesday 1 September 2026 to Thursday 19 November 2026" in words
    for part in (
        "Reported to the ICO 2",
        "Breaches Near misses False alarms Sep 2026 0 0 0 Oct 2026 0 1 0 Nov 2026 4 0 1",
        "Data posted or faxed to the wrong recipient 1",
        "Returned unopened.",
        "Reported after 72 hours, and why",
        "shut by snow",
    ):
        assert part in words
    assert "Practice" not in words
    assert "Confidential".upper() in words


def test_an_empty_period_says_so_on_paper(desk):
    words = text_of(desk.breaches.figures.paper(dt.date(2020, 1, 1), dt.date(2020, 12, 31)).content)
    assert "Nothing was logged." in words
    assert "No breach was recorded." in words


def test_many_incidents_are_counted_with_as_few_statements_as_one(desk, incident):
    def count():
        desk.breaches.figures.between(DAY, DAY)

    incident(**WHOLE)
    one = statements(desk, count)
    for _ in range(5):
        incident(**WHOLE)
    assert statements(desk, count) == one <= 6


def test_a_crowded_year_still_prints(desk, incident):
    kinds = desk.breaches.breaches.register.field("incident_type").choices
    for number, kind in enumerate(kinds):
        incident(outcome="breach", incident_type=kind.code, summary=f"Number {number}")
    pages = page_texts(desk.breaches.figures.paper(DAY, DAY).content)
    whole = " ".join(" ".join(pages).split())
    assert all(kind.label in whole for kind in kinds)
