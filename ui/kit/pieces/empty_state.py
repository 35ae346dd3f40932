"""What an empty list or panel says: an icon, one sentence, and the first step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.plain import set_focus_by_tab, set_focus_never
from ui.kit.look.theme import LARGE, MEDIUM, theme
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words

_CORNER: Final = 10


class EmptyState(QWidget):
    """Never a dead end: says what belongs here and offers how to begin.

    Where its button begins or adds something, the keyboard waits on the sentence, as on a list, and
    Tab leads to the button: Enter on a page that has only just opened must begin nothing.
    """

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
        self,
        icon: str,
        sentence: str,
        action: str = "",
        does: Callable[[], object] | None = None,
        *,
        begins: bool = False,
    ) -> None:
        """Shows a sentence and, where there is a next step, its button.

        ``begins``: the button begins or adds something, and does not only lead somewhere.
        """
        self._icon.show_icon(icon)
        self.sentence.setText(sentence)
        # A wrapped label alone in its row would be as narrow as its longest word.
        wanted = self.sentence.fontMetrics().horizontalAdvance(sentence) + 8
        self.sentence.setMinimumWidth(min(wanted, self.sentence.maximumWidth()))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._does = does
        self.setAccessibleName(sentence)
        held = self.hasFocus()
        (set_focus_by_tab if begins else set_focus_never)(self)
        if held:
            self.take_focus()

    def take_focus(self) -> None:
        """The keyboard comes to the button; where that begins something, it waits before it."""
        waits = self.focusPolicy() != Qt.FocusPolicy.NoFocus
        (self if waits else self.action).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame where the keyboard is, as round a list."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme().colours.accent), 1.0))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, _CORNER, _CORNER)

    def _act(self) -> None:
        if self._does is not None:
            self._does()
