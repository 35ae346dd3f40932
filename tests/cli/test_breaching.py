"""Breaches on the command line: the 72 hours, the log, and the report to the regulator."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.papers.reading import text_of

AWARE = "2026-11-19T09:10"


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        ("2026-11-19T09:10", "2026-11-22T09:10:00+00:00"),
        ("2026-03-27T10:00", "2026-03-30T11:00:00+01:00"),
        ("2026-10-23T10:00", "2026-10-26T09:00:00+00:00"),
        ("23 October 2026, 10:00", "2026-10-26T09:00:00+00:00"),
        ("2026-06-01T10:00+00:00", "2026-06-04T11:00:00+01:00"),
    ],
)
def test_72_hours_in_local_time_with_its_offset_across_clock_changes(say, aware, due):
    found = say("due", "breach", "--aware", aware, "--json").json
    assert sorted(found) == ["due", "extension_notice_due", "paused_since", "steps"]
    assert found["due"] == due
    assert found["steps"][-1]["date"] == due
    assert all(step["source"] for step in found["steps"])


def test_the_words_say_when_a_breach_must_be_reported(say):
    said = say("due", "breach", "--aware", AWARE)
    assert said.out.startswith("Due Sunday 22 November 2026 at 09:10\n")
    assert "Art 33(1)" in said.out


@pytest.mark.parametrize("aware", ["2026-11-19", "2026-03-29T01:30", "yesterday"])
def test_a_moment_that_there_is_not_is_wrong_usage(say, aware):
    said = say("due", "breach", "--aware", aware)
    assert said.code == 2
    assert "--aware" in said.err


def test_a_breach_wants_awareness_and_a_request_its_day(say):
    assert say("due", "breach").code == 2
    assert say("due", "sar").code == 2
    assert say("due", "sar", "--aware", AWARE).code == 2


def a_breach(work, *more):
    summary = "summary=Report sent to the wrong parent"
    return work("new", "breaches", "--set", summary, "aware=2025-11-19T09:10", *more)


def test_breaches_are_logged_and_listed(work):
    made = a_breach(work, "outcome=breach", "people=3").json
    assert made["reference"].startswith("BR-")
    assert made["due"] == "2025-11-22T09:10:00Z"
    (row,) = work("entries", "breaches").json["entries"]
    assert row["state"] == "assess"
    assert dt.datetime.fromisoformat(row["aware"]) == dt.datetime(
        2025, 11, 19, 9, 10, tzinfo=dt.UTC
    )


def test_a_decision_not_to_report_without_reason_is_refused(work):
    said = a_breach(work, "outcome=breach", "decision=not_reportable")
    assert said.code == 1
    assert "decision_why" in said.json["problems"]


def test_parts_of_a_breach_are_made_with_of(work):
    reference = a_breach(work).json["reference"]
    made = work("new", "breach_actions", "--of", reference, "--set", "what=Call", "by=2026-12-01")
    assert made.json["reference"].startswith(reference)


def test_the_report_is_printed_with_what_is_missing(work, tmp_path):
    reference = a_breach(work, "what=Kit Invented opened it.").json["reference"]
    work("new", "requests", "--set", "subject=Kit Invented", "received=2025-11-03")
    target = tmp_path / "report.pdf"
    found = work("breach-report", reference, "--to", str(target)).json
    assert found["kind"] == "initial"
    assert {"8", "10", "13"} <= set(found["missing"]) <= set(found["questions"])
    (warning,) = found["warnings"]
    assert "Question 3 seems to hold a name" in warning
    assert "Not yet known" in text_of(target.read_bytes())


def test_a_follow_up_has_its_own_questions(work, tmp_path):
    reference = a_breach(work).json["reference"]
    target = str(tmp_path / "report.pdf")
    found = work("breach-report", reference, "--to", target, "--follow-up").json
    assert {"2", "2d"} <= set(found["questions"])
    assert "19" not in found["questions"]


def test_only_breaches_have_a_report(work, tmp_path):
    work("new", "requests", "--set", "subject=Kit Invented", "received=2025-11-03")
    (row,) = work("entries", "requests").json["entries"]
    said = work("breach-report", row["reference"], "--to", str(tmp_path / "report.pdf"))
    assert said.code == 1
    assert "not in the breach log" in said.complaint
    assert not (tmp_path / "report.pdf").exists()
