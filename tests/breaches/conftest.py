"""A breach log, and incidents in it. Every person is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.builders import a_request

AWARE = dt.datetime(2026, 11, 19, 9, 10, tzinfo=dt.UTC)
"""A Thursday; the tests' clock stands on the Friday after it, at nine."""


@pytest.fixture
def breaches(desk):
    """The breach log of an open desk."""
    return desk.breaches.breaches


@pytest.fixture
def incident(breaches):
    """Saves an incident; keywords override or add answers, None takes one away."""

    def save(**values):
        answers = {"summary": "Report sent to the wrong parent", "aware": AWARE, **values}
        return breaches.save(answers).entry

    return save


@pytest.fixture
def change(breaches):
    """Saves more answers of an incident."""

    def save(entry, **values):
        entry = breaches.load(entry.id)
        return breaches.save(values, entry.id, entry.version).entry

    return save


@pytest.fixture
def reporting(desk, breaches):
    entry = desk.school.entry()
    desk.school.save(
        {
            "address": "Mill Lane\nLittle Wenham",
            "dpo_email": "dpo@elmfield.example",
            "dpo_telephone": "01632 960 100",
            "ico_number": "Z1234567",
            "head": "Alex Head",
        },
        entry.id,
        entry.version,
    )
    a_request(desk, subject="Kit Invented", requester="Otter Class Pupil", relationship="mother")
    return desk.breaches.reporting


WHOLE = {
    "summary": "Report sent to the wrong parent",
    "aware": AWARE,
    "occurred": dt.datetime(2026, 11, 18, 15, 30, tzinfo=dt.UTC),
    "what": "A progress report was e-mailed to a parent of another pupil.\nThe address was guessed "
    "by the mail program.",
    "affected": "One progress report with notes on special needs.",
    "ongoing": "no",
    "found_how": "The recipient telephoned the office.",
    "found_by": "Robin Example",
    "assigned_to": "Dana Pryce",
    "outcome": "breach",
    "triage_why": "The recipient had read the first page.",
    "incident_type": "email_wrong",
    "kinds": ("d",),
    "cyber": "no",
    "living": "yes",
    "data_kinds": ("send", "attainment"),
    "people_kinds": ("pupils",),
    "people_certainty": "exact",
    "people": 1,
    "records_certainty": "exact",
    "records": 1,
    "harms": ("social",),
    "consequences": "The family may be upset that special needs became known. No harm so far.",
    "likelihood": "neutral",
    "severity": "moderate",
    "high_risk": "no",
    "encrypted": "none",
    "recovered": "trusted",
    "staff": "Sam Sample",
    "trained": "yes",
    "trained_on": dt.date(2025, 9, 2),
    "training": "An hour for all staff every September, with a test.",
    "measures": "Staff are told to check addresses; a delay of one minute before sending.",
    "decision": "report",
    "decision_why": "Special needs of a child are known to another family.",
    "report_reason": "meets",
    "first_contact": "yes",
    "size": "small",
    "code_member": "no",
    "telling": "not",
    "not_telling": ("no_high_risk",),
    "tell_others": "no",
    "remedy": "The recipient deleted the message and confirmed it in writing.",
    "prevention": "Address suggestions are switched off.",
    "prevention_by": dt.date(2026, 12, 4),
}
"""A breach about which everything is known. The persons are invented."""
