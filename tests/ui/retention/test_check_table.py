"""Lists whose lines are ticked: by mouse, by keyboard, and never where one is locked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tests.ui.walk import assert_walkable
from ui.retention.check_table import CheckRow, CheckTable

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HELD = "It is on hold."


@pytest.fixture
def table(qtbot) -> CheckTable:
    made = CheckTable("Boxes", [("What", 200), ("Due", 120)])
    qtbot.addWidget(made)
    made.show_lines(
        [
            CheckRow(1, ("Blue box", "2030"), order=("blue box", 2030)),
            CheckRow(2, ("Red box", "999"), order=("red box", 999), locked=HELD),
            CheckRow(3, ("Amber box", "2020"), order=("amber box", 2020)),
        ]
    )
    made.resize(500, 300)
    made.show()
    made.choose_row(0)
    return made


def press(table, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(table, key, modifier)


def names(table):
    return [line.cells[0] for line in table.lines.lines]


def test_space_ticks_the_selected_lines_and_takes_it_back(table):
    press(table, Qt.Key.Key_Space)
    assert table.chosen == (1,)
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(table, Qt.Key.Key_Space)
    assert table.chosen == (1, 3), "the locked line stays out"
    press(table, Qt.Key.Key_Space)
    assert table.chosen == ()


def test_a_click_on_a_box_ticks_it(table):
    option = QStyleOptionViewItem()
    index = table.model().index(2, 0)
    table.initViewItemOption(option)
    option.rect = table.visualRect(index)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = table.style().subElementRect(
        QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, table
    )
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center()
    )
    assert table.chosen == (3,)


def test_a_locked_line_says_why_to_mouse_and_keyboard(table):
    told: list[str] = []
    table.refused.connect(told.append)
    table.choose_row(1)
    press(table, Qt.Key.Key_Space)
    where = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))
    table.lines.tick([2], on=True)
    table.tick_all()
    assert told == [HELD, HELD]
    assert 2 not in table.chosen
    spoken = table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == HELD


def test_headers_sort_by_what_is_meant_and_keep_the_keyboard_on_its_line(table):
    table.horizontalHeader().sectionClicked.emit(2)
    assert names(table) == ["Red box", "Amber box", "Blue box"], "999 before 2020"
    assert table.current_id() == 1
    table.horizontalHeader().sectionClicked.emit(2)
    assert names(table) == ["Blue box", "Amber box", "Red box"]
    table.show_lines(reversed(table.lines.lines))
    assert names(table) == ["Blue box", "Amber box", "Red box"], "the order stays"


def test_what_was_ticked_stays_ticked_while_it_is_there_and_free(table):
    table.tick_all()
    ticked: list[tuple[int, ...]] = []
    table.ticked.connect(lambda: ticked.append(table.chosen))
    table.show_lines([CheckRow(3, ("Amber box", "2020")), CheckRow(1, ("B", ""), locked=HELD)])
    assert table.chosen == (3,)
    assert ticked == [(3,)]


def test_it_can_be_walked_through(table):
    assert_walkable(table, 500, 300)
