"""The papers of assurance, read back from what was printed."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest


def words(printed):
    pdf = pypdfium2.PdfDocument(printed.content)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


@pytest.fixture
def audit(room):
    today = room.audits.today()
    made = {"name": "Audit 2026", "kind": "internal", "held_on": today, "by": "An adviser"}
    entry = room.audits.save(made).entry
    line = {
        "area": "training",
        "told": "Staff had little training.",
        "done": "Everybody did the course.\nA theme each term.",
        "effect": "Parents get answers sooner.",
        "steps": "Refresh it next year.",
        "closed_on": today,
    }
    room.audits.actions.save(line, parent_id=entry.id)
    return room.audits.load(entry.id)


def test_the_closure_summary_has_the_shape_of_the_departments(room, audit):
    text = words(room.prints.closure(room.audits, audit))
    order = [
        "Audit 2026: closure summary",
        "A summary of the recommendations",
        "1. Training and awareness",
        "The audit made 1 recommendation here. It is closed.",
        "What we were told",
        "Staff had little training.",
        "What the school did",
        "A theme each term.",
        "What changed for the people affected",
        "Next steps",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_a_next_step_says_by_when_and_never_by_whom(room, audit):
    until = room.audits.today() + dt.timedelta(days=40)
    line = {"area": "records", "told": "Old files.\nNo list.", "steps": "Finish the list."}
    made = {**line, "owner": "Dana Secret", "until": until}
    room.audits.actions.save(made, parent_id=audit.id)
    text = words(room.prints.closure(room.audits, room.audits.load(audit.id)))
    assert "The audit made 1 recommendation here; none is closed yet." in text
    assert "Finish the list, by Wednesday 30 December 2026." in text
    assert "• Old files. • No list." in text
    assert "Secret" not in text


def test_an_impact_assessment_prints_its_steps_and_never_the_help(room, asset):
    camera = asset("CCTV", "legitimate_interests", monitoring="yes")
    made = {"name": "CCTV at the gate", "assets": (camera.reference,), "verdict": "needed"}
    entry = room.dpias.save(made).entry
    risk = {"name": "A stranger sees them", "options": "Locked room", "residual": "low"}
    room.dpias.risks.save(risk, parent_id=entry.id)
    text = words(room.prints.dpia(room.dpias, room.dpias.load(entry.id)))
    for told in ("1. Why an assessment?", "A stranger sees them", "7. Sign-off", "CCTV (AS-"):
        assert told in text
    assert "A few hundred pupils at one school" not in text


def test_the_list_of_shares_names_no_person(room):
    today = room.sharing.today()
    made = {
        "kind": "regular",
        "whom": "Exampleshire Council",
        "asked_by": "Dana Secret",
        "what": "Attendance",
        "decision": "approved",
        "decided_by": "Petra Proprietor",
        "basis": "legal_obligation",
    }
    entry = room.sharing.save(made).entry
    given = {"day": today, "what": "List of May", "to_whom": "Sam Private"}
    room.sharing.part_services[0].save(given, parent_id=entry.id)
    first = today - dt.timedelta(days=90)
    text = words(room.prints.shared(room.sharing, first, today))
    assert "Exampleshire Council" in text
    assert "1 time" in text
    for name in ("Secret", "Petra", "Private"):
        assert name not in text


def test_who_still_has_to_read_a_policy_is_on_the_sheet(desk, room):
    for forename in ("Noor", "Theo"):
        person = {"kind": "staff", "surname": "Reed", "forename": forename, "roles": ("teachers",)}
        desk.people.people.save(person)
    made = {"name": "Acceptable use", "kind": "acceptable_use", "readers": ("all",)}
    policy = room.policies.save(made).entry
    version = {"day": room.policies.today(), "called": "2", "read_again": "yes"}
    room.policies.part_services[0].save(version, parent_id=policy.id)
    text = words(room.prints.reading_sheet(room.policies, policy.id))
    assert "version 2" in text
    assert "Noor Reed" in text
    assert "Theo Reed" in text
