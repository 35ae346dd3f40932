"""A sheet with signatures came back: who signed, on which day, and the scanned sheet itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dpdesk.registers.wording import read_date, show_date
from ui.kit.look.theme import LARGE, MEDIUM, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.pieces.low import resize_within

_WIDE: Final = 560
_HIGH: Final = 600
ChooseSheet = Callable[[], Sequence[Path]]
"""Lets the user choose the file of the scanned sheet; nothing where the user stepped back."""


class SignedDialog(QDialog):
    """Ticks who signed. ``people``: number and name of each whose signature is awaited."""

    def __init__(
        self,
        title: str,
        people: Sequence[tuple[int, str]],
        today: dt.date,
        choose: ChooseSheet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        resize_within(self, _WIDE, _HIGH)
        self._today, self._choose = today, choose
        self.sheet: Path | None = None
        self.day: dt.date = today
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(help_words("Untick everybody whose signature is not on the sheet."))
        self.list = QListWidget(self)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Who signed")
        for number, name in people:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        layout.addWidget(self.list, 1)
        all_ticks = button("Tick all", does=lambda: self._tick(Qt.CheckState.Checked))
        no_ticks = button("Tick nobody", does=lambda: self._tick(Qt.CheckState.Unchecked))
        layout.addLayout(row(all_ticks, no_ticks, None))
        self.typed = QLineEdit(show_date(today), self)
        self.typed.setAccessibleName("On which day?")
        label = QLabel("On which day?")
        label.setBuddy(self.typed)
        layout.addLayout(row(label, self.typed, None))
        self.sheet_button = button(
            "Add the scanned sheet",
            "mdi6.file-document-plus-outline",
            does=self.choose_sheet,
            hint="It is filed with the documents of this entry",
        )
        self.sheet_name = help_words("")
        layout.addLayout(row(self.sheet_button, self.sheet_name, None))
        self.fault = words("", "error", wraps=True)
        self.fault.hide()
        layout.addWidget(self.fault)
        self.note_button = button("Record it", "mdi6.check", role="primary", does=self.accept)
        layout.addLayout(row(None, button("Cancel", does=self.reject), self.note_button))
        self.list.setFocus()

    def chosen(self) -> tuple[int, ...]:
        """The numbers of those who are ticked."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def choose_sheet(self) -> None:
        """Asks for the file; it is added only when the signatures are noted."""
        found = self._choose()
        if found:
            self.sheet = Path(found[0])
            self.sheet_name.setText(self.sheet.name)

    def accept(self) -> None:
        """Goes on where somebody is ticked and the day can be read; else says what is wrong."""
        try:
            self.day = read_date(self.typed.text(), self._today)
            if self.day > self._today:
                raise ValueError("Nobody can have signed on a day that is still to come.")
            if not self.chosen():
                raise ValueError("Tick at least one person.")
        except ValueError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        super().accept()

    def _tick(self, state: Qt.CheckState) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(state)
