"""A log of years stays as quick as a new one."""

from __future__ import annotations

import time

from sqlalchemy import insert

from dpdesk.breaches.duties import BreachAnswers
from dpdesk.breaches.records import Breach
from dpdesk.registers.entries import Query
from tests.breaches.conftest import AWARE

MANY = 10_000


def test_ten_thousand_incidents_are_listed_and_asked_about_at_once(desk, breaches, incident):
    incident(outcome="breach")
    with desk.workspace.database.changing() as change:
        change.session.execute(
            insert(Breach),
            [
                {
                    "reference": f"BR-2025-{number:05}",
                    "version": 1,
                    "title": "Letter to the wrong house",
                    "summary": "Letter to the wrong house",
                    "state": "resolved",
                    "due": "2027-05-19",
                    "outcome": "breach",
                    "decision": "not_reportable",
                    "decision_why": "Returned unopened.",
                    "cause": "person",
                    "aware": AWARE,
                    "created_at": AWARE,
                    "changed_at": AWARE,
                }
                for number in range(MANY)
            ],
        )
    started = time.perf_counter()
    listing = breaches.listing(Query(chip="not_reported"))
    duties = list(BreachAnswers(breaches).duties())
    findings = list(BreachAnswers(breaches).findings())
    took = time.perf_counter() - started
    assert len(listing.rows) == MANY
    assert len(duties) == 1
    assert [each.chip for each in findings] == ["unassigned"]
    assert took < 2, f"{took:.1f} s; a tenth of it on a quiet machine"
