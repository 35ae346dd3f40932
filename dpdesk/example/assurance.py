"""Assurance at the example school: risks, an assessment, a notice, suppliers, an audit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dpdesk.assurance.pick_lists import pick
from dpdesk.desk import Desk

_JUDGED = (
    ("An e-mail with a pupil’s details goes to the wrong person", "probable", "significant"),
    ("A laptop or stick with pupils’ data is lost or stolen", "possible", "severe"),
    ("Somebody gives their password to a fraudulent message", "possible", "significant"),
    ("A former member of staff still has access", "remote", "significant"),
)


def fill(desk: Desk, today: dt.date) -> None:
    """Adds what a school has after its first term with dpdesk: some of it done, some not."""
    room = desk.assurance
    room.usual.add("risks", [name for name, _, _ in _JUDGED])
    for risk in room.risks.judged():
        _, likelihood, severity = next(e for e in _JUDGED if e[0] == risk.entry.title)
        answers = {"likelihood": likelihood, "severity": severity, "who": "Pat Example"}
        room.risks.save(answers, risk.entry.id, risk.entry.version)
    room.usual.add("dpias", ["CCTV"])
    cameras = [each.reference for each in room.assets.every() if each.title == "CCTV"]
    listing = room.dpias.listing()
    dpia = room.dpias.load(listing.id(0))
    room.dpias.save({"assets": tuple(cameras)}, dpia.id, dpia.version)
    room.usual.add("measures", ["Restore a file from the backup", "Phishing exercise"])
    _suppliers(desk, today)
    _policies(desk, today)
    _audit(desk, today)
    _sharing(desk, today)
    room.notices.save({"name": "Privacy notice for parents", "audience": "parents"})
    room.devices.save({"name": "Laptop 3", "kind": "laptop", "encrypted": "yes", "password": "yes"})
    room.meetings.save(
        {
            "name": "Proprietor and data protection officer, autumn term",
            "day": today - dt.timedelta(days=30),
            "reported": "Two requests, one breach, the state of the register.",
            "decided": "Two-step sign-in for everybody by January.",
        }
    )


def _suppliers(desk: Desk, today: dt.date) -> None:
    terms = tuple(each.code for each in pick("clauses"))
    whole: dict[str, Any] = {
        "name": "Example Payroll Ltd",
        "does": "Works out and pays wages.",
        "stored": "uk",
        "contract": "yes",
        "clauses": terms,
        "checks": ("certificate",),
        "ends_on": today + dt.timedelta(days=200),
        "notice_days": 90,
    }
    desk.assurance.processors.save(whole)
    lacking = {"name": "Sample Photographs", "does": "Class photographs.", "stored": "uk"}
    desk.assurance.processors.save(lacking)


def _policies(desk: Desk, today: dt.date) -> None:
    policies = desk.assurance.policies
    made = {"name": "Data Protection Policy", "kind": "data_protection", "readers": ("all",)}
    entry = policies.save(made).entry
    version = {
        "day": today - dt.timedelta(days=120),
        "called": "3",
        "by": "The proprietor",
        "read_again": "yes",
    }
    policies.part_services[0].save(version, parent_id=entry.id)
    staff = [each.id for each in desk.people.people.staff()][:2]
    policies.note_read(entry.id, tuple(staff), today - dt.timedelta(days=90), "sheet")


def _audit(desk: Desk, today: dt.date) -> None:
    audits = desk.assurance.audits
    held = today - dt.timedelta(days=200)
    made = {"name": "Information audit", "kind": "internal", "held_on": held, "by": "Pat Example"}
    entry = audits.save(made).entry
    for line in (
        {
            "area": "training",
            "told": "Only half of the staff had been trained.",
            "done": "A course for everybody.",
            "effect": "Staff know who to contact.",
            "closed_on": today - dt.timedelta(days=60),
        },
        {
            "area": "records",
            "told": "Old pupil files are kept in the attic without a list.",
            "done": "A list was begun.",
            "steps": "Finish the list and dispose of what is due.",
            "owner": "School office",
            "until": today + dt.timedelta(days=45),
        },
    ):
        audits.actions.save(line, parent_id=entry.id)


def _sharing(desk: Desk, today: dt.date) -> None:
    made = {
        "kind": "regular",
        "whom": "Exampleshire Council, education welfare",
        "what": "Attendance of pupils who miss school",
        "why": "To help pupils back to school",
        "basis": "legal_obligation",
        "decision": "approved",
        "decided_on": today - dt.timedelta(days=150),
        "decided_by": "Pat Example",
        "agreement": "no",
    }
    desk.assurance.sharing.save(made)
