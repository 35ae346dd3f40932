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


@pytest.mark.parametrize(
    ("aware", "due", "shown"),
    [
        ("2026-10-25T01:30", "2026-10-28T00:30:00+00:00", "Wednesday 28 October 2026 at 00:30"),
        ("2026-10-25 01:30 BST", "2026-10-28T00:30:00+00:00", "Wednesday 28 October 2026 at 00:30"),
        ("2026-10-25 01:30 GMT", "2026-10-28T01:30:00+00:00", "Wednesday 28 October 2026 at 01:30"),
        ("2026-10-25T01:30+00:00", "2026-10-28T01:30:00+00:00", "Wednesday 28 October"),
        ("2026-10-22T01:30", "2026-10-25T01:30:00+01:00", "Sunday 25 October 2026 at 01:30 BST"),
        ("2026-10-22T02:30", "2026-10-25T01:30:00+00:00", "Sunday 25 October 2026 at 01:30 GMT"),
        ("2026-03-26T00:30", "2026-03-29T00:30:00+00:00", "Sunday 29 March 2026 at 00:30"),
        ("2026-03-26T01:30", "2026-03-29T02:30:00+01:00", "Sunday 29 March 2026 at 02:30"),
    ],
)
def test_the_hours_that_come_twice_or_not_at_all(say, aware, due, shown):
    assert say("due", "breach", "--aware", aware, "--json").json["due"] == due
    assert say("due", "breach", "--aware", aware).out.startswith(f"Due {shown}")


@pytest.mark.parametrize(
    ("aware", "why"),
    [
        ("2026-11-19", "Write the day and the time"),
        ("2026-03-29T01:30", "the clocks go forward"),
        ("2026-10-24 01:30 GMT", "do not show GMT"),
        ("yesterday", "Write the day and the time"),
        ("2026-11-19T24:10", "no such time of day"),
        ("0001-01-01T00:00+05:00", "cannot be right"),
    ],
)
def test_a_moment_that_there_is_not_is_wrong_usage(say, aware, why):
    said = say("due", "breach", "--aware", aware)
    assert said.code == 2
    assert "--aware" in said.err
    assert why in said.err


@pytest.mark.parametrize("aware", ["9999-12-31T10:00+00:00", "0202-11-19T10:00+00:00"])
def test_a_year_that_cannot_be_fails_with_a_sentence(say, aware):
    said = say("due", "breach", "--aware", aware)
    assert said.code == 1
    assert "cannot be right" in said.complaint


def test_a_breach_wants_awareness_and_a_request_its_day(say):
    assert say("due", "breach").code == 2
    assert say("due", "sar").code == 2
    assert say("due", "sar", "--aware", AWARE).code == 2


def a_breach(work, *more):
    summary = "summary=Report sent to the wrong parent"
    return work("new", "breaches", "--set", summary, "aware=2025-11-19T09:10", *more)


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        (["occurred=2025-11-19T10:00"], "occurred", "noticed before it happened"),
        (["aware=2199-01-01T10:00"], "aware", "is in the future"),
        (["aware=19 November 2025"], "aware", "Write the day and the time"),
        (["people=0"], "people", "this is not a breach"),
        (["people=-3"], "people", "cannot be less"),
        (["people=lots"], "people", "whole number"),
        (["records=999999999999"], "records", "cannot be more"),
        (["people_most=0"], "people_most", "this is not a breach"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(work, answers, field, words):
    given = {"summary": "Lost list", "aware": "2025-11-19T09:10"}
    given |= dict(each.split("=", 1) for each in answers)
    said = work("new", "breaches", "--set", *(f"{name}={value}" for name, value in given.items()))
    assert said.code == 1
    assert list(said.json["problems"]) == [field]
    assert words in said.json["problems"][field]
    assert work("entries", "breaches").json["entries"] == []


@pytest.mark.parametrize("sent", ["2025-11-19T09:00", "2199-01-01T10:00"])
def test_a_report_before_awareness_or_in_the_future_is_refused(work, sent):
    reference = a_breach(work, "delay_why=Snow").json["reference"]
    answers = (f"sent_at={sent}", "kind=initial", "channel=online")
    said = work("new", "breach_reports", "--of", reference, "--set", *answers)
    assert said.code == 1
    assert list(said.json["problems"]) == ["sent_at"]


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
    assert "Question 3 seems to contain a name" in warning
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
