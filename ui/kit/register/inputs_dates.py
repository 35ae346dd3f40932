"""Days and moments: typed as people write them, or picked from a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from dpdesk.law import words as said
from dpdesk.law.calendar import bank_holidays_by_rule
from dpdesk.law.dates import SPOKEN, read_date
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.wording import SCHOOL_TIME, read, show_date, show_moment
from ui.kit.look.theme import SMALL, set_role, theme
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import column, words
from ui.kit.register.inputs import LineInput, example_words

_PADDING = 30
_PALE = 0.85
"""Size of the days of other months, beside those of the month shown."""


class DateInput(LineInput):
    """A day or a moment.

    ``T`` in an empty line writes today (or now); Up and Down move by a day; "yesterday" is
    understood. The name of the day stands beside it, because that is how slips are noticed.
    """

    def __init__(
        self,
        field: Field,
        now: Callable[[], dt.datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent)
        self._now = now
        self._moment = field.kind is Kind.MOMENT
        self._just_t = False
        self._short = "Press T for the time now" if self._moment else "Press T for today"
        example = "20 November 2026, 09:10" if self._moment else "3 September 2026"
        self.line.setPlaceholderText(example_words(field.example or example))
        metrics = self.line.fontMetrics()
        wide = metrics.averageCharWidth() * (30 if self._moment else 24)
        wide = max(wide, metrics.horizontalAdvance(self.line.placeholderText()) + _PADDING)
        self.line.setMinimumWidth(wide)
        self.line.setMaximumWidth(wide + metrics.averageCharWidth() * 10)
        self.line.setToolTip(f"{self._short}. Up and Down go to the next or previous day.")
        self.pick = icon_button(f"Choose a day: {field.label}", "mdi6.calendar-month-outline")
        self.pick.setToolTip("Calendar (Alt+Down)")
        self.pick.clicked.connect(self.open_calendar)
        # Reached with Alt+Down from the line, as in every calendar field, and with the mouse.
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.day_name = words("", "muted")
        self.box.addWidget(self.pick)
        self.box.addWidget(self.day_name)
        self.box.addStretch(1)
        self.line.textChanged.connect(self._name_day)

    def brief(self, *, on: bool = True) -> None:
        """Without the name of the day beside it, where room is short."""
        self.day_name.setVisible(not on)
        roomy = self.line.minimumWidth() + self.line.fontMetrics().averageCharWidth() * 10
        self.line.setMaximumWidth(self.line.minimumWidth() if on else roomy)

    def _read(self) -> Any:
        text = self.line.text().strip()
        if self._moment and text.casefold() in SPOKEN:
            day = read_date(text, self._today())
            raise ValueError(f"Add the time, for example {show_date(day)}, 09:10.")
        return read(self.field, text, self._now())

    def _present(self) -> dt.datetime:
        """The present minute; nobody types seconds."""
        return self._now().astimezone(dt.UTC).replace(second=0, microsecond=0)

    def _today(self) -> dt.date:
        return self._now().astimezone(SCHOOL_TIME).date()

    def _day(self) -> dt.date | None:
        value = self.value()
        if isinstance(value, dt.datetime):
            return value.astimezone(SCHOOL_TIME).date()
        return value if isinstance(value, dt.date) else None

    def describe(self, text: str) -> None:
        """Help and errors, for screen readers, and the key that spares the typing."""
        super().describe(f"{text} {self._short}.".strip())

    def _name_day(self) -> None:
        day = self._day()
        empty = not self.line.text() and not self.line.isReadOnly()
        hint = self._short if empty and self.line.hasFocus() else ""
        self.day_name.setText(said.day_name(day) if day is not None else hint)

    def _leave(self) -> None:
        super()._leave()
        self._name_day()

    def write_present(self) -> None:
        """Writes today, or the present moment."""
        present = show_moment(self._present()) if self._moment else show_date(self._today())
        self.line.setText(present)
        self._tell()

    def shift(self, days: int) -> None:
        """Goes to a later or an earlier day; the time stays."""
        value = self.value()
        if value is None:
            return
        if isinstance(value, dt.datetime):
            local = value.astimezone(SCHOOL_TIME)
            value = dt.datetime.combine(
                local.date() + dt.timedelta(days), local.time(), tzinfo=SCHOOL_TIME
            )
        else:
            value += dt.timedelta(days)
        self.fill(value)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of a date."""
        if "line" not in self.__dict__:
            return False
        if watched is self.line and event.type() is QEvent.Type.FocusIn:
            # The line has the keyboard only after this event.
            QTimer.singleShot(0, self, self._name_day)
        if watched is self.line and isinstance(event, QKeyEvent) and not self.line.isReadOnly():
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        blank = not self.line.text() or self.line.selectedText() == self.line.text()
        if self._just_t and event.text().isalpha():
            # The T was the beginning of a word: "today", "tomorrow".
            self._just_t = False
            self.line.setText("t")
            return False
        self._just_t = False
        if event.text().casefold() == "t" and blank:
            self.write_present()
            self._just_t = True
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Up:
            self.shift(1)
        elif event.key() == Qt.Key.Key_Down:
            self.shift(-1)
        else:
            return False
        return True

    def open_calendar(self) -> None:
        """Shows the calendar under the line."""
        # Here the keyboard comes back to when the calendar is closed without a choice.
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        today = self._today()
        popup = CalendarPopup(self._day() or today, today, self, past=self.field.past)
        popup.show_under(self.line, self.take_day)

    def take_day(self, day: dt.date) -> None:
        """Takes a day from the calendar.

        A moment needs its time as well; nobody's clock is guessed, so it is left to type.
        """
        self.line.setFocus()
        if not self._moment:
            self.fill(day)
        else:
            value = self.value()
            time = f"{value.astimezone(SCHOOL_TIME):%H:%M}" if value is not None else ""
            self.line.setText(f"{show_date(day)}, {time}")
        self._tell()


class _Month(QCalendarWidget):
    """A month whose neighbours' days, and days that cannot be picked, do not look like its own."""

    def __init__(self) -> None:
        super().__init__()
        self.currentPageChanged.connect(self.name_holidays)

    def name_holidays(self, year: int, month: int) -> None:
        """Bank holidays look like weekends, and say what they are under the mouse."""
        for each in range(year - (month == 1), year + (month == 12) + 1):
            for day, name in bank_holidays_by_rule(each).items():
                told = QTextCharFormat()
                told.setForeground(QColor(theme().colours.muted))
                told.setToolTip(name)
                self.setDateTextFormat(QDate(day.year, day.month, day.day), told)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate | dt.date) -> None:
        """Draws the days of other months, and those that cannot be picked, smaller and paler."""
        day = date if isinstance(date, QDate) else QDate(date.year, date.month, date.day)
        ordinary = day.month() == self.monthShown() and day <= self.maximumDate()
        if ordinary or day == self.selectedDate():
            super().paintCell(painter, rect, day)
            return
        painter.save()
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * _PALE)
        painter.setFont(small)
        painter.setPen(QColor(theme().colours.faint))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day()))
        painter.restore()


class CalendarPopup(QFrame):
    """A month to pick a day from; Escape closes it. ``past``: no day after today can be picked."""

    def __init__(
        self, day: dt.date, today: dt.date, parent: QWidget, *, past: bool = False
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "pop")
        self._take: Callable[[dt.date], object] | None = None
        self.calendar = _Month()
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(theme().colours.muted))
        head = QTextCharFormat(quiet)
        head.setBackground(QColor(theme().colours.base))
        self.calendar.setHeaderTextFormat(head)
        # Schools do not work at weekends; red is kept for what is wrong.
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, quiet)
        if past:
            self.calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.name_holidays(self.calendar.yearShown(), self.calendar.monthShown())
        self.calendar.setAccessibleName("Calendar")
        self.calendar.activated.connect(self._chosen)
        self.calendar.clicked.connect(self._chosen)
        now = button(
            "Today",
            role="link",
            does=lambda: self._chosen(QDate(today.year, today.month, today.day)),
        )
        layout = column(self.calendar, now, space=SMALL)
        layout.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self.setLayout(layout)

    def show_under(self, widget: QWidget, take: Callable[[dt.date], object]) -> None:
        """Opens below a widget, or above it where the screen ends; ``take`` gets the day."""
        self._take = take
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        screen = widget.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place = widget.mapToGlobal(QPoint(0, -self.height() - 2))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _chosen(self, day: QDate) -> None:
        take = self._take
        self.close()
        if take is not None:
            take(dt.date(day.year(), day.month(), day.day()))
