"""A request is logged, worked through its stages, and answered, in the window."""

from __future__ import annotations

import datetime as dt

import pikepdf
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from dpdesk.law.words import long_date
from tests.builders import a_pdf, a_request
from tests.ui.requests.conftest import Office
from tests.ui.walk import assert_walkable
from ui.kit.register.import_dialog import ImportDialog
from ui.kit.register.spreadsheets import Spreadsheets


def buttons(office: Office) -> list[str]:
    found = office.room.next_step.findChildren(QPushButton)
    return [each.text() for each in found if not each.isHidden() and each.text() != "Settle it"]


def test_a_request_is_logged_by_keyboard_alone(office):
    office.room.new_entry()
    office.type("Zoe OBrien")
    office.room.page.form.focus_field("received")
    office.type("3/11/2026")
    QTest.keySequence(office.room.page, QKeySequence("Ctrl+S"))
    entry = office.desk.requests.requests.find("SAR-2026-001")
    assert entry.values == {
        "kind": "access",
        "subject": "Zoe OBrien",
        "received": dt.date(2026, 11, 3),
    }
    assert entry.due == "2026-12-03"
    assert office.room.page.entry.reference == "SAR-2026-001"


def test_a_request_opens_at_the_stage_its_work_has_reached(office):
    waiting = a_request(office.desk, identity_needed="yes")
    office.room.open_entry(waiting.id)
    assert "has not started" in office.room.next_step.says.text()
    assert buttons(office) == ["Ask for proof of identity", "Add the usual places"]
    shown = [key for key in ("arrived", "identity") if card_is_shown(office, key)]
    assert shown == ["identity"]


def card_is_shown(office: Office, section: str) -> bool:
    card = office.room.page.form.card(section)
    return card is not None and not card.isHidden()


def test_a_paused_request_says_since_when(office):
    entry = a_request(office.desk)
    office.desk.requests.requests.clarifications.save(
        {"asked_on": dt.date(2026, 11, 5)}, parent_id=entry.id
    )
    office.room.open_entry(entry.id)
    assert long_date(dt.date(2026, 11, 5)) in office.room.next_step.says.text()


def test_the_usual_places_are_added_for_the_kind_of_person(office):
    entry = a_request(office.desk, subject_kind="staff")
    office.room.open_entry(entry.id)
    office.room.next_step.asked.emit("places")
    places = [
        part.values["place"] for part in office.desk.requests.requests.searches.parts(entry.id)
    ]
    assert "Personnel file" in places
    assert "Pupil file on paper" not in places
    assert f"{len(places)} places added" in office.said()


def test_documents_dropped_on_a_request_bring_it_to_review(office, tmp_path):
    entry = a_request(office.desk)
    (tmp_path / "letter.pdf").write_bytes(a_pdf("Dear Robin", "Second page"))
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04 not a document")
    office.room.open_entry(entry.id)
    office.room.documents.add_files([tmp_path / "letter.pdf", tmp_path / "notes.docx"])
    office.finish()
    cards = office.desk.documents.of_entry("requests", entry.id)
    assert [(card.name, card.pages) for card in cards] == [("letter.pdf", 2)]
    assert "1 document added; 1 could not be added" in office.said()
    failed = [each for each in office.room.documents.adding.outcomes if not each.documents]
    assert [each.file.name for each in failed] == ["notes.docx"]
    assert office.desk.requests.requests.load(entry.id).state == "review"


def test_a_locked_pdf_asks_for_its_password_until_it_is_right(office, tmp_path):
    entry = a_request(office.desk)
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(a_pdf("Behind a lock"))
    with pikepdf.Pdf.open(plain) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="right", owner="o"))
    office.room.open_entry(entry.id)
    office.noted.answers = ["wrong", "right"]
    office.room.documents.add_files([tmp_path / "locked.pdf"])
    office.qtbot.waitUntil(lambda: not office.noted.answers, timeout=20_000)
    office.finish()
    cards = office.desk.documents.of_entry("requests", entry.id)
    assert [card.name for card in cards] == ["locked.pdf"]


def test_a_document_taken_off_can_be_put_back(office, tmp_path):
    entry = a_request(office.desk)
    office.desk.documents.add("requests", entry.id, "a.pdf", a_pdf("One"))
    office.room.open_entry(entry.id)
    (card,) = office.desk.documents.of_entry("requests", entry.id)
    office.noted.answers = ["Belongs to another pupil"]
    office.room.documents._remove(card)
    assert office.desk.documents.of_entry("requests", entry.id) == ()
    office.noted.undo()
    assert len(office.desk.documents.of_entry("requests", entry.id)) == 1


def test_a_letter_says_what_is_missing_and_goes_to_the_printer(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    office.noted.answers = ["Print"]
    office.press("Answer", office.room.letters)
    office.press("Print or save", office.room.letter)
    pdf, title = office.printing.printed[0]
    assert title == f"{entry.reference} Answer"
    assert pdf.startswith(b"%PDF")


def test_why_this_date_can_be_saved_as_a_paper(office, tmp_path):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    target = tmp_path / "why.pdf"
    office.noted.answers = ["Save as PDF", target]
    office.room.why.print_asked.emit(entry)
    assert target.read_bytes().startswith(b"%PDF")


def test_the_list_goes_out_as_a_spreadsheet(office, tmp_path):
    a_request(office.desk, subject="Ada Example")
    office.room.show_list()
    office.room.list.reload()
    target = tmp_path / "out.csv"
    office.noted.answers = ["CSV file", target]
    office.room.list.export_asked.emit(office.room.list.shown())
    assert office.said() == f"Saved as out.csv in {tmp_path.name}."
    assert "Ada Example" in target.read_text(encoding="utf-8-sig")


def test_parts_are_shown_with_their_stage(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id, "search")
    shown = [panel.register.key for panel in office.room.page.parts if not panel.isHidden()]
    assert shown == ["searches"]
    office.room.choose_stage("")
    hidden = [panel.register.key for panel in office.room.page.parts if panel.isHidden()]
    assert set(hidden) == {
        "request_letters",  # they have a page of their own
        "request_enquiries",  # for complaints only
        "request_recipients",  # where something is corrected, erased or restricted
    }


def test_two_requests_are_linked_and_seen_from_both_ends(office):
    first = a_request(office.desk)
    second = a_request(office.desk, subject="Ada Example")
    office.room.open_entry(first.id)
    office.noted.answers = [second.reference.lower()]
    office.room.links.add_asked.emit(first)
    assert [link.reference for link in office.desk.links.of_entry("requests", second.id)] == [
        first.reference
    ]


def test_every_control_of_the_room_has_a_name_and_is_reached_by_tab(office):
    entry = a_request(office.desk)
    assert_walkable(office.room)
    office.room.open_entry(entry.id)
    assert_walkable(office.room)
    office.room.new_entry()
    assert_walkable(office.room)


def test_escape_goes_back(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    QTest.keyClick(office.room.page, Qt.Key.Key_Escape)
    assert ("back",) in office.noted.asked


def test_a_spreadsheet_comes_in_after_a_look_and_what_is_wrong_stays_out(office, tmp_path):
    (tmp_path / "old.csv").write_text(
        "Whose data is it?,Received on\nAda Example,3/11/2026\nBob Example,never\n",
        encoding="utf-8",
    )
    looked = []

    def accept(sheet, name):
        dialog = ImportDialog(office.desk.requests.requests, sheet, name)
        office.qtbot.addWidget(dialog)
        wrong = dialog.table.item(0, 1)
        assert wrong is not None
        looked.append((dialog.banner.text.text(), wrong.text()))
        dialog.accept_button.click()
        return dialog.preview

    sheets = Spreadsheets(
        office.desk.requests.requests, office.around, office.room.door, ask=accept
    )
    office.noted.answers = [[tmp_path / "old.csv"]]
    sheets.bring_in()
    office.finish()
    assert "1 row can be imported; 1 cannot" in looked[0][0]
    assert "date" in looked[0][1]
    assert office.desk.requests.requests.find("SAR-2026-001").title == "Ada Example"
    assert office.said() == "1 row imported."


def test_the_day_to_answer_by_is_said_while_the_request_is_typed(office):
    office.room.new_entry()
    office.room.page.form.focus_field("received")
    office.type("3/9/2026")
    office.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert "Answer by Monday 5 October 2026." in office.room.next_step.says.text()


def test_a_handover_is_offered_filled_in(office):
    entry = a_request(office.desk, relationship="mother", requester="Mary Example")
    office.room.open_entry(entry.id)
    office.room.next_step.asked.emit("handover")
    panel = next(each for each in office.room.page.parts if each.register.key == "handovers")
    values = panel.form.values()
    assert values["given_on"] == office.desk.requests.requests.today()
    assert values["to_whom"] == "Mary Example"


def test_the_next_step_follows_a_part_that_was_saved(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    before = office.room.next_step.says.text()
    saved = office.desk.requests.requests.searches.save(
        {"place": "Pupil file", "found": "no"}, parent_id=entry.id
    )
    office.around.bus.publish(saved.changes)
    assert office.room.next_step.says.text() != before


def test_closing_today_fills_in_the_day_and_asks_for_the_outcome(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    office.room.next_step.asked.emit("close")
    assert office.room.page.form.values()["closed"] == office.desk.requests.requests.today()
    assert card_is_shown(office, "outcome")
    office.room.page.form.rows["outcome"].input.set_value("given")
    office.room.next_step.asked.emit("close")
    assert card_is_shown(office, "close")


def test_the_page_follows_the_kind_that_is_chosen(office):
    office.room.new_entry()
    stages, form = office.room.page.stages.buttons, office.room.page.form
    assert stages["clarify"].isVisibleTo(office.room.page)
    form.rows["kind"].input.set_value("complaint")
    form.refresh()
    shown = [each.text() for each in stages.values() if each.isVisibleTo(office.room.page)]
    assert shown == ["Logged", "Acknowledge", "Enquire", "Respond", "Closed"]
    form.mark_clean()
    office.room.open_entry(a_request(office.desk, kind="complaint").id)
    next(iter(stages.values())).click()
    assert form.rows["about_requests"].isVisibleTo(office.room.page)


def test_only_outcomes_of_the_kind_are_offered(office):
    entry = a_request(office.desk, kind="complaint")
    office.room.open_entry(entry.id)
    combo = office.room.page.form.rows["outcome"].input.combo
    found = [combo.itemText(place) for place in range(combo.count())]
    assert [text for text in found if "pheld" in text] == [
        "Upheld",
        "Upheld in part",
        "Not upheld",
    ]
    assert "Given in full" not in found


def test_a_letter_names_its_gaps_as_the_screen_does(office):
    office.room.open_entry(a_request(office.desk).id)
    office.press("Answer", office.room.letters)
    assert "“Kinds of data”" in office.room.letter.editor.banner.text.text()


def test_stages_are_ticked_only_for_what_was_noted(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    assert office.room.done_of(office.room.page.entry) == {"logged"}


def searched(office: Office, entry_id: int) -> list[tuple[object, ...]]:
    parts = office.desk.requests.requests.searches.parts(entry_id)
    return [tuple(p.values.get(n) for n in ("found", "by_whom", "searched_on")) for p in parts]


def test_several_places_are_recorded_in_one_go_and_taken_back(office):
    entry = a_request(office.desk)
    for place in ("Pupil file", "E-mail of staff", "CCTV"):
        office.desk.requests.requests.searches.save({"place": place}, parent_id=entry.id)
    office.room.open_entry(entry.id)
    assert "3 places still to search" in office.room.next_step.says.text()
    office.room.next_step.asked.emit("searches")
    together = office.room.together
    assert together.isVisible()
    assert [box.text() for box in together.ticks.boxes] == ["Pupil file", "E-mail of staff", "CCTV"]
    together.ticks.boxes[2].setChecked(False)
    assert together.keep.text() == "Record 2 places"
    together.on.line.setText("yesterweek")
    together.keep.click()
    assert together.banner.isVisible()
    assert searched(office, entry.id)[1] == (None, None, None)
    together.on.line.setText("5 Nov")
    together.by_whom.line.setText("J. Ofori")
    together.keep.click()
    noted = ("no", "J. Ofori", dt.date(2026, 11, 5))
    assert searched(office, entry.id) == [noted, noted, (None, None, None)]
    assert office.said() == "2 places recorded."
    assert not together.isVisible(), "one place left is opened by itself"
    assert office.noted.undo is not None
    office.noted.undo()
    assert searched(office, entry.id) == [(None, None, None)] * 3


def test_places_not_searched_are_still_said_when_documents_are_there(office):
    entry = a_request(office.desk)
    office.desk.requests.requests.searches.save({"place": "CCTV"}, parent_id=entry.id)
    office.desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    office.desk.requests.requests.settle(entry.id)
    office.room.open_entry(entry.id)
    assert "1 place still to search" in office.room.next_step.says.text()
    assert "Record several searches" in buttons(office)
    answers, *_ = office.desk.requests.answers
    found = {each.chip: each.count for each in answers.findings()}
    assert found["to_search"] == 1


def test_a_due_date_that_moves_is_said_with_what_to_aim_for(office):
    entry = a_request(office.desk, received=dt.date(2026, 9, 28))
    office.room.open_entry(entry.id)
    said = office.room.next_step.says.text()
    assert "Answer by Wednesday 28 October 2026. Your own target is Monday 26 October" in said
    panel = office.room.part("clarifications")
    panel.begin({"asked_on": dt.date(2026, 10, 5), "answered_on": dt.date(2026, 10, 8)})
    assert panel.save(), panel.form.problems()
    assert office.said().startswith("Saved the ")
    moved = "The due date has moved from Wednesday 28 October 2026 to Monday 2 November 2026."
    assert moved in office.said()
    told = office.room.next_step.says.text()
    assert (
        "Answer by Monday 2 November 2026 (moved on from a day that is not a working day)" in told
    )
    assert "; aim for Friday 30 October 2026." in told
    form = office.room.page.form
    form.set_values({**form.values(), "received": dt.date(2026, 9, 30)}, clean=False)
    office.room.page.save()
    assert "has moved from" in office.room.page.banner.text.text()


def test_the_next_step_asks_for_what_the_month_waits_for(office):
    entry = a_request(office.desk, subject_kind="pupil", fee_asked="yes", capacity=None)
    office.room.open_entry(entry.id)
    minded = [label.text() for label in office.room.next_step.findChildren(QLabel)]
    assert any("whether the child understands" in text for text in minded)
    office.room.next_step.asked.emit("letter:fee")
    assert office.room.letter.isVisible()
    assert office.room.place == "letter:fee"


def test_somebody_on_record_is_linked_with_one_press_and_the_name_typed_stays(office):
    person = office.desk.people.people.save(
        {"kind": "pupil", "surname": "Example", "forename": "Robin"}
    ).entry
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    link = office.room.people.findChild(QPushButton)
    assert link.accessibleName() == "Link with Robin Example, Pupil"
    link.click()
    saved = office.desk.requests.requests.load(entry.id)
    assert saved.values["subject_person"] == person.id
    assert saved.values["subject"] == "Robin Example"


def test_what_is_not_settled_is_said_before_something_is_given_and_leads_to_the_question(office):
    entry = a_request(office.desk, kind="objection", relationship="self", subject_kind="staff")
    office.room.open_entry(entry.id)
    settle = [b for b in office.room.next_step.findChildren(QPushButton) if b.text() == "Settle it"]
    said = "Settle it: Identity has not been checked: record what you saw, or "
    assert [b.accessibleName() for b in settle] == [f"{said}that you know the person."]
    settle[0].click()
    assert office.room.stage == "identity"


def test_the_chip_says_what_its_date_is_for(office):
    badges = [
        office.room.due_badge(
            a_request(office.desk, kind=kind, received=dt.date(2026, 11, 19))
        ).text
        for kind in ("access", "complaint", "withdrawal")
    ]
    assert badges == ["Answer by 21 Dec", "Acknowledge by 18 Dec", "Do it by Monday 23 Nov"]


def test_what_is_refused_stays_as_it_was_typed(office):
    entry = a_request(office.desk, kind="erasure", decision="yes", done_on=dt.date(2026, 11, 10))
    office.room.open_entry(entry.id)
    office.room.choose_stage("")
    form = office.room.page.form
    typed = {**form.values(), "closed": dt.date(2026, 11, 12), "done_where": "The old log"}
    form.set_values(typed, clean=False)
    assert not office.room.page.save()
    told = form.rows["told_none"]
    assert "Art 19" in " ".join(label.text() for label in told.findChildren(QLabel))
    assert form.values()["closed"] == dt.date(2026, 11, 12)
    assert form.values()["done_where"] == "The old log"
    assert office.desk.requests.requests.load(entry.id).values.get("closed") is None
    form.set_values({**form.values(), "told_none": "Nobody had been given it"}, clean=False)
    assert office.room.page.save()


def test_a_question_answered_before_it_was_asked_is_refused_and_stays_as_typed(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id, "clarify")
    panel = office.room.part("clarifications")
    early = dt.date(2026, 11, 9)
    panel.begin({"asked_on": dt.date(2026, 11, 10), "answered_on": early, "question": "Which?"})
    assert not panel.save()
    told = panel.form.rows["answered_on"].findChildren(QLabel)
    assert any("before the question" in label.text() for label in told)
    assert panel.form.values()["answered_on"] == early
    assert office.desk.requests.requests.clarifications.parts(entry.id) == ()


def test_proof_of_identity_before_the_request_is_refused_and_stays_as_typed(office):
    entry = a_request(office.desk, identity_needed="yes")
    office.room.open_entry(entry.id)
    form = office.room.page.form
    early = dt.date(2026, 11, 1)
    form.set_values({**form.values(), "identity_received": early}, clean=False)
    assert not office.room.page.save()
    told = form.rows["identity_received"].findChildren(QLabel)
    assert any("before" in label.text() for label in told if label.isVisibleTo(office.room))
    assert form.values()["identity_received"] == early
