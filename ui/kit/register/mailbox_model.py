"""The messages of a mailbox that fit what was asked for, each ticked or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from dpdesk.documents.mail_heads import MailFolder, MailHead
from dpdesk.law.words import short_date
from ui.kit.pieces.named_columns import NOWHERE, Index, NamedColumns


class MailboxModel(NamedColumns):
    """One row for each message; a hundred thousand cost nothing until they are seen."""

    columns = ("Date", "From", "Subject", "To", "Folder")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[MailHead, ...] = ()
        self._folders: tuple[MailFolder, ...] = ()
        self._left_out: set[int] = set()

    def show(self, heads: Sequence[MailHead], folders: Sequence[MailFolder]) -> None:
        """Shows these messages, the newest first, all ticked."""
        self.beginResetModel()
        self.heads = tuple(sorted(heads, key=lambda head: head.dated, reverse=True))
        self._folders = tuple(folders)
        self._left_out = set()
        self.endResetModel()

    def chosen(self) -> list[MailHead]:
        """The messages that are ticked, in the order of the mailbox."""
        ticked = (head for head in self.heads if head.number not in self._left_out)
        return sorted(ticked, key=lambda head: head.number)

    def tick_all(self, *, ticked: bool) -> None:
        """Ticks all messages, or none."""
        self._left_out = set() if ticked else {head.number for head in self.heads}
        if self.heads:
            last = self.index(len(self.heads) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many messages fit."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        head, column = self.heads[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            out = head.number in self._left_out
            return Qt.CheckState.Unchecked if out else Qt.CheckState.Checked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(head, column)
        return None

    def _words(self, head: MailHead, column: int) -> str:
        if column == 0:
            return short_date(head.day) if head.day else "no date"
        if column == 3:
            return head.recipients
        if column == 4:
            return self._folders[head.folder].path if head.folder < len(self._folders) else ""
        return head.sender if column == 1 else head.subject

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ticks a message or leaves it out."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        number = self.heads[index.row()].number
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(number)
        else:
            self._left_out.add(number)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column is ticked."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else usual
