"""Requests: the clock runs on what was saved, and says where a date contradicts another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dpdesk.errors import InvalidEntry, NotFound
from dpdesk.law.clocks import ClockState
from dpdesk.registers.entries import Query
from tests.builders import a_pdf, a_request


def day(number: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, number)


def _stands(desk, entry) -> tuple[str, str | None]:
    now = desk.requests.requests.load(entry.id)
    return now.state, now.due


def _saved(desk, entry, **values: Any):
    now = desk.requests.requests.load(entry.id)
    return desk.requests.requests.save(values, now.id, now.version).entry


# --- the clock ---------------------------------


def test_a_month_runs_from_receipt(desk):
    assert _stands(desk, a_request(desk, received=day(2))) == ("search", "2026-12-02")


def test_the_month_waits_for_proof_of_identity_and_for_the_fee(desk):
    entry = a_request(desk, identity_needed="yes", fee_asked="yes")
    assert _stands(desk, entry) == ("identity", None)
    assert (
        desk.requests.requests.clock(desk.requests.requests.load(entry.id)).state
        is ClockState.NOT_STARTED
    )
    _saved(desk, entry, identity_received=day(9))
    assert _stands(desk, entry) == ("identity", None)
    _saved(desk, entry, fee_paid=day(12))
    assert _stands(desk, entry) == ("search", "2026-12-14")


def test_a_date_whose_question_is_not_asked_does_not_count(desk):
    entry = a_request(desk, identity_needed="yes", identity_received=day(9))
    assert _stands(desk, entry)[1] == "2026-12-09"
    _saved(desk, entry, identity_needed="no")
    assert _stands(desk, entry)[1] == "2026-12-02"


def test_a_question_stops_the_clock_and_its_answer_starts_it_again(desk):
    entry = a_request(desk)
    saved = desk.requests.requests.clarifications.save({"asked_on": day(4)}, parent_id=entry.id)
    assert saved.changes.registers == {"clarifications", "requests"}
    assert _stands(desk, entry) == ("clarify", None)
    part = saved.entry
    desk.requests.requests.clarifications.save({"answered_on": day(11)}, part.id, part.version)
    state, due = _stands(desk, entry)
    assert state == "search"
    assert due == "2026-12-10"
    now = desk.requests.requests.clarifications.load(part.id)
    desk.requests.requests.clarifications.archive(now.id, now.version)
    assert _stands(desk, entry) == ("search", "2026-12-02")


def test_two_further_months_if_told_in_time_and_for_a_reason(desk):
    entry = a_request(desk)
    _saved(desk, entry, extended=day(18))
    assert _stands(desk, entry)[1] == "2026-12-02", "without a reason it is no extension"
    _saved(desk, entry, extension_reason="complex")
    assert _stands(desk, entry)[1] == "2027-02-02"


def test_what_the_list_shows_is_what_the_clock_says(desk):
    facts: tuple[dict[str, Any], ...] = (
        {},
        {"identity_needed": "yes"},
        {"identity_needed": "yes", "identity_received": day(6)},
        {"extension_reason": "complex", "extended": day(16)},
    )
    for number, values in enumerate(facts):
        entry = a_request(desk, subject=f"Robin {number}", **values)
        due = desk.requests.requests.clock(desk.requests.requests.load(entry.id)).due
        assert _stands(desk, entry)[1] == (due.isoformat() if due else None)


# --- the calendar ---------------------------------


def test_a_bank_holiday_added_later_moves_every_date_that_ends_on_it(desk):
    moved, stays = a_request(desk), a_request(desk, received=day(3))
    desk.school.special_days.save(
        {"day": day(2, 12), "kind": "bank_holiday", "name": "Invented Jubilee"}, parent_id=1
    )
    changes = desk.calendar_changed()
    assert changes.entries == {("requests", moved.id)}
    assert _stands(desk, moved)[1] == "2026-12-03"
    assert _stands(desk, stays)[1] == "2026-12-03"
    texts = [
        step.text
        for step in desk.requests.requests.clock(desk.requests.requests.load(moved.id)).steps
    ]
    assert any("Invented Jubilee" in text for text in texts)


def test_a_day_on_which_only_the_school_is_shut_moves_nothing(desk):
    entry = a_request(desk)
    for kind in ("inset", "closure"):
        desk.school.special_days.save({"day": day(2, 12), "kind": kind}, parent_id=1)
    assert desk.calendar_changed().entries == frozenset()
    assert _stands(desk, entry)[1] == "2026-12-02"


def test_a_special_day_taken_away_again_moves_the_date_back(desk):
    entry = a_request(desk)
    saved = desk.school.special_days.save({"day": day(2, 12), "kind": "bank_holiday"}, parent_id=1)
    desk.calendar_changed()
    desk.school.special_days.undo(saved)
    desk.calendar_changed()
    assert _stands(desk, entry)[1] == "2026-12-02"


# --- where the work stands ---------------------------------


def test_documents_bring_a_request_to_review_and_closing_ends_it(desk):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    desk.requests.requests.settle(entry.id)
    assert _stands(desk, entry)[0] == "review"
    desk.documents.remove(document.id)
    desk.requests.requests.settle(entry.id)
    assert _stands(desk, entry)[0] == "search"
    _saved(desk, entry, closed=day(18))
    assert _stands(desk, entry)[0] == "closed"


def test_the_usual_places_are_added_once(desk):
    entry = a_request(desk, subject_kind="pupil")
    added = desk.requests.requests.start_searches(entry.id)
    places = [part.values["place"] for part in desk.requests.requests.searches.parts(entry.id)]
    assert added == len(places) == len(set(places)) > 3
    assert desk.requests.requests.start_searches(entry.id) == 0
    with pytest.raises(NotFound):
        desk.requests.requests.start_searches(4711)


# --- dates that contradict each other ---------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"fee_asked": "yes", "fee_paid": day(1)}, "fee_paid"),
        ({"extension_reason": "complex", "extended": day(1)}, "extended"),
        ({"identity_needed": "yes", "identity_asked": day(1)}, "identity_asked"),
        ({"closed": day(1)}, "closed"),
        ({"received": day(21)}, "received"),
    ],
)
def test_a_date_that_contradicts_another_gets_a_sentence_at_its_field(desk, values, field):
    with pytest.raises(InvalidEntry) as refused:
        a_request(desk, **values)
    assert list(refused.value.problems) == [field]
    assert refused.value.problems[field].endswith(".")


def test_a_question_before_the_request_is_told_at_the_question(desk):
    entry = a_request(desk)
    with pytest.raises(InvalidEntry) as refused:
        desk.requests.requests.clarifications.save({"asked_on": day(1)}, parent_id=entry.id)
    assert list(refused.value.problems) == ["asked_on"]
    assert "before the request" in refused.value.problems["asked_on"]
    assert desk.requests.requests.clarifications.parts(entry.id) == ()


def test_an_answer_before_its_question_is_told_at_the_answer(desk):
    entry = a_request(desk)
    with pytest.raises(InvalidEntry) as refused:
        desk.requests.requests.clarifications.save(
            {"asked_on": day(5), "answered_on": day(4)}, parent_id=entry.id
        )
    assert list(refused.value.problems) == ["answered_on"]


def test_receipt_cannot_be_moved_behind_a_question(desk):
    entry = a_request(desk)
    desk.requests.requests.clarifications.save({"asked_on": day(4)}, parent_id=entry.id)
    now = desk.requests.requests.load(entry.id)
    with pytest.raises(InvalidEntry) as refused:
        desk.requests.requests.save({"received": day(10)}, now.id, now.version)
    assert list(refused.value.problems) == ["received"]
    assert desk.requests.requests.load(entry.id).values["received"] == day(2)


# --- duties, findings, figures ---------------------------------


def test_duties_say_what_to_do_by_when(desk):
    a_request(desk, subject="Ada Invented", extension_reason="complex")
    a_request(desk, subject="Bo Invented", identity_needed="yes")
    asked = a_request(desk, subject="Cy Invented", extension_reason="complex")
    desk.requests.requests.clarifications.save({"asked_on": day(10)}, parent_id=asked.id)
    closed = a_request(desk, subject="Di Invented", closed=day(18), outcome="given")
    assert closed.state == "closed"
    duties = {(each.text, each.due) for group in desk.overview.duties() for each in group.duties}
    assert duties == {
        ("Answer the access request about Ada Invented", day(2, 12)),
        ("Halfway: how is the search going? Ada Invented", day(20)),
        ("Tell the requester about the extension, with reasons: Ada Invented", day(2, 12)),
        ("Waiting for proof of identity: Bo Invented", None),
        ("Waiting for the requester’s answer: Cy Invented", None),
        ("Tell the requester about the extension, with reasons: Cy Invented", day(2, 12)),
    }


def test_findings_open_the_lists_they_count(desk):
    a_request(desk, assigned_to=None)
    a_request(desk, closed=day(18))
    found = [each for each in desk.overview.findings() if each.register == "requests"]
    for finding in found:
        rows = desk.requests.requests.listing(Query(chip=finding.chip)).rows
        assert finding.count
        assert len(rows) == finding.count
    assert {finding.chip for finding in found} == {"unassigned", "no_outcome"}


def test_a_request_is_overdue_the_day_after_and_not_on_the_day(desk, clock):
    a_request(desk)
    clock.on(day(2, 12), hour=23)
    assert desk.requests.requests.listing().counts["overdue"] == 0
    clock.on(day(3, 12), hour=0)
    assert desk.requests.requests.listing().counts["overdue"] == 1


def test_figures_count_what_came_in_and_what_was_answered_on_time(desk, clock):
    from dpdesk.requests.duties import RequestAnswers

    clock.on(day(20, 12))
    a_request(desk, closed=day(2, 12))
    a_request(desk, closed=day(3, 12))
    gone = a_request(desk, closed=day(30))
    desk.requests.requests.archive(gone.id, gone.version)
    a_request(desk, received=dt.date(2026, 8, 1), closed=dt.date(2026, 8, 5))
    measures = RequestAnswers(desk.requests.requests).measures(day(1), dt.date(2026, 12, 31))
    found = {measure.text: measure.value for measure in measures}
    assert found["requests received"] == 3
    assert found["requests answered"] == 3
    assert found["of these on time"] == 2


def test_a_request_closed_as_given_without_a_handover_is_found_until_it_is_noted(desk):
    def told():
        found = [each for answers in desk.requests.answers for each in answers.findings()]
        return {each.chip: each.told for each in found}

    known = {"subject_kind": "staff", "identity_documents": ("known",)}
    entry = a_request(desk, closed=day(19), outcome="given", **known)
    assert told()["not_handed_over"] == "1 request closed as given, with no handover recorded"
    desk.requests.requests.handovers.save(
        {"given_on": day(19), "how": "collected", "to_whom": "Robin Example"}, parent_id=entry.id
    )
    assert "not_handed_over" not in told()
