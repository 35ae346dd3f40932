"""The breach log as it is kept: what is refused, what follows from its parts, how quick it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.registers.entries import Query
from dpdesk.registers.fields import Kind
from tests.breaches.conftest import AWARE, WHOLE
from tests.builders import statements
from tests.papers.reading import text_of

HOUR = dt.timedelta(hours=1)


def report(breaches, entry, sent=AWARE + HOUR, kind="initial", **more):
    answers = {"sent_at": sent, "kind": kind, "channel": "online", **more}
    return breaches.reports.save(answers, parent_id=entry.id).entry


def refused(save, *arguments, **more):
    with pytest.raises(InvalidEntry) as caught:
        save(*arguments, **more)
    return caught.value.problems


def test_two_answers_are_enough_to_start_the_clock(incident):
    entry = incident()
    assert entry.reference == "BR-2026-001"
    assert entry.state == "triage"
    assert entry.due == "2026-11-22T09:10:00Z"


def test_the_clock_tells_its_steps(breaches, incident):
    result = breaches.clock(incident())
    assert result.due == AWARE + 72 * HOUR
    assert "Art 33(1)" in result.steps[0].source


def test_awareness_in_the_future_is_refused(incident):
    assert "is in the future" in refused(incident, aware=AWARE + 48 * HOUR)["aware"]


def test_absurd_numbers_are_refused(incident):
    assert "cannot be more than" in refused(incident, people=10**9)["people"]
    assert "cannot be less than" in refused(incident, people=-1)["people"]


def test_a_decision_not_to_report_needs_its_reason(incident, change):
    entry = incident(outcome="breach")
    assert "decision_why" in refused(change, entry, decision="not_reportable")
    entry = change(entry, decision="not_reportable", decision_why="Deleted unread.")
    assert entry.due == "2027-05-20", "and is due for review half a year later"


def test_a_report_stops_the_clock(breaches, incident):
    entry = incident(**WHOLE)
    assert entry.state == "report"
    report(breaches, entry)
    entry = breaches.load(entry.id)
    assert (entry.state, entry.due) == ("remediate", None)


def test_a_report_before_awareness_is_refused_at_the_report(breaches, incident):
    entry = incident()
    found = refused(report, breaches, entry, AWARE - HOUR)
    assert found == {"sent_at": "The report would have been sent before the school became aware."}
    assert breaches.reports.parts(entry.id) == ()


def test_a_late_report_asks_for_the_reasons_first(breaches, incident, change, clock):
    entry = incident(outcome="breach", decision="report")
    clock.on(dt.date(2026, 11, 24))
    late = AWARE + 80 * HOUR
    assert "reasons for the delay" in refused(report, breaches, entry, late)["sent_at"]
    change(entry, delay_why="The school was shut by snow.")
    report(breaches, entry, late)
    assert "delay_why" in refused(change, entry, delay_why=None)
    assert any("reasons for the delay" in step.text for step in breaches.clock(entry).steps)


def test_an_unreportable_breach_cannot_have_been_reported(breaches, incident, change):
    entry = change(incident(outcome="breach"), decision="not_reportable", decision_why="x")
    assert "Change the decision first" in refused(report, breaches, entry)["sent_at"]


def test_people_at_high_risk_stay_to_be_told(breaches, incident, change):
    answers = {k: v for k, v in WHOLE.items() if k != "telling"}
    entry = incident(**answers | {"decision": "report_and_tell"})
    report(breaches, entry)
    assert breaches.load(entry.id).state == "report"
    told = {"whom": "people", "name": "The family", "told_at": AWARE + HOUR, "how": "letter"}
    breaches.told.save(told, parent_id=entry.id)
    assert breaches.load(entry.id).state == "remediate"


def test_open_actions_move_the_due_date_of_the_incident(breaches, incident):
    entry = incident(outcome="near_miss")
    saved = breaches.actions.save(
        {"what": "Switch suggestions off", "by": dt.date(2026, 12, 1)}, parent_id=entry.id
    ).entry
    assert breaches.load(entry.id).due == "2026-12-01"
    breaches.actions.save({"done": dt.date(2026, 11, 20)}, saved.id, saved.version)
    assert breaches.load(entry.id).due is None


def test_the_stage_log_keeps_who_did_what_when(breaches, incident):
    entry = incident()
    breaches.notes.save(
        {"at": AWARE + HOUR, "stage": "triage", "done": "Called the recipient.", "by_whom": "DP"},
        parent_id=entry.id,
    )
    (note,) = breaches.notes.parts(entry.id)
    assert note.title == "19 November 2026, 10:10, DP"


def test_a_drill_is_marked_has_its_clock_and_is_counted_nowhere(breaches, incident):
    entry = incident(drill="yes")
    assert entry.title.startswith("Drill: ")
    assert entry.due is not None
    counts = breaches.listing(Query()).counts
    assert counts["drill"] == 1
    assert counts["open"] == counts["report_due"] == 0
    assert breaches.with_around(breaches.record.id > 0) == []


def test_the_filters_show_what_they_say(breaches, incident):
    incident()
    incident(outcome="near_miss")
    incident(outcome="breach", decision="not_reportable", decision_why="x")
    incident(outcome="false_alarm", resolved=dt.date(2026, 11, 20))
    counts = breaches.listing(Query()).counts
    assert counts["open"] == 3
    assert counts["report_due"] == 1
    assert counts["near_miss"] == 1
    assert counts["not_reported"] == 1
    assert counts["all"] == 4


def test_each_stage_has_its_questions_and_something_to_tick(breaches):
    sections = {each.key: each.stage for each in breaches.register.sections}
    ticked = {
        sections[field.section]
        for field in breaches.register.fields
        if field.kind is Kind.CHOICES and field.name.startswith(("check_", "first_steps"))
    }
    assert ticked == {each.key for each in breaches.register.stages}


def test_cyber_questions_are_asked_only_of_cyber_incidents(breaches):
    def asked(**values: Any) -> set[str]:
        return {f.name for f in breaches.register.fields if f.applies(values)}

    assert "cyber_impact" not in asked(incident_type="email_wrong")
    assert "cyber_impact" in asked(incident_type="phishing")
    assert "cyber_impact" not in asked(incident_type="phishing", cyber="no")


def test_what_is_still_missing_is_named(breaches, incident):
    labels = {field.name for field in breaches.missing(incident().values)}
    assert {"what", "outcome", "data_kinds", "likelihood"} <= labels
    assert not breaches.missing(WHOLE | {"contained": AWARE, "cause": "person"})


@pytest.mark.parametrize("number", ["people", "records"])
@pytest.mark.parametrize("certainty", ["exact", "about"])
def test_a_number_said_to_be_known_is_missing_until_it_is_given(breaches, number, certainty):
    known = WHOLE | {"contained": AWARE, "cause": "person", f"{number}_certainty": certainty}
    assert not breaches.missing(known)
    assert [field.name for field in breaches.missing(known | {number: None})] == [number]
    assert not breaches.missing(known | {number: 0})
    assert not breaches.missing(known | {number: None, f"{number}_certainty": "unknown"})


def missing(breaches, entry):
    return [field.name for field in breaches.missing(entry.values, entry.id)]


def test_reasons_for_a_delay_are_asked_for_once_the_72_hours_are_over(
    breaches, incident, change, clock
):
    entry = incident(outcome="breach")
    clock.moment = AWARE + 72 * HOUR
    assert "delay_why" not in missing(breaches, entry)
    clock.moment += dt.timedelta(seconds=1)
    assert "delay_why" in missing(breaches, entry)
    assert "delay_why" not in missing(breaches, change(entry, delay_why="Snow"))


@pytest.mark.parametrize(
    "answers",
    [
        {"outcome": "near_miss"},
        {"outcome": "breach", "decision": "not_reportable", "decision_why": "x"},
        {"outcome": "breach", "resolved": dt.date(2026, 11, 20)},
    ],
)
def test_no_reasons_are_asked_for_where_no_report_is_owed(breaches, incident, clock, answers):
    entry = incident(**answers)
    clock.on(dt.date(2026, 12, 1))
    assert "delay_why" not in missing(breaches, entry)


def test_a_report_in_time_asks_for_no_reasons_afterwards(breaches, incident, clock):
    entry = incident(**WHOLE)
    report(breaches, entry)
    clock.on(dt.date(2026, 12, 1))
    assert "delay_why" not in missing(breaches, breaches.load(entry.id))


def test_an_entry_that_is_printed_names_the_reasons_still_missing(desk, incident, clock):
    entry = incident(outcome="breach")
    clock.on(dt.date(2026, 12, 1))
    assert "Reasons for any delay in reporting" in text_of(desk.prints.entry(entry).content)


def test_listed_staff_answer_for_training(breaches, incident):
    entry = incident(outcome="breach")
    assert "trained" in missing(breaches, entry)
    part = breaches.staff.save({"post": "Tutor", "name": "Sam Sample"}, parent_id=entry.id).entry
    assert part.title == "Tutor, Sam Sample"
    assert "trained" not in missing(breaches, entry)


def settings(desk, **values):
    service = desk.breaches.breaches.settings
    entry = service.entry()
    return service.save(values, entry.id, entry.version).changes


def test_the_school_sets_how_often_an_unreported_breach_is_looked_at_again(
    desk, breaches, incident
):
    entry = incident(outcome="breach", decision="not_reportable", decision_why="x")
    assert entry.due == "2027-05-20"
    assert ("breaches", entry.id) in settings(desk, review_months=12).entries
    assert breaches.load(entry.id).due == "2027-11-20"
    assert breaches.settings.next_review(entry.values) == dt.date(2027, 11, 20)
    assert incident(outcome="breach", decision="not_reportable", decision_why="x").due == (
        "2027-11-20"
    )


def test_a_body_is_called_as_the_school_calls_it(desk, breaches, incident):
    entry = incident(**WHOLE | {"tell_others": None})
    settings(desk, fraud_body="Fraud Line of the Future")
    names = {body.code: body.name for body in breaches.settings.bodies().values()}
    assert names["fraud"] == "Fraud Line of the Future"
    assert names["police"] == "Police"
    told = {"whom": "fraud", "told_at": AWARE + HOUR, "how": "online"}
    part = breaches.told.save(told, parent_id=entry.id).entry
    assert part.title == "Fraud Line of the Future, 19 November 2026"
    found = {each.question.number: each.text for each in desk.breaches.reporting.answers(entry)}
    assert found["24"].startswith("Yes\nFraud Line of the Future, told 19 Nov 2026 10:10 (online")


def test_where_the_settings_of_an_older_workspace_say_nothing_what_is_shipped_counts(
    desk, breaches
):
    settings(desk, review_months=None, fraud_body=None)
    assert breaches.settings.answers_now()["review_months"] == 6
    assert {body.code: body.name for body in breaches.settings.bodies().values()}[
        "fraud"
    ] == "Report Fraud"


def test_a_moment_in_the_hour_that_comes_twice_is_kept_as_it_was_meant(breaches, clock):
    clock.on(dt.date(2026, 10, 26))
    due = []
    for words in ("25 October 2026, 01:30 BST", "25 October 2026, 01:30 GMT"):
        saved = breaches.save(breaches.read_words({"summary": "Lost list", "aware": words})).entry
        due.append(saved.due)
        assert saved.shown("aware").endswith(words[-3:])
    assert due == ["2026-10-28T00:30:00Z", "2026-10-28T01:30:00Z"]


def test_many_incidents_are_read_with_as_few_statements_as_one(desk, breaches, incident):
    incident()
    every = breaches.record.id > 0
    one = statements(desk, lambda: breaches.with_around(every))
    for _ in range(5):
        report(breaches, incident(**WHOLE))
    assert statements(desk, lambda: breaches.with_around(every)) == one


def test_only_what_is_still_owed_stands_under_report_due(breaches, incident):
    incident(summary="Owed")
    reported = incident(summary="Reported before triage")
    answers = {"sent_at": AWARE, "kind": "initial", "channel": "phone"}
    breaches.reports.save(answers, parent_id=reported.id)
    incident(decision="not_reportable", decision_why="Nothing left the school.")
    assert breaches.counts()["report_due"] == 1
    part = breaches.reports.parts(reported.id)[0]
    breaches.reports.archive(part.id, part.version)
    assert breaches.counts()["report_due"] == 2


def test_a_decision_says_when_and_by_whom_it_was_made(breaches, incident, change, clock):
    entry = change(incident(outcome="breach"), decision="report")
    assert entry.values["decided"] == breaches.now()
    assert entry.values["decided_by"] == "Dana Pryce"
    assert {"Decided on", "Who decided?"} <= {line.label for line in breaches.history(entry.id)}
    told = incident(outcome="breach", decision="report", decided=AWARE, decided_by="The head")
    assert (told.values["decided"], told.values["decided_by"]) == (AWARE, "The head")


def test_a_decision_of_old_gets_no_moment_afterwards_and_undoing_takes_it_away(
    breaches, incident, change
):
    entry = change(incident(outcome="breach", decision="report"), decided=None)
    assert "decided" not in change(entry, notes="Looked at").values
    fresh = incident(outcome="breach")
    saved = breaches.save({"decision": "report"}, fresh.id, fresh.version)
    assert not {"decision", "decided", "decided_by"} & breaches.undo(saved).entry.values.keys()
