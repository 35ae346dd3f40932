"""The year: what falls due month by month, and a data protection officer's work in terms."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import day_name, month_name, short_date
from dpdesk.overview import year
from dpdesk.overview.year import YearLine, YearMonth
from dpdesk.registers.wording import SCHOOL_TIME
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import Option, button, icon_button, option
from ui.kit.pieces.cards import (
    Card,
    Scrolled,
    clear_layout,
    column,
    help_words,
    row,
    scrolling,
    words,
)
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings
from ui.overview.year_grids import MonthGrid, YearGrid

_RIGHT: Final = 430
_MOST: Final = 25
"""Lines of a month that are shown; the plan for the wall has all."""
_WIDEST: Final = "Overdue since 30 Mmm 2026"
"""What the column of days has room for."""


class YearPage(LivePage):
    """The page "The year", beside Home."""

    help_page = "year"
    shows: ClassVar = frozenset({"requests", "breaches", "assets", "holdings", "risks", "notices"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        header = PageHeader("The year", "No person is named here, on the plan or in the file", self)
        self.print_button = button("Print for the wall", "mdi6.printer-outline", does=self.print)
        self.save_button = button(
            "Save for another calendar", "mdi6.calendar-export", does=self.save
        )
        header.add_button(self.save_button)
        header.add_button(self.print_button)
        self.body.addWidget(header)
        self.shown = "list"
        self.body.addLayout(self._ways())
        inside = Scrolled(self)
        self.left = QVBoxLayout()
        self.left.setSpacing(MEDIUM)
        self.right = QWidget(inside)
        terms = column(*self._terms(), None, space=MEDIUM)
        terms.setContentsMargins(0, 0, 0, 0)
        self.right.setLayout(terms)
        # One bar for both: what stands beside the list moves with it.
        both = row(self.left, self.right, space=LARGE)
        both.setContentsMargins(0, 0, MEDIUM, 0)
        both.setStretch(0, 1)
        inside.setLayout(both)
        self.month = MonthGrid(self._open_line, partial(self.show_as, "list"), self)
        self.grid = YearGrid(self)
        self.grid.opened.connect(self._open_month)
        self.views = {
            "list": scrolling(inside, "What falls due"),
            "month": scrolling(self._month_page(), "The month"),
            "year": self.grid,
        }
        self.stack = PageStack(self)
        for view in self.views.values():
            self.stack.addWidget(view)
        self.body.addWidget(self.stack, 1)
        on_escape(self, self.around.navigator.back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The work of the terms takes no more than its part."""
        super().resizeEvent(event)
        self.right.setFixedWidth(min(_RIGHT, self.width() * 2 // 5))

    def _ways(self) -> QHBoxLayout:
        self.ways: dict[str, Option] = {}
        for key, label in (("list", "List"), ("month", "Month"), ("year", "Year")):
            made = option(label, role="chip", one_of=True, picked=partial(self._picked, key))
            made.setChecked(key == self.shown)
            self.ways[key] = made
        return row(*self.ways.values(), None)

    def _month_page(self) -> QWidget:
        page = Scrolled(self)
        self.month_title = words("", "heading")
        self.before = icon_button(
            "The month before", "mdi6.chevron-left", does=partial(self.turn, -1)
        )
        self.after = icon_button("The next month", "mdi6.chevron-right", does=partial(self.turn, 1))
        head = row(self.before, self.month_title, self.after, None)
        page.setLayout(column(head, self.month, None))
        return page

    def _terms(self) -> list[QWidget]:
        cards: list[QWidget] = []
        for term in year.terms():
            card = Card(term.title, parent=self)
            for what, opens, source in term.work:
                go = partial(self.around.navigator.open_page, opens)
                card.add(row(button(what, role="link", does=go, hint=source), None))
            cards.append(card)
        return cards

    def _months(self) -> tuple[YearMonth, ...]:
        every = self.desk.overview.every_duty()
        return year.months(every, self.desk.registers, self._today())

    # --- showing -------------------------------------------------------------------------

    def _picked(self, key: str, _on: bool) -> None:
        self.show_as(key)

    def show_as(self, key: str) -> None:
        """Shows the year as a list with the work of the terms beside it, as a month, or whole."""
        self.shown = key
        for each, made in self.ways.items():
            made.setChecked(each == key)
        self.stack.setCurrentWidget(self.views[key])
        self.reload_when_seen()

    def turn(self, by: int) -> None:
        """Shows a neighbouring month, as far as there is one."""
        firsts = [month.first for month in self.grid.year.months]
        place = firsts.index(self.month.first) + by
        if 0 <= place < len(firsts):
            self._show_month(firsts[place])

    def _open_month(self, number: int) -> None:
        """A month of the year, from 1, as it stands in the grid."""
        self._show_month(self.grid.year.months[number - 1].first)
        self.show_as("month")

    def _show_month(self, first: dt.date) -> None:
        months, today = self.grid.year.months, self._today()
        firsts = [month.first for month in months]
        first = first if first in firsts else firsts[0]
        self.month.show_month(first, self.grid.year.due, today)
        self.month_title.setText(months[firsts.index(first)].title)
        self.before.setEnabled(first != firsts[0])
        self.after.setEnabled(first != firsts[-1])
        announce(self.month, self.month_title.text())

    def _today(self) -> dt.date:
        return self.around.now().astimezone(SCHOOL_TIME).date()

    def read(self) -> None:
        """Asks every area what falls due."""
        months = self._months()
        self.grid.show_year(months, self._today())
        self._show_month(self.month.first)
        clear_layout(self.left)
        for month in months:
            card = Card(month.title, parent=self)
            if not month.lines:
                card.add(help_words("Nothing is due.", "muted"))
            for line in month.lines[:_MOST]:
                card.add(self._line(line))
            if (more := len(month.lines) - _MOST) > 0:
                card.add(help_words(f"{more:,} more", "muted"))
            self.left.addWidget(card)
        self.left.addStretch(1)

    def _line(self, line: YearLine) -> QHBoxLayout:
        """The day in a column of its own, and what is due as a way there."""
        late = line.day < self._today()
        shown = f"Overdue since {short_date(line.day)}" if late else _day(line.day)
        day = words(shown, "muted")
        day.setMinimumWidth(day.fontMetrics().horizontalAdvance(_WIDEST))
        made = button(line.words, role="link", does=partial(self._open_line, line))
        made.setAccessibleName(f"{shown}: {line.words}")
        return row(day, made, None)

    def _open_line(self, line: YearLine) -> None:
        self._open(line.duty.register, line.duty.entry_id, line.duty.place)

    def _open(self, register: str, entry_id: int, place: str) -> None:
        if register in self.desk.registers and entry_id:
            self.around.navigator.open_entry(register, entry_id, place)
        elif register in self.desk.registers:
            self.around.navigator.open_page(register)
        else:
            self.around.navigator.open_page("settings", section=place)

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    # --- doing ---------------------------------------------------------------------------

    def print(self) -> None:
        """The plan for the wall."""
        from dpdesk.papers.leaflet import leaflet_pdf

        plan = year.wall_plan(self._months(), self._today(), self.desk.school.letterhead())
        self.door.offer(lambda: leaflet_pdf(plan).content, "Data protection, the year")

    def save(self) -> None:
        """Everything that is due, as a file for another calendar."""
        dated = [duty for duty in self.desk.overview.every_duty() if duty.due is not None]
        content = year.calendar_file(dated, self.desk.registers, self.around.now())
        self.door.save(content, "Data protection.ics", "Calendar (*.ics)")


def _day(day: dt.date) -> str:
    """A day of this year or the next in a list: "Fri 4 December"."""
    return f"{day_name(day)[:3]} {day.day} {month_name(day)}"
