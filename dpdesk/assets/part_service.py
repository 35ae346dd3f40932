"""What the registers of parts of this room share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select

from dpdesk.registers.entries import Entry
from dpdesk.registers.record import Part
from dpdesk.registers.service import RegisterService

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
