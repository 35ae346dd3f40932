"""The starter set: offered, accepted, changed or left out."""

from __future__ import annotations

import pytest

from dpdesk.assets.ropa_columns import HEADINGS
from dpdesk.errors import InvalidEntry, NotFound
from dpdesk.law.retention_periods import shipped


def test_about_twenty_five_records_are_offered_with_their_sources(assets):
    found = assets.starters()
    assert 22 <= len(found) <= 30
    assert len({each.key for each in found}) == len(found) == len({each.name for each in found})
    assert all(each.source for each in found)
    assert all(bool(each.caution) == (each.confidence != "C") for each in found)
    assert not any(each.accepted_as for each in found)


def test_all_of_them_can_be_accepted_at_once(assets):
    assert len(assets.accept(each.key for each in assets.starters()).entries) == len(
        assets.starters()
    )


def test_an_independent_school_has_no_public_task(assets):
    bases = [p["basis"] for each in assets.starters() for p in each.purposes]
    assert "public_task" not in bases
    assert {"contract", "legal_obligation", "legitimate_interests", "consent"} <= set(bases)
    assert {"recognised_interest", "vital_interests"} <= set(bases)


CHILDREN = {"pupils", "former_pupils", "prospective", "students", "children"}


def test_contract_is_no_basis_for_data_of_children_who_are_no_party_to_it(assets):
    for each in assets.starters():
        if CHILDREN & set(each.answers.get("people_kinds", ())):
            assert "contract" not in {p["basis"] for p in each.purposes}, each.key


@pytest.mark.parametrize(
    "key",
    ["pupil_files", "applications", "reports", "exams", "send", "health", "behaviour", "trips"],
)
def test_families_are_told_that_they_may_object_and_that_an_assessment_is_owed(desk, assets, key):
    assets.accept([key])
    told = [row["Rights available to individuals"] for row in ropa_rows(desk)]
    assert any("To object" in each for each in told)
    assert not any("Portability" in each for each in told)
    assert "no_lia" in {each.key for each in assets.findings_of(assets.load(1))}


def test_parents_themselves_have_a_contract(desk, assets):
    assets.accept(["fees"])
    assert "Portability" in ropa_rows(desk)[0]["Rights available to individuals"]


def ropa_rows(desk):
    """The rows of the regulator's template, by heading."""
    return [dict(zip(HEADINGS, row, strict=True)) for _, _, row in desk.assets.ropa.rows()]


def special_of(assets, key):
    """Condition of Art 9 and of Schedule 1 of each purpose that needs one."""
    found = next(each for each in assets.starters() if each.key == key)
    return [
        (p.get("art9"), p.get("sch1")) for p in found.purposes if p.get("uses_special") == "yes"
    ]


def test_what_a_kitchen_or_a_trip_leader_knows_is_not_the_care_of_a_professional(assets):
    assert special_of(assets, "trips") == [("substantial", "safeguarding")]
    kitchen, nurse, emergency = special_of(assets, "health")
    assert kitchen == ("substantial", "safeguarding")
    assert nurse == ("care", "care")
    assert emergency == ("vital", None)


def test_codes_of_absence_tell_of_illness_and_religion(assets):
    register = next(each for each in assets.starters() if each.key == "attendance")
    assert {"medical", "religion"} <= set(register.answers["data_kinds"])
    assert special_of(assets, "attendance") == [("substantial", "statutory")]


def test_checks_of_criminal_records_have_no_condition_of_article_9(desk, assets):
    assets.accept(["central_record"])
    row = ropa_rows(desk)[0]
    assert row["Article 9 condition for processing special category data"] == ""
    assert row["Data Protection Act 2018 Schedule 1 Condition for processing"]
    assert assets.listing().counts["no_condition"] == 0


def test_the_record_of_restraint_is_offered_with_the_standard_that_asks_for_it(desk, assets):
    desk.retention.schedule.adopt_defaults(["S08"])
    assets.accept(["restraint"])
    entry = assets.load(1)
    assert "16A" in assets.purposes.parts(1)[0].values["justification"]
    assert desk.retention.schedule.load(entry.values["retention_rule"]).values["code"] == "S08"


def test_accepted_ones_have_a_basis_a_condition_and_an_owner(assets):
    assets.accept(each.key for each in assets.starters())
    counts = assets.listing().counts
    for key in ("no_basis", "habit", "no_condition", "no_owner", "unsure", "no_safeguard"):
        assert counts[key] == 0, key


def test_what_only_the_school_can_know_is_left_open(assets):
    assets.accept(["cctv"])
    found = {each.key for each in assets.findings_of(assets.load(1))}
    assert {"no_lia", "no_screening", "no_retention"} <= found


def test_what_was_accepted_is_marked_and_not_made_twice(assets):
    assets.accept(["pupil_files", "cctv"])
    marked = {each.key: each.accepted_as for each in assets.starters() if each.accepted_as}
    assert marked == {"pupil_files": "AS-2026-001", "cctv": "AS-2026-002"}
    assert assets.accept(["pupil_files", "payroll", "payroll"]).entries == {("assets", 3)}
    assert assets.meter().entries == 3


def test_one_can_be_changed_while_it_is_accepted(assets):
    assets.accept(["cctv"], {"cctv": {"owner": "Caretaker", "form": "paper"}})
    entry = assets.load(1)
    assert entry.values["owner"] == "Caretaker"
    assert entry.values["monitoring"] == "yes"
    assert len(assets.purposes.parts(1)) == 1


def test_all_are_accepted_or_none(assets):
    with pytest.raises(NotFound):
        assets.accept(["cctv", "umbrellas"])
    with pytest.raises(InvalidEntry):
        assets.accept(["payroll", "cctv"], {"cctv": {"form": "stone"}})
    assert assets.meter().entries == 0


def test_every_class_of_retention_in_the_set_is_shipped(assets):
    codes = {each.retention for each in assets.starters() if each.retention}
    assert codes <= set(shipped())


def test_classes_are_chosen_from_the_schedule(desk, assets):
    desk.retention.schedule.adopt_defaults(["P04"])
    assets.accept(["pupil_files"])
    rule = assets.load(1).values["retention_rule"]
    assert desk.retention.schedule.load(rule).values["code"] == "P04"


def test_an_asset_gets_its_class_when_the_schedule_comes_later(desk, assets):
    assets.accept(["pupil_files", "payroll", "photographs"])
    assert assets.listing().counts["no_retention"] == 3
    changes = desk.retention.schedule.adopt_defaults()
    assert ("assets", 1) in changes.entries
    assert assets.listing().counts["no_retention"] == 0
    assert assets.history(1)[0].why == "The class is in the retention schedule now"


def test_a_class_that_was_taken_out_by_hand_does_not_come_back(desk, assets, change):
    desk.retention.schedule.adopt_defaults(["P04"])
    assets.accept(["pupil_files"])
    entry = change(assets.load(1), retention_rule=None)
    rule = desk.retention.schedule.find("RR-2026-001")
    desk.retention.schedule.save({"note": "Looked at"}, rule.id, rule.version)
    assert "retention_rule" not in assets.load(entry.id).values


def test_every_answer_of_a_typical_record_is_one_that_the_form_offers(assets):
    offered = {
        field.name: {choice.code for choice in field.choices}
        for field in assets.register.fields
        if field.choices
    }
    for starter in assets.starters():
        for name, answer in starter.answers.items():
            given = set(answer) if isinstance(answer, tuple | list) else {answer}
            assert given <= offered.get(name, given), (starter.key, name)
