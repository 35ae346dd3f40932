"""Every kind of field can be typed, read back and left without losing anything."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from dpdesk.registers.fields import YES_NO, Choice, Field, Kind
from tests.ui.kit.invented import COLOURS, MARKS, PLACES
from ui.kit.register.form_row import FormRow
from ui.kit.register.inputs import Input
from ui.kit.register.inputs_choices import ChoiceInput, SegmentInput
from ui.kit.register.inputs_many import ChoicesInput

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def leave(made: Any) -> None:
    made.page.away.setFocus()


DAY = Field(Kind.DATE, "Keep until", "day")
MOMENT = Field(Kind.MOMENT, "Found", "moment")
SEVERAL = [
    (Field(Kind.TEXT, "Words", "a"), "Some words"),
    (Field(Kind.LONG_TEXT, "More words", "a"), "Some\n\nlines"),
    (Field(Kind.YES_NO, "Is it?", "a", choices=YES_NO), "unknown"),
    (DAY, dt.date(2026, 12, 18)),
    (MOMENT, dt.datetime(2026, 7, 1, 8, 10, tzinfo=dt.UTC)),
    (Field(Kind.NUMBER, "How many?", "a"), 12345),
    (Field(Kind.MONEY, "Worth", "a"), Decimal("1234.50")),
    (Field(Kind.CHOICE, "Where?", "a", choices=PLACES), "yard"),
    (Field(Kind.CHOICE, "Colour", "a", choices=COLOURS), "indigo"),
    (Field(Kind.CHOICES, "Marks", "a", choices=MARKS), ("name", "phone")),
    (Field(Kind.CHOICES, "Colours", "a", choices=COLOURS), ("red", "gold")),
    (Field(Kind.LINK, "Shelf", "a", target="invented_shelf"), 1),
    (Field(Kind.LINKS, "Like it", "a", target="invented_umbrella"), ("UM-2026-002",)),
]


@pytest.mark.parametrize(("field", "value"), SEVERAL, ids=lambda x: getattr(x, "label", ""))
def test_what_is_shown_is_given_back_unchanged(put, field, value):
    made = put(field)
    told: list[int] = []
    made.changed.connect(lambda: told.append(1))
    assert made.value() is None
    assert not made.problem()
    made.set_value(value)
    assert made.value() == value
    leave(made)
    assert made.value() == value
    assert not made.problem()
    made.set_value(None)
    assert made.value() is None
    assert told == [], "filling in is no change by the user"


@pytest.mark.parametrize(("field", "value"), SEVERAL, ids=lambda x: getattr(x, "label", ""))
def test_every_input_has_a_name_for_screen_readers(put, field, value):
    made = put(field)
    assert field.label in made.target.accessibleName()


def test_yes_no_by_arrow_keys_and_back_to_no_answer(put):
    made: SegmentInput = put(Field(Kind.YES_NO, "Is it?", "a", choices=YES_NO))
    told: list[Any] = []
    made.changed.connect(lambda: told.append(made.value()))
    QTest.keyClick(made.buttons["yes"], Qt.Key.Key_Space)
    QTest.keyClick(made.buttons["yes"], Qt.Key.Key_Right)
    QTest.keyClick(made.buttons["no"], Qt.Key.Key_Delete)
    assert told == ["yes", "no", None]
    made.buttons["unknown"].click()
    made.buttons["unknown"].click()
    assert made.value() is None


def test_space_on_the_answer_that_an_arrow_led_to_keeps_it_and_once_more_takes_it_back(put):
    made: SegmentInput = put(Field(Kind.YES_NO, "Is it?", "a", choices=YES_NO))
    made.buttons["yes"].setFocus()
    QTest.keyClick(made.buttons["yes"], Qt.Key.Key_Right)
    QTest.keyClick(made.buttons["no"], Qt.Key.Key_Space)
    assert made.value() == "no"
    QTest.keyClick(made.buttons["no"], Qt.Key.Key_Space)
    assert made.value() is None


@pytest.mark.parametrize("used", ["no", "unknown"])
def test_tab_comes_to_the_first_answer_of_a_new_entry_whichever_was_used_before(put, qtbot, used):
    made: SegmentInput = put(Field(Kind.YES_NO, "Is it?", "a", choices=YES_NO))
    before = QLineEdit(made)
    before.show()
    QWidget.setTabOrder(before, made.buttons["yes"])
    made.buttons[used].setFocus()
    QTest.keyClick(made.buttons[used], Qt.Key.Key_Space)
    made.set_value(None)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    qtbot.waitUntil(made.buttons["yes"].hasFocus)
    made.set_value(used)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    qtbot.waitUntil(made.buttons[used].hasFocus)


def test_the_wheel_never_changes_an_answer(put):
    made: ChoiceInput = put(Field(Kind.CHOICE, "Where?", "a", choices=PLACES))
    made.set_value("yard")
    event = QWheelEvent(
        QPointF(5, 5),
        made.combo.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(made.combo, event)
    assert made.value() == "yard"
    assert not event.isAccepted(), "the page scrolls instead"


def test_an_answer_no_longer_offered_is_not_lost(put):
    made = put(Field(Kind.CHOICE, "Where?", "a", choices=PLACES))
    made.set_value("attic")
    assert made.value() == "attic"
    several: ChoicesInput = put(Field(Kind.CHOICES, "Marks", "a", choices=MARKS))
    several.set_value(("name", "stamp"))
    assert set(several.value()) == {"name", "stamp"}


def test_the_explanation_of_the_chosen_answer_is_shown(put):
    made: ChoiceInput = put(Field(Kind.CHOICE, "Where?", "a", choices=PLACES))
    made.set_value("bus")
    assert made.note.text() == "Ask the driver first"
    made.set_value("hall")
    assert made.note.isHidden()


@pytest.mark.parametrize(
    "field",
    [
        Field(Kind.TEXT, "Safeguards", "a", example="None."),
        Field(Kind.LONG_TEXT, "Safeguards", "a", example="None."),
    ],
)
def test_an_example_is_plainly_no_answer(put, field):
    made = put(field)
    assert made.target.placeholderText() == "for example: None."
    assert made.value() is None


def test_a_long_text_grows_and_tab_leaves_it(put):
    made = put(Field(Kind.LONG_TEXT, "Notes", "a"))
    before = made.text.height()
    made.text.setPlainText("\n".join(f"Line {n}" for n in range(9)))
    assert made.text.height() > before
    made.text.setPlainText("\n".join(f"Line {n}" for n in range(90)))
    screen = 768
    assert made.text.height() < screen / 2
    QTest.keyClick(made.text, Qt.Key.Key_Tab)
    assert made.page.away.hasFocus()


def test_a_row_names_its_input_and_says_why_it_asks(qtbot, doors):
    row = FormRow(
        Field(Kind.TEXT, "Who & what?", "a", required=True, help="One name.", source="Rules, 2"),
        doors,
    )
    qtbot.addWidget(row)
    row.show()
    assert row.label.buddy() is row.input.target
    assert row.label.text() == "Who && what?"
    said = row.input.target.accessibleDescription()
    assert "Required." in said
    assert "One name." in said
    assert "Rules, 2" in said
    row.show_error("“Who & what?” needs an answer.")
    assert "needs an answer" in row.input.target.accessibleDescription()
    assert row.input.target.property("invalid") is True
    assert row.source.isHidden()
    row.toggle_source()
    assert not row.source.isHidden()


def test_read_only_answers_cannot_be_changed(put):
    for field, value in SEVERAL:
        made: Input = put(field)
        made.set_value(value)
        made.set_read_only(True)
        if isinstance(made, SegmentInput):
            made.buttons["yes"].click()
        elif hasattr(made, "line"):
            QTest.keyClicks(made.line, "x")
        assert made.value() == value


def test_long_choices_wrap_and_their_words_tick_the_box(put):
    long = "A name & a class & a year, " * 9
    marks = (Choice("a", long),)
    made: ChoicesInput = put(Field(Kind.CHOICES, "Marks", "a", choices=marks))
    assert made.minimumSizeHint().width() < 400
    line = made.lines["a"]
    assert line.words.text() == long
    QTest.mouseClick(line.words, Qt.MouseButton.LeftButton)
    assert made.value() == ("a",)
