"""Home: duties by urgency, the first steps, and gaps to close."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law import words as said
from dpdesk.overview.answers import DutyGroup
from dpdesk.registers.duties import Duty, Finding
from dpdesk.registers.entries import Changes
from dpdesk.registers.wording import SCHOOL_TIME
from ui.home.clocks import ClocksCard
from ui.home.figures import FiguresCard
from ui.home.first_week import FirstWeekCard
from ui.home.lines import DutyLine, FindingLine, listing_card
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, TINY
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.banner import Action, Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, Scrolled, clear_layout, help_words, row, scrolling
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import first_keys
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings

_CLOCK = 30_000
_MOST = 60
"""Lines of one group."""
_RIGHT = 432
_MOST_KEPT = 4
_FIRST = (
    ("breaches", "mdi6.shield-alert-outline"),
    ("requests", "mdi6.email-plus-outline"),
)
"""Registers with a large button of their own, in order, and its icon."""


def _where(duty: Duty) -> tuple[str, int, str]:
    """Where a duty is done: what tells it from others, whatever its words say by now."""
    return duty.register, duty.entry_id, duty.place


class HomePage(AreaPage, QWidget):
    """What needs doing. Enter on a line opens the right page at the right place."""

    help_page = "home"
    begins = "requests"

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.around = desk, around
        self.lines: list[DutyLine] = []
        self.findings: list[FindingLine] = []
        self._shown: tuple[Any, ...] = ()
        self._stale = True
        self.header = PageHeader("What needs doing", " ")
        self._top = QVBoxLayout()
        self.banner = Banner(closable=False)
        self.note = Banner()
        self.groups = QVBoxLayout()
        self.groups.setSpacing(MEDIUM)
        self.empty = EmptyState()
        left = Scrolled()
        column = QVBoxLayout(left)
        column.setContentsMargins(HUGE, LARGE, LARGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addLayout(self._top)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.note)
        self.first_week = FirstWeekCard(self.desk, self.around)
        column.addWidget(self.first_week)
        column.addLayout(self.groups)
        column.addWidget(self.empty, 1)
        column.addStretch(0)
        self._column = column
        # One bar for both: what stands beside the list moves with it.
        inside = Scrolled()
        both = row(left, self._build_right(), space=0)
        both.setStretch(0, 2)
        both.setStretch(1, 1)
        inside.setLayout(both)
        self.area = scrolling(inside, "What needs doing")
        layout = row(self.area, space=0)
        self.setLayout(layout)
        self._clock = QTimer(self, interval=_CLOCK)
        self._clock.timeout.connect(self.reload)
        around.bus.changed.connect(self._changed)

    def _build_right(self) -> QWidget:
        side = Scrolled()
        self.right = QVBoxLayout(side)
        self.right.setContentsMargins(TINY, LARGE, HUGE, LARGE)
        self.right.setSpacing(MEDIUM)
        self.first_buttons = []
        for place, (key, icon) in enumerate(_FIRST):
            register = self.desk.registers[key].register
            made = button(
                register.first_step or f"New {register.entry}",
                icon,
                role="primary" if place == 0 else "button",
                does=partial(self.around.navigator.new_entry, key),
            )
            self.first_buttons.append(first_keys(made))
            self.right.addWidget(made)
        self.photo_button = button(
            "Can we use this photo?",
            "mdi6.camera-outline",
            does=partial(self.around.navigator.open_page, "photo_check"),
        )
        self.right.addWidget(first_keys(self.photo_button))
        self.clocks = ClocksCard(self.around)
        self.right.addWidget(self.clocks)
        self.figures = FiguresCard()
        self.right.addWidget(self.figures)
        self.gaps = listing_card("Gaps to close")
        self.gap_lines = QVBoxLayout()
        self.gap_lines.setSpacing(0)
        self.gaps.add(self.gap_lines)
        self.none = help_words("Nothing is missing.", "muted")
        # Below the heading's own words, which stand in from the edge as those of lines do.
        self.none.setContentsMargins(SMALL, 0, SMALL, 0)
        self.gaps.add(self.none)
        self.right.addWidget(self.gaps)
        self.right.addStretch(1)
        side.setAccessibleName("First steps and gaps")
        side.setMaximumWidth(_RIGHT)
        return side

    def take_sub_bar(self, bar: QWidget) -> None:
        """The way to the other pages of the area stands above the title."""
        self._top.addLayout(row(bar, None))

    # --- showing -------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Reads everything afresh when it is seen; the countdowns run while it is seen."""
        super().showEvent(event)
        if self._stale:
            self.reload()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops counting while the page is out of sight."""
        super().hideEvent(event)
        self._clock.stop()
        self._stale = True

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def reload(self) -> None:
        """Asks every area what needs doing; keeps the keyboard where it was."""
        self._stale = False
        try:
            groups = self.desk.overview.duties()
            findings = self.desk.overview.findings()
            kept = self._kept()
            figures = self.desk.figures()
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.reload)])
            return
        if kept:
            self.banner.say(
                ("What you were typing has been kept but is not saved yet."), "info", kept
            )
        else:
            self.banner.hide()
        self.clocks.show_clocks(groups)
        self.figures.show_figures(figures)
        self.first_week.reload()
        self._show_day(groups)
        if (groups, findings) != self._shown:
            self._shown = (groups, findings)
            self._show(groups, findings)
        else:
            for line in self.lines:
                line.tick(self.around.now())

    def _kept(self) -> list[Action]:
        """Ways back to what was half typed when the window was locked, closed or crashed."""
        ways: list[Action] = []
        begun = self.desk.drafts.registers()
        for key, service in self.desk.registers.items():
            for note in self.desk.drafts.of_register(key) if key in begun else ():
                new = f"the new {service.register.entry}"
                what = service.load(note.entry_id).reference if note.entry_id else new
                go = partial(self.around.navigator.open_kept, key, note.entry_id)
                ways.append((f"Open {what}", go))
        return ways[:_MOST_KEPT]

    def _show_day(self, groups: tuple[DutyGroup, ...]) -> None:
        today = self.around.now().astimezone(SCHOOL_TIME).date()
        counts = {group.key: len(group.duties) for group in groups}
        parts = [said.long_date(today)]
        told = [
            text
            for key, text in (
                ("overdue", "overdue"),
                ("today", "today"),
                ("week", "this week"),
            )
            if counts.get(key)
            for text in [f"{counts[key]} {text}"]
        ]
        if told:
            parts.append(", ".join(told))
        self.header.say("What needs doing", " · ".join(parts))

    def _show(self, groups: tuple[DutyGroup, ...], findings: tuple[Finding, ...]) -> None:
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus()), -1)
        at_gap = next((n for n, line in enumerate(self.findings) if line.hasFocus()), -1)
        stood = _where(self.lines[at].duty) if at >= 0 else None
        place = self.area.verticalScrollBar().value()
        for layout in (self.groups, self.gap_lines):
            clear_layout(layout)
        self.lines, self.findings = [], []
        for group in groups:
            self.groups.addWidget(self._group(group))
        for finding in findings:
            gap = FindingLine(finding)
            gap.opened.connect(self._open_finding)
            self.findings.append(gap)
            self.gap_lines.addWidget(gap)
        self.none.setVisible(not findings)
        self._show_empty(empty=not groups)
        if at >= 0:
            # Its words change as time goes; and one that is done gives its place to the next.
            same = [n for n, line in enumerate(self.lines) if _where(line.duty) == stood]
            self._stand(self.lines, same[0] if same else at)
        elif at_gap >= 0:
            self._stand(self.findings, at_gap)
        self.area.verticalScrollBar().setValue(place)

    def _stand(self, lines: Sequence[QWidget], at: int) -> None:
        """The keyboard comes to a line, or to the last where there are fewer now."""
        if lines:
            lines[min(at, len(lines) - 1)].setFocus()
        else:
            self.take_focus()

    def _group(self, group: DutyGroup) -> Card:
        card = listing_card(group.title)
        for duty in group.duties[:_MOST]:
            line = DutyLine(duty, self.around.now())
            line.opened.connect(self._open_duty)
            line.step.connect(self._step)
            self.lines.append(line)
            card.add(line)
        if rest := group.duties[_MOST:]:
            # Nobody reads on for ever, and each line costs time: the list shows them as well.
            does = partial(self.around.navigator.open_page, rest[0].register, chip="open")
            card.add(button(f"{len(rest):,} more: open the list", role="link", does=does))
        return card

    def _show_empty(self, *, empty: bool) -> None:
        self.empty.setVisible(empty)
        self._column.setStretchFactor(self.empty, 1 if empty else 0)
        self._column.setStretch(self._column.count() - 1, 0 if empty else 1)
        if empty:
            self.empty.say(
                "mdi6.check-circle-outline",
                "Nothing is due. When a request comes in, log it here at once: the clock runs from "
                "the day it arrives.",
            )

    def tell_restored(self, name: str) -> None:
        """Says which backup everything came from, until it is answered or closed."""

        def choose() -> None:
            self.note.hide()
            self.around.navigator.open_page("settings", section="desk")

        self.note.say(
            f"Restored from {name}. Choose where new backups go.",
            "info",
            [("Choose the folder", choose)],
        )

    # --- going ---------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The keyboard goes to the most urgent line, else to the first gap.

        Where there is neither, it goes to what moves the page: a breach or a request is begun by
        somebody who chose to, and never by Enter on a page that has only just opened.
        """
        target = [*self.lines, *self.findings, self.area][0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, line: object, by: int) -> None:
        place = next((i for i, one in enumerate(self.lines) if one is line), -1) + by
        if 0 <= place < len(self.lines):
            self.lines[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.lines[place])

    def _open_duty(self, register: str, entry_id: int, place: str) -> None:
        go: Any = self.around.navigator
        if register == self.desk.school.register.key:
            go.open_page("settings", section=place)
        else:
            go.open_entry(register, entry_id, place)

    def _open_finding(self, register: str, chip: str) -> None:
        go: Any = self.around.navigator
        if register == self.desk.school.register.key:
            go.open_page("settings", section=chip)
        elif chip:
            self.around.navigator.open_page(register, chip=chip)
        else:
            self.around.navigator.new_entry(register)
