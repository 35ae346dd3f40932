"""The page of the uses, with the button that adds the standard ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry, LinkedEntry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom


class UsesRoom(RegisterRoom):
    """The page "Uses and wording" of the consents tab."""

    importable = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.consents.uses, around, door, parent)
        self.usual = button(
            "Add the standard uses",
            "mdi6.playlist-plus",
            does=self.add_usual,
            hint="The uses that policy 12.2 lists, with words for parents",
        )
        self.list.header.add_button(self.usual)

    def linked(self, entry: Entry) -> Sequence[LinkedEntry]:
        """Nothing: every answer of every pupil is to a use, and the answers have their own list."""
        return ()

    def furnish(self) -> None:
        """A version is made of changed words and never by hand."""
        self.part("use_wordings").add_button.hide()

    def add_usual(self) -> None:
        """Adds the uses that the policy lists, except those that are here already."""

        def add() -> None:
            changes = self.desk.consents.uses.add_usual()
            self.around.bus.publish(changes)
            self.say("Added." if changes.entries else "They are all here already.")

        self.attempt(add)
