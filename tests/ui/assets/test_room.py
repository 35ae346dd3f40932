"""An asset is written down, its gaps lead to where they are mended, and vanish."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.assets.conftest import TODAY
from tests.assets.test_findings import CASES
from tests.ui.assets.words import words_in
from tests.ui.walk import assert_walkable


def _keys(office):
    return [found.key for found in office.room.gaps.found]


def _fill(office, **values):
    form = office.room.page.form
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def _focused(rows):
    """The question that has the keyboard."""
    focus = QApplication.focusWidget()
    return next((name for name, row in rows.items() if row.isAncestorOf(focus)), None)


def test_an_asset_is_written_down_by_keyboard_and_says_what_is_missing(office):
    office.room.new_entry()
    assert "save" in office.room.step.says.text()
    office.type("Pupil files")
    QTest.keySequence(office.room.page, QKeySequence("Ctrl+S"))
    entry = office.desk.assets.assets.find("AS-2026-001")
    assert entry.title == "Pupil files"
    assert _keys(office) == ["no_owner", "unsure"]
    assert "Nobody is named" in office.room.step.says.text()


@pytest.mark.parametrize("key", [key for key in CASES if key != "overdue"])
def test_every_gap_leads_to_the_question_that_mends_it(office, whole, key):
    values, purpose, mended, mended_purpose = CASES[key]
    entry = whole(purpose, **values)
    office.room.open_entry(entry.id)
    assert _keys(office) == [key]
    office.press(office.room.gaps.found[0].gap.label, office.room.gaps)
    parts = office.room.part("asset_purposes")
    if mended_purpose:
        assert parts.part is not None
        office.until(lambda: _focused(parts.form.rows) in mended_purpose)
        parts.form.set_values({**parts.form.values(), **mended_purpose}, clean=False)
        parts.editor.keep.click()
    else:
        office.until(lambda: _focused(office.room.page.form.rows) in mended)
        _fill(office, **mended)
        assert office.room.page.save()
    assert _keys(office) == []
    assert office.desk.assets.assets.load(entry.id).state in {"complete", "incomplete"}


def test_an_overdue_review_leads_to_the_sign_off_and_vanishes(office, whole):
    entry = whole(confirmed=dt.date(2025, 1, 7))
    office.room.open_entry(entry.id)
    assert _keys(office) == ["overdue"]
    office.press("Go there")
    reviews = office.room.part("asset_reviews")
    assert reviews.form.values()["with_whom"] == "Head teacher"
    assert reviews.form.values()["day"] == TODAY
    reviews.editor.keep.click()
    assert _keys(office) == []
    assert "In order" in office.room.step.says.text()


def test_gaps_follow_what_is_typed_before_it_is_saved(office, whole):
    entry = whole(owner=None)
    office.room.open_entry(entry.id)
    _fill(office, owner="Head teacher")
    office.until(lambda: _keys(office) == [])
    _fill(office, owner=None)
    office.until(lambda: _keys(office) == ["no_owner"])
    assert office.desk.assets.assets.load(entry.id).values.get("owner") is None


def test_a_gap_of_a_system_leads_to_the_system(office, whole):
    system = office.desk.assets.systems.save({"name": "Cloud drive", "processor": "yes"}).entry
    entry = whole(systems=(system.reference,))
    office.room.open_entry(entry.id)
    office.press("Processor without contract", office.room.gaps)
    assert office.noted.asked[-1] == ("open", "systems", system.id, "contract")
    saved = office.desk.assets.systems.save({"contract": "yes"}, system.id, system.version)
    office.around.bus.publish(saved.changes)
    assert _keys(office) == []


def test_personal_data_without_a_purpose_begins_one(office, whole):
    entry = whole()
    (purpose,) = office.desk.assets.assets.purposes.parts(entry.id)
    office.desk.assets.assets.purposes.archive(purpose.id, purpose.version)
    office.room.open_entry(entry.id)
    office.press("No lawful basis", office.room.gaps)
    parts = office.room.part("asset_purposes")
    assert parts.part is not None
    assert not parts.part.id
    office.until(lambda: _focused(parts.form.rows) == "purpose")


def test_an_open_question_of_a_purpose_is_the_next_step(office, whole):
    entry = whole({"justification": None})
    office.room.open_entry(entry.id)
    assert "Why does this basis apply?" in office.room.step.says.text()
    office.press("Go there")
    parts = office.room.part("asset_purposes")
    office.until(lambda: _focused(parts.form.rows) == "justification")


def test_the_rights_follow_from_the_bases(office, whole):
    entry = whole({"basis": "consent", "can_withdraw": "yes", "consent_record": "Folder"})
    office.room.open_entry(entry.id)
    panel = office.room.rights
    assert panel.isVisibleTo(office.room)

    said = words_in(panel)
    for right in office.desk.assets.assets.rights(entry):
        assert right.label in said
        assert right.why in said
        assert right.source in said


def test_what_holds_no_personal_data_is_asked_for_no_basis(office, whole):
    office.room.open_entry(whole(personal="no").id)
    assert not office.room.part("asset_purposes").isVisibleTo(office.room)
    assert not office.room.rights.isVisibleTo(office.room)
    office.room.open_entry(whole().id)
    assert office.room.part("asset_purposes").isVisibleTo(office.room)


def test_the_duty_to_go_through_it_leads_to_where_that_is_signed_off(office, whole):
    office.room.open_entry(whole().id, "review")
    reviews = office.room.part("asset_reviews")
    office.until(reviews.add_button.hasFocus)
    office.until(lambda: not reviews.add_button.visibleRegion().isEmpty())


def test_a_place_leads_to_its_section(office, whole):
    office.room.open_entry(whole().id, "security")
    row = office.room.page.form.rows["measures"]
    assert row.isAncestorOf(QApplication.focusWidget())
    office.until(lambda: not row.visibleRegion().isEmpty())


def test_the_menu_leads_to_every_section_that_is_asked_and_to_the_parts(office, whole):
    office.room.open_entry(whole(personal="no").id)
    way = office.room.way
    way.fill()
    titles = [action.text() for action in way.ways.actions() if action.text()]
    assert "Where it is kept" in titles
    assert "Who it is shared with" not in titles
    action = next(a for a in way.ways.actions() if a.text() == "Reviews with the owner")
    action.trigger()
    assert office.room.part("asset_reviews").add_button.hasFocus()


def test_the_list_says_how_far_each_asset_and_the_register_is(office, whole):
    whole()
    whole(owner=None, notice=None)
    office.room.show_list()
    badges = [office.room.list.model.badge(row, 2).text for row in range(2)]
    assert badges[0] == "In order"
    assert badges[1].startswith("1 gap · ")
    said = office.room.summary.meter.says.text()
    assert "1 of 2 in order · 1 gap" in said


def test_a_finding_of_home_opens_its_filter(office, whole):
    whole()
    without = whole(owner=None)
    office.room.show_chip("no_owner")
    assert office.room.list.ids() == (without.id,)


def test_pages_can_be_walked_by_keyboard_and_nothing_is_cut_off(office, whole):
    assert_walkable(office.room)
    whole()
    gaps = whole({"basis": "public_task"}, owner=None, processors="Dummy Mail Ltd")
    office.room.show_list()
    assert_walkable(office.room)
    office.room.new_entry()
    assert_walkable(office.room)
    office.room.open_entry(gaps.id)
    assert_walkable(office.room)
    office.room.show_part("asset_purposes")
    assert_walkable(office.room)


def test_escape_leads_back_from_the_entry(office, whole):
    office.room.open_entry(whole().id)
    QTest.keyClick(office.room.page, Qt.Key.Key_Escape)
    assert office.noted.asked[-1] == ("back",)


def test_what_has_a_gap_is_never_called_whole_where_every_question_is_answered(office, whole):
    entry = whole({"basis": "contract"})
    known = office.desk.assets.assets.progress()[entry.id]
    assert (known.answered, known.gaps) == (known.asked, 1)
    office.room.show_list()
    assert office.room.list.model.badge(0, 2).text == "1 gap"


def test_what_prints_and_exports_says_whether_it_is_the_list_or_the_register(office):
    shown = [made.text() for made in office.room.findChildren(QPushButton)]
    assert {"Print list", "Export list", "Print the register", "Export for the ICO"} <= set(shown)
    assert not {"Print", "Export"} & {
        office.room.list.print_button.text(),
        office.room.list.export_button.text(),
    }
