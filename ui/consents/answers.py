"""The page of single answers, with the letter that confirms a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom


class LetterPanel(RailPanel):
    """Offers the letter that confirms a withdrawal."""

    def __init__(self, does: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("Confirm the withdrawal", parent)
        self._does = does

    def draw(self, entry: Entry) -> None:
        """Only for withdrawals."""
        offered = bool(entry.id) and entry.values.get("answer") == "withdrawn"
        self.setVisible(offered)
        if offered:
            self.inside.addWidget(help_words("To the person who withdrew consent."))
            self.inside.addWidget(button("The letter", "mdi6.email-outline", does=self._does))


class AnswersRoom(RegisterRoom):
    """The page "Answers" of the consents tab."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.consents.consents, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The letter to whoever took consent back."""
        self.letter = LetterPanel(self.print_letter)
        return (self.letter,)

    def print_letter(self) -> None:
        """The letter for the answer shown."""
        entry = self.page.entry
        self.attempt(
            lambda: self.door.offer(
                lambda: self.desk.consents.prints.withdrawal(entry).content,
                f"{entry.reference} confirmation",
            )
        )
