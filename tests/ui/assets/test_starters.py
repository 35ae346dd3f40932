"""An empty register begins with the usual records of a small school."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.ui.assets.words import words_in
from tests.ui.walk import assert_walkable


def _line(office, key):
    return next(line for line in office.room.starters.lines if line.starter.key == key)


def test_an_empty_register_offers_them(office):
    office.until(lambda: office.room.list.empty.isVisibleTo(office.room))
    office.press("Choose from typical records")
    assert office.room.currentWidget() is office.room.starters
    assert len(office.room.starters.lines) == len(office.desk.assets.assets.starters())


def test_each_says_what_it_is_its_basis_and_its_source(office):
    office.room.show_starters()
    for line in office.room.starters.lines:
        said = words_in(line)
        assert line.starter.name in said
        assert str(line.starter.answers["description"]) in said
        assert line.starter.source in said
        assert all(basis in said for basis in line.starter.bases)
        assert line.starter.caution in said


def test_some_are_ticked_by_keyboard_and_taken_over_in_one_go(office):
    office.room.show_starters()
    page = office.room.starters
    focus = page.lines[0].tick.box
    assert focus.hasFocus()
    QTest.keyClick(focus, Qt.Key.Key_Space)
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    QTest.keyClick(page.lines[1].tick.box, Qt.Key.Key_Space)
    assert page.take_button.text() == "Add 2 records"
    QTest.keySequence(page, QKeySequence("Ctrl+Return"))
    assert office.room.currentWidget() is office.room.list
    assert len(office.room.list.ids()) == 2
    taken = {each.key for each in office.desk.assets.assets.starters() if each.accepted_as}
    assert taken == {page.lines[0].starter.key, page.lines[1].starter.key}


def test_their_classes_of_the_schedule_come_with_them(office):
    office.room.show_starters()
    _line(office, "pupil_files").tick.box.setChecked(True)
    office.room.starters.take()
    entry = office.desk.assets.assets.find("AS-2026-001")
    assert entry.shown("retention_rule").startswith("P04 ")
    assert len(office.desk.retention.schedule.in_use()) == 1


def test_the_classes_can_be_left_out(office):
    office.room.show_starters()
    _line(office, "pupil_files").tick.box.setChecked(True)
    office.room.starters.classes.box.setChecked(False)
    office.room.starters.take()
    assert office.desk.retention.schedule.in_use() == ()
    assert "retention_rule" not in office.desk.assets.assets.find("AS-2026-001").values


def test_those_taken_over_are_marked_and_open_their_entry(office):
    office.room.show_starters()
    _line(office, "pupil_files").tick.box.setChecked(True)
    office.room.starters.take()
    office.room.show_starters()
    line = _line(office, "pupil_files")
    assert not line.tick.box.isEnabled()
    assert "AS-2026-001" in office.offered(line)
    office.room.starters.tick_all(on=True)
    open_ = len(office.room.starters.lines) - 1
    assert office.room.starters.take_button.text() == f"Add {open_} records"
    office.press("AS-2026-001", line)
    assert office.noted.asked[-1][:2] == ("open", "assets")


def test_taking_over_can_be_undone(office):
    office.room.show_starters()
    _line(office, "pupil_files").tick.box.setChecked(True)
    office.room.starters.take()
    assert office.room.list.ids()
    office.noted.undo()
    assert office.room.list.ids() == ()


def test_undo_leaves_a_record_that_was_changed_since(office):
    office.room.show_starters()
    office.room.starters.tick_all(on=True)
    office.room.starters.take()
    first, second, *_ = sorted(office.room.list.ids())
    assets = office.desk.assets.assets
    entry = assets.load(first)
    assets.save({"owner": "Head of the office"}, first, entry.version)
    entry = assets.load(second)
    assets.archive(second, entry.version)
    office.noted.undo()
    assert office.room.list.ids() == (first,)


def test_escape_leads_back_to_the_list(office):
    office.room.show_starters()
    QTest.keyClick(office.room.starters, Qt.Key.Key_Escape)
    assert office.room.currentWidget() is office.room.list


def test_they_can_be_reached_later_from_the_menu(office):
    office.room.show_starters()
    office.room.starters.tick_all(on=True)
    office.room.starters.take()
    action = next(
        a for a in office.room.summary.menu.actions() if a.text() == "Choose from typical records"
    )
    action.trigger()
    page = office.room.starters
    assert office.room.currentWidget() is page
    assert not page.take_button.isEnabled()
    assert "30 in the register" in page.header.under.text()


def test_the_page_can_be_walked_by_keyboard_and_nothing_is_cut_off(office):
    office.room.show_starters()
    assert_walkable(office.room)
    _line(office, "pupil_files").tick.box.setChecked(True)
    office.room.starters.take()
    office.room.show_starters()
    assert_walkable(office.room)
