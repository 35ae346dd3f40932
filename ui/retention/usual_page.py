"""The standard schedule for a small school, to be taken over as a whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.badges import Badge
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import PlainPage, help_words, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings
from ui.retention.check_table import CheckRow, CheckTable

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.law.retention_periods import ShippedRule

_COLUMNS: Final = (
    ("Code", 70),
    ("Records", 330),
    ("Kept for", 300),
    ("Then", 200),
    ("Confirmed?", 230),
    ("Source", 260),
)
_SURE: Final = Badge("Confirmed", "mdi6.check-circle-outline", "ok")
_PRACTICE: Final = Badge("Common practice", "mdi6.account-group-outline", "quiet")


class UsualPage(PlainPage):
    """Every class that is not here yet, ticked. ``closed`` fires when it is left."""

    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.around = desk, around
        self._offered: tuple[ShippedRule, ...] = ()
        back = button("Retention schedule", "mdi6.arrow-left", role="link", does=self.closed.emit)
        back.setAccessibleName("Back to the retention schedule")
        self.body.addLayout(row(back, None))
        self.header = PageHeader("The standard schedule for a small school")
        self.take_button = button("", "mdi6.check", role="primary", does=self.take)
        self.header.add_button(self.take_button)
        self.body.addWidget(self.header)
        self.says = help_words("")
        self.body.addWidget(self.says)
        self.count = words("", "muted")
        self.all_button = button("Untick all", role="link", does=self._tick_all)
        self.body.addLayout(row(self.count, self.all_button, None, space=MEDIUM))
        self.table = CheckTable("Standard classes of records", _COLUMNS)
        self.table.ticked.connect(self._show_count)
        self.body.addWidget(self.table, 1)
        self.empty = EmptyState()
        self.empty.say(
            "mdi6.check-circle-outline",
            "Every standard class is in your schedule already.",
            "Back to the retention schedule",
            self.closed.emit,
        )
        self.body.addWidget(self.empty, 1)

    def begin(self) -> None:
        """Shows what is not in the schedule yet, all of it ticked."""
        self._offered = self.desk.retention.schedule.not_adopted()
        field = self.desk.retention.schedule.register.field
        actions = {each.code: each.label for each in field("action").choices}
        self.table.show_lines(
            _line(place, rule, actions[rule.record_class.action])
            for place, rule in enumerate(self._offered, 1)
        )
        self.table.lines.tick(range(1, len(self._offered) + 1), on=True)
        unsure = sum(rule.to_check for rule in self._offered)
        self.says.setText(
            (
                "Use it as it is, or untick what your school does not have; you can change "
                "everything afterwards. Most periods are common practice: your school decides. "
                f"{_classes(unsure)} that a law sets, and whose text was not checked for this "
                "list, "
                "will say “Check with your adviser” until you enter the date on which you did."
            )
            if self._offered
            else ""
        )
        for part in (self.says, self.count, self.take_button, self.table):
            part.setVisible(bool(self._offered))
        self.empty.setVisible(not self._offered)
        self._show_count()
        self.table.choose_row(0)
        (self.take_button if self._offered else self.empty.action).setFocus()

    def _tick_all(self) -> None:
        self.table.tick_all()

    def _show_count(self) -> None:
        ticked, every = len(self.table.chosen), len(self._offered)
        self.count.setText(f"{ticked} of {every} ticked")
        self.all_button.setText("Untick all" if ticked == every else "Tick all")
        self.all_button.setVisible(bool(every))
        self.take_button.setText(f"Add {_classes(ticked)}" if ticked else "Add")
        self.take_button.setEnabled(bool(ticked))

    def take(self) -> None:
        """Takes over what is ticked, all of it or nothing."""
        codes = [self._offered[place - 1].record_class.code for place in self.table.chosen]
        self.around.tasks.run(
            lambda _progress: self.desk.retention.schedule.adopt_defaults(codes),
            title="Adding the classes",
            on_success=lambda changes: self._taken(changes, codes),
            on_error=self._failed,
            cancellable=False,
        )

    def _taken(self, changes: object, codes: Sequence[str]) -> None:
        self.around.bus.publish(changes)
        self.closed.emit()
        self.around.messages.say(
            f"{_classes(len(codes))} added. Change what is different at your school."
        )

    def _failed(self, fault: BaseException) -> None:
        if not isinstance(fault, DpdeskError):
            raise fault
        self.around.messages.say(str(fault), tone="danger")


def _line(place: int, rule: ShippedRule, action: str) -> CheckRow:
    of = rule.record_class
    check = Badge("Check with your adviser", "mdi6.account-question-outline", "warn", rule.caution)
    sure = check if rule.to_check else _PRACTICE if rule.caution else _SURE
    return CheckRow(
        place, (of.code, of.records, of.words, action, sure.text, of.citation), {4: sure}
    )


def _classes(number: int) -> str:
    return "1 class" if number == 1 else f"{number} classes"
