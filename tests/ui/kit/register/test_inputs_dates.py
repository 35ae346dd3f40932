"""Days and moments are typed as people write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.wording import SCHOOL_TIME, show_date
from tests.ui.kit.invented import NOW
from ui.kit.look.appearance import appearance
from ui.kit.register.inputs_dates import CalendarPopup, DateInput

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def leave(made: Any) -> None:
    made.page.away.setFocus()


DAY = Field(Kind.DATE, "Keep until", "day")
MOMENT = Field(Kind.MOMENT, "Found", "moment")


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
    assert isinstance(popup, CalendarPopup)
    assert popup.calendar.locale().language() is QLocale.Language.English, "as the school speaks"
    assert popup.calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    popup.close()


def _calendar(made: Any) -> CalendarPopup:
    QTest.keyClick(made.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    return popup


def _ink(popup: CalendarPopup, day: dt.date) -> int:
    """How dark the number of a day is drawn; the place is found by the day's own cell."""
    table = popup.calendar.findChild(QTableView)
    assert table is not None
    first = dt.date(popup.calendar.yearShown(), popup.calendar.monthShown(), 1)
    begin = first - dt.timedelta(first.weekday() or 7)
    row, at = divmod((day - begin).days, 7)
    cell = table.visualRect(table.model().index(row + 1, at))
    assert table.model().index(row + 1, at).data() == day.day, "the right cell"
    image = table.viewport().grab(cell).toImage()
    lights = [
        image.pixelColor(x, y).lightness()
        for x in range(image.width())
        for y in range(image.height())
    ]
    return max(lights) - min(lights)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_calendar_shows_which_days_are_of_another_month_and_which_are_bank_holidays(put, name):
    appearance().choose(name)
    made: DateInput = put(DAY)
    made.fill(dt.date(2026, 12, 1))
    popup = _calendar(made)
    plain = _ink(popup, dt.date(2026, 12, 2))
    assert _ink(popup, dt.date(2026, 11, 30)) < plain - 20
    assert _ink(popup, dt.date(2027, 1, 4)) < plain - 20
    christmas = popup.calendar.dateTextFormat(QDate(2026, 12, 25))
    assert christmas.toolTip() == "Christmas Day"
    assert _ink(popup, dt.date(2026, 12, 25)) < plain - 20
    assert _ink(popup, dt.date(2026, 12, 28)) < plain - 20, "instead of the Saturday"
    popup.calendar.setCurrentPage(2027, 3)
    assert popup.calendar.dateTextFormat(QDate(2027, 3, 26)).toolTip() == "Good Friday"
    popup.close()


def test_the_calendar_offers_no_later_day_where_none_is_accepted(put):
    made: DateInput = put(Field(Kind.DATE, "Received on", "received", past=True))
    popup = _calendar(made)
    today = NOW.astimezone(SCHOOL_TIME).date()
    latest = popup.calendar.maximumDate()
    assert (latest.year(), latest.month(), latest.day()) == (today.year, today.month, today.day)
    later, earlier = today + dt.timedelta(1), today - dt.timedelta(3)
    assert _ink(popup, later) < _ink(popup, earlier) - 20
    QTest.keyClick(popup.calendar, Qt.Key.Key_Right)
    assert popup.calendar.selectedDate() == latest
    popup.close()


def test_the_keyboard_is_in_the_line_again_when_the_calendar_is_left(put):
    made: DateInput = put(DAY)
    leave(made)
    QTest.mouseClick(made.pick, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    QTest.keyClick(popup.calendar, Qt.Key.Key_Escape)
    assert made.line.hasFocus()


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
