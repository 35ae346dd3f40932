"""What a breach log refuses, where it says the work stands, and what is due when."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dpdesk.breaches import rules
from dpdesk.breaches.records import Breach
from dpdesk.breaches.rules import Around
from dpdesk.breaches.whys import WHYS
from tests.breaches.conftest import AWARE, WHOLE

LONDON = ZoneInfo("Europe/London")
HOUR = dt.timedelta(hours=1)


def local(year, month, day, hour, minute=0):
    return dt.datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (local(2026, 3, 27, 10), local(2026, 3, 30, 11)),  # the clocks go forward on the 29th
        (local(2026, 10, 23, 10), local(2026, 10, 26, 9)),  # and back on 25 October
        (local(2026, 12, 24, 16, 30), local(2026, 12, 27, 16, 30)),  # holidays and weekends count
    ],
)
def test_72_hours_are_72_hours_whatever_the_clock_on_the_wall_does(aware, due):
    values: dict[str, Any] = {"aware": aware.astimezone(dt.UTC)}
    assert rules.deadline(values) == due
    assert rules.next_due(values, Around()) == due.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_work_goes_through_the_stages():
    values: dict[str, Any] = {"aware": AWARE}
    assert rules.state(values, Around()) == "triage"
    values |= {"outcome": "breach"}
    assert rules.state(values, Around()) == "assess"
    values |= {"decision": "report_and_tell", "decision_why": "x"}
    assert rules.state(values, Around()) == "report"
    sent = Around(reported=(AWARE + HOUR,))
    assert rules.state(values, sent) == "report", "the people are still to be told"
    sent = Around(reported=(AWARE + HOUR,), people_told=True)
    assert rules.state(values, sent) == "assess", "it was reported before it was assessed"
    values |= {"likelihood": "likely", "data_kinds": ("contact",)}
    assert rules.state(values, sent) == "remediate"
    values |= {"contained": AWARE}
    assert rules.state(values, sent) == "review", "an e-mail that went astray stops no work"
    attacked = values | {"incident_type": "ransomware"}
    assert rules.state(attacked, sent) == "recover"
    values = attacked | {"restored": AWARE}
    assert rules.state(values, sent) == "review"
    values |= {"resolved": AWARE.date()}
    assert rules.state(values, sent) == "resolved"


@pytest.mark.parametrize("outcome", ["near_miss", "false_alarm"])
def test_what_was_no_breach_goes_straight_to_review_and_nothing_is_due(outcome):
    values: dict[str, Any] = {"aware": AWARE, "outcome": outcome}
    assert rules.state(values, Around()) == "review"
    assert rules.next_due(values, Around()) is None


def test_the_72_hours_run_until_reported_or_decided_otherwise():
    values: dict[str, Any] = {"aware": AWARE, "outcome": "breach"}
    assert rules.clock_runs(values, Around())
    assert rules.clock_runs(values | {"decision": "report"}, Around())
    assert not rules.clock_runs(values | {"decision": "not_reportable"}, Around())
    assert not rules.clock_runs(values, Around(reported=(AWARE,)))


@pytest.mark.parametrize(
    "said",
    [
        {"equipment": "yes"},
        {"incident_type": "device_lost"},
        {"incident_type": "device_lost", "equipment": "yes"},
        {"incident_type": "device_lost", "equipment": "unknown"},
        {"incident_type": "paper_lost", "equipment": "yes"},
    ],
)
def test_lost_equipment_is_due_in_writing_within_a_day(said):
    values: dict[str, Any] = {"aware": AWARE, **said}
    assert rules.next_due(values, Around()) == "2026-11-20T09:10:00Z"
    assert rules.next_due(values | {"equipment_reported": AWARE}, Around()) == (
        "2026-11-22T09:10:00Z"
    )


@pytest.mark.parametrize(
    "said",
    [{}, {"incident_type": "email_wrong"}, {"incident_type": "device_lost", "equipment": "no"}],
)
def test_no_written_report_is_due_where_no_equipment_was_lost(said):
    assert rules.equipment_due({"aware": AWARE, **said}) is None


def test_a_breach_with_a_high_risk_cannot_be_left_unreported():
    values = {
        "aware": AWARE, "outcome": "breach", "decision": "not_reportable", "decision_why": "x",
        "high_risk": "yes",
    }  # fmt: skip
    assert "decision" in rules.problems(values, Around())
    assert not rules.problems(values | {"high_risk": "no"}, Around())


def test_the_first_of_all_that_is_due_is_shown():
    around = Around(actions=(("Call the parents", dt.date(2026, 11, 21)), ("Train", None)))
    assert rules.next_due({"aware": AWARE}, around) == "2026-11-21"
    assert rules.next_due(
        {"aware": AWARE}, Around(actions=(("Train", dt.date(2026, 11, 22)),))
    ) == ("2026-11-22T09:10:00Z"), "a day is due by its end"


def test_a_breach_that_was_not_reported_is_looked_at_again_also_when_resolved():
    values: dict[str, Any] = {
        "aware": AWARE,
        "outcome": "breach",
        "decision": "not_reportable",
        "decision_why": "x",
        "resolved": dt.date(2026, 11, 20),
    }
    assert rules.next_due(values, Around()) == "2027-05-19"
    values |= {"reviewed": dt.date(2027, 5, 31)}
    assert rules.next_due(values, Around()) == "2027-11-30"


def test_what_was_promised_to_the_regulator_is_due():
    values = WHOLE | {"rest_by": dt.date(2026, 12, 1)}
    first = AWARE + HOUR
    assert rules.next_due(values, Around(reported=(first,))) == "2026-12-01"
    later = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
    assert rules.follow_up_due(values, Around(reported=(first, later))) is None


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"occurred": AWARE + HOUR}, "occurred", "noticed before it happened"),
        ({"processor_told": AWARE + HOUR}, "processor_told", "before the supplier told it"),
        ({"contained": AWARE - HOUR}, "contained", "before the incident"),
        ({"people": 0}, "people", "this is not a breach"),
        ({"records": 0}, "records", "no records are affected"),
        ({"people": 5, "people_most": 4}, "people_most", "Fewer than the 5"),
        ({"decision": "not_reportable"}, "decision_why", "Write down why"),
        ({"resolved": dt.date(2026, 11, 18)}, "resolved", "before the school became aware"),
        ({"reviewed": dt.date(2026, 11, 18)}, "reviewed", "before the school became aware"),
        ({"rest_by": dt.date(2026, 11, 18)}, "rest_by", "before the school became aware"),
        ({"triaged": AWARE - HOUR}, "triaged", "before the incident"),
        ({"people_most": 0}, "people_most", "this is not a breach"),
        ({"trained": "yes", "trained_on": dt.date(2024, 11, 18)}, "trained_on", "outside"),
        ({"trained": "yes", "trained_on": dt.date(2026, 11, 20)}, "trained_on", "outside"),
        ({"trained": "no", "trained_on": dt.date(2025, 9, 1)}, "trained_on", "within"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(answers, field, words):
    found = rules.problems({"aware": AWARE} | answers, Around())
    assert list(found) == [field]
    assert words in found[field]


def test_two_years_of_training_are_counted_to_the_day():
    for day, trained in ((dt.date(2024, 11, 19), "yes"), (dt.date(2024, 11, 18), "no")):
        assert rules.trained_before(None, day, AWARE) == trained
    assert rules.trained_before("unknown", None, AWARE) == "unknown"
    assert rules.trained_before(None, None, AWARE) is None


def test_the_school_decides_how_long_until_the_next_look():
    values: dict[str, Any] = {"aware": AWARE, "decision": "not_reportable", "decision_why": "x"}
    assert rules.next_review(values) == dt.date(2027, 5, 19)
    assert rules.next_review(values, 3) == dt.date(2027, 2, 19)
    assert rules.next_due(values, Around(review_months=3)) == "2027-02-19"


def test_a_late_report_needs_its_reasons():
    late = Around(reported=(AWARE + 73 * HOUR,))
    assert list(rules.problems({"aware": AWARE}, late)) == ["delay_why"]
    assert rules.problems({"aware": AWARE, "delay_why": "Half term"}, late) == {}
    assert rules.problems({"aware": AWARE}, Around(reported=(AWARE + 72 * HOUR,))) == {}


def test_awareness_cannot_move_behind_a_report():
    found = rules.problems({"aware": AWARE}, Around(reported=(AWARE - HOUR,)))
    assert "before the school would have become aware" in found["aware"]


def test_a_whole_breach_has_nothing_to_object_to_and_a_sure_proposal():
    assert rules.problems(WHOLE, Around()) == {}
    proposal = rules.proposal(WHOLE)
    assert proposal.sure
    assert proposal.level.code == "report"


def test_an_unknown_number_of_people_counts_at_its_most():
    values: dict[str, Any] = {"people_certainty": "unknown", "people": 3, "people_most": 2000}
    assert rules.people_at_least(values) == 2000


def test_every_explanation_belongs_to_a_question_and_every_source_has_one():
    register = Breach.register
    assert set(WHYS) <= {field.name for field in register.fields}
    assert register.field("aware").why == WHYS["aware"]
    bare = {field.name for field in register.fields if field.source and not field.why}
    assert not bare - {f"check_{stage.key}" for stage in register.stages} - _SELF_EXPLAINED


_SELF_EXPLAINED = {"training_change"}
