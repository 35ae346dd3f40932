"""The door to the places where pictures are used: since when, and when they came down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from dpdesk.consents.photo_records import Placement
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Database

_UNDONE: Final = "Undone"


@dataclass(frozen=True, slots=True)
class PlaceAround:
    """What the rules must know around a use of a picture."""

    consented: bool = False
    """Does everybody in the picture have consent for it?"""
    against: bool = False
    """Has it to come down, as it is stored?"""


class Placements(RegisterService[Placement, PlaceAround]):
    """Where pictures are used."""

    record = Placement
    follows_calendar = False

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.consented: Callable[[Session, int, int], bool] = lambda *_: False
        """Does everybody in a picture have consent for a use? Told by the pictures."""
        self.against: Callable[[Session, int, int], bool] = lambda *_: False
        """Does anybody in a picture say no to a use? Told by the pictures."""

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Removes a place. Raises DpdeskError where it has to come down: that is noted instead."""
        entry = self.load(entry_id)
        use = entry.values.get("use")
        live = entry.values.get("down_on") is None
        with self.database.reading() as session:
            if why != _UNDONE and live and use and self.against(session, entry.parent_id, use):
                raise DpdeskError(
                    "Somebody in the picture does not agree to this use, so it stays on record.",
                    "Record the day on which it was taken down instead.",
                )
        return super().archive(entry_id, version, why)

    def surroundings(
        self, session: Session, scope: Scope[Placement]
    ) -> Callable[[int], PlaceAround]:
        """Whether consent is there for a use that begins, or is against one that is changed."""
        found = PlaceAround()
        if scope.making:
            use, parent = scope.values[0].get("use"), scope.rows[0].parent_id
            found = PlaceAround(use is not None and self.consented(session, parent, use))
        elif len(scope.rows) == 1:
            (row,) = scope.rows.values()
            against = row.down_on is None and self.against(session, row.parent_id, row.use or 0)
            found = PlaceAround(against=against)
        return lambda _number: found

    def fill(self, values: Values, before: Values, around: PlaceAround) -> Values:
        """When the use began and consent was checked; who takes it down is noted with the day."""
        filled = dict(values)
        if before and around.against and values.get("use") != before.get("use"):
            said = "It has to come down. Record when it did, and add another place for another use."
            raise InvalidEntry({"use": said})
        if not before:
            filled.setdefault("since", self.today())
            if around.consented:
                filled.setdefault("checked_on", self.today())
        if filled.get("down_on") is not None and not filled.get("down_by"):
            filled["down_by"] = self.database.who
        return filled

    def problems(self, values: Values, around: PlaceAround) -> dict[str, str]:
        """Days that contradict each other."""
        since, down = values.get("since"), values.get("down_on")
        if since is not None and down is not None and down < since:
            return {"down_on": "That is before it was used."}
        return {}

    def derive(self, values: Values, around: PlaceAround) -> Derived:
        """Title: where."""
        return Derived(str(values["where"]), "down" if values.get("down_on") else "live")
