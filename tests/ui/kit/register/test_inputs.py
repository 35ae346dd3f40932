"""Every kind of field can be typed, read back and left without losing anything."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from dpdesk.registers.fields import YES_NO, Choice, Field, Kind
from dpdesk.registers.wording import SCHOOL_TIME, show_date
from tests.ui.kit.invented import COLOURS, MARKS, NOW, PLACES, Umbrellas
from ui.kit.register.form_row import Doors, FormRow, make_input
from ui.kit.register.inputs import Input
from ui.kit.register.inputs_choices import ChoiceInput, ChoicesInput, SegmentInput
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.inputs_links import FileInput, LinkInput

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def doors(service: Umbrellas) -> Doors:
    return Doors(service, now=lambda: NOW)


@pytest.fixture
def put(qtbot, doors):
    """Shows an input with another one below it, for the keyboard to go to."""

    def show(field: Field) -> Any:
        page: Any = QWidget()
        made: Any = make_input(field, doors)
        layout = QVBoxLayout(page)
        layout.addWidget(made)
        page.away = QLineEdit()
        layout.addWidget(page.away)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        made.setFocus()
        made.page = page
        return made

    return show


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
    (Field(Kind.FILE, "Picture", "a"), 7),
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


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18/12/2026", dt.date(2026, 12, 18)),
        ("18 dec 2026", dt.date(2026, 12, 18)),
        ("2026-12-18", dt.date(2026, 12, 18)),
        ("today", dt.date(2026, 11, 22)),
        ("Yesterday", dt.date(2026, 11, 21)),
    ],
)
def test_a_date_is_typed_as_people_write_it(put, typed, day):
    made = put(DAY)
    QTest.keyClicks(made.line, typed)
    leave(made)
    assert made.value() == day
    assert made.line.text() == f"{day.day} {day:%B} {day.year}"
    assert made.day_name.text() == f"{day:%A}"


def test_a_date_that_does_not_exist_is_kept_as_typed_and_reported(put):
    made = put(DAY)
    QTest.keyClicks(made.line, "31 February 2026")
    leave(made)
    assert made.line.text() == "31 February 2026"
    assert made.value() is None
    assert made.typed() == "31 February 2026"
    assert "no such day" in made.problem()


def test_t_is_today_only_where_nothing_is_typed(put):
    made = put(DAY)
    QTest.keyClicks(made.line, "t")
    assert made.value() == NOW.date()
    made.line.clear()
    QTest.keyClicks(made.line, "3 Oct 2026")
    leave(made)
    assert made.value() == dt.date(2026, 10, 3)


def test_up_and_down_move_by_a_day(put):
    made = put(DAY)
    made.set_value(dt.date(2026, 12, 31))
    QTest.keyClick(made.line, Qt.Key.Key_Up)
    assert made.value() == dt.date(2027, 1, 1)
    QTest.keyClick(made.line, Qt.Key.Key_Down)
    QTest.keyClick(made.line, Qt.Key.Key_Down)
    assert made.value() == dt.date(2026, 12, 30)


def test_the_calendar_gives_a_day_and_leaves_the_time_to_the_user(put):
    made: DateInput = put(DAY)
    made.take_day(dt.date(2026, 12, 18))
    assert made.value() == dt.date(2026, 12, 18)
    moment: DateInput = put(MOMENT)
    moment.take_day(dt.date(2026, 11, 20))
    assert moment.value() is None
    QTest.keyClicks(moment.line, "9:10")
    assert moment.value() == dt.datetime(2026, 11, 20, 9, 10, tzinfo=dt.UTC)
    moment.take_day(dt.date(2026, 7, 1))
    assert moment.value() == dt.datetime(2026, 7, 1, 8, 10, tzinfo=dt.UTC), "09:10 summer time"


@pytest.mark.parametrize("typed", ["9:10", "9.10am", "today 9:10", "{day}/{month}/{year} 9:10"])
def test_a_moment_is_typed_as_people_write_it_and_shown_as_it_was_understood(put, typed):
    made: DateInput = put(MOMENT)
    today = NOW.astimezone(SCHOOL_TIME).date()
    words = typed.format(day=today.day, month=today.month, year=today.year % 100)
    QTest.keyClicks(made.line, words)
    leave(made)
    assert made.line.text() == f"{show_date(today)}, 09:10"


def test_a_moment_keeps_its_hour_when_the_clocks_change(put):
    made: DateInput = put(MOMENT)
    made.set_value(dt.datetime(2026, 10, 24, 8, 0, tzinfo=dt.UTC))  # 09:00 summer time
    made.shift(1)
    assert made.value() == dt.datetime(2026, 10, 25, 9, 0, tzinfo=dt.UTC)
    assert made.line.text().endswith("09:00")


@pytest.mark.parametrize("typed", ["{day}/{month}/{short}", "{day} {name}", "{day}-{name}-{short}"])
def test_a_day_is_typed_as_people_write_it_and_shown_as_it_was_understood(put, typed):
    made: DateInput = put(DAY)
    today = NOW.astimezone(SCHOOL_TIME).date()
    words = typed.format(
        day=today.day, month=today.month, short=today.year % 100, name=f"{today:%b}"
    )
    QTest.keyClicks(made.line, words)
    leave(made)
    assert made.line.text() == show_date(today)


def test_alt_down_opens_the_calendar(put):
    made = put(DAY)
    QTest.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


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


@pytest.mark.parametrize("field", [DAY, MOMENT])
def test_an_empty_date_says_which_key_writes_today(put, field, qtbot):
    made: DateInput = put(field)
    hint = "Press T for the time now" if field is MOMENT else "Press T for today"
    qtbot.waitUntil(lambda: made.day_name.text() == hint)
    assert hint in made.line.toolTip()
    made.describe("Help.")
    assert made.line.accessibleDescription() == f"Help. {hint}."
    example = made.line.placeholderText()
    assert example.startswith("for example: ")
    assert made.line.fontMetrics().horizontalAdvance(example) < made.line.width() - 12
    QTest.keyClicks(made.line, "t")
    assert made.day_name.text() == "Sunday"
    made.line.clear()
    leave(made)
    assert made.day_name.text() == ""


def test_a_link_is_found_by_a_part_of_its_title(put):
    made: LinkInput = put(Field(Kind.LINK, "Like", "a", target="invented_umbrella"))
    QTest.keyClicks(made.line, "folding")
    assert made.value() is None
    assert made.problem()
    made.line.offer()
    offered = made.line.completer().model()
    assert [offered.index(i, 0).data() for i in range(offered.rowCount())] == [
        "UM-2026-003 Blue, folding"
    ]
    leave(made)
    assert made.value() == 3, "the only match is what was meant"
    assert made.line.text() == "UM-2026-003 Blue, folding"


def test_a_link_that_is_typed_over_is_no_longer_that_link(put):
    made: LinkInput = put(Field(Kind.LINK, "Shelf", "a", target="invented_shelf"))
    made.set_value(1)
    made.line.selectAll()
    QTest.keyClicks(made.line, "zzz")
    assert made.value() is None
    leave(made)
    assert made.line.text() == "zzz"
    assert made.problem()


def test_links_are_added_and_taken_away(put):
    made = put(Field(Kind.LINKS, "Like", "a", target="invented_umbrella"))
    made.set_value(("UM-2026-001",))
    QTest.keyClicks(made.line, "folding")
    leave(made)
    assert made.value() == ("UM-2026-001", "UM-2026-003")
    tag = next(
        made.tags.layout().itemAt(i).widget()
        for i in range(made.tags.layout().count())
        if "001" in made.tags.layout().itemAt(i).widget().text()
    )
    tag.click()
    assert made.value() == ("UM-2026-003",)


def test_linked_entries_are_shown_by_their_names_and_unknown_ones_by_their_references(put):
    made = put(Field(Kind.LINKS, "Like", "a", target="invented_umbrella"))
    made.set_value(("UM-2026-003", "UM-2019-999"))
    places = range(made.tags.layout().count())
    known, unknown = (made.tags.layout().itemAt(place).widget().text() for place in places)
    assert known.startswith("UM-2026-003 ")
    assert len(known) > len("UM-2026-003 ")
    assert unknown == "UM-2019-999"


class Drawer:
    """A door to documents with one document."""

    def __init__(self) -> None:
        self.opened: list[int] = []

    def choose(self, field: Field) -> int | None:
        return 4

    def label(self, document_id: int) -> str:
        return f"Document {document_id}"

    def open(self, document_id: int) -> None:
        self.opened.append(document_id)


def test_a_file_is_chosen_shown_and_taken_away(qtbot):
    drawer = Drawer()
    made = FileInput(Field(Kind.FILE, "Picture", "a"), drawer)
    qtbot.addWidget(made)
    made.choose.click()
    assert made.value() == 4
    assert made.name.text() == "Document 4"
    made.show_it.click()
    assert drawer.opened == [4]
    made.remove.click()
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
