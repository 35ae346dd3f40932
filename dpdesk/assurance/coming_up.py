"""Registers whose entries come up again: to be looked at, tested, renewed.

Where an entry stands, and when it is due, follows from its answers and from the newest of its
parts of one kind (its last review, test or check). Each register says how in one pure function.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import R, Scope
from dpdesk.registers.record import Part
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import SCHOOL_TIME, show_date
from dpdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Lookback:
    """What stands around an entry: the day it was made, and its parts, newest first."""

    made: dt.date
    parts: tuple[Values, ...] = ()

    @property
    def last(self) -> Values:
        """The newest part; no answers where there is none."""
        return self.parts[0] if self.parts else {}

    @property
    def last_day(self) -> dt.date | None:
        """The day of the newest part."""
        day: dt.date | None = self.last.get("day")
        return day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands; ``due`` is the day on which it comes up again."""

    state: str
    due: dt.date | None = None


class DatedPart(RegisterService[Any]):
    """Parts of one kind that have a day, and are called after it."""

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the day."""
        day = values.get("day")
        return Derived(show_date(day) if day is not None else "")


class ComingUp(RegisterService[R, Lookback]):
    """A register whose entries come up again. A subclass names its parts and how it stands."""

    follows_calendar = False
    looks: ClassVar[type[Part] | None] = None
    """The parts that say when an entry was last looked at; None where there are none."""
    others: ClassVar[tuple[type[Part], ...]] = ()
    """Its other parts."""
    named_by: ClassVar[str] = "name"
    """The question whose answer an entry is called by."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        kinds = (*((self.looks,) if self.looks is not None else ()), *self.others)
        self.own(*(DatedPart(database, each) for each in kinds))

    def part(self, record: type[Part]) -> RegisterService[Any, Any]:
        """The register of one kind of its parts."""
        return next(each for each in self.part_services if each.record is record)

    def surroundings(self, session: Session, scope: Scope[R]) -> Callable[[int], Lookback]:
        """The days on which entries were made, and their parts, newest first."""
        made = {
            number: row.created_at.astimezone(SCHOOL_TIME).date()
            for number, row in scope.rows.items()
        }
        parts: dict[int, list[Values]] = defaultdict(list)
        record: Any = self.looks
        if record is not None and not scope.making:
            service = self.part(record)
            inside = select(self.record.id).where(scope.where)
            asked = select(record).where(record.parent_id.in_(inside), record.archived_at.is_(None))
            for row in session.scalars(asked.order_by(record.day.desc(), record.id.desc())):
                parts[row.parent_id].append(service.answers(row))
        return lambda number: Lookback(made[number], tuple(parts[number]))

    @abstractmethod
    def stands(self, values: Values, around: Lookback) -> Standing:
        """Where an entry stands and when it comes up again; does not depend on today."""

    def derive(self, values: Values, around: Lookback) -> Derived:
        """Title, state and due date."""
        standing = self.stands(values, around)
        due = standing.due.isoformat() if standing.due is not None else None
        return Derived(self.called(values), standing.state, due)

    def called(self, values: Values) -> str:
        """What an entry is called."""
        return str(values.get(self.named_by) or "")
