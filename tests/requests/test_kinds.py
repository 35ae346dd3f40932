"""Requests of every kind: one register, each with its own stages, clock, grounds and outcome."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.requests.duties import RequestAnswers
from dpdesk.requests.records import Request
from dpdesk.requests.states import places_of, stages_of
from tests.builders import a_request

DAY = dt.date(2026, 11, 2)


def duties(desk):
    every = RequestAnswers(desk.requests.requests).duties()
    return [duty.text for duty in every if not duty.text.startswith("Halfway")]


def change(desk, entry, **values):
    return desk.requests.requests.save(values, entry.id, entry.version).entry


@pytest.mark.parametrize("kind", RequestKind)
def test_every_kind_can_be_logged_with_a_name_and_a_day(desk, kind):
    entry = a_request(desk, kind=kind.value)

    assert entry.reference.startswith(f"{kind_rules(kind).prefix}-2026-")
    assert entry.due is not None
    assert entry.state in {stage.key for stage in stages_of(kind)}
    assert desk.requests.requests.clock(entry).steps[-1].text
    assert duties(desk) == [f"{kind_rules(kind).duty} Robin Example"]


def test_numbers_run_for_each_kind_by_itself(desk):
    made = [a_request(desk, kind=kind) for kind in ("access", "complaint", "access", "complaint")]

    assert [entry.reference for entry in made] == [
        "SAR-2026-001",
        "DPC-2026-001",
        "SAR-2026-002",
        "DPC-2026-002",
    ]


def test_a_correction_goes_from_the_search_to_what_was_done(desk):
    entry = a_request(desk, kind="rectification")
    assert entry.state == "search"
    desk.requests.requests.searches.save({"place": "Pupil file"}, parent_id=entry.id)
    (place,) = desk.requests.requests.searches.parts(entry.id)
    desk.requests.requests.searches.save({"found": "yes"}, place.id, place.version)
    entry = desk.requests.requests.load(entry.id)
    assert entry.state == "decide"
    entry = change(desk, entry, decision="part")
    assert (entry.state, entry.values["outcome"]) == ("act", "done_in_part")
    entry = change(desk, entry, done_on=DAY)
    assert entry.state == "respond"


def test_what_is_refused_needs_nothing_done_and_the_outcome_follows_the_decision(desk):
    entry = change(desk, a_request(desk, kind="erasure"), decision="no")
    assert (entry.state, entry.values["outcome"]) == ("respond", "refused")
    entry = change(desk, entry, decision="yes")
    assert (entry.state, entry.values["outcome"]) == ("act", "done")
    entry = change(desk, entry, outcome="passed_on")
    assert change(desk, entry, decision="no").values["outcome"] == "passed_on"


def test_a_complaint_is_acknowledged_enquired_into_and_told(desk):
    entry = a_request(desk, kind="complaint")
    assert (entry.state, entry.due) == ("acknowledge", "2026-12-01")
    entry = change(desk, entry, acknowledged=dt.date(2026, 11, 5))
    assert (entry.state, entry.due) == ("enquire", "2026-11-30")
    assert duties(desk) == ["Tell the outcome of the complaint about the data of Robin Example"]
    entry = change(desk, entry, outcome_by=dt.date(2026, 11, 20))
    assert entry.due == "2026-11-20"
    assert change(desk, entry, outcome="not_upheld").state == "respond"


def test_the_promise_about_educational_records_can_be_switched_off(desk):
    entry = a_request(desk, kind="educational_record")
    assert entry.due == "2026-11-23"
    desk.requests.settings[0].save({"promised": "no"})
    assert desk.requests.requests.clock(entry).due == dt.date(2026, 12, 2)


def test_an_outcome_of_another_kind_is_refused_and_says_so(desk):
    entry = a_request(desk, kind="complaint")
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, outcome="given")
    assert "does not go with" in caught.value.problems["outcome"]


def test_a_question_does_not_stop_the_month_of_another_right(desk):
    entry = a_request(desk, kind="erasure")
    desk.requests.requests.clarifications.save({"asked_on": DAY}, parent_id=entry.id)
    entry = desk.requests.requests.load(entry.id)
    assert (entry.state, entry.due) == ("search", "2026-12-02")


def test_days_out_of_order_are_each_a_sentence(desk):
    early = dt.date(2026, 11, 1)
    for name in ("decided_on", "done_on", "acknowledged", "closed"):
        kind = "complaint" if name == "acknowledged" else "erasure"
        with pytest.raises(InvalidEntry) as caught:
            a_request(desk, kind=kind, **{name: early})
        assert "before" in caught.value.problems[name]


def test_no_section_is_asked_in_a_stage_that_the_kind_does_not_have():
    for kind in RequestKind:
        keys = {stage.key for stage in stages_of(kind)}
        assert set(places_of(kind).values()) - {""} <= keys
    assert places_of("erasure")["outcome"] == "decide"
    assert places_of("access")["outcome"] == "respond"


def test_records_are_held_while_the_kind_wants_it_and_not_from_their_own_erasure(desk):
    def held(entry):
        with desk.workspace.database.reading() as session:
            return bool(list(desk.requests.requests.touches_within(session, entry.id)))

    assert held(a_request(desk))
    assert not held(a_request(desk, kind="withdrawal"))
    erasure = a_request(desk, kind="erasure")
    assert held(erasure)
    assert not held(change(desk, erasure, decision="yes"))


def test_requests_from_before_there_were_kinds_are_for_access(desk):
    from sqlalchemy import update

    from dpdesk.requests.records import Request

    entry = a_request(desk)
    with desk.workspace.database.changing() as change:
        change.session.execute(update(Request).values(kind=None))
        change.note("requests", entry.id, "kind", "access", None, "")
    changes = desk.requests.requests.name_kinds()

    assert changes.entries == {("requests", entry.id)}
    found = desk.requests.requests.load(entry.id)
    assert found.values["kind"] == "access"
    assert not desk.requests.requests.name_kinds().entries


def test_a_stage_and_the_state_of_a_request_in_it_are_called_the_same():
    for kind in RequestKind:
        for stage in stages_of(kind):
            if stage.key not in {"logged", "identity", "clarify"}:
                assert Request.register.state(stage.key).label == stage.title
