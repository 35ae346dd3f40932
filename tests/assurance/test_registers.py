"""The small registers of assurance: what is wrong shows on Home, and goes when it is mended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dpdesk.assurance.pick_lists import pick
from dpdesk.assurance.settings import fee
from dpdesk.errors import InvalidEntry

TERMS = tuple(each.code for each in pick("clauses"))


def found(room, register):
    return {
        each.chip or each.text
        for answers in room.answers
        for each in answers.findings()
        if each.register == register
    }


def test_a_supplier_without_contract_is_a_finding_until_its_terms_are_there(room):
    entry = room.processors.save({"name": "Example Payroll Ltd"}).entry
    assert (entry.state, found(room, "processors")) == ("no_contract", {"no_contract"})
    some = {"contract": "yes", "clauses": TERMS[:-1], "checks": ("certificate",)}
    entry = room.processors.save(some, entry.id, entry.version).entry
    assert entry.state == "terms"
    entry = room.processors.save({"clauses": TERMS}, entry.id, entry.version).entry
    assert (entry.state, found(room, "processors")) == ("order", set())


def test_notice_comes_up_before_the_contract_ends(room):
    today = room.processors.today()
    ends = today + dt.timedelta(days=100)
    values = {"name": "Cloud", "contract": "yes", "ends_on": ends, "notice_days": 90}
    entry = room.processors.save(values).entry
    assert dt.date.fromisoformat(entry.due) == today + dt.timedelta(days=10)


def test_a_supplier_who_keeps_the_data_stays_on_home(room):
    values = {"name": "Old", "left_on": room.processors.today()}
    entry = room.processors.save(values).entry
    assert entry.state == "not_back"
    assert (
        room.processors.save({"data_back": "yes"}, entry.id, entry.version).entry.state == "ended"
    )


def test_nothing_is_shared_with_the_police_without_basis_and_test(room):
    asked = {"kind": "police", "whom": "Exampleshire Police", "decision": "approved"}
    with pytest.raises(InvalidEntry) as raised:
        room.sharing.save(asked)
    assert set(raised.value.problems) == {"basis", "test"}
    whole = {**asked, "basis": "legal_obligation", "test": "A child is missing"}
    assert room.sharing.save(whole).entry.state == "approved"


def test_what_was_given_cannot_be_said_to_be_refused(room):
    values = {
        "kind": "once",
        "whom": "Council",
        "decision": "approved",
        "basis": "legal_obligation",
    }
    entry = room.sharing.save(values).entry
    given = {"day": room.sharing.today(), "what": "Attendance of year 7"}
    room.sharing.part_services[0].save(given, parent_id=entry.id)
    entry = room.sharing.load(entry.id)
    with pytest.raises(InvalidEntry):
        room.sharing.save({"decision": "refused"}, entry.id, entry.version)


def test_a_measure_that_failed_stays_until_it_was_tested_again(room, later):
    entry = room.measures.save({"name": "Restore a file"}).entry
    tests = room.measures.part_services[0]
    tests.save({"day": room.measures.today(), "result": "fails"}, parent_id=entry.id)
    assert room.measures.load(entry.id).state == "fails"
    assert "weak" in found(room, "measures")
    later(1)
    tests.save({"day": room.measures.today(), "result": "works"}, parent_id=entry.id)
    assert room.measures.load(entry.id).state == "works"


def test_clicked_and_reported_are_two_figures(room):
    entry = room.measures.save({"name": "Phishing exercises"}).entry
    counts = {"day": room.measures.today(), "sent": 20, "clicked": 2, "reported": 15}
    room.measures.part_services[1].save(counts, parent_id=entry.id)
    today = room.measures.today()
    figures = {
        each.text: each.value for answers in room.answers for each in answers.measures(today, today)
    }
    assert figures["clicked in phishing exercises"] == 10
    assert figures["reported phishing exercises"] == 75


def test_a_device_is_protected_only_if_both_are_known(room):
    entry = room.devices.save({"name": "Laptop 14", "kind": "laptop"}).entry
    assert entry.state == "unknown"
    entry = room.devices.save({"encrypted": "no"}, entry.id, entry.version).entry
    assert entry.state == "open"
    both = {"encrypted": "yes", "password": "yes"}
    entry = room.devices.save(both, entry.id, entry.version).entry
    assert entry.state == "out"
    lost = room.devices.save({"lost_on": room.devices.today()}, entry.id, entry.version).entry
    assert (lost.state, lost.due) == ("lost", room.devices.today().isoformat())


def test_a_policy_is_reviewed_yearly_twice_then_every_three_years(room, later):
    entry = room.policies.save({"name": "Data protection", "kind": "data_protection"}).entry
    assert entry.state == "draft"
    versions, gaps = room.policies.part_services[0], []
    for number in (1, 2, 3):
        day = room.policies.today()
        version = {"day": day, "called": str(number), "read_again": "yes"}
        versions.save(version, parent_id=entry.id)
        due = dt.date.fromisoformat(room.policies.load(entry.id).due)
        gaps.append(round((due - day).days / 365))
        later(400)
    assert gaps == [1, 1, 3]


def test_who_read_an_older_version_must_read_again_unless_only_words_changed(desk, room, later):
    person = {"kind": "staff", "surname": "Reed", "forename": "Noor", "roles": ("teachers",)}
    noor = desk.people.people.save(person).entry
    values = {"name": "Acceptable use", "kind": "acceptable_use", "readers": ("teachers",)}
    policy = room.policies.save(values).entry

    def version(called, again):
        made = {"day": room.policies.today(), "called": called, "read_again": again}
        room.policies.part_services[0].save(made, parent_id=policy.id)

    def missing():
        (readers,) = room.policies.readers()
        return [each.name for each in readers.missing]

    version("1", "yes")
    assert missing() == ["Noor Reed"]
    room.policies.note_read(policy.id, (noor.id,), room.policies.today(), "sheet")
    assert missing() == []
    later(30)
    version("1a", "no")
    assert missing() == []
    later(30)
    version("2", "yes")
    assert missing() == ["Noor Reed"]


def test_an_audit_is_not_closed_while_a_recommendation_is_open(room):
    today = room.audits.today()
    audit = room.audits.save({"name": "Audit 2026", "kind": "internal", "held_on": today}).entry
    line = {"area": "training", "told": "Train staff", "until": today + dt.timedelta(days=30)}
    action = room.audits.actions.save(line, parent_id=audit.id).entry
    entry = room.audits.load(audit.id)
    assert dt.date.fromisoformat(entry.due) == line["until"]
    with pytest.raises(InvalidEntry):
        room.audits.save({"closed_on": today}, entry.id, entry.version)
    room.audits.actions.save({"closed_on": today}, action.id, action.version)
    entry = room.audits.load(audit.id)
    assert room.audits.save({"closed_on": today}, entry.id, entry.version).entry.state == "closed"


@pytest.mark.parametrize(
    ("values", "tier", "pounds"),
    [
        ({"charity": "yes", "staff": 400}, "1", "52"),
        ({"staff": 10}, "1", "52"),
        ({"turnover": Decimal(632_000), "staff": 30}, "1", "52"),
        ({"turnover": Decimal(632_001), "staff": 11, "charity": "no"}, "2", "78"),
        (
            {"turnover": Decimal(632_001), "staff": 11, "charity": "no", "by_debit": "yes"},
            "2",
            "73",
        ),
        ({"turnover": Decimal(36_000_001), "staff": 251, "charity": "no"}, "3", "3763"),
    ],
)
def test_the_fee_follows_staff_turnover_and_being_a_charity(values, tier, pounds):
    found = fee(values)
    assert found is not None
    assert (found.tier, found.pounds) == (tier, Decimal(pounds))


def test_no_fee_is_guessed():
    assert fee({"staff": 30}) is None
    assert fee({"staff": 30, "turnover": Decimal(5_000_000)}) is None


def test_every_register_can_be_made_listed_and_found_by_its_command(desk, room):
    for service in room.registers:
        wanted = [field for field in service.register.fields if field.required]
        values = {field.name: _some(field, service) for field in wanted}
        entry = service.save(values).entry
        assert service.find(entry.reference).title
        assert service.listing().rows
        assert desk.registers[service.register.key] is service


def _some(field, service):
    if field.default is not None:
        return field.default()
    if field.choices:
        return field.choices[0].code
    return service.today() if field.kind == "date" else "Example"
