"""The year as a calendar: one month with what is due on its days, and twelve months at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QHeaderView, QSizePolicy, QVBoxLayout, QWidget

from dpdesk.law.words import count, long_date
from dpdesk.overview import year
from dpdesk.overview.year import YearLine, YearMonth
from ui.kit.look.theme import SMALL, TINY, give_role, theme
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import clear_layout, words
from ui.kit.register.table import ID_ROLE
from ui.kit.register.table_view import TableView

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST: Final = 3
"""Lines of a day that are shown in a month; the list has all."""
_SATURDAY: Final = 5
_NUMBERS: Final = 31
_MONTH_WIDE: Final = 128
_NARROW: Final = 26
_HIGH: Final = 64
"""Pixels that a week has at least."""
Due = Mapping[dt.date, tuple[YearLine, ...]]
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()


class MonthGrid(QWidget):
    """The weeks of one month. ``opens`` shows what a line stands for, ``all_of`` the list."""

    def __init__(
        self,
        opens: Callable[[YearLine], object],
        all_of: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._opens, self._all_of = opens, all_of
        self.first = dt.date.min
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(TINY)
        for place in range(len(_DAYS)):
            self._grid.setColumnStretch(place, 1)

    def show_month(self, first: dt.date, due: Due, today: dt.date) -> None:
        """Shows a month with what is due in it."""
        self.first = first
        clear_layout(self._grid)
        for place, name in enumerate(_DAYS):
            self._grid.addWidget(words(name, "muted"), 0, place)
        for row, week in enumerate(year.weeks(first), 1):
            for place, day in enumerate(week):
                if day.month == first.month:
                    self._grid.addWidget(self._day(day, due.get(day, ()), today), row, place)
            self._grid.setRowStretch(row, 1)
            self._grid.setRowMinimumHeight(row, _HIGH)

    def _day(self, day: dt.date, lines: Sequence[YearLine], today: dt.date) -> QWidget:
        box = QFrame(self)
        give_role(box, "card")
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(SMALL, TINY, TINY, TINY)
        inside.setSpacing(0)
        here = day == today
        inside.addWidget(words(f"{day.day} today" if here else str(day.day), _role(day, today)))
        for line in lines[:_MOST]:
            late = line.day < today
            made = button(line.words, role="link", does=partial(self._opens, line))
            told = f"{line.words}, {'overdue since' if late else 'due'} {long_date(line.day)}"
            made.setText(f"! {line.words}" if late else line.words)
            made.setAccessibleName(told)
            made.setToolTip(told)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            inside.addWidget(made)
        if (more := len(lines) - _MOST) > 0:
            made = button(f"{more:,} more", role="link", does=self._all_of)
            made.setAccessibleName(f"{more:,} more on {long_date(day)}")
            inside.addWidget(made)
        inside.addStretch(1)
        # What looks like a link may be squeezed to nothing: the day says how high it is.
        high = self.fontMetrics().height() + SMALL
        box.setMinimumHeight((1 + min(len(lines), _MOST + 1)) * high + SMALL)
        return box


def _role(day: dt.date, today: dt.date) -> str:
    if day == today:
        return "accent"
    return "muted" if day.weekday() >= _SATURDAY else "strong"


class YearGridModel(QAbstractTableModel):
    """A row for each month, a column for each day; how many things are due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.months: Sequence[YearMonth] = ()
        self.due: Due = {}
        self._today = dt.date.min

    def show_year(self, months: Sequence[YearMonth], today: dt.date) -> None:
        """Shows these months."""
        self.beginResetModel()
        self.months, self._today = months, today
        self.due = year.by_day(months, today)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Months."""
        return 0 if parent.isValid() else len(self.months)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The name of the month, and its days."""
        return 0 if parent.isValid() else _NUMBERS + 1

    def day(self, index: Index) -> dt.date | None:
        """The day of a cell; None beside the months and where a month is shorter."""
        first = self.months[index.row()].first
        if index.column() == 0:
            return None
        day = first + dt.timedelta(index.column() - 1)
        return day if day.month == first.month else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One day."""
        if role == ID_ROLE:
            return index.row() + 1
        day = self.day(index)
        if day is None:
            return self._beside(index, role)
        lines = self.due.get(day, ())
        if role == Qt.ItemDataRole.DisplayRole:
            return str(len(lines)) if lines else "·" if day == self._today else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            if lines:
                late = any(line.day < self._today for line in lines)
                return QColor(theme().colours.danger_bg if late else theme().colours.info_bg)
            return QColor(theme().colours.hover) if day.weekday() >= _SATURDAY else None
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            told = f"{long_date(day)}: {len(lines) or 'nothing'} due"
            return "\n".join([told, *(line.words for line in lines)])
        return None

    def _beside(self, index: Index, role: int) -> Any:
        month = self.months[index.row()]
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if index.column():
            return "No such day" if spoken else None
        if spoken:
            return f"{month.title}: {count(len(month.lines), 'thing')} due"
        if role == Qt.ItemDataRole.DisplayRole:
            return month.title
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Numbers of the days."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return str(section) if section else "Month"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None


class YearGrid(TableView):
    """Twelve months at a glance; Enter or a double click opens the month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.year = YearGridModel(parent)
        super().__init__(
            "Twelve months, with how many things are due on each day", self.year, parent
        )
        self.setSelectionBehavior(self.SelectionBehavior.SelectItems)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(False)
        head.setSectionsClickable(False)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(_NARROW)

    def show_year(self, months: Sequence[YearMonth], today: dt.date) -> None:
        """Shows these months."""
        self.year.show_year(months, today)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        for place in range(self.year.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if place else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(place, mode)
        head.resizeSection(0, _MONTH_WIDE)
