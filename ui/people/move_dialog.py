"""Looking at a new school year before it is taken in: who goes where, and who leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QTreeWidgetItem, QVBoxLayout, QWidget

from dpdesk.law.words import count, long_date
from dpdesk.people.moving_up import MovePlan, YearMove
from dpdesk.people.records import Person
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.wording import show
from ui.kit.look.theme import HUGE, LARGE, MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.pieces.low import resize_within
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.preview_tree import PreviewTree

_AMID: Final = frozenset({11, 12, 1, 2, 3, 4})
"""Months in which no school moves its pupils up."""


@dataclass(frozen=True, slots=True)
class MoveWanted:
    """What was accepted."""

    plan: MovePlan
    leaving: frozenset[int]
    day: dt.date
    forms: bool


class MoveDialog(QDialog):
    """Every pupil by year, with a tick for those who leave. Nothing is written here."""

    def __init__(
        self, plan: MovePlan, now: Callable[[], dt.datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self._now = now
        self.setWindowTitle("New school year")
        resize_within(self, 900, 640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(words("New school year", "title"))
        layout.addWidget(
            help_words(
                "Everybody moves up a year; whoever is ticked leaves instead. Nothing is saved "
                "until you accept, and all of it can be undone together afterwards."
            )
        )
        self.banner = Banner(closable=False)
        layout.addWidget(self.banner)
        self.forms = QCheckBox("Classes move up too: 7A becomes 8A")
        self.forms.setChecked(True)
        layout.addWidget(self._build_tree(), 1)
        self.forms.toggled.connect(lambda _on: self._say())
        asked = Field(Kind.DATE, "Leaving date", name="left_on", required=True)
        self.day = DateInput(asked, now, self)
        self.day.set_value(plan.last_day)
        self.day.changed.connect(self._say)
        label = words("Leaving date of those ticked", "label")
        label.setBuddy(self.day.line)
        layout.addLayout(row(self.forms, None, label, self.day, space=MEDIUM))
        self.accept_button = button("Move up", "mdi6.check", role="primary", does=self.accept)
        self.cancel_button = button("Cancel", does=self.reject)
        layout.addLayout(row(None, self.cancel_button, self.accept_button))
        self._say()

    def _build_tree(self) -> QWidget:
        self.tree = PreviewTree(
            "Pupils by year; tick those who leave", ["Name (tick: leaves)", "Year", "Class"]
        )
        self._lines: list[tuple[QTreeWidgetItem, YearMove]] = []
        self._tops: list[tuple[QTreeWidgetItem, Sequence[YearMove]]] = []
        for year, moves in groupby(self.plan.moves, key=lambda each: each.year):
            self._add_year(year, list(moves))
        self.tree.itemChanged.connect(lambda _line, _column: self._say())
        return self.tree

    def _add_year(self, year: str, moves: Sequence[YearMove]) -> None:
        top = QTreeWidgetItem(self.tree, [_called(year)])
        top.setFirstColumnSpanned(True)
        self._tops.append((top, moves))
        for move in moves:
            line = QTreeWidgetItem(top, [move.name])
            state = Qt.CheckState.Checked if move.leaves else Qt.CheckState.Unchecked
            line.setCheckState(0, state)
            self._lines.append((line, move))
            self._fill(line, move)
        top.setExpanded(moves[0].leaves)

    def _fill(self, line: QTreeWidgetItem, move: YearMove) -> None:
        if line.checkState(0) is Qt.CheckState.Checked:
            line.setText(1, "leaves")
            line.setText(2, move.form)
            return
        above = _called(move.to_year) if move.to_year else "no year above"
        same = move.to_form == move.form or not self.forms.isChecked()
        line.setText(1, f"{_called(move.year)} → {above}")
        line.setText(2, move.form if same else f"{move.form} → {move.to_form}")

    @property
    def leaving(self) -> frozenset[int]:
        """Numbers of those who are ticked."""
        ticked = Qt.CheckState.Checked
        return frozenset(m.pupil for line, m in self._lines if line.checkState(0) is ticked)

    def _say(self) -> None:
        """Says what would happen, and what stands in the way."""
        self.tree.blockSignals(True)
        for line, move in self._lines:
            self._fill(line, move)
        leaving = self.leaving
        for top, moves in self._tops:
            top.setText(0, _year_said(moves, leaving))
        self.tree.blockSignals(False)
        stuck = [m.name for _, m in self._lines if not m.to_year and m.pupil not in leaving]
        moving = count(len(self._lines) - len(leaving), "pupil")
        said = [f"{moving} will move up, {len(leaving):,} will leave."]
        tone = "info"
        if self.plan.without:
            number = count(len(self.plan.without), "pupil")
            said.append(f"{number} without a year group will stay as they are.")
        if self.plan.moved_on is not None:
            tone = "warn"
            said.append(f"They were last moved up on {long_date(self.plan.moved_on)}.")
        elif self.plan.listed_on is not None:
            tone = "warn"
            said.append(
                f"A list of {long_date(self.plan.listed_on)} has said their year groups since the "
                "school year began: move them up only if those were last year’s."
            )
        today = self._now().date()
        if today.month in _AMID and not self.plan.moved_on:
            tone = "warn"
            said.append(f"It is {long_date(today)}, in the middle of a school year.")
        if stuck:
            tone = "danger"
            said = [f"There is no year above for {', '.join(stuck[:3])}. Tick those who leave."]
        problem = self.day.problem()
        self.banner.say(" ".join(said), tone)
        self.accept_button.setEnabled(not stuck and not problem and self.day.value() is not None)

    def wanted(self) -> MoveWanted | None:
        """What was accepted."""
        day = self.day.value()
        if day is None:
            return None
        return MoveWanted(self.plan, self.leaving, day, self.forms.isChecked())


def _called(year: str) -> str:
    return show(Person.register.field("year_group"), year)


def _year_said(moves: Sequence[YearMove], leaving: Collection[int]) -> str:
    """Where a year goes, and how many of it leave instead."""
    stay = sum(move.pupil not in leaving for move in moves)
    above = f" to {_called(moves[0].to_year)}" if stay and moves[0].to_year else ""
    said = f"{_called(moves[0].year)}{above}: {count(len(moves), 'pupil')}"
    if not stay:
        return f"{said}, leaving"
    left = len(moves) - stay
    return f"{said}, {left:,} leaving" if left else said
