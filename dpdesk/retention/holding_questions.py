"""What a window asks about holdings beside their list: all of it reads, nothing is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from dpdesk.law.retention_periods import retention_due
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.matters import Touch
from dpdesk.retention.disposal_records import Disposal
from dpdesk.retention.holding_records import Holding
from dpdesk.retention.holding_service import HoldingService
from dpdesk.retention.standing import facts_of, record_class
from dpdesk.retention.typed_rows import Lines, TypedHolding, read_rows

_CLASS = ("code", "records", "action", "trigger")
"""Without these a class says nothing yet."""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a change of a class does to its holdings that are still here."""

    number: int
    earlier: int = 0
    later: int = 0
    begun: int = 0
    """They had no due date, and get one."""
    ended: int = 0
    """They had one, and have none any more."""
    at_once: int = 0
    """Of all these: might be disposed of today, and might not before."""
    first: dt.date | None = None
    last: dt.date | None = None
    """The first and the last of the new due dates."""

    @property
    def moved(self) -> int:
        """How many holdings get another due date, or none."""
        return self.earlier + self.later + self.begun + self.ended


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is found: its number, its reference and its title."""

    entry_id: int
    reference: str
    title: str = ""


class HoldingQuestions:
    """Questions about holdings, each answered in one session."""

    def __init__(self, holdings: HoldingService) -> None:
        self._holdings = holdings

    def open_matters(self) -> tuple[Touch, ...]:
        """Everything open that holds something up: holds, and matters of other rooms."""
        with self._holdings.database.reading() as session:
            return self._holdings.here(session).touches.every

    def held_by(self, reference: str) -> tuple[Entry, ...]:
        """The holdings that a matter holds up, oldest first."""
        return self._holdings.entries_where(
            Holding.held_by.contains(reference, autoescape=True) & Holding.disposed_at.is_(None)
        )

    def disposal_of(self, entry_id: int) -> Place | None:
        """The disposal that a holding was approved for, or went with."""
        with self._holdings.database.reading() as session:
            found = session.execute(
                select(Disposal.id, Disposal.reference)
                .join(Holding, Holding.disposal_id == Disposal.id)
                .where(Holding.id == entry_id)
            ).one_or_none()
        return None if found is None else Place(int(found[0]), str(found[1]))

    def of_class(self, rule_id: int, most: int) -> tuple[Place, ...]:
        """The first holdings of a class that are still here, by their due dates."""
        with self._holdings.database.reading() as session:
            found = session.execute(
                select(Holding.id, Holding.reference, Holding.title)
                .where(_here(rule_id))
                .order_by(Holding.due.is_(None), Holding.due, Holding.id)
                .limit(most)
            )
            return tuple(Place(int(row[0]), str(row[1]), str(row[2])) for row in found)

    def number_of(self, rule_id: int) -> int:
        """How many holdings of a class are still here."""
        with self._holdings.database.reading() as session:
            return session.scalar(select(func.count()).where(_here(rule_id))) or 0

    def moved_by(self, rule_id: int, values: Values) -> Moving | None:
        """What it would do to the holdings of a class if it had these answers.

        None while the answers are no class yet.
        """
        if any(values.get(name) is None for name in _CLASS):
            return None
        of = record_class(values)
        today = self._holdings.today()
        with self._holdings.database.reading() as session:
            here = self._holdings.here(session)
            pairs = [
                (
                    _day(seen.stored["due"]),
                    retention_due(facts_of(seen.values, of), of, here.years).due,
                )
                for seen in self._holdings.seen(session, _here(rule_id))
            ]
        moved = [(old, new) for old, new in pairs if old != new]
        days = [new for _, new in moved if new is not None]
        return Moving(
            len(pairs),
            earlier=sum(old is not None and new is not None and new < old for old, new in moved),
            later=sum(old is not None and new is not None and new > old for old, new in moved),
            begun=sum(old is None for old, _ in moved),
            ended=sum(new is None for _, new in moved),
            at_once=sum(
                new is not None and new < today and (old is None or old >= today)
                for old, new in moved
            ),
            first=min(days, default=None),
            last=max(days, default=None),
        )

    def read_rows(
        self, rows: Sequence[Sequence[str]], form: str = "", safeguarding: str = ""
    ) -> Iterator[TypedHolding]:
        """Rows as they were typed or pasted, as the holdings that they would become.

        ``form`` and ``safeguarding`` are answers for all rows that give none.
        """
        service = self._holdings
        with service.database.reading() as session:
            here = service.here(session)
        now, today = service.now(), service.today()
        common = Lines(service.register, here, now, today, form, safeguarding)
        return read_rows(common, rows)


def _here(rule_id: int) -> ColumnElement[bool]:
    return (Holding.rule == rule_id) & Holding.disposed_at.is_(None) & Holding.archived_at.is_(None)


def _day(stored: str | None) -> dt.date | None:
    return dt.date.fromisoformat(stored) if stored else None
