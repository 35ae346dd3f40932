"""Every finding can be produced, is told with reason and source, is mended, and vanishes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dpdesk.assets.pick_lists import gaps, system_gaps
from dpdesk.registers.entries import Query
from tests.assets.conftest import TODAY

SENSITIVE: dict[str, Any] = {
    "data_kinds": ("contact", "medical"),
    "dpia_screened": TODAY,
    "dpia_required": "no",
}
CONDITION = {"uses_special": "yes", "art9": "substantial", "sch1": "safeguarding", "necessary": "x"}

# For each finding: the asset's answers and its purpose that produce it, and what mends it.
CASES: dict[str, tuple[Any, Any, Any, Any]] = {
    "no_owner": ({"owner": None}, {}, {"owner": "Bursar"}, {}),
    "unsure": ({"personal": "unknown"}, {}, {"personal": "yes"}, {}),
    "no_basis": ({}, {"basis": None}, {}, {"basis": "legal_obligation"}),
    "habit": ({}, {"basis": "public_task"}, {}, {"basis": "legal_obligation"}),
    "no_consent_record": (
        {},
        {"basis": "consent", "can_withdraw": "yes"},
        {},
        {"consent_record": "Folder"},
    ),
    "no_condition": (SENSITIVE, {}, {}, {"uses_special": "yes", "art9": "consent"}),
    "no_policy_document": (SENSITIVE, CONDITION, {"policy_document": "Folder"}, {}),
    "no_lia": ({}, {"basis": "legitimate_interests"}, {}, {"lia_done": TODAY}),
    "no_safeguard": ({"transfers": "yes"}, {}, {"safeguards": ("idta",)}, {}),
    "no_retention": ({"retention_rule": None}, {}, {"retention_rule": 1}, {}),
    "not_followed": ({"retention_kept": "no"}, {}, {"retention_why": "Old boxes."}, {}),
    "no_screening": ({"large_scale": "yes"}, {}, {"dpia_screened": TODAY}, {}),
    "no_dpia": (
        {"dpia_screened": TODAY, "dpia_required": "yes", "dpia_progress": "draft"},
        {},
        {"dpia_progress": "done"},
        {},
    ),
    "no_contract": ({"processors": "Dummy Mail Ltd"}, {}, {"contract": "Drawer 3"}, {}),
    "overdue": ({"confirmed": dt.date(2025, 1, 7)}, {}, {"confirmed": TODAY}, {}),
}


def test_contract_alone_is_no_basis_for_what_is_held_about_pupils(whole, keys, assets):
    entry = whole({"basis": "contract"})
    assert keys(entry) == ["habit"]
    assert "parents" in assets.findings_of(entry)[0].reason


@pytest.mark.parametrize(
    ("people", "bases"),
    [
        (("parents",), ["contract"]),
        (("staff",), ["contract"]),
        (("pupils", "parents"), ["contract", "legal_obligation"]),
    ],
)
def test_contract_holds_for_those_who_have_one(whole, keys, people, bases):
    entry = whole(*({"basis": basis} for basis in bases), people_kinds=people)
    assert keys(entry) == []


@pytest.mark.parametrize(
    ("purpose", "values", "found"),
    [
        ({"basis": "recognised_interest", "recognised": "safeguarding"}, {}, ["habit"]),
        ({}, {}, []),
        ({"uses_special": "yes", "art9": "vital"}, {"data_kinds": ("medical",)}, ["habit"]),
        ({"uses_special": "yes", "art9": "consent"}, {"data_kinds": ("medical",)}, []),
    ],
)
def test_what_a_computer_alone_may_not_decide_is_found(whole, keys, purpose, values, found):
    screened = {"dpia_screened": TODAY, "dpia_required": "no"}
    entry = whole(purpose, automated="yes", automated_words="Sorting", **screened, **values)
    assert keys(entry) == found
    by_people = whole(purpose, **screened, **values)
    assert keys(by_people) == []


def counted(assets, key):
    return assets.listing(Query(chip=key)).counts[key], len(assets.listing(Query(chip=key)).rows)


@pytest.mark.parametrize("key", CASES)
def test_a_finding_is_produced_opened_mended_and_gone(assets, whole, change, keys, key):
    values, purpose, mended, mended_purpose = CASES[key]
    whole()
    entry = whole(purpose, **values)
    assert keys(entry) == [key]
    assert counted(assets, key) == (1, 1)
    (found,) = assets.findings_of(entry)
    assert found.reason.endswith((".", "?"))
    assert found.gap.source
    assert found.gap.mend

    if mended:
        change(entry, **mended)
    if mended_purpose:
        (part,) = assets.purposes.parts(entry.id)
        assets.purposes.save(mended_purpose, part.id, part.version)
    assert keys(entry) == []
    assert counted(assets, key) == (0, 0)


def test_every_finding_of_the_list_is_tried():
    assert set(CASES) == set(gaps())


def test_an_asset_about_which_all_is_known_is_in_order(assets, whole):
    entry = whole()
    assert entry.state == "complete"
    assert assets.completeness(entry)[0] == assets.completeness(entry)[1]
    assert assets.missing(entry.values) == ()


def test_consent_that_cannot_be_withdrawn_is_a_habit_too(whole, keys):
    stuck = {"basis": "consent", "can_withdraw": "no", "consent_record": "Folder"}
    assert keys(whole(stuck)) == ["habit"]


def test_a_law_that_gives_the_task_justifies_public_task(whole, keys):
    assert keys(whole({"basis": "public_task", "task_law": "Example Act 2020 s.1"})) == []


def test_criminal_offence_data_need_a_condition_of_schedule_1(assets, whole, keys):
    checks = {**SENSITIVE, "data_kinds": ("dbs",), "policy_document": "Folder"}
    entry = whole({}, **checks)
    assert keys(entry) == ["no_condition"]
    assert "Schedule 1" in assets.findings_of(entry)[0].reason
    assert keys(whole({"uses_special": "yes", "sch1": "employment"}, **checks)) == []


def test_some_conditions_of_article_9_need_one_of_schedule_1_beside_them(assets, whole, keys):
    entry = whole({"uses_special": "yes", "art9": "employment"}, **SENSITIVE)
    assert keys(entry) == ["no_condition"]
    assert "Schedule 1" in assets.findings_of(entry)[0].reason


def test_a_purpose_that_needs_no_special_data_needs_no_condition(whole, keys):
    assert keys(whole({"uses_special": "no"}, **SENSITIVE)) == []


def test_what_holds_no_personal_data_is_asked_for_none_of_it(whole, keys):
    entry = whole({"basis": None}, personal="no", retention_rule=None, transfers="yes")
    assert keys(entry) == []
    assert entry.state == "complete"


def test_a_review_is_overdue_the_morning_after_without_any_saving(assets, whole, keys, clock):
    entry = whole(confirmed=TODAY, review_months=1)
    assert entry.due == "2026-12-20"
    clock.on(dt.date(2026, 12, 20))
    assert counted(assets, "overdue") == (0, 0), "on the day itself there is still time"
    clock.on(dt.date(2026, 12, 21))
    assert counted(assets, "overdue") == (1, 1)
    assert keys(entry) == ["overdue"]


def test_a_contract_of_a_system_that_ends_is_found_the_morning_after(
    desk, assets, whole, system, keys, clock
):
    bound = {"processor": "yes", "contract": "yes", "contract_end": dt.date(2026, 12, 31)}
    entry = whole(systems=(system(**bound, terms_checked=TODAY).reference,), confirmed=TODAY)
    assert keys(entry) == []
    clock.on(dt.date(2027, 1, 1))
    assert keys(entry) == ["no_contract"]
    assert counted(assets, "no_contract") == (1, 1)
    assert counted(assets.systems, "ended") == (1, 1)


def test_what_is_mended_at_the_system_is_mended_at_its_assets(assets, whole, system, keys):
    here = system(processor="yes", stored="elsewhere", country="United States")
    entry = whole(systems=(here.reference,))
    assert keys(entry) == ["no_safeguard", "no_contract"]
    answers = {"contract": "yes", "safeguards": ("addendum",)}
    saved = assets.systems.save(answers, here.id, here.version)
    assert ("assets", entry.id) in saved.changes.entries
    assert keys(entry) == []
    assert counted(assets, "no_contract") == (0, 0)


def test_a_system_put_out_of_sight_no_longer_counts(assets, whole, system, keys):
    here = system(processor="yes")
    entry = whole(systems=(here.reference,))
    assert keys(entry) == ["no_contract"]
    assets.systems.archive(here.id, here.version)
    assert keys(entry) == []
    assert counted(assets, "no_contract") == (0, 0)


def test_a_purpose_put_out_of_sight_no_longer_counts(assets, whole, keys):
    entry = whole({}, {"basis": "legitimate_interests"})
    assert keys(entry) == ["no_lia"]
    part = assets.purposes.parts(entry.id)[1]
    assets.purposes.archive(part.id, part.version)
    assert keys(entry) == []
    assert counted(assets, "no_lia") == (0, 0)


def test_filters_and_entries_never_disagree(assets, asset, whole, system):
    whole()
    asset()
    asset({"basis": "public_task"}, personal="yes", systems=(system(processor="yes").reference,))
    asset(personal="yes", data_kinds=("send",), transfers="yes", processors="Dummy Ltd")
    listing = assets.listing()
    entries = [assets.load(listing.id(row)) for row in range(len(listing.rows))]
    for key in gaps():
        having = [e for e in entries if key in {f.key for f in assets.findings_of(e)}]
        assert listing.counts[key] == len(having), key


# --- systems ---------------------------------------------------------------------------------

ORDER = {"owner": "Bursar", "what": "Lists", "stored": "uk", "accounts": "yes", "admins": "Bursar"}
BOUND = {"processor": "yes", "contract": "yes", "terms_checked": TODAY}
LOOK = {"day": dt.date(2026, 11, 2), "by_whom": "Bursar", "leavers": "yes", "idle": 0}

# Answers and the latest look that produce the finding, and what mends it.
SYSTEM_CASES: dict[str, tuple[Any, Any, Any, Any]] = {
    "no_contract": ({**BOUND, "contract": "no"}, LOOK, {"contract": "yes"}, {}),
    "ended": (
        {**BOUND, "contract_end": dt.date(2026, 11, 19)},
        LOOK,
        {"contract_end": dt.date(2027, 11, 19)},
        {},
    ),
    "terms": ({**BOUND, "terms_checked": None}, LOOK, {"terms_checked": TODAY}, {}),
    "no_admin": ({"admins": None}, LOOK, {"admins": "Bursar"}, {}),
    "abroad": ({"stored": "eea", "country": "Ireland"}, LOOK, {"safeguards": ("adequacy",)}, {}),
    "never": ({}, None, {}, LOOK),
    "leavers": ({}, {**LOOK, "leavers": "no"}, {}, {**LOOK, "day": TODAY}),
    "idle": ({}, {**LOOK, "idle": 3, "idle_closed": 1}, {}, {**LOOK, "day": TODAY}),
    "access_overdue": ({}, {**LOOK, "day": dt.date(2026, 5, 1)}, {}, LOOK),
}


@pytest.mark.parametrize("key", SYSTEM_CASES)
def test_a_finding_of_a_system_is_produced_opened_mended_and_gone(assets, system, key):
    values, look, mended, mended_look = SYSTEM_CASES[key]
    systems = assets.systems
    entry = system(**{"processor": "no", **ORDER, **values})
    if look:
        systems.access_reviews.save(look, parent_id=entry.id)
    assert [each.key for each in systems.findings_of(systems.load(entry.id))] == [key]
    assert counted(systems, key) == (1, 1)
    if mended:
        entry = systems.load(entry.id)
        systems.save(mended, entry.id, entry.version)
    if mended_look:
        systems.access_reviews.save(mended_look, parent_id=entry.id)
    assert systems.findings_of(systems.load(entry.id)) == ()
    assert counted(systems, key) == (0, 0)
    assert systems.load(entry.id).state == "complete"


def test_every_finding_of_systems_is_tried():
    assert set(SYSTEM_CASES) == set(system_gaps())


def test_home_counts_findings_of_assets_and_systems(desk, asset, system):
    asset()
    asset()
    system(processor="yes")
    said = {(f.register, f.chip): f for f in desk.overview.findings()}
    assert said["assets", "no_owner"].count == 2
    assert said["assets", "no_owner"].said == "assets without an owner"
    assert said["systems", "no_contract"].said.startswith("supplier that processes")
    assert "check with your adviser" in said["systems", "no_contract"].source
