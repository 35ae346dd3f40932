"""Retention on the command line: the clock of a class, the schedule, and disposals."""

from __future__ import annotations

import json

import pytest

from dpdesk.registers.spreadsheet_in import read_sheet
from tests.papers.reading import text_of


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("P04", "--trigger", "2001-05-03"), "2026-05-03"),
        (("p04", "--trigger", "29 February 2000"), "2025-02-28"),
        (("P03", "--trigger", "2020-08-31"), "2026-08-31"),
        (("P03", "--trigger", "2020-08-31", "--school-year-ends", "7"), "2027-07-31"),
        (("F01", "--trigger", "2020-04-01", "--financial-year-ends", "3"), "2027-03-31"),
        (("S04", "--trigger", "2025-01-01", "--later", "2030-05-05"), "2035-01-01"),
        (("S04", "--trigger", "2025-01-01"), None),
        (("S02", "--trigger", "1940-01-01"), None),
        (("G01",), None),
        # Leave and holiday pay: six years since April 2026; other working time stays at two.
        (("H22", "--trigger", "2026-04-06"), "2032-04-06"),
        (("H09", "--trigger", "2026-04-06"), "2028-04-06"),
        (("H05", "--trigger", "2026-10-01"), "2027-10-01"),
        (("P23", "--trigger", "2010-02-28"), "2035-02-28"),
    ],
)
def test_a_class_as_shipped_falls_due(say, words, due):
    found = say("due", "retention", "--class", *words, "--json").json
    assert sorted(found) == ["due", "extension_notice_due", "paused_since", "steps"]
    assert found["due"] == due
    assert found["steps"]
    if due:
        assert found["steps"][-1]["date"] == due


def test_what_is_not_confirmed_says_so(say):
    said = say("due", "retention", "--class", "H03", "--trigger", "2001-05-03")
    assert said.out.startswith("Due Saturday 3 November 2001\n")
    assert "check with your adviser" in said.out
    assert "adviser" not in say("due", "retention", "--class", "P02", "--trigger", "2001-05-03").out
    assert say("due", "retention", "--class", "S02").out.startswith("Never due automatically\n")


def test_an_unknown_class_is_told_and_a_missing_one_is_wrong_usage(say):
    assert "no such class" in say("due", "retention", "--class", "X9").complaint
    assert say("due", "retention").code == 2
    assert say("due", "retention", "--class", "P04", "--trigger", "soon").code == 2


SAFE = "safeguarding=no"


@pytest.fixture
def kept(work):
    """A workspace with the schedule, one pupil's file and a box; gives the command."""
    assert work("schedule", "--adopt").json["adopted"] > 95
    file = ("what=Pupil file", "rule=P04", "person=Robin Example", "born=2000-03-01", SAFE)
    assert work("new", "holdings", "--set", *file).json["due"] == "2025-03-01"
    rows = work("entries", "retention_rules", "--search", "payroll").json["entries"]
    (reference,) = [row["reference"] for row in rows if row["title"].startswith("H07 ")]
    box = ("what=Payroll, box 14", f"rule={reference}", "in_year=2010-05-01", SAFE)
    work("new", "holdings", "--set", *box)
    return work


def states(work):
    rows = work("entries", "holdings").json["entries"]
    return {row["reference"].rpartition("-")[2]: row["state"] for row in rows}


def test_the_schedule_is_taken_over_once_and_written(kept, tmp_path):
    assert kept("schedule", "--adopt").json["adopted"] == 0
    sheet, paper = tmp_path / "schedule.xlsx", tmp_path / "schedule.pdf"
    assert kept("schedule", "--to", str(sheet)).json["file"] == str(sheet)
    kept("schedule", "--to", str(paper))
    assert "Code" in read_sheet("schedule.xlsx", sheet.read_bytes()).columns
    assert "25 years from the date of birth" in text_of(paper.read_bytes())
    assert kept("schedule").code == 1


def test_a_class_that_there_is_not_is_told_at_its_field(kept):
    said = kept("new", "holdings", "--set", "what=Box", "rule=P99")
    assert (said.code, set(said.json["problems"])) == (1, {"rule"})


def test_a_pupils_file_under_an_open_request_is_refused_and_nothing_changes(kept, tmp_path):
    references = [row["reference"] for row in kept("entries", "holdings").json["entries"]]
    kept("new", "requests", "--set", "subject=R. Example", "received=2026-03-02")
    (request,) = kept("entries", "requests").json["entries"]
    before = kept("entries", "holdings").json
    target = tmp_path / "certificate.pdf"
    said = kept(
        "dispose", *references, "--method", "shred", "--by", "Sam Sample", "--reason", "Reviewed",
        "--looked", request["reference"], "--to", str(target),
    )  # fmt: skip
    assert said.code == 1
    assert "on hold" in said.json["error"]
    assert request["reference"] in said.json["error"]
    assert "Example" not in said.out + said.err
    assert kept("entries", "holdings").json == before
    assert kept("entries", "disposals").json == {"entries": []}
    assert not target.exists()
    assert json.loads(kept("check").out)["ok"] is True


def test_what_is_due_and_free_is_disposed_of_with_its_certificate(kept, tmp_path):
    (row,) = kept("entries", "holdings", "--search", "box").json["entries"]
    target = tmp_path / "certificate.pdf"
    found = kept(
        "dispose", row["reference"], "--method", "contractor", "--by", "Sam Sample",
        "--witness", "Pat Example", "--contractor", "Shred Ltd", "--certificate", "C-7",
        "--to", str(target),
    ).json  # fmt: skip
    assert found["backups"].startswith("No backup in the backup folder contains it.")
    assert (found["state"], found["holdings"]) == ("done", [row["reference"]])
    words = text_of(target.read_bytes())
    assert "Certificate of disposal" in words
    assert "C-7" in words
    assert sorted(states(kept).values()) == ["disposed", "running"]


def test_a_review_without_a_reason_is_refused_by_a_sentence(kept):
    (row,) = kept("entries", "holdings", "--search", "robin").json["entries"]
    said = kept("dispose", row["reference"], "--method", "shred", "--by", "Sam Sample")
    assert "must be reviewed first" in said.json["error"]
    assert kept("dispose", row["reference"], "--method", "burn", "--by", "S").code == 2
    assert kept("dispose", "HO-1999-001", "--method", "shred", "--by", "S").code == 1


def test_no_command_marks_a_holding_as_disposed_of(kept):
    said = kept("new", "disposals", "--set", "method=shred", "done_on=2026-01-01", "done_by=Sam")
    assert said.code == 1
    assert set(states(kept).values()) == {"running"}
