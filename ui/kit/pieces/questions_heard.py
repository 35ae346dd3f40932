"""The question of a list to choose from, for whoever hears the page and sees no heading beside it.

On Windows a list is called by its accessible name. On Linux Qt reads what is chosen as the name,
and the question only from a label; so where the page has none, one stands there that nobody sees.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox, QLabel


def heard_as(choice: QComboBox, question: str) -> None:
    """Has a list called by its question on every system."""
    choice.setAccessibleName(question)
    _Unseen(choice, question)


class _Unseen(QLabel):
    """A label that stays beside what it is about, wherever that is moved."""

    def __init__(self, choice: QComboBox, question: str) -> None:
        super().__init__(question, choice.parentWidget() or choice)
        self.setBuddy(choice)
        self.hide()
        choice.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the list into another part of the page: only labels beside it are asked."""
        if event.type() is QEvent.Type.ParentChange and isinstance(watched, QComboBox):
            self.setParent(watched.parentWidget() or watched)
        return False
