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

    def __init__(
        self,
        does: Callable[[], object],
        sent: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Confirm the withdrawal", parent)
        self._does, self._sent = does, sent

    def draw(self, entry: Entry) -> None:
        """Only for withdrawals."""
        offered = bool(entry.id) and entry.values.get("answer") == "withdrawn"
        self.setVisible(offered)
        if offered:
            self.inside.addWidget(help_words("To the person who withdrew consent."))
            self.inside.addWidget(button("The letter", "mdi6.email-outline", does=self._does))
            if entry.values.get("confirmed_on") is None:
                sent = button("It was sent today", "mdi6.check", does=self._sent)
                self.inside.addWidget(sent)


class AnswersRoom(RegisterRoom):
    """The page "Answers" of the consents tab."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.consents.consents, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The letter to whoever took consent back."""
        self.letter = LetterPanel(self.print_letter, self.sent)
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

    def sent(self) -> None:
        """Notes that the parent was told today."""
        entry, service = self.page.entry, self.desk.consents.consents

        def note() -> None:
            saved = service.save({"confirmed_on": service.today()}, entry.id, entry.version)
            self.around.bus.publish(saved.changes)
            self.say("Noted: confirmed to the parent today.")

        self.attempt(note)
