"""The systems that hold records, and who has access to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import long_date
from dpdesk.registers.entries import Entry
from ui.assets.gap_room import GapRoom
from ui.kit.pieces.next_step_card import Offer
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.assets.pick_lists import GapFound

LOOKS = "access_reviews"


class SystemsRoom(GapRoom):
    """The page "Systems" of the assets tab."""

    begin_words = (
        "Name the program or service and who supplies it, and save. Then say whether there is a "
        "contract, and record when access was last reviewed."
    )

    part_places: ClassVar = {"access": LOOKS}

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.assets.systems, around, door, parent)
        self.systems = desk.assets.systems

    def found(self, entry: Entry) -> Sequence[GapFound]:
        """The findings of a system."""
        return self.systems.findings_of(entry)

    def meter(self, entry: Entry) -> tuple[int, int]:
        """How many of its questions are answered."""
        return self.systems.completeness(entry)

    def settled(self, entry: Entry) -> tuple[str, Sequence[Offer]]:
        """When something is due next."""
        until = f" Next: {long_date(dt.date.fromisoformat(entry.due))}." if entry.due else ""
        look = ("Record an access review", "mdi6.account-search-outline", f"part:{LOOKS}:0:")
        return f"In order.{until}", [look]

    def part_known(self, key: str) -> Mapping[str, Any]:
        """Somebody looked through the accounts today."""
        return {"day": self.service.today()} if key == LOOKS else {}
