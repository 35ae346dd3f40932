"""The evidence: gaps are gaps, the pack names nobody, and a tool that is not ours checks it."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess

import pytest

from dpdesk.errors import DpdeskError
from dpdesk.overview.pack import MANIFEST, PackChoice, PackNames
from dpdesk.overview.pseudonyms import Pseudonyms
from tests.builders import a_request
from tests.papers.reading import text_of


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
    pack = filled.packs.make(
        choice(filled, names=PackNames.INCLUDED, registers=frozenset({"requests"}))
    )
    assert not [name for name in pack.files if name.startswith("registers/assets")]
    text = pack.files["registers/requests.csv"].decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert any("Kacper Wójcik" in cell for cell in rows[1])
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_making_is_in_the_history_with_its_check_sum(filled):
    pack = filled.packs.make(choice(filled))
    again = filled.packs.make(choice(filled, names=PackNames.INCLUDED))
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
    whole = filled.packs.make(choice(filled, names=PackNames.INCLUDED))
    assert whole.left_out == ()
    assert "papers/notices-2-1.pdf" in whole.files


def test_a_report_that_named_nobody_when_it_was_kept_is_looked_at_again(filled):
    today = filled.governance.today()
    filled.governance.keep(today, today, {"short": "Zinnia did well."})
    assert filled.packs.left_out(choice(filled)) == ()
    filled.people.people.save({"kind": "pupil", "surname": "Vole", "forename": "Zinnia"})
    assert len(filled.packs.left_out(choice(filled))) == 1


def cells_of(pack, name):
    return list(csv.reader(pack.files[name].decode("utf-8-sig").splitlines()))


def test_a_pack_with_pseudonyms_names_nobody_and_one_person_is_one_number(filled):
    filled.people.people.save(
        {
            "kind": "parent",
            "surname": "Wójcik",
            "forename": "Danuta",
            "email": "danuta@example.org",
        }
    )
    asked = a_request(
        filled,
        subject="Wójcik, Kacper",
        requester="Danuta Wójcik",
        asked="E-mails of Danuta Wójcik (danuta@example.org, 01632 960123) about Kacper.",
    )
    pack = filled.packs.make(choice(filled, names=PackNames.PSEUDONYMS))
    for name, content in pack.files.items():
        if not name.endswith(".pdf"):
            said = content.decode("utf-8-sig")
            for word in ("Kacper", "Wójcik", "Danuta", "example.org", "960123"):
                assert word not in said, (name, word)
    (pupil,) = [number for number, name in pack.who.items() if "Kacper" in name]
    requests = cells_of(pack, "registers/requests.csv")
    mine = [row for row in requests if row[0] == asked.reference]
    assert any(pupil in cell for row in mine for cell in row)
    assert any(pupil in cell for row in cells_of(pack, "registers/people.csv") for cell in row)
    assert "personal data still" in pack.files["index.html"].decode()


def test_who_is_who_is_a_paper_of_its_own_and_no_part_of_the_pack(filled):
    pack = filled.packs.make(choice(filled, names=PackNames.PSEUDONYMS))
    assert not [name for name in pack.files if "who" in name.lower()]
    said = text_of(filled.packs.who_is_who(pack))
    assert "Kacper Wójcik" in said
    assert pack.sha256 in said.replace("\n", "").replace(" ", "")
    lines = [row[8] for row in cells_of_history(filled)]
    assert any("with pseudonyms" in line for line in lines)


def cells_of_history(desk):
    return cells_of(desk.packs.make(choice(desk, names=PackNames.INCLUDED)), "history.csv")


def test_a_text_keeps_its_sense_and_loses_names_and_numbers(filled):
    people = Pseudonyms(filled.names, ("Dana Pryce",))
    said = people.text(
        "Dana Pryce told Kacper Wójcik (k.w@example.org, 01632 960123, DA1 1AA, B801200005001) on "
        "2026-11-02 about DPC-2026-001. Kacper agreed."
    )
    assert said == (
        "Dana Pryce told Person 1 ([left out], [left out], [left out], [left out]) on 2026-11-02 "
        "about DPC-2026-001. [a name] agreed."
    )
    assert people.person("wojcik, Kacper (Kacp)") == "Person 1"
    for post in ("Head teacher", "School office", "Premises manager", "Bursar"):
        assert people.person(post) == post
    assert dict(people.who) == {"Person 1": "Kacper Wójcik"}


def test_nothing_typed_about_a_person_on_record_is_in_a_pack_with_pseudonyms(desk):
    values = {
        "kind": "staff",
        "surname": "Invented",
        "forename": "Quilla",
        "post": "Head of Falconry",
    }
    desk.people.people.save(values)
    officer = {"kind": "parent", "surname": "Pryce", "forename": "Dana"}
    desk.people.people.save(officer)
    pack = desk.packs.make(choice(desk, names=PackNames.PSEUDONYMS))
    assert "Pryce" not in pack.files["registers/people.csv"].decode()
    (_, row, _) = cells_of(pack, "registers/people.csv")
    assert "Falconry" not in " ".join(row)
    assert row[5] == "Person 1"
