"""The sample checks of closed requests: drawn at random, looked at again, and how well they did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom

_SHARE: Final = "10"
"""Per cent that are drawn unless another share is asked for."""
_YEAR: Final = dt.timedelta(days=365)


class RecordPanel(RailPanel):
    """What is on record of the request that is checked, so that nobody turns to and fro."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What the record shows", parent)
        self._desk = desk

    def draw(self, entry: Entry) -> None:
        """A line for each fact; whether it is right says the person who checks."""
        number = entry.values.get("request")
        self.setVisible(bool(entry.id and number))
        if not entry.id or not number:
            return
        for label, said in self._desk.requests.checks.record_shows(int(number)):
            self.say(label, "label")
            self.say(said)


class RequestChecksRoom(RegisterRoom):
    """The page "Sample checks"."""

    start_chip: ClassVar[str] = "drawn"
    importable: ClassVar[bool] = False
    keeps_documents: ClassVar[bool] = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.requests.checks, around, door, parent)
        self.draw_button = button("Draw a sample", "mdi6.dice-multiple-outline", does=self.draw)
        self.draw_button.setToolTip("Chooses closed requests of the last twelve months at random")
        self.list.header.buttons.insertWidget(0, self.draw_button)
        purpose = self.service.register.purpose
        self.list.beginning = (purpose, "Draw a sample", self.draw)
        around.bus.changed.connect(lambda _changes: self.show_trend())
        self.show_trend()

    def panels(self) -> Sequence[QWidget]:
        """The facts of the request beside the questions."""
        return [RecordPanel(self.desk)]

    def show_trend(self) -> None:
        """Says under the title how well the checks of each year did."""
        told = [
            f"{each.year}: {each.right} of {each.checked} right ({each.share}%)"
            for each in self.desk.requests.checks.trend()
        ]
        self.list.header.say(self.title, "  ·  ".join(told))

    def draw(self) -> None:
        """Draws a share of the requests closed in the last twelve months."""
        checks = self.desk.requests.checks
        today = checks.today()
        number = len(checks.undrawn(today - _YEAR, today))
        asked = self.around.prompter.ask_words(
            "What percentage of closed requests do you want to check?",
            details=f"{count(number, 'request')} closed in the last twelve months "
            "that you have not checked yet. At least one is drawn.",
            given=_SHARE,
        )
        if asked is None:
            return
        plain = asked.strip().rstrip("%").strip()
        try:
            share = int(plain) if plain.isdecimal() else 0
            many, changes = checks.draw(today - _YEAR, today, share)
        except DpdeskError as error:
            self.say(str(error), tone="warn")
            return
        self.around.bus.publish(changes)
        self.say(f"{count(many, 'request')} drawn. Open each one, and look at the request itself.")
