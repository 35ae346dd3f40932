"""Many holdings at once: typed, pasted, understood line by line, saved all or none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.walk import assert_walkable
from ui.retention import HoldingsRoom

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


TAX = "the tax year to 5 April 2016"


@pytest.fixture
def many(holdings):
    """The page for several, shown."""
    holdings.room.show_section("many")
    return holdings.room.many


def test_the_headings_are_read_whole(holdings, many):
    head = many.grid.horizontalHeader()
    assert_walkable(holdings.room)
    cut = [n for n in range(head.count()) if head.sectionSizeHint(n) > head.sectionSize(n)]
    assert not cut, [many.grid.horizontalHeaderItem(n).text() for n in cut]


def said(many):
    many.look()
    return [many.grid.said(line) for line in range(4)]


def test_lines_pasted_from_a_spreadsheet_say_what_they_become_and_are_added(holdings, many):
    QGuiApplication.clipboard().setText(
        "P04\tPupil file\t1 March 2010\tRobin Example\tArchive 1\n"
        "\tPupil files, born to 2001\tborn 2001\t\tArchive 2\t3 boxes\n"
        "H07 Payroll, tax and national insurance\tBox 14\t2015/16\n"
        "G01\tSigned minutes\n"
    )
    many.grid.setFocus()
    many.safe.set_value("no")
    QTest.keySequence(many.grid, QKeySequence.StandardKey.Paste)
    assert said(many) == [
        "Falls due 1 Mar 2035",
        "Falls due 31 Dec 2026, counted from the date of birth 31 December 2001",
        f"Due since 5 Apr 2022, counted from {TAX}",
        "No automatic date",
    ]
    assert many.add_button.text() == "Add 4 holdings"
    QTest.keySequence(many, QKeySequence("Ctrl+S"))
    assert holdings.said() == "4 holdings added."
    listing = holdings.desk.retention.holdings.listing()
    titles = {row[2] for row in listing.rows}
    assert titles == {
        "Pupil file: Robin Example",
        "Pupil files, born to 2001",
        "Box 14",
        "Signed minutes",
    }
    assert holdings.room.currentWidget() is holdings.room.list
    assert many.grid.empty


def test_a_wrong_line_stays_behind_and_says_why(holdings, many):
    many.grid.put([["H07", "Box 1", "2010"], ["X99", "Box 2", "2010"], ["H07", "", "2010"]])
    assert said(many)[1] == "There is no class “X99”. Choose one from the list."
    assert "“What is it?” needs an answer." in said(many)[2]
    assert many.count.text() == "1 line ready, 2 need another look"
    many.grid.setCurrentCell(1, 0)
    assert many.said.text() == said(many)[1], "in full below the lines"
    assert not many.add()
    assert "safeguarding of a child" in many.banner.text.text(), "nobody answers that for them"
    many.safe.set_value("no")
    assert many.add()
    assert holdings.desk.retention.holdings.listing().total == 1
    assert [line[:2] for line in many.grid.typed() if any(line)] == [["X99", "Box 2"], ["H07", ""]]
    assert "2 lines still need another look" in many.banner.text.text()
    assert not many.add()


def test_a_line_is_typed_cell_by_cell_and_tab_goes_on(holdings, many):
    many.grid.setFocus()

    def here() -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        return focused

    many.safe.set_value("no")
    for words in ("H07", "Box 14", "2015"):
        for letter in words:
            # The first letter opens the cell, and the rest goes into it.
            QTest.keyClicks(here(), letter)
        QTest.keyClick(here(), Qt.Key.Key_Tab)
    holdings.until(lambda: many.grid.said(0).startswith("Due since 5 Apr 2022"))
    # The list of classes that opened while typing takes the window's place on some systems.
    holdings.room.activateWindow()
    many.grid.setFocus()
    holdings.until(many.grid.hasFocus)
    QTest.keyClick(many.grid, Qt.Key.Key_Escape)
    assert many.add_button.hasFocus(), "the lines are left by Escape"
    QTest.keyClick(many.add_button, Qt.Key.Key_Space)
    assert holdings.desk.retention.holdings.listing().total == 1


def test_tab_in_the_last_cell_begins_another_line(many):
    last = many.grid.rowCount() - 1
    many.grid.setCurrentCell(last, 6)
    QTest.keyClick(many.grid, Qt.Key.Key_Tab)
    assert (many.grid.currentRow(), many.grid.currentColumn()) == (last + 1, 0)


def test_leaving_asks_once_where_lines_are_typed(holdings, many):
    assert holdings.room.can_leave()
    many.grid.put([["H07", "Box 1", "2010"]])
    holdings.noted.answers = ["", "Leave"]
    assert not holdings.room.can_leave()
    assert holdings.room.can_leave()
    assert many.grid.empty


def test_without_a_class_it_leads_to_the_schedule(office_with, template):
    office = office_with(template, HoldingsRoom)
    office.room.show_section("many")
    office.press("See the standard schedule")
    assert ("page", "retention_rules", {"section": "usual"}) in office.noted.asked


def test_an_empty_list_offers_to_enter_several(holdings):
    holdings.press("Add several holdings")
    assert ("page", "holdings", {"section": "many"}) in holdings.noted.asked


def test_it_can_be_walked_through(holdings, many):
    many.grid.put([["H07", "Box 1", "2010"], ["X99", "Box 2"]])
    many.look()
    assert_walkable(holdings.room)


def test_a_spreadsheet_of_boxes_fills_the_lines(holdings, many, tmp_path):
    sheet = tmp_path / "boxes.csv"
    sheet.write_text("Box,Contents,Class,Year\n1,Box 14,Payroll,2016/17\n2,Box 15,,Sept 2015\n")
    holdings.noted.answers = [(sheet,)]
    holdings.room.show_list()
    holdings.press("Import", holdings.room.list)
    holdings.until(lambda: not many.grid.empty)
    assert [line[:3] for line in many.grid.typed() if any(line)] == [
        ["Payroll", "Box 14", "2016/17"],
        ["", "Box 15", "Sept 2015"],
    ]
    assert "Not read: Box." in many.banner.text.text()
    many.safe.set_value("unknown")
    assert many.add()
    assert holdings.desk.retention.holdings.listing().counts["held"] == 2


def test_the_page_fits_a_small_screen(many):
    """1366 × 768 at 150 % leaves 911 pixels."""
    assert many.minimumSizeHint().width() <= 880


def test_on_a_narrow_screen_what_a_line_becomes_keeps_its_room_beside_whole_headings(
    holdings, many
):
    """1366 × 768 at 125 % leaves 1,092 pixels."""
    grid, head = many.grid, many.grid.horizontalHeader()
    last = grid.columnCount() - 1
    holdings.room.resize(1092, 512)
    holdings.until(lambda: head.sectionSize(last) >= 250)
    assert head.length() <= grid.viewport().width()
    assert all(head.sectionSizeHint(n) <= head.sectionSize(n) for n in range(last + 1))

    grid.setColumnWidth(1, 300)
    holdings.room.resize(1366, 690)
    holdings.until(lambda: many.width() > 1200)
    assert grid.columnWidth(1) == 300, "drawn so by hand"
