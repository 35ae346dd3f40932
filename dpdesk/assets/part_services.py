"""The doors to the parts of this room, and what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select

from dpdesk.assets.parts import Purpose, Review
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.record import Part
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date

P = TypeVar("P", bound=Part)


class PartService(RegisterService[P]):
    """Parts that can also be read for all their parents at once."""

    def by_parent(self) -> Mapping[int, Sequence[Entry]]:
        """All parts that are not archived, by the number of their parent, oldest first."""
        found: dict[int, list[Entry]] = defaultdict(list)
        with self.database.reading() as session:
            asked = select(self.record).where(self.record.archived_at.is_(None))
            for row in session.scalars(asked.order_by(self.record.id)):
                found[row.parent_id].append(self._entry(row))
        return found


class Purposes(PartService[Purpose]):
    """Purposes with their lawful bases."""

    record = Purpose

    def derive(self, values: Values, around: None) -> Derived:
        """Title: what the data is used for."""
        return Derived(str(values["purpose"]))


class Reviews(PartService[Review]):
    """Reviews of assets with their owners."""

    record = Review

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the day and the person."""
        return Derived(f"{show_date(values['day'])}, {values['with_whom']}")
