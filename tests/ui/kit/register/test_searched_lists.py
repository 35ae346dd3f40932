"""A long pick list is searched by typing, and nothing is chosen that was not found."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import createdByPython

from dpdesk.registers.fields import Choice, Field, Kind
from tests.ui.kit.invented import COLOURS, NOW, Umbrellas
from ui.kit.register.form_row import Doors, make_input
from ui.kit.register.inputs import Input

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def put(qtbot, service: Umbrellas):
    def show(field: Field) -> Any:
        made: Any = make_input(field, Doors(service, now=lambda: NOW))
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
        made.setFocus()
        return made

    return show


def leave(made: Input) -> None:
    """Puts the keyboard elsewhere."""
    other = QLineEdit(made)
    other.show()
    other.setFocus()


def test_a_long_list_is_searched_by_typing(put):
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    line = made.combo.lineEdit()
    QTest.keyClicks(line, "indigo")
    assert made.value() == "indigo"
    line.selectAll()
    QTest.keyClicks(line, "ndig")
    assert made.search.labels.stringList() == ["Indigo"]


@pytest.mark.parametrize(
    "keys", [(Qt.Key.Key_Return,), (Qt.Key.Key_Down, Qt.Key.Key_Return), (Qt.Key.Key_PageDown,)]
)
def test_a_word_that_is_not_found_is_said_and_no_key_takes_an_answer_for_it(put, keys):
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    told: list[Any] = []
    made.changed.connect(lambda: told.append(made.value()))
    line = made.combo.lineEdit()
    QTest.keyClicks(line, "laptop")
    assert "laptop" in made.note.text()
    assert made.note.isVisible()
    for key in keys:
        QTest.keyClick(QApplication.activePopupWidget() or line, key)
    assert made.value() is None
    assert made.typed() == "laptop"
    assert made.problem()
    leave(made)
    assert set(told) == {None}
    line.selectAll()
    QTest.keyClicks(line, "go")
    assert "laptop" not in made.note.text()


def test_an_answer_is_found_by_its_other_names_and_enter_takes_the_only_one(put):
    lost = Choice("lost", "Device lost or stolen", also=("laptop", "tablet"))
    made = put(Field(Kind.CHOICE, "Kind", "a", choices=(*COLOURS, lost)))
    line = made.combo.lineEdit()
    QTest.keyClicks(line, "laptops")
    assert made.search.labels.stringList() == [lost.label]
    QTest.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
    assert made.value() == "lost"
    assert line.text() == lost.label
    line.selectAll()
    QTest.keyClicks(line, "tablet")
    leave(made)
    assert made.value() == "lost"


def test_down_on_an_answer_shows_the_others_and_changes_nothing(put):
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    made.set_value("indigo")
    QTest.keyClick(made.combo, Qt.Key.Key_Down)
    assert made.search.popup.isVisible()
    assert len(made.search.labels.stringList()) == len(COLOURS)
    assert made.value() == "indigo"
    QTest.keyClick(made.search.popup, Qt.Key.Key_Escape)
    assert made.value() == "indigo"


def test_a_click_opens_a_long_list_and_typing_replaces_the_answer(put):
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    made.set_value("indigo")
    line, popup = made.search.line, made.search.popup
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert popup.isVisible()
    assert len(made.search.labels.stringList()) == len(COLOURS), "all, whatever stands there"
    assert line.selectedText() == "Indigo"
    assert made.value() == "indigo", "a look is no change"
    QTest.keyClicks(popup, "vio")
    assert line.text() == "vio"
    assert made.search.labels.stringList() == ["Violet"]
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert made.value() == "violet"
    assert not popup.isVisible()


def test_the_line_that_is_typed_into_stays_known_to_python(put):
    # Of what Qt makes by itself Python loses sight when Tab goes through the window.
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    assert made.combo.lineEdit() is made.search.line
    assert createdByPython(made.search.line)


def test_the_list_below_the_line_stays_known_to_python(put):
    # With this one lost, every further letter is a fault of the program.
    made = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    assert made.search.completer.popup() is made.search.popup
    assert createdByPython(made.search.popup)
