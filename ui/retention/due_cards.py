"""What stands beside and below what is due: the line looked at, what is approved, the outlook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.law.words import count, long_date, short_date
from dpdesk.registers.entries import Query
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.bar_chart import BarChartView
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.retention.due_lines import held_words

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry
    from dpdesk.retention.holding_rows import DueHolding

_WAITING = 4
"""Approved disposals that are shown; the rest is in their list."""


class LineCard(Card):
    """The line that the keyboard is on, in whole sentences, with ways to what holds it up."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._around = around
        self.body.setSpacing(TINY)
        self.title = words("", "strong", wraps=True)
        self.why = help_words("", "")
        self.why.setMaximumWidth(900)
        self.ways, self._flow = flowing(SMALL)
        for widget in (self.title, self.why, self.ways):
            self.add(widget)

    def show_line(self, each: DueHolding | None, action: str) -> None:
        """Shows a holding; None where there is none to show."""
        self.setVisible(each is not None)
        if each is None:
            return
        self.title.setText(f"{each.reference}  {each.title}")
        lies = f" Kept in: {each.place}." if each.place else ""
        self.why.setText(
            f"{each.code} {each.records}: {each.why}. It fell due on {long_date(each.due)}.{lies} "
            f"Then: {action[0].lower()}{action[1:]}."
        )
        clear_layout(self._flow)
        if each.held_up:
            said = words(f"{held_words(each.held_up)}.", "strong")
            said.setMinimumHeight(button("").sizeHint().height())
            self._flow.addWidget(said)
        for block in each.held_up:
            if block.reference:
                go = button(f"Open {block.reference}", "mdi6.open-in-new")
                go.clicked.connect(
                    partial(self._around.navigator.open_entry, block.register, block.entry_id)
                )
                self._flow.addWidget(go)
        why = button("Why this date?", "mdi6.calendar-question")
        why.setAccessibleName(f"Why this date: open {each.reference}")
        why.clicked.connect(partial(self._around.navigator.open_entry, "holdings", each.entry_id))
        self._flow.addWidget(why)


class WaitingCard(RailPanel):
    """Disposals that are approved and not done yet. ``asked`` carries the number of one."""

    asked = Signal(int)

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Approved, to be done", parent)
        self._desk, self._around = desk, around

    def refresh(self) -> None:
        """Reads them afresh; hidden where there is none."""
        self.clear()
        service = self._desk.retention.disposals
        rows = service.listing(Query(chip="approved", columns=("approved_on",))).rows
        self.setVisible(bool(rows))
        for each in rows[:_WAITING]:
            number, reference, title = int(each[0]), str(each[1]), str(each[2])
            self.inside.addWidget(words(f"{reference}  {title}", "strong", wraps=True))
            go = button("Record as done", "mdi6.check", does=partial(self.asked.emit, number))
            go.setAccessibleName(f"Record {reference} as done")
            self.inside.addLayout(row(go, None))
        if len(rows) > _WAITING:
            more = button(
                f"All {len(rows)} of them",
                role="link",
                does=lambda: self._around.navigator.open_page("disposals", chip="approved"),
            )
            self.inside.addLayout(row(more, None))

    def draw(self, entry: Entry) -> None:
        """It belongs to no entry."""
        self.refresh()


class OutlookCard(Card):
    """How many holdings fall due in each of the next ten years. ``print_asked`` fires."""

    print_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What falls due in the next ten years", parent=parent)
        self._desk = desk
        self.chart = BarChartView((), "Holdings that fall due in each year", self)
        self.says = help_words("")
        made = button("Print", role="link", does=self.print_asked.emit)
        made.setAccessibleName("Print what falls due in the next ten years")
        lines = QVBoxLayout()
        lines.setSpacing(TINY)
        lines.addWidget(self.chart)
        lines.addLayout(row(self.says, None, made))
        self.add(lines)

    def refresh(self) -> None:
        """Counts afresh."""
        counts = self._desk.retention.holdings.falls_due()
        years = list(counts)
        self.chart.show_bars([(str(year), number) for year, number in counts.items()])
        today = short_date(self._desk.retention.holdings.today())
        total = sum(counts.values())
        self.says.setText(
            f"{count(total, 'holding')} to {years[-1]}; {counts[years[0]]:,} this year or before. "
            f"As of {today}."
        )
