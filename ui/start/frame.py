"""What the pages before unlocking are made of: a calm card in the middle.

Nothing here imports a register or the database, so that the window stands at once.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui.kit.look.mark import MarkLabel
from ui.kit.look.plain import work_inside
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, hide_unless, row, scrolling, words
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.low import is_low

WIDTH = 560
"""Width of the card in pixels."""


class StartPage(QWidget):
    """A page with one card. ``back`` fires on Escape, where there is a page before."""

    back = Signal()
    help_asked = Signal(str)
    help_page = "start"
    """The page of the help that F1 opens."""

    def __init__(self, title: str, under: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.card = Card()
        self.card.setFixedWidth(WIDTH)
        self.card.body.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        self.card.body.setSpacing(MEDIUM)
        self.title = words(title, "title")
        self.under = help_words(under, "muted")
        hide_unless(self.under, bool(under))
        self.banner = Banner()
        self.card.add(column(self.title, self.under, space=SMALL))
        self.card.add(self.banner)
        inside = QWidget()
        self._middle = middle = QVBoxLayout(inside)
        middle.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        brand = row(None, MarkLabel(32), _brand(), None)
        middle.addStretch(2)
        middle.addLayout(brand)
        middle.addSpacing(SMALL)
        # No alignment: only so does the card get the height that its wrapped words need.
        middle.addLayout(row(None, self.card, None, space=0))
        self.help = button("Help", role="link", does=self._help, key="F1")
        middle.addLayout(row(None, self.help, None))
        middle.addStretch(3)
        layout = column(scrolling(inside, title))
        self.setLayout(layout)
        on_escape(self, self.back.emit)
        key = QShortcut(QKeySequence("F1"), self)
        work_inside(key)
        key.activated.connect(self._help)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the card has smaller margins, so that what fits does not scroll."""
        super().resizeEvent(event)
        edge = LARGE if is_low(self) else HUGE
        self.card.body.setContentsMargins(HUGE, edge, HUGE, edge)
        around = SMALL if is_low(self) else LARGE
        self._middle.setContentsMargins(LARGE, around, LARGE, around)

    def _help(self) -> None:
        self.help_asked.emit(self.help_page)

    def begin(self) -> None:
        """Called whenever the page is shown: puts the keyboard where one begins."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

        focused = self.focusWidget()
        pressed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        # A line answers Enter by itself and may have moved the keyboard on since.
        if pressed and isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)

    def complain(self, sentence: str) -> None:
        """Says what went wrong, above the questions."""
        self.banner.say(sentence, "danger")


def _brand() -> QWidget:
    return words("dpdesk", "heading")
