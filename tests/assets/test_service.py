"""The register as it is kept: parts, reviews with owners, rights, the meter, and speed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import true

from dpdesk.assets import pick_lists
from dpdesk.assets.records import Asset
from dpdesk.errors import InvalidEntry, StaleEntry
from dpdesk.registers.entries import Query
from tests.assets.conftest import TODAY
from tests.builders import statements


def test_a_name_is_enough_to_begin(asset):
    entry = asset()
    assert entry.reference == "AS-2026-001"
    assert entry.state == "gaps"
    assert entry.due == "2027-02-20", "to be confirmed with its owner within three months"


def test_questions_of_the_law_are_asked_only_of_personal_data(assets):
    def asked(**values):
        return {field.name for field in assets.register.fields if field.applies(values)}

    assert not asked(personal="no") & {"role", "people_kinds", "transfers", "dpia_screened"}
    assert asked(personal="yes") >= {"role", "people_kinds", "transfers", "dpia_screened"}
    assert "joint" in asked(personal="yes", role="joint")
    assert "countries" in asked(personal="yes", transfers="yes")
    assert "policy_document" in asked(personal="yes", data_kinds=("medical",))
    assert "policy_document" not in asked(personal="yes", data_kinds=("contact",))


def test_questions_of_a_purpose_follow_from_its_basis(assets):
    def asked(**values):
        return {field.name for field in assets.purposes.register.fields if field.applies(values)}

    assert "interests" in asked(basis="legitimate_interests")
    assert "recognised" in asked(basis="recognised_interest")
    assert {"can_withdraw", "consent_record"} <= asked(basis="consent")
    assert "interests" not in asked(basis="contract")
    assert "art9" in asked(uses_special="yes")
    assert "art9" not in asked(uses_special="no")


def test_a_system_that_is_not_there_is_refused(asset):
    with pytest.raises(InvalidEntry) as refused:
        asset(systems=("SY-2020-009",))
    assert refused.value.problems == {"systems": "There is no system SY-2020-009."}


def test_rights_follow_from_all_bases_together(assets, asset):
    entry = asset({"basis": "contract"}, {"basis": "legitimate_interests"}, personal="yes")
    labels = {right.label for right in assets.rights(entry)}
    assert {"Portability", "To object"} <= labels
    assert assets.rights(asset(personal="no")) == ()


def test_systems_and_assets_are_linked_from_both_ends(desk, asset, system):
    here = system()
    entry = asset(systems=(here.reference,))
    (there,) = desk.links.of_entry("systems", here.id)
    assert (there.reference, there.label) == (entry.reference, "In which systems?")
    assert [link.reference for link in desk.links.of_entry("assets", entry.id)] == [here.reference]


def test_the_meter_counts_the_whole_register(assets, asset, whole):
    assert assets.meter().share == 1.0, "an empty register lacks nothing"
    whole()
    one = assets.meter()
    assert (one.entries, one.complete, one.share) == (1, 1, 1.0)
    asset()
    two = assets.meter()
    assert (two.entries, two.complete) == (2, 1)
    assert two.asked > two.answered
    entry = assets.load(2)
    assets.archive(entry.id, entry.version)
    assert assets.meter() == one


# --- reviews with the owners -----------------------------------------------------------------


def test_a_signed_review_moves_the_next_one_on(assets, asset):
    entry = asset(owner="Bursar")
    saved = assets.confirm(entry.id, entry.version, "Robin Sample", note="Box 3 is gone.")
    assert saved.entry.due == "2027-11-20"
    assert saved.entry.values["confirmed"] == TODAY
    (review,) = assets.reviews.parts(entry.id)
    assert review.values == {
        "day": TODAY,
        "with_whom": "Robin Sample",
        "outcome": "confirmed",
        "note": "Box 3 is gone.",
    }
    assert ("assets", entry.id) in saved.changes.entries


def test_an_entry_that_changed_meanwhile_is_not_signed_off(assets, asset, change):
    entry = asset(owner="Bursar")
    change(entry, owner="Head teacher")
    with pytest.raises(StaleEntry):
        assets.confirm(entry.id, entry.version, "Bursar")
    assert assets.reviews.parts(entry.id) == ()


def test_nothing_is_signed_off_for_the_future_or_with_nobody(assets, asset):
    entry = asset()
    with pytest.raises(InvalidEntry):
        assets.confirm(entry.id, entry.version, "Bursar", day=dt.date(2026, 12, 1))
    with pytest.raises(InvalidEntry):
        assets.confirm(entry.id, entry.version, " ")
    assert assets.load(entry.id) == entry


def test_a_review_noted_by_hand_counts_as_well(assets, asset):
    entry = asset()
    answers = {"day": dt.date(2026, 11, 1), "with_whom": "Bursar", "outcome": "changed"}
    assets.reviews.save(answers, parent_id=entry.id)
    assert assets.load(entry.id).due == "2027-11-01"


def test_an_older_review_does_not_move_the_next_one_back(assets, asset):
    entry = asset(confirmed=TODAY)
    saved = assets.confirm(entry.id, entry.version, "Bursar", day=dt.date(2026, 3, 1))
    assert saved.entry.values["confirmed"] == TODAY
    assert saved.entry.due == "2027-11-20"


def test_each_owner_is_offered_once_and_nobody_is_no_owner(assets, asset):
    for owner in ("Bursar", "Bursar", None, "admissions"):
        asset(owner=owner)
    assert assets.owners() == ("admissions", "Bursar")


# --- the four answers ------------------------------------------------------------------------


def test_reviews_become_duties_a_month_ahead(desk, asset):
    asset(name="Fees", owner="Bursar", confirmed=dt.date(2025, 12, 21), review_months=12)
    asset(name="Payroll", owner="Bursar", confirmed=dt.date(2025, 12, 22), review_months=12)
    duties = [d for g in desk.overview.duties() for d in g.duties if d.register == "assets"]
    assert [(d.text, d.due) for d in duties] == [
        ("Review “Fees” with Bursar", dt.date(2026, 12, 21))
    ]


def test_accounts_and_contracts_become_duties(desk, assets, system):
    bound = {"processor": "yes", "contract": "yes", "contract_end": dt.date(2027, 2, 1)}
    entry = system(**bound)
    look = {"day": dt.date(2026, 6, 1), "leavers": "yes", "idle": 0}
    assets.systems.access_reviews.save(look, parent_id=entry.id)
    duties = [d for g in desk.overview.duties() for d in g.duties if d.register == "systems"]
    assert [(d.text, d.due, d.place) for d in duties] == [
        ("Review access to School database", dt.date(2026, 12, 1), "access"),
        (
            "The contract for School database ends: renew it or move the data",
            dt.date(2027, 2, 1),
            "supplier",
        ),
    ]


def test_leavers_who_still_have_accounts_are_due_at_once(assets, system):
    entry = system()
    look = {"day": dt.date(2026, 6, 1), "leavers": "no", "idle": 0}
    assets.systems.access_reviews.save(look, parent_id=entry.id)
    assert assets.systems.load(entry.id).due == "2026-06-01"
    again = {"day": dt.date(2026, 11, 2), "leavers": "yes", "idle": 0}
    assets.systems.access_reviews.save(again, parent_id=entry.id)
    assert assets.systems.load(entry.id).due == "2027-05-02"


def test_figures_and_proof(assets, whole, asset, system):
    from dpdesk.assets.duties import AssetAnswers, SystemAnswers

    entry = whole()
    asset()
    assets.confirm(entry.id, entry.version, "Bursar")
    here = system()
    look = {"day": TODAY, "idle": 3, "idle_closed": 2}
    assets.systems.access_reviews.save(look, parent_id=here.id)
    answers, of_systems = AssetAnswers(assets), SystemAnswers(assets.systems)
    figures = {m.text: m.value for m in answers.measures(TODAY, TODAY)}
    figures |= {m.text: m.value for m in of_systems.measures(TODAY, TODAY)}
    assert figures["information assets"] == 2
    assert figures["of these with personal data"] == 1
    assert figures["assets in order"] == 1
    assert figures["record of processing questions answered"] < 100
    assert figures["assets reviewed with their owners"] == 1
    assert figures["unused accounts closed"] == 2
    assert not any(
        m.value
        for m in of_systems.measures(dt.date(2020, 1, 1), dt.date(2020, 1, 2))
        if m.text != "systems"
    )
    proof = {each.clause: each.references for each in answers.evidence()}
    assert proof["4.6(a)"] == ("AS-2026-001", "AS-2026-002")
    assert proof["8.1"] == proof["8.5"] == ("AS-2026-001",)
    assert "8.4" not in proof


# --- systems ---------------------------------------------------------------------------------


def test_a_contract_cannot_end_before_it_begins(system):
    with pytest.raises(InvalidEntry) as refused:
        system(contract_start=TODAY, contract_end=dt.date(2026, 1, 1))
    assert "contract_end" in refused.value.problems


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"accounts": 3, "idle": 4}, "idle"), ({"idle": 1, "idle_closed": 2}, "idle_closed")],
)
def test_numbers_of_accounts_that_cannot_be_are_refused(assets, system, wrong, field):
    with pytest.raises(InvalidEntry) as refused:
        assets.systems.access_reviews.save({"day": TODAY, **wrong}, parent_id=system().id)
    assert field in refused.value.problems


# --- many ------------------------------------------------------------------------------------


def test_many_are_read_and_worked_out_afresh_with_as_few_statements_as_one(
    desk, assets, whole, system
):
    here = system(processor="yes")
    whole(systems=(here.reference,))
    work = [
        assets.with_around,
        lambda: assets.listing(Query()),
        desk.assets.ropa.export,
    ]
    one = [statements(desk, each) for each in work]

    def afresh():
        with desk.workspace.database.changing() as change:
            assets.refresh_where(change, true())

    once = statements(desk, afresh)
    for _ in range(5):
        whole({}, {"basis": "consent"}, systems=(here.reference,))
    assert [statements(desk, each) for each in work] == one
    assert statements(desk, afresh) == once


def test_working_out_afresh_writes_only_what_differs(desk, assets, whole):
    entry = whole()
    with desk.workspace.database.changing() as change:
        row = change.session.get(Asset, entry.id)
        row.found = ("no_owner",)
    whole()
    assert assets.listing(Query()).counts["no_owner"] == 1
    assert assets.refresh_all().entries == {("assets", entry.id)}
    assert assets.listing(Query()).counts["no_owner"] == 0
    assert assets.load(entry.id).version == entry.version, "nobody changed an answer"


def test_another_list_of_law_is_followed_at_the_next_opening(desk, assets, whole, monkeypatch):
    """Lists are corrected without a programmer, and another version may know other rules."""
    from dpdesk.desk import Desk
    from tests.builders import PASSPHRASE

    entry = whole()
    with desk.workspace.database.changing() as change:
        change.session.get(Asset, entry.id).found = ("no_owner",)
    folder = desk.workspace.folder
    desk.close()
    again = Desk.open(folder, PASSPHRASE, now=desk.now)
    counted = again.assets.assets.counts()["no_owner"]
    again.close()
    assert counted == 1, "nothing changed, so nothing is worked out"
    monkeypatch.setattr(pick_lists, "fingerprint", lambda: "of another version")
    for _ in range(2):
        again = Desk.open(folder, PASSPHRASE, now=desk.now)
        assert again.assets.assets.counts()["no_owner"] == 0
        again.close()
