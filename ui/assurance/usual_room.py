"""A register of assurance with drafts of what a small school usually has."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.registers.service import RegisterService
from ui.assurance.usual_dialog import UsualDialog
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom


class UsualRoom(RegisterRoom):
    """The list gets a button that offers the drafts."""

    def __init__(
        self,
        desk: Desk,
        service: RegisterService[Any, Any],
        around: Surroundings,
        door: PaperDoor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, service, around, door, parent)
        self.usual_button = button(
            "Choose from the usual ones",
            "mdi6.playlist-plus",
            does=self.offer_usual,
            hint="What a small school usually has, as first drafts",
        )
        self.list.header.add_button(self.usual_button)

    def offer_usual(self) -> None:
        """Shows the drafts and adds what was ticked."""
        usual = self.desk.assurance.usual
        dialog = UsualDialog(f"{self.title}: the usual ones", usual.of(self.key), self)
        if self.run(dialog):
            self.add_usual(dialog.chosen())

    def run(self, dialog: QDialog) -> bool:
        """Shows a dialog; tests answer in its place."""
        return dialog.exec() == QDialog.DialogCode.Accepted

    def add_usual(self, names: tuple[str, ...]) -> None:
        """Adds drafts by their names."""
        if not names:
            return

        def add() -> None:
            self.around.bus.publish(self.desk.assurance.usual.add(self.key, names))
            self.say(f"{count(len(names), 'draft')} added. Read and change them.")

        self.attempt(add)
