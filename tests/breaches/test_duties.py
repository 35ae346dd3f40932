"""What the breach log asks for on Home, its figures and its proof; drills appear nowhere."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.breaches.duties import BreachAnswers
from tests.breaches.conftest import AWARE, WHOLE

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def answers(breaches):
    return BreachAnswers(breaches)


def report(breaches, entry, sent=AWARE + HOUR):
    answers = {"sent_at": sent, "kind": "initial", "channel": "online"}
    breaches.reports.save(answers, parent_id=entry.id)


def texts(answers):
    return [duty.text.split(":")[0] for duty in answers.duties()]


def test_a_new_incident_is_due_in_72_hours(answers, incident):
    entry = incident()
    (duty,) = answers.duties()
    assert duty.due == AWARE + 72 * HOUR
    assert (duty.register, duty.entry_id, duty.place) == ("breaches", entry.id, "triage")


def test_the_duties_follow_the_work(answers, breaches, incident, change):
    entry = incident(equipment="yes")
    assert (
        texts(answers)[1] == "Give the head teacher and the DPO the written report on the equipment"
    )
    entry = change(entry, equipment="no", outcome="breach")
    assert texts(answers) == ["Assess the breach and decide whether to report it"]
    entry = change(
        entry, decision="report_and_tell", decision_why="x", rest_by=dt.date(2026, 12, 1)
    )
    assert texts(answers) == [
        "Report the breach to the ICO",
        "Tell the people affected, without delay",
    ]
    report(breaches, entry)
    change(entry, telling="told")
    assert texts(answers) == ["Send the ICO the rest of the report"]


def test_a_report_with_gaps_asks_for_the_rest_though_no_day_was_promised(
    desk, answers, incident, change
):
    school = desk.school.entry()
    known = {"address": "Mill Lane", "ico_number": "Z1234567"}
    desk.school.save(known, school.id, school.version)
    entry = incident(**WHOLE | {"found_how": None})
    desk.breaches.reporting.send(entry, sent_at=AWARE + HOUR, channel="online")
    (duty,) = answers.duties()
    assert duty.text.startswith("Send the ICO what was not yet known")
    assert "own reminder" in duty.text
    assert duty.due == dt.date(2026, 12, 3)
    assert desk.breaches.breaches.load(entry.id).due == "2026-12-03"
    entry = change(entry, found_how="The recipient rang.", whats_new="How it was found.")
    desk.breaches.reporting.send(entry, sent_at=AWARE + 2 * HOUR, channel="online", follow_up=True)
    assert texts(answers) == []


def test_what_was_reported_before_it_was_assessed_is_still_to_be_assessed(
    desk, answers, breaches, incident, change
):
    entry = incident(outcome="breach", decision="report", assigned_to="DP")
    report(breaches, entry)
    assert breaches.load(entry.id).state == "assess"
    (duty,) = answers.duties()
    assert (duty.place, duty.due) == ("assess", dt.date(2026, 12, 3))
    assert {each.chip: each.count for each in answers.findings()} == {"to_complete": 1}
    entry = change(entry, likelihood="likely", data_kinds=("contact",))
    assert entry.state == "remediate"
    assert list(answers.findings()) == []


def test_a_breach_that_was_not_reported_comes_back(answers, incident, clock):
    incident(
        outcome="breach",
        decision="not_reportable",
        decision_why="x",
        resolved=dt.date(2026, 11, 20),
    )
    assert texts(answers) == [], "not yet"
    clock.on(dt.date(2027, 5, 1))
    assert texts(answers) == ["Review the breach that was not reported"]


def test_open_actions_are_duties(answers, breaches, incident):
    entry = incident(outcome="near_miss")
    breaches.actions.save({"what": "Train", "by": dt.date(2026, 12, 1)}, parent_id=entry.id)
    (duty,) = answers.duties()
    assert duty.due == dt.date(2026, 12, 1)


def test_the_figures_match_what_was_entered(answers, breaches, incident, clock, change):
    clock.on(dt.date(2026, 11, 26))
    report(breaches, incident(**WHOLE | {"cause": "person"}))
    late = incident(**WHOLE | {"delay_why": "Snow", "incident_type": "bcc"})
    report(breaches, late, AWARE + 80 * HOUR)
    breaches.archive(late.id, breaches.load(late.id).version)
    incident(outcome="near_miss")
    incident(outcome="false_alarm")
    incident(**WHOLE | {"drill": "yes"})
    found = {
        m.text: m.value for m in answers.measures(dt.date(2026, 11, 19), dt.date(2026, 11, 19))
    }
    assert found == {
        "incidents logged": 4,
        "breaches": 2,
        "near misses": 1,
        "false alarms": 1,
        "reported to the ICO": 2,
        "of these within 72 hours": 1,
        "of these late": 1,
        "breaches by kind: Data e-mailed to the wrong recipient": 1,
        "breaches by kind: Failure to use bcc": 1,
        "breaches by cause: A mistake": 2,
    }
    before = answers.measures(dt.date(2026, 11, 1), dt.date(2026, 11, 18))
    assert {m.value for m in before} == {0}


def test_a_period_ends_at_midnight_in_the_school_not_in_greenwich(answers, incident):
    summer = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)  # half past midnight on 1 July
    incident(aware=summer)
    july = {m.text: m.value for m in answers.measures(dt.date(2026, 7, 1), dt.date(2026, 7, 31))}
    assert july["incidents logged"] == 1


def test_gaps_that_incidents_share_are_found(answers, incident):
    incident()
    incident(outcome="breach", decision="report", resolved=dt.date(2026, 11, 20), assigned_to="DP")
    assert {each.chip: each.count for each in answers.findings()} == {
        "unassigned": 1,
        "without_cause": 1,
    }


def test_the_log_proves_what_the_policy_asks_for(answers, incident):
    entry = incident(outcome="near_miss")
    found = {each.clause: each.references for each in answers.evidence()}
    assert found["16.9"] == found["4.6(n)"] == (entry.reference,)
    assert "16.6" not in found, "nothing reported is no proof of reporting"


def test_a_drill_asks_for_nothing_and_proves_nothing(answers, incident):
    incident(drill="yes", equipment="yes")
    assert list(answers.duties()) == []
    assert list(answers.findings()) == []
    assert list(answers.evidence()) == []
    assert all(not each.value for each in answers.measures(AWARE.date(), AWARE.date()))
