"""The log leaves as the spreadsheet and the paper that the policy asks for, complete."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from dpdesk.breaches.log import HEADINGS, LogPeriod, ShownIncidents
from dpdesk.errors import InvalidEntry
from tests.breaches.conftest import AWARE, WHOLE
from tests.papers.reading import text_of

HOUR = dt.timedelta(hours=1)


def rows_of(content):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == HEADINGS
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture
def logged(desk, breaches, incident, clock):
    clock.on(dt.date(2026, 11, 26))
    reported = incident(**WHOLE)
    desk.breaches.reporting.send(
        reported, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1"
    )
    late = incident(**WHOLE | {"aware": AWARE + HOUR, "delay_why": "Snow", "people": 40,
                               "people_certainty": "about"})  # fmt: skip
    desk.breaches.reporting.send(late, sent_at=AWARE + 90 * HOUR, channel="email")
    silent = {"decision": "not_reportable", "decision_why": "Returned unopened."}
    incident(outcome="breach", aware=AWARE + 2 * HOUR, **silent)
    incident(outcome="near_miss", aware=AWARE + 3 * HOUR, summary="=cmd|'/c calc'!A1")
    incident(aware=AWARE + 4 * HOUR, people_certainty="unknown")
    incident(drill="yes", aware=AWARE - HOUR, summary="Practice")


def test_the_spreadsheet_holds_every_incident_with_clock_decision_and_reason(desk, logged):
    rows = rows_of(desk.breaches.log.spreadsheet())
    assert [row["Outcome"] for row in rows] == [
        "Breach", "Breach", "Breach", "Near miss", "Not yet decided",
    ]  # fmt: skip
    assert [row["Within 72 hours?"] for row in rows] == [
        "Yes", "No", None, None, "No: not reported yet",
    ]  # fmt: skip
    first, late, silent, near, new = rows
    assert first["Became aware"] == dt.datetime.fromisoformat("2026-11-19T09:10")
    assert first["Report due"] == dt.datetime.fromisoformat("2026-11-22T09:10")
    assert first["Reported"] == dt.datetime.fromisoformat("2026-11-19T10:10")
    assert first["ICO reference"] == "IC-1"
    assert first["How many people"] == 1
    assert late["How many people"] == "about 40"
    assert late["Reasons for delay"] == "Snow"
    assert (silent["Decision"], silent["Reason"]) == ("Do not report", "Returned unopened.")
    assert near["What happened"] == "=cmd|'/c calc'!A1"
    assert near["Report due"] is None
    assert new["How many people"] == "not yet known"


def test_effects_and_what_was_done_are_in_the_log(desk, incident):
    incident(**WHOLE | {"first_steps": ("ask_delete",)})
    (row,) = rows_of(desk.breaches.log.spreadsheet())
    assert row["Effects"] == f"Social damage\n{WHOLE['consequences']}"
    assert row["What was done"].startswith("The recipient was asked to delete it")
    assert row["What was done"].endswith(WHOLE["remedy"])
    words = text_of(desk.breaches.log.paper().content)
    assert "may be upset" in words
    assert "recipient deleted the message" in words


def test_drills_are_left_out_or_come_last_and_say_so(desk, logged):
    assert not any(row["Drill?"] for row in rows_of(desk.breaches.log.spreadsheet()))
    with_drills = rows_of(desk.breaches.log.spreadsheet(drills=True))
    assert [bool(row["Drill?"]) for row in with_drills] == [False] * 5 + [True]
    assert "did not happen" in with_drills[-1]["Drill?"]
    assert "Drill – this did not happen: Practice" in text_of(
        desk.breaches.log.paper(drills=True).content
    )


def test_the_log_on_paper_says_when_what_and_why_not(desk, logged):
    words = text_of(desk.breaches.log.paper().content)
    for part in (
        "5 entries",
        "Do not report: Returned unopened.",
        "19 Nov 2026 10:10, within 72 hours",
        ", late",
        "Near miss",
        "No: not reported yet",
    ):
        assert part in words
    assert "Practice" not in words


def test_a_period_leaves_out_what_lies_outside(desk, logged, incident):
    incident(aware=dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), summary="October")
    october = LogPeriod(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert [row["What happened"] for row in rows_of(desk.breaches.log.spreadsheet(october))] == [
        "October"
    ]
    assert "1 entry" in text_of(desk.breaches.log.paper(october).content)
    with pytest.raises(InvalidEntry):
        desk.breaches.log.spreadsheet(LogPeriod(october.last, october.first))


def test_an_archived_incident_stays_in_the_log_and_says_so(desk, breaches, incident):
    entry = incident(outcome="near_miss")
    breaches.archive(entry.id, entry.version)
    (row,) = rows_of(desk.breaches.log.spreadsheet())
    assert row["State"] == "Review (archived)"


def test_an_empty_log_is_a_sheet_with_headings(desk):
    assert rows_of(desk.breaches.log.spreadsheet()) == []


def test_a_near_miss_says_what_was_learned_and_the_part_that_a_list_shows_is_printed(
    desk, incident
):
    near = incident(
        summary="Door left open", outcome="near_miss", lessons="Lock it.", prevention="A sign."
    )
    other = incident(summary="Another matter")
    words = text_of(desk.breaches.log.paper().content)
    assert "Lock it." in words
    assert "Prevention: A sign." in words
    part = ShownIncidents(frozenset({near.id}), "Near miss, no drills")
    shown = text_of(desk.breaches.log.paper(part=part).content)
    assert near.reference in shown
    assert other.reference not in shown
    assert "Near miss, no drills" in shown


def test_drills_leave_no_gap_in_the_numbers_of_the_log(desk, breaches, incident):
    first, drill, second = incident(), incident(drill="yes"), incident()
    assert [each.reference for each in (first, drill, second)] == [
        "BR-2026-001", "DRILL-2026-001", "BR-2026-002",
    ]  # fmt: skip
    words = text_of(desk.breaches.log.paper().content)
    assert "DRILL-2026-001" not in words
    assert "was a drill" not in words


def test_an_incident_that_was_called_a_drill_later_is_said_where_its_number_is_missing(
    desk, breaches, incident
):
    incident()
    meant = incident()
    breaches.save({"drill": "yes"}, meant.id, meant.version)
    words = " ".join(text_of(desk.breaches.log.paper().content).split())
    assert "no drills; BR-2026-002 was a drill" in words


def test_a_drill_never_becomes_a_real_incident_under_the_number_of_a_drill(breaches, incident):
    drill = incident(drill="yes")
    for answer in ("no", None):
        with pytest.raises(InvalidEntry, match="A drill stays a drill"):
            breaches.save({"drill": answer}, drill.id, drill.version)
