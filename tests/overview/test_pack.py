"""The evidence: gaps are gaps, the pack names nobody, and a tool that is not ours checks it."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess

import pytest

from dpdesk.errors import DpdeskError
from dpdesk.overview.pack import MANIFEST, PackChoice
from tests.builders import a_request


@pytest.fixture
def filled(desk):
    desk.people.people.save({"kind": "pupil", "surname": "Wójcik", "forename": "Kacper"})
    a_request(desk, subject="Kacper Wójcik")
    a_request(desk, subject="=Kacper Wójcik", kind="complaint")
    values = {"name": "Files of Kacper", "personal": "yes", "people_kinds": ("pupils",)}
    asset = desk.assets.assets.save(values).entry
    purpose = {"purpose": "Teaching", "basis": "legal_obligation"}
    desk.assets.assets.purposes.save(purpose, parent_id=asset.id)
    return desk


def choice(desk, **more):
    today = desk.packs.today()
    return PackChoice(today - dt.timedelta(days=365), today, **more)


def of(desk, clause):
    return next(each for each in desk.evidence.clauses() if each.clause == clause)


def test_an_empty_workspace_proves_nothing(desk):
    proved = [each.clause for each in desk.evidence.clauses() if each.proved]
    assert proved == []


def test_requests_assets_and_complaints_prove_their_clauses(filled):
    assert of(filled, "17").proofs[0].references == ("DPC-2026-001",)
    assert not of(filled, "4.6(l)").gap
    assert of(filled, "11.1").gap
    assert of(filled, "5.2").gap, "a basis without its reason is no proof"
    assets = filled.assets.assets
    number = assets.listing().id(0)
    (part,) = assets.purposes.parts(number)
    why = {"justification": "The Education Act asks for it"}
    assets.purposes.save(why, part.id, part.version, parent_id=number)
    assert not of(filled, "5.2").gap


def test_two_notices_are_asked_for_and_one_is_not_enough(desk):
    desk.assurance.notices.save({"name": "For parents", "audience": "parents"})
    assert not of(desk, "9.1").gap
    assert of(desk, "9.5").gap
    desk.assurance.notices.save({"name": "For pupils", "audience": "pupils"})
    assert not of(desk, "9.5").gap


def test_every_clause_belongs_to_a_category_and_to_one_only(desk):
    clauses = desk.evidence.clauses()
    categories = desk.evidence.categories(clauses)
    assert len(categories) == 10
    shown = [each.clause for c in categories for each in (*c.proved, *c.lacking, *c.resting)]
    assert sorted(shown) == sorted(each.clause for each in clauses if not each.explains)


def test_the_pack_names_nobody_and_is_checked_by_a_tool_that_is_not_ours(filled, tmp_path):
    pack = filled.packs.make(choice(filled))
    for name, content in pack.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
        if not name.endswith(".pdf"):
            assert "Kacper" not in content.decode("utf-8-sig"), name
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is not installed")
    run = [tool, "--strict", "-c", MANIFEST]
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "history.csv").write_bytes(b"changed")
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 1
    index = pack.files["index.html"].decode()
    for name in pack.files:
        assert name == "index.html" or f'href="{name}"' in index, name


def test_what_was_typed_is_there_where_it_was_chosen_and_is_no_formula(filled):
    pack = filled.packs.make(choice(filled, with_personal=True, registers=frozenset({"requests"})))
    assert not [name for name in pack.files if name.startswith("registers/assets")]
    text = pack.files["registers/requests.csv"].decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert any("Kacper Wójcik" in cell for cell in rows[1])
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_making_is_in_the_history_with_its_check_sum(filled):
    pack = filled.packs.make(choice(filled))
    again = filled.packs.make(choice(filled, with_personal=True))
    text = again.files["history.csv"].decode("utf-8-sig")
    assert "evidence pack" in text
    assert pack.sha256 in text
    assert filled.check().problems == ()


def test_a_period_backwards_and_an_unknown_register_are_refused(desk):
    today = desk.packs.today()
    with pytest.raises(DpdeskError, match="before it begins"):
        desk.packs.make(PackChoice(today, today - dt.timedelta(days=1)))
    with pytest.raises(DpdeskError, match="no register called"):
        desk.packs.make(choice(desk, registers=frozenset({"nothing"})))


def test_a_kept_paper_that_names_somebody_is_left_out_and_said_to_be(filled):
    notices = filled.assurance.notices
    for name in ("For parents", "For Kacper’s parents"):
        entry = notices.save({"name": name, "audience": "parents"}).entry
        notices.approve(entry.id, entry.version, "Dana Pryce")
    wanted = choice(filled)
    (left,) = filled.packs.left_out(wanted)
    assert "PN-" in left
    pack = filled.packs.make(wanted)
    assert pack.left_out == (left,)
    assert [name for name in pack.files if name.startswith("papers/")] == ["papers/notices-1-1.pdf"]
    assert "Papers left out of this pack" in pack.files["index.html"].decode()
    whole = filled.packs.make(choice(filled, with_personal=True))
    assert whole.left_out == ()
    assert "papers/notices-2-1.pdf" in whole.files


def test_a_report_that_named_nobody_when_it_was_kept_is_looked_at_again(filled):
    today = filled.governance.today()
    filled.governance.keep(today, today, {"short": "Zinnia did well."})
    assert filled.packs.left_out(choice(filled)) == ()
    filled.people.people.save({"kind": "pupil", "surname": "Vole", "forename": "Zinnia"})
    assert len(filled.packs.left_out(choice(filled))) == 1
