"""The example school's breach log: one clock that runs, and incidents that ended in every way.

All of it is invented. Moments are hours before now.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from dpdesk.registers.wording import SCHOOL_TIME

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_DAY: Final = 24
_MOMENTS: Final = ("aware", "occurred", "triaged", "decided", "contained", "restored")

_KNOWN: Final[dict[str, Any]] = {
    "ongoing": "no",
    "outcome": "breach",
    "living": "yes",
    "assigned_to": "Pat Example",
    "people_certainty": "exact",
    "records_certainty": "exact",
    "encrypted": "none",
    "trained": "yes",
    "training": "An hour for all staff every September, with a test.",
    "measures": "Staff are told to check addresses; mail waits a minute before it goes.",
}

INCIDENTS: Final[tuple[dict[str, Any], ...]] = (
    {
        **_KNOWN,
        "summary": "Class list sent to the wrong parent",
        "aware": 26,
        "occurred": 30,
        "incident_type": "email_wrong",
        "what": "A class list with telephone numbers was e-mailed to a parent of another school.",
        "found_how": "The recipient wrote back.",
        "affected": "The class list of Year 4: 18 names with telephone numbers of their parents.",
        "data_kinds": ("contact",),
        "people_kinds": ("pupils", "parents"),
        "people": 36,
        "records": 18,
        "first_steps": ("recall", "ask_delete"),
    },
    {
        "summary": "Laptop left on the train",
        "aware": 10,
        "occurred": 13,
        "incident_type": "device_lost",
        "equipment": "yes",
        "equipment_what": "Laptop 14 of the school office",
        "affected": "Not yet clear; it was used for timetables.",
        "assigned_to": "Pat Example",
    },
    {
        **_KNOWN,
        "summary": "Payslip handed to the wrong member of staff",
        "aware": 40 * _DAY,
        "occurred": 40 * _DAY + 2,
        "incident_type": "post_wrong",
        "what": "Two payslips were in one envelope. The second was handed back unopened.",
        "data_kinds": ("payroll",),
        "people_kinds": ("staff",),
        "people": 1,
        "records": 1,
        "likelihood": "very_unlikely",
        "severity": "minor",
        "recovered": "trusted",
        "decision": "not_reportable",
        "decided": 40 * _DAY,
        "decision_why": "It was handed back at once and not read; nobody can come to harm.",
        "telling": "told",
        "contained": 40 * _DAY,
        "restored": 40 * _DAY,
        "cause": "person",
        "lessons": "Payslips go out by the portal only.",
        "resolved": 38,
    },
    {
        **_KNOWN,
        "summary": "Progress report on special needs e-mailed to another family",
        "aware": 75 * _DAY,
        "occurred": 75 * _DAY + 20,
        "incident_type": "email_wrong",
        "what": "A progress report was e-mailed to a parent of another pupil.",
        "found_how": "The recipient telephoned the office.",
        "data_kinds": ("send", "attainment"),
        "people_kinds": ("pupils",),
        "people": 1,
        "records": 1,
        "harms": ("social",),
        "consequences": "The family may be upset that special needs became known.",
        "likelihood": "likely",
        "severity": "moderate",
        "recovered": "trusted",
        "decision": "report_and_tell",
        "decided": 75 * _DAY - 2,
        "decision_why": "Special needs of a child are known to another family.",
        "telling": "told",
        "remedy": "The recipient deleted the message and confirmed it in writing.",
        "contained": 74 * _DAY,
        "restored": 74 * _DAY,
        "cause": "person",
        "lessons": "Suggested addresses are switched off.",
        "resolved": 60,
    },
    {
        "summary": "Phishing message opened, password changed at once",
        "aware": 55 * _DAY,
        "incident_type": "phishing",
        "outcome": "near_miss",
        "triage_why": "The account was locked before anything was read.",
        "assigned_to": "Pat Example",
        "cause": "person",
        "resolved": 54,
    },
    {
        "summary": "Memory stick thought lost, found in the staff room",
        "aware": 100 * _DAY,
        "outcome": "false_alarm",
        "triage_why": "It had been in the staff room all the time.",
        "assigned_to": "Pat Example",
        "resolved": 99,
    },
    {
        **_KNOWN,
        "summary": "Ransomware locks the school office",
        "aware": 20 * _DAY,
        "incident_type": "ransomware",
        "drill": "yes",
        "data_kinds": ("contact",),
        "people_kinds": ("pupils",),
        "people": 120,
        "records": 120,
        "resolved": 19,
    },
)
"""Days ago for ``resolved``."""

REPORTED: Final = "Progress report on special needs e-mailed to another family"
"""The one that went to the regulator, a day after it became known."""


def fill(desk: Desk, today: dt.date) -> None:
    """Writes the log, with the report and the people told of the one that was reported."""
    now = desk.now().replace(microsecond=0)
    for answers in INCIDENTS:
        values = dict(answers)
        for name in _MOMENTS:
            if name in values:
                values[name] = now - dt.timedelta(hours=values[name])
        if "resolved" in values:
            # Late in the evening, so many hours ago may be a day later than so many days ago.
            known = values["aware"].astimezone(SCHOOL_TIME).date()
            values["resolved"] = max(today - dt.timedelta(days=values["resolved"]), known)
        if values["summary"] != REPORTED:
            desk.breaches.breaches.save(values)
            continue
        # What is closed takes no report any more: it is closed last.
        closed = values.pop("resolved")
        entry = desk.breaches.breaches.save(values).entry
        sent = values["aware"] + dt.timedelta(hours=24)
        desk.breaches.reporting.send(
            entry, sent_at=sent, channel="online", case_reference="IC-000000-EXAMPLE"
        )
        told = {
            "whom": "people",
            "name": "The parents concerned",
            "told_at": sent,
            "number_told": 2,
        }
        desk.breaches.breaches.told.save(told, parent_id=entry.id)
        entry = desk.breaches.breaches.load(entry.id)
        desk.breaches.breaches.save({"resolved": closed}, entry.id, entry.version)
