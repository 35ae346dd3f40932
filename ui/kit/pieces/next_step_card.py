"""What to do next on an entry: one card that changes with the work, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import MEDIUM, TINY
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.keys import first_keys

Offer = tuple[str, str, str]
"""Words, icon, and the name of what is asked for."""


class NextStepCard(Card):
    """Says where the work stands and offers the next step. ``asked`` names what was chosen."""

    asked = Signal(str)
    stepped = Signal()
    """Another step is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What to do next", parent=parent)
        first_keys(self)
        self.says = help_words("", "")
        self.add(self.says)
        self._minded = QVBoxLayout()
        self._minded.setSpacing(TINY)
        self.add(self._minded)
        self._offered, self._buttons = flowing(MEDIUM)
        self.add(self._offered)
        self.first: QAbstractButton | None = None
        """The button of the step that comes first; None where nothing is offered."""

    def show_minded(self, sentences: Sequence[tuple[str, str]]) -> None:
        """Shows what to mind, a line each; the second word names what settles it, or is empty."""
        clear_layout(self._minded)
        for sentence, name in sentences:
            sign = IconLabel("mdi6.alert-outline", "warn", 16)
            line = row(sign, words(sentence, wraps=True))
            line.setStretch(1, 1)
            line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            if name:
                settle = button("Settle it", role="link")
                settle.setAccessibleName(f"Settle it: {sentence}")
                settle.clicked.connect(lambda _on=False, name=name: self.asked.emit(name))
                line.addWidget(settle)
            self._minded.addLayout(line)

    def show_step(self, text: str, offers: Sequence[Offer] = (), *, primary: bool = True) -> None:
        """Shows the sentence, and a button for each offer; the first is the primary one.

        On a new entry what is meant is Save: then none is (``primary`` is False).
        """
        self.says.setText(text)
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        clear_layout(self._buttons)
        self.first = None
        self._offered.setVisible(bool(offers))
        for place, (said, icon_name, name) in enumerate(offers):
            meant = not place and primary
            made = button(said, icon_name, role="primary" if meant else "button")
            made.clicked.connect(lambda _on=False, name=name: self.asked.emit(name))
            self._buttons.addWidget(made)
            self.first = self.first or made
            if held and not place:
                # The button that had the keyboard is gone. Until it is shown, which Qt does later,
                # the new one cannot have it, and the next step may come before that.
                made.show()
                made.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stepped.emit()
