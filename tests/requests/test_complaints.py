"""Complaints: enquiries, both ways to count the 30 days, and what is overdue on Home."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.requests.duties import RequestAnswers
from tests.builders import a_request
from tests.papers.reading import text_of


def complaint(desk, **values):
    answers = {"kind": "complaint", "relationship": "mother", "requester": "Jo Example"}
    return a_request(desk, **{**answers, **values})


def change(desk, entry, **values):
    fresh = desk.requests.requests.load(entry.id)
    return desk.requests.requests.save(values, fresh.id, fresh.version).entry


def test_both_ways_to_count_are_in_the_steps_and_the_earlier_is_the_date(desk):
    entry = complaint(desk, received=dt.date(2026, 11, 2))
    clock = desk.requests.requests.clock(entry)
    days = [step.date for step in clock.steps]
    assert dt.date(2026, 12, 1) in days
    assert dt.date(2026, 12, 2) in days
    assert clock.due == dt.date(2026, 12, 1)


def test_a_complaint_not_acknowledged_or_not_answered_in_time_is_overdue_on_home(desk, clock):
    entry = complaint(desk, received=dt.date(2026, 11, 2), outcome_by=dt.date(2026, 12, 14))

    def due():
        return [(d.text, d.due) for d in RequestAnswers(desk.requests.requests).duties()]

    clock.moment = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
    ((text, day),) = due()
    assert text.startswith("Acknowledge the complaint")
    assert day < desk.requests.requests.today()
    change(desk, entry, acknowledged=dt.date(2026, 12, 3))
    clock.moment = dt.datetime(2026, 12, 20, 9, tzinfo=dt.UTC)
    ((text, day),) = due()
    assert text.startswith("Tell the outcome")
    assert day < desk.requests.requests.today()


def test_enquiries_are_noted_and_a_complaint_without_any_is_named_on_home(desk):
    entry = complaint(desk, acknowledged=dt.date(2026, 11, 4))
    chips = [finding.chip for finding in RequestAnswers(desk.requests.requests).findings()]
    assert "not_enquired" in chips
    asked = {"asked_whom": "Head of Year 5", "asked_on": dt.date(2026, 11, 5)}
    enquiries = desk.requests.requests.enquiries
    part = enquiries.save(asked, parent_id=entry.id).entry
    assert part.state == "open"
    chips = [finding.chip for finding in RequestAnswers(desk.requests.requests).findings()]
    assert "not_enquired" not in chips
    part = enquiries.save({"answer": "The letter went to the old address"}, part.id, 1).entry
    assert part.state == "answered"
    case = text_of(desk.requests.case_file(desk.requests.requests.load(entry.id)).content)
    assert "Head of Year 5" in case
    assert "old address" in case


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"asked_on": dt.date(2026, 11, 1)}, "asked_on"),
        ({"asked_on": dt.date(2026, 11, 5), "answered_on": dt.date(2026, 11, 4)}, "answered_on"),
    ],
)
def test_days_of_an_enquiry_that_cannot_be_are_refused(desk, values, field):
    entry = complaint(desk)
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.enquiries.save(
            {"asked_whom": "Head of Year 5", **values}, parent_id=entry.id
        )
    assert list(caught.value.problems) == [field]


def test_a_complaint_and_the_request_that_it_is_about_show_each_other(desk):
    about = a_request(desk)
    entry = complaint(desk, about_requests=(about.reference,))
    assert entry.reference in [each.reference for each in desk.links.of_entry("requests", about.id)]
    assert about.reference in [each.reference for each in desk.links.of_entry("requests", entry.id)]
