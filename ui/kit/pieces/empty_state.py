"""What an empty list or panel says: an icon, one sentence, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words


class EmptyState(QWidget):
    """Never a dead end: says what belongs here and offers how to begin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("mdi6.circle-outline", "faint", 44)
        self.sentence = help_words("", "muted")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = button("", does=self._act)
        self.action.hide()  # a button without a word is no next step: ``say`` shows it
        self._does: Callable[[], object] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addStretch(2)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.sentence, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.action, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(
        self, icon: str, sentence: str, action: str = "", does: Callable[[], object] | None = None
    ) -> None:
        """Shows a sentence and, where there is a next step, its button."""
        self._icon.show_icon(icon)
        self.sentence.setText(sentence)
        # A wrapped label alone in its row would be as narrow as its longest word.
        wanted = self.sentence.fontMetrics().horizontalAdvance(sentence) + 8
        self.sentence.setMinimumWidth(min(wanted, self.sentence.maximumWidth()))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._does = does

    def _act(self) -> None:
        if self._does is not None:
            self._does()
