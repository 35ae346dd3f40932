"""Keeping what is due a while longer: until when, and why (policy 8.4(c))."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Entry
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_ASKED: Final = ("kept_why", "kept_until", "kept_by")


class KeepPanel(QWidget):
    """A short form. ``kept`` fires once it is saved; ``closed``: given up."""

    kept = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self._numbers: tuple[int, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self.what = Card(
            "Keep longer", "Holdings kept longer come back here after that date.", parent=self
        )
        self.foot = QWidget(self)
        """Its buttons and what is still needed, for whoever shows the panel to put in sight."""
        self.banner = Banner(self.foot)
        layout.addWidget(self.what)
        service = desk.retention.holdings
        self.form = Form(
            service.register, Doors(service, now=around.now), sections=("longer",), parent=self
        )
        layout.addWidget(self.form)
        self.yes = button("Keep longer", "mdi6.check", role="primary", does=self.keep)
        self.yes.setAccessibleName("Keep these holdings longer")
        buttons = row(self.yes, button("Cancel", does=self.closed.emit), None)
        self.foot.setLayout(column(self.banner, buttons))

    def begin(self, numbers: Sequence[int]) -> None:
        """Asks about these holdings."""
        self._numbers = tuple(numbers)
        self.banner.hide()
        self.what.title.setText(f"Keep {count(len(numbers), 'holding')} longer")
        self.form.set_values({"kept_by": self._desk.school.particulars().dpo_name})
        self.form.focus_field("kept_why")

    def keep(self) -> bool:
        """Saves the decision for all of them, or says what is still needed."""
        service = self._desk.retention.holdings
        problems = self.form.problems()
        values = self.form.values()
        if values.get("kept_until") is None and "kept_until" not in problems:
            problems["kept_until"] = "Say until when; it comes back then."
        if problems:
            self.form.show_errors(problems)
            return False
        try:
            before = [service.load(number) for number in self._numbers]
            changes = service.keep(
                self._numbers,
                values["kept_until"],
                str(values.get("kept_why") or ""),
                str(values.get("kept_by") or ""),
            )
        except InvalidEntry as error:
            rest = self.form.show_errors(error.problems)
            if rest:
                self.banner.say(" ".join(rest), "danger")
            return False
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        self.form.mark_clean()
        self.kept.emit()
        self._around.messages.say(
            f"{count(len(before), 'holding')} kept longer.", undo=lambda: self._undo(before)
        )
        self._around.bus.publish(changes)
        return True

    def _undo(self, before: Sequence[Entry]) -> None:
        """Puts the answers back as they were."""
        service, changes = self._desk.retention.holdings, Changes()
        try:
            for entry in before:
                old: dict[str, Any] = {name: entry.values.get(name) for name in _ASKED}
                now = service.load(entry.id)
                changes |= service.save(old, now.id, now.version).changes
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
        self._around.bus.publish(changes)
