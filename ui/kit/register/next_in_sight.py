"""What to do next, kept within reach: a line at the foot while its card is scrolled out of sight.

After the last answer of a long stage was saved, the page stands where that answer is, and the card
that says what follows is far above it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from ui.kit.pieces.next_step_card import NextStepCard
from ui.kit.register.entry_showing import EntryShowing

_WIDE: Final = 1100
"""Width in pixels from which on the foot has room for the step itself."""
_ANSWERS: Final = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
"""What somebody answers with; a list that is looked at is none of it."""


class NextInSight(QObject):
    """Watches the page of an entry; a page without such a card has no such line."""

    def __init__(self, page: EntryShowing) -> None:
        super().__init__(page)
        self._page = page
        self._cards: list[NextStepCard] = []
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.look)
        bar = page.area.verticalScrollBar()
        bar.valueChanged.connect(self._soon)
        bar.rangeChanged.connect(self._soon)
        page.shown.connect(self._soon)
        page.form.dirty_changed.connect(self._soon)
        page.foot.next_asked.connect(self.show_step)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._soon)

    def _soon(self, *_what: object) -> None:
        """Looks once all that happens now is done; what moved is no number of milliseconds."""
        self._again.start()

    def look(self) -> None:
        """Shows or hides the line, as the card is out of sight or in it."""
        page = self._page
        for each in page.area.findChildren(NextStepCard):
            if each not in self._cards:
                self._cards.append(each)
                each.stepped.connect(self._soon)
        card = self._out_of_sight()
        idle = not page.dirty and bool(page.entry.id) and not self._answering()
        if card is None or card.first is None or not idle:
            page.foot.show_next("")
            return
        step = card.first.text().replace("&", "")
        page.foot.show_next(f"Next: {step}" if page.width() >= _WIDE else "Next step")
        page.foot.next_step.setAccessibleName(f"What to do next: {step}")

    def show_step(self) -> None:
        """Scrolls to the card and gives its first button the keyboard."""
        card = self._out_of_sight()
        self._page.area.verticalScrollBar().setValue(0)
        if card is not None and card.first is not None:
            card.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answering(self) -> bool:
        """Is something being done already that was opened below: a part, a list of places?"""
        at = QApplication.focusWidget()
        within = at is not None and self._page.area.isAncestorOf(at)
        if at is None or not within or self._page.form.isAncestorOf(at):
            return False
        return isinstance(at, _ANSWERS)

    def _out_of_sight(self) -> NextStepCard | None:
        """The card of this page that is shown, and of whose buttons nothing is seen."""
        area = self._page.area
        content = area.widget()
        for card in self._cards:
            if card.isHidden() or content is None:
                continue
            bottom = card.mapTo(content, QPoint(0, card.height())).y()
            if bottom <= area.verticalScrollBar().value() + card.height() // 3:
                return card
        return None
