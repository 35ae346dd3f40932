"""Chooses from what a small school usually has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.assurance.risk_service import RiskProposal
from dpdesk.assurance.usual import DRAFT, UsualEntry
from ui.kit.look.theme import LARGE, MEDIUM, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row
from ui.kit.pieces.low import resize_within

_WIDE, _HIGH = 620, 480


class UsualDialog(QDialog):
    """A list to tick; what is there already is shown and cannot be ticked."""

    def __init__(
        self,
        title: str,
        offered: Sequence[UsualEntry | RiskProposal],
        parent: QWidget,
        told: str = f"Tick what your school has. Each becomes an entry. {DRAFT}",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        resize_within(self, _WIDE, _HIGH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(help_words(told))
        self.list = QListWidget(self)
        give_role(self.list, "inset")
        self.list.setAccessibleName(title)
        for each in offered:
            item = QListWidgetItem(f"{each.name} (there already)" if each.there else each.name)
            item.setData(Qt.ItemDataRole.UserRole, each.name)
            if each.there:
                item.setFlags(Qt.ItemFlag.ItemIsSelectable)
            else:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        layout.addWidget(self.list, 1)
        every = button("Tick all", "mdi6.check-all", does=self.tick_all)
        self.add_button = button("Add these", "mdi6.plus", role="primary", does=self.accept)
        layout.addLayout(row(every, None, button("Cancel", does=self.reject), self.add_button))
        self.list.setFocus()

    def tick_all(self) -> None:
        """Ticks everything that can be ticked."""
        for number in range(self.list.count()):
            item = self.list.item(number)
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked)

    def chosen(self) -> tuple[str, ...]:
        """The names that are ticked."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )
