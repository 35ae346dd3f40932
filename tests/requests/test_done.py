"""A stage counts as done only if something was noted for it."""

from __future__ import annotations

import datetime as dt

from dpdesk.requests import rules
from tests.builders import a_request

DAY = dt.date(2026, 11, 5)


def done(values=None, clarifications=(), searches=(), **more):
    how = {"reviewed": False, "handed_over": False, **more}
    return rules.done(values or {}, clarifications, searches, **how)


def test_a_request_just_logged_has_only_that_done():
    assert done() == {"logged"}


def test_identity_is_done_when_none_was_needed_or_the_proof_came():
    assert "identity" in done({"identity_needed": "no"})
    assert "identity" not in done({"identity_needed": "yes"})
    assert "identity" in done({"identity_needed": "yes", "identity_received": DAY})


def test_clarifying_is_done_when_every_question_is_answered():
    answered = {"asked_on": DAY, "answered_on": DAY}
    assert "clarify" in done(clarifications=[answered])
    assert "clarify" not in done(clarifications=[answered, {"asked_on": DAY}])


def test_searching_is_done_when_something_was_noted_at_every_place():
    assert "search" in done(searches=[{"found": "no"}])
    assert "search" not in done(searches=[{"found": "no"}, {}])


def test_closing_is_done_with_its_outcome():
    assert "closed" not in done({"closed": DAY})
    assert "closed" in done({"closed": DAY, "outcome": "given"})


def test_the_service_asks_the_parts(desk):
    entry = a_request(desk, identity_needed="no")
    desk.requests.requests.searches.save(
        {"place": "Pupil file", "found": "yes"}, parent_id=entry.id
    )
    entry = desk.requests.requests.load(entry.id)
    assert desk.requests.requests.done(entry, reviewed=True) == {
        "logged",
        "identity",
        "search",
        "review",
    }


def test_the_clock_of_answers_that_are_not_saved_yet(desk):
    assert desk.requests.requests.clock_of({"received": dt.date(2026, 9, 3)}).due == dt.date(
        2026, 10, 5
    )
