"""The first start: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row
from ui.start.frame import StartPage


class WelcomePage(StartPage):
    """Set up, example, or restore."""

    set_up = Signal()
    example = Signal()
    restore = Signal()
    elsewhere = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Welcome to dpdesk",
            "A data protection desk for one school. Everything you record is encrypted and "
            "stays on this computer; nothing is ever sent anywhere.",
            parent,
        )
        self.first = self._choice(
            "Set up my school",
            "mdi6.school-outline",
            "About five minutes: the school’s name, a passphrase, and a recovery sheet to print.",
            self.set_up,
            role="primary",
        )
        self._choice(
            "Open the example school",
            "mdi6.compass-outline",
            "An invented school to try everything out. Nothing you do there touches real records.",
            self.example,
        )
        self._choice(
            "Restore a backup",
            "mdi6.backup-restore",
            "Brings everything back from a backup file, with the passphrase or the recovery key.",
            self.restore,
        )
        elsewhere = button(
            "I have a workspace in another folder", role="link", does=self.elsewhere.emit
        )
        self.step_back = button("Back", does=self.back.emit)
        self.step_back.hide()
        self.card.add(row(self.step_back, None, elsewhere))

    def _choice(
        self, label: str, icon: str, help_text: str, signal: object, *, role: str = "button"
    ) -> QPushButton:
        made = button(label, icon, role=role, does=signal.emit)  # type: ignore[attr-defined]  # a bound signal
        made.setAccessibleDescription(help_text)
        made.setMinimumHeight(40)
        self.card.add(column(made, help_words(help_text), space=TINY))
        return made

    def offer_back(self, *, there: bool) -> None:
        """Shows the way back where a page was before: the one that asks for the passphrase."""
        self.step_back.setVisible(there)

    def begin(self) -> None:
        """The keyboard goes to the first choice."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
