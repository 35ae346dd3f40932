"""The year: what falls due month by month, and a data protection officer's work in terms."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.overview import year
from dpdesk.overview.year import YearLine, YearMonth
from dpdesk.registers.wording import SCHOOL_TIME
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import (
    Card,
    PageHeader,
    Scrolled,
    clear_layout,
    column,
    help_words,
    row,
    scrolling,
)
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

_RIGHT: Final = 430
_MOST: Final = 25
"""Lines of a month that are shown; the plan for the wall has all."""


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
        inside = Scrolled(self)
        self.left = QVBoxLayout(inside)
        self.left.setContentsMargins(0, 0, MEDIUM, 0)
        self.left.setSpacing(MEDIUM)
        side = Scrolled(self)
        side.setLayout(column(*self._terms(), None, space=MEDIUM))
        right = scrolling(side, "Work in terms")
        right.setFixedWidth(_RIGHT)
        both = row(scrolling(inside, "What falls due"), right, space=LARGE)
        both.setStretch(0, 1)
        self.body.addLayout(both, 1)
        on_escape(self, self.around.navigator.back)

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
        today = self.around.now().astimezone(SCHOOL_TIME).date()
        return year.months(self.desk.overview.every_duty(), self.desk.registers, today)

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Asks every area what falls due."""
        clear_layout(self.left)
        for month in self._months():
            card = Card(month.title, parent=self)
            if not month.lines:
                card.add(help_words("Nothing is due.", "muted"))
            for line in month.lines[:_MOST]:
                card.add(row(self._line(line), None))
            if (more := len(month.lines) - _MOST) > 0:
                card.add(help_words(f"{more:,} more", "muted"))
            self.left.addWidget(card)
        self.left.addStretch(1)

    def _line(self, line: YearLine) -> QWidget:
        duty = line.duty
        day = f"{line.day:%a} {line.day.day} {line.day:%B}"
        if line.day < self.around.now().astimezone(SCHOOL_TIME).date():
            day = f"Overdue since {day} {line.day.year}"
        go = partial(self._open, duty.register, duty.entry_id, duty.place)
        return button(f"{day}   {line.words}", role="link", does=go)

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

        today = self.around.now().astimezone(SCHOOL_TIME).date()
        plan = year.wall_plan(self._months(), today, self.desk.school.letterhead())
        self.door.offer(lambda: leaflet_pdf(plan).content, "Data protection, the year")

    def save(self) -> None:
        """Everything that is due, as a file for another calendar."""
        dated = [duty for duty in self.desk.overview.every_duty() if duty.due is not None]
        content = year.calendar_file(dated, self.desk.registers, self.around.now())
        self.door.save(content, "Data protection.ics", "Calendar (*.ics)")
