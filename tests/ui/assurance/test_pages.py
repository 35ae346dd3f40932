"""The assurance tab: a quarter by keys, a notice that follows the register, usual drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dpdesk.assurance.policy_records import PolicyReading, PolicyVersion
from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.assurance import (
    AuditsRoom,
    AwarenessRoom,
    DevicesRoom,
    DpiasRoom,
    LookAgainPage,
    NoticesRoom,
    PoliciesRoom,
    ReportsPage,
    RisksRoom,
    SharingRoom,
)
from ui.assurance.audits_room import RatingsDialog
from ui.assurance.usual_dialog import UsualDialog
from ui.kit.pieces.badges import BadgeLabel
from ui.kit.register.signed_dialog import SignedDialog


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office_of(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Any]:
    opened = []

    def open_it(room: Any) -> Office:
        made = open_office(template, tmp_path / "ws", qapp, qtbot, room)
        opened.append(made)
        return made.__enter__()

    yield open_it
    for made in opened:
        made.__exit__(None, None, None)


def test_usual_risks_come_in_as_drafts_once(office_of):
    office = office_of(RisksRoom)
    names = [each.name for each in office.desk.assurance.usual.of("risks")]

    def tick_all(dialog: UsualDialog) -> bool:
        dialog.tick_all()
        return True

    office.room.run = tick_all
    office.room.offer_usual()
    assert office.desk.assurance.risks.counts()["all"] == len(names)
    assert all(each.there for each in office.desk.assurance.usual.of("risks"))
    office.room.offer_usual()
    assert office.desk.assurance.risks.counts()["all"] == len(names)


def test_what_went_wrong_is_proposed_as_a_risk(office_of):
    office = office_of(RisksRoom)
    desk = office.desk
    wrong = {"summary": "A letter", "aware": office.clock(), "incident_type": "email_wrong"}
    desk.breaches.breaches.save({**wrong, "outcome": "near_miss"})

    def tick_first(dialog: UsualDialog) -> bool:
        assert_walkable(dialog)
        dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
        return True

    office.room.run = tick_first
    office.press("Propose risks")
    (risk,) = desk.assurance.risks.judged()
    assert risk.entry.values["origin"] == "near_miss"
    assert risk.entry.title.startswith("It happens again")
    assert office.said().startswith("1 risk added")


def test_the_quarter_is_done_with_one_key_a_risk(office_of):
    office = office_of(LookAgainPage)
    risks = office.desk.assurance.risks
    for name in ("One", "Two"):
        values = {"name": name, "likelihood": "possible", "severity": "significant"}
        risks.save(values)
    office.room.show_list()
    office.room.reload()
    assert_walkable(office.room)
    office.room.likely.setCurrentIndex(office.room.likely.findData("probable"))
    QTest.keyClick(office.room, Qt.Key.Key_2)
    assert [each.level for each in risks.judged()] == ["high", "medium"]
    shown = office.room.picture.findChildren(BadgeLabel)
    hints = {each.badge.hint for each in shown if each.badge is not None}
    assert hints == {"Significant, probable: 1 (high)", "Significant, possible: 1 (medium)"}
    assert office.room.picture.change.text().startswith("Since the last quarter")
    QTest.keyClick(office.room, Qt.Key.Key_1)
    assert risks.sitting() == ()
    assert office.room.card.isHidden()
    assert "Every risk has been reviewed" in office.room.empty.sentence.text()


def test_a_notice_shows_what_changed_and_is_approved(office_of):
    office = office_of(NoticesRoom)
    assets, notices = office.desk.assets.assets, office.desk.assurance.notices
    values = {"name": "Files", "personal": "yes", "people_kinds": ("pupils",)}
    asset = assets.save({**values, "recipients": ("next",)}).entry
    notice = notices.save({"name": "For pupils", "audience": "pupils"}).entry
    office.room.open_entry(notice.id)
    assert office.room.changed.isHidden()
    assets.save({"recipients": ("dfe",)}, asset.id, asset.version)
    office.room.open_entry(notice.id)
    assert not office.room.changed.isHidden()
    office.room.changed.take.click()
    assert office.room.changed.isHidden()
    office.noted.answers.append("The proprietor")
    office.room.hand_out.approve.click()
    entry = notices.load(notice.id)
    assert (entry.state, entry.values["approved_by"]) == ("approved", "The proprietor")
    assert len(notices.editions(notice.id)) == 1


def test_the_proposal_of_a_screening_is_taken_over_with_its_reason(office_of):
    office = office_of(DpiasRoom)
    dpias = office.desk.assurance.dpias
    office.desk.assurance.usual.add("dpias", ["CCTV"])
    number = dpias.listing().id(0)
    office.room.open_entry(number)
    assert "Advisable" in office.room.screening.words.text()
    office.room.screening.take.click()
    values = dpias.load(number).values
    assert (values["verdict"], "watched" in values["verdict_why"]) == ("advisable", True)
    assert office.room.screening.isHidden()


def test_five_answers_end_in_a_decision_that_is_kept_and_printed(office_of, tmp_path):
    office = office_of(SharingRoom)
    sharing, room = office.desk.assurance.sharing, office.room
    made = {"kind": "once", "whom": "Sampleton School", "sure": "no", "what": "A reading level"}
    entry = sharing.save(made).entry
    room.open_entry(entry.id)
    assert_walkable(room)
    assert room.stage == "who"
    assert "ring back" in room.proposal.why.text()
    assert room.proposal.take.isHidden()
    rest = {"sure": "yes", "urgent": "no", "why": "To place the pupil", "need": "least"}
    more = {"basis": "public_task", "against": ("nothing",), "told": "yes"}
    safe = {"sent_how": "E-mail", "safe": "no"}
    entry = sharing.save({**rest, **more, **safe}, entry.id, entry.version).entry
    room.open_entry(entry.id)
    assert room.stage == "how"
    assert room.proposal.answer.text() == "Yes, you may share this."
    office.noted.answers.append("Pat Example")
    room.proposal.take.click()
    kept = sharing.load(entry.id)
    assert (kept.state, kept.values["decided_by"]) == ("approved", "Pat Example")
    assert room.stage == "decision"
    assert room.proposal.take.isHidden()
    assert not room.proposal.isHidden(), "what is still to be done stays in sight"
    office.saved_to(tmp_path / "decision.pdf")
    room.decision_button.click()
    assert (tmp_path / "decision.pdf").read_bytes().startswith(b"%PDF")


def test_a_place_older_than_the_law_is_copied_left_and_gone(office_of):
    office = office_of(PoliciesRoom)
    desk, room = office.desk, office.room
    made = {"name": "Data Protection Policy", "kind": "data_protection"}
    entry = desk.assurance.policies.save(made).entry
    room.open_entry(entry.id)
    assert "Add the text" in room.older.told.text()
    old = "We keep to the rules. " * 120 + "EEA: the 28 countries in the EU. Tell Action Fraud."
    desk.documents.add("policies", entry.id, "policy.txt", old.encode())
    room.settle(entry.id)
    assert room.older.told.text().startswith("2 places found")
    assert_walkable(room)
    office.press("Copy wording", room.older)
    assert "0300 123 2040" in QApplication.clipboard().text()
    for _ in range(2):
        office.noted.answers.append("It is changed next term.")
        office.press("Leave as it is", room.older)
    assert room.older.told.text().startswith("No place found")
    assert desk.assurance.policies.load(entry.id).values["left_places"] == ("action_fraud", "eea")


def test_ten_categories_are_rated_and_pictured(office_of):
    office = office_of(AuditsRoom)
    audits, room = office.desk.assurance.audits, office.room
    made = {"name": "Self-assessment 2026", "kind": "self", "held_on": audits.today()}
    entry = audits.save(made).entry
    room.open_entry(entry.id)
    assert room.ratings.picture.isHidden()

    def answer(dialog: RatingsDialog) -> bool:
        assert_walkable(dialog)
        for combo in dialog.combos.values():
            combo.setCurrentIndex(combo.findData("partly"))
        dialog.combos["rights"].setCurrentIndex(0)
        return True

    room.run = answer
    room.ratings.rate.click()
    assert len(audits.ratings_of(entry.id)) == 9
    assert not room.ratings.picture.isHidden()
    assert "rights: not rated" in room.ratings.picture.accessibleDescription()
    assert len(room.ratings.picture.corners(room.ratings.picture.now)) == 9
    assert_walkable(room)


def test_the_assessment_of_the_cameras_is_filled_signed_and_printed(office_of, tmp_path):
    """Seven answers to type, three risks to judge, and a name: what is left of forty questions."""
    office = office_of(DpiasRoom)
    desk, room, dpias = office.desk, office.room, office.desk.assurance.dpias
    seen = {"name": "CCTV", "personal": "yes", "people_kinds": ("pupils",), "owner": "Bursar"}
    asset = desk.assets.assets.save(
        {**seen, "monitoring": "yes", "data_kinds": ("pictures",)}
    ).entry
    desk.assets.assets.purposes.save(
        {"purpose": "Safety of the site", "basis": "legitimate_interests"}, parent_id=asset.id
    )
    desk.assurance.usual.add("dpias", ["CCTV"])
    number = dpias.listing().id(0)
    draft = dpias.load(number)
    dpias.save({"assets": (asset.reference,)}, draft.id, draft.version)
    room.open_entry(number)
    room.screening.take.click()
    open_ = {field.name: field for field in dpias.missing(dpias.load(number).values)}
    typed = 0
    for stage in ("describe", "consult", "sign"):
        room.choose_stage(stage)
        for name, row in room.page.form.rows.items():
            if name in open_ and row.isVisibleTo(room):
                field = open_[name]
                codes = [choice.code for choice in field.choices]
                row.input.set_value(codes[0] if codes else "What is true of this school.")
                typed += 1
        assert room.page.save(), stage
    left = {field.name for field in dpias.missing(dpias.load(number).values)}
    assert left <= {"views", "screened_by"}, "asked whom, so what they said is asked too"
    assert typed <= 12, "a draft and an asset leave little to type"
    for risk in dpias.risks_of(number):
        judged = {"likelihood": "possible", "severity": "minimal", "residual": "low"}
        dpias.risks.save(judged, risk.id, risk.version, parent_id=number)
    room.open_entry(number)
    assert_walkable(room)
    office.noted.answers.append("The proprietor")
    room.signing.sign.click()
    entry = dpias.load(number)
    assert (entry.state, entry.values["signed_by"]) == ("signed", "The proprietor")
    office.until(lambda: "Version 1" in " ".join(office.offered(room.signing)))
    office.saved_to(tmp_path / "cctv.pdf")
    room.paper_button.click()
    assert (tmp_path / "cctv.pdf").read_bytes().startswith(b"%PDF")
    now = dpias.load(number)
    dpias.save({"context": "Two more cameras."}, number, now.version)
    room.open_entry(number)
    assert "Changed since it was signed off." in room.signing.told.text()
    assert "Sign off today" in office.offered(room.signing)


def test_a_quiz_prints_with_its_answers_apart(office_of, tmp_path):
    office = office_of(AwarenessRoom)
    for what, name in (("The sheet", "sheet.pdf"), ("The answers", "answers.pdf")):
        office.noted.answers += ["When people ask", what]
        office.saved_to(tmp_path / name)
        office.press("Print a quiz")
    sheet, answers = ((tmp_path / n).read_bytes() for n in ("sheet.pdf", "answers.pdf"))
    assert sheet.startswith(b"%PDF")
    assert sheet != answers
    assert_walkable(office.room)


def test_a_lost_device_begins_a_breach_with_what_is_known_and_names_it(office_of):
    office = office_of(DevicesRoom)
    desk, devices = office.desk, office.desk.assurance.devices
    person = {"kind": "staff", "surname": "Reed", "forename": "Noor"}
    noor = desk.people.people.save(person).entry
    files = desk.assets.assets.save({"name": "Reports", "personal": "yes"}).entry
    known = {"name": "Laptop 14", "kind": "laptop", "number_on_it": "X-77", "person": noor.id}
    more = {"encrypted": "no", "password": "yes", "assets": (files.reference,)}
    entry = devices.save({**known, **more, "lost_on": devices.today()}).entry
    office.room.open_entry(entry.id)
    assert not office.room.lost.isHidden()
    office.noted.answers.append(True)
    office.room.breach_button.click()
    reference = devices.load(entry.id).values["breach"]
    values = desk.breaches.breaches.find(reference).values
    assert values["equipment_what"] == "Laptop 14 (laptop, number X-77)"
    assert values["equipment_by"] == "Noor Reed"
    assert (values["incident_type"], values["encrypted"]) == ("device_lost", "none")
    assert values["asset_links"] == (files.reference,)
    assert values["occurred_words"] == "Friday 20 November 2026"
    assert "Asks for a password or PIN: yes." in values["what"]
    duties = {duty.text for group in desk.overview.duties() for duty in group.duties}
    assert any("written report on the equipment" in text for text in duties)


def test_a_device_that_a_check_did_not_find_begins_a_breach_once(office_of):
    office = office_of(DevicesRoom)
    devices = office.desk.assurance.devices
    entry = devices.save({"name": "Stick 3", "kind": "stick"}).entry
    devices.part_services[0].save({"day": devices.today(), "there": "no"}, parent_id=entry.id)
    office.room.open_entry(entry.id)
    assert not office.room.lost.isHidden()
    office.noted.answers.append(True)
    office.room.breach_button.click()
    assert devices.load(entry.id).values["lost_on"] == devices.today()
    office.room.open_entry(entry.id)
    assert office.room.lost.isHidden()
    assert office.desk.breaches.breaches.counts()["all"] == 1


def test_what_may_name_somebody_is_left_out_until_it_is_ticked(office_of, tmp_path):
    office = office_of(ReportsPage)
    desk, page = office.desk, office.room
    desk.people.people.save({"kind": "pupil", "surname": "Wójcik", "forename": "Kacper"})
    for name in ("Pupil files", "Wójcik file"):
        values = {"name": name, "personal": "yes", "people_kinds": ("pupils",)}
        desk.assets.assets.save(values)
    page.show_list()
    page.reload()
    office.noted.answers += [True, tmp_path]
    page.save_for_parents()
    written = (tmp_path / "what-we-hold.html").read_text("utf-8")
    assert "Pupil files" in written
    assert "Wójcik" not in written
    assert "edition 1" in page.edition.text()
    page.comments["people"].setPlainText("Kacper Wójcik was trained.")
    page.keep_report()
    assert "Wójcik" in office.said()
    assert desk.governance.kept() == ()
    page.comments["people"].setPlainText("One pupil was trained.")
    page.keep_report()
    assert len(desk.governance.kept()) == 1
    assert_walkable(page)


def test_a_signed_sheet_notes_those_who_signed_and_is_filed(office_of, tmp_path, qtbot):
    office = office_of(PoliciesRoom)
    desk, room = office.desk, office.room
    for forename in ("Noor", "Theo", "Ana"):
        desk.people.people.save(
            {"kind": "staff", "surname": "Reed", "forename": forename, "roles": ("teachers",)}
        )
    made = {"name": "Data Protection Policy", "kind": "data_protection", "readers": ("all",)}
    entry = desk.assurance.policies.save(made).entry
    version = {"called": "2", "day": dt.date(2026, 11, 2), "read_again": "yes"}
    desk.assurance.policies.part(PolicyVersion).save(version, parent_id=entry.id)
    room.open_entry(entry.id)
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("Signed by two of three")

    def answer(dialog: SignedDialog) -> bool:
        assert_walkable(dialog)
        dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
        dialog.typed.setText("1 December 2030")
        dialog.accept()
        assert "still to come" in dialog.fault.text()
        dialog.typed.setText("5 November 2026")
        office.noted.answers.append((sheet,))
        dialog.choose_sheet()
        dialog.accept()
        return dialog.result() == SignedDialog.DialogCode.Accepted

    room.run = answer
    office.press("The sheet came back", room.card)
    readings = desk.assurance.policies.part(PolicyReading).parts(entry.id)
    assert {each.values["day"] for each in readings} == {dt.date(2026, 11, 5)}
    assert len(readings) == 2
    (found,) = (each for each in desk.assurance.policies.readers() if each.entry.id == entry.id)
    assert len(found.missing) == 1
    qtbot.waitUntil(lambda: len(desk.documents.of_entry("policies", entry.id)) == 1, timeout=60_000)
