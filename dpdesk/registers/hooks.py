"""What the rules of a feature add to a register: the hooks that a service overrides.

Rules are pure. Whatever they must know beside the answers of an entry (its parts, the calendar,
other registers) is read by one hook, :meth:`RegisterHooks.surroundings`, for one entry that is
being saved as for fifty thousand that are worked out afresh, and handed to them as an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from typing_extensions import TypeVar

from dpdesk.errors import InvalidEntry
from dpdesk.registers.derived import Derived
from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.record import Record

if TYPE_CHECKING:
    from dpdesk.registers.crossings import Offers
    from dpdesk.store.database import Change

R = TypeVar("R", bound=Record)
A = TypeVar("A", default=None)
"""What stands around an entry; None where the rules of a register need nothing more."""


@dataclass(frozen=True, slots=True)
class Scope(Generic[R]):
    """The entries whose surroundings are wanted: the one being saved, or any number of them."""

    where: ColumnElement[bool]
    """Holds for all of them that are in the database already."""
    rows: Mapping[int, R]
    """By number; an entry that is being made stands under 0."""
    values: Mapping[int, Values]
    """Their answers as they will be, by number."""

    @property
    def making(self) -> bool:
        """Is it an entry that is not in the database yet? Then nothing belongs to it."""
        return 0 in self.rows


class RegisterHooks(Generic[R, A]):
    """What a feature says about its register, where the fields alone do not say enough."""

    record: type[R]
    follows_calendar = True
    """Do title, state or due date depend on the school's calendar or settings?"""

    @property
    def register(self) -> Register:
        """The description of the register."""
        return self.record.register

    def join(self, rooms: Offers) -> None:
        """Takes from other rooms what this register needs of them; the one way of joining.

        Asked once, when all rooms of the desk are there.
        """

    def surroundings(self, session: Session, scope: Scope[R]) -> Callable[[int], A]:
        """Reads, at once, what the rules need to know around entries; gives it by their numbers.

        Registers whose rules look at the answers alone leave it out.
        """
        return lambda _number: None  # type: ignore[return-value]  # A is None unless overridden

    def behind(self, today: dt.date) -> ColumnElement[bool] | None:
        """Which entries stand as they did on an earlier day; None where the day changes nothing.

        Only where the passing of a day changes a state by itself: somebody has left, an answer has
        run out. Those are worked out afresh when the desk is opened.
        """
        return None

    def guard(self, values: Values, before: Values) -> None:
        """Raises DpdeskError or InvalidEntry for what may not be changed by hand at all.

        ``values`` are those that somebody wants to save, ``before`` those that are stored.
        """

    def fill(self, values: Values, before: Values, around: A) -> Values:
        """The answers of an entry with what follows from them; ``before`` is empty for a new one.

        Asked before anything is checked. What it leaves out has no answer.
        """
        return values

    def prefix(self, values: Values) -> str:
        """How the reference of a new entry begins; by default as that of all others."""
        return self.register.prefix

    def problems(self, values: Values, around: A) -> dict[str, str]:
        """Sentences for answers that contradict each other, by field name."""
        return {}

    def clashes(self, values: Values, around: A) -> dict[str, str]:
        """Sentences for answers that another entry has already, by field name.

        Asked after the problems, and again of an entry that comes back from the archive: another
        may have taken its place meanwhile.
        """
        return {}

    def derive(self, values: Values, around: A) -> Derived:
        """Title, state and due date, worked out from the facts."""
        first = next((f for f in self.register.fields if f.kind is Kind.TEXT), None)
        return Derived(title=str(values.get(first.name) or "") if first else "")

    def written(self, change: Change, row: R, values: Values, *, made: bool) -> None:
        """What else is written when an entry was saved, in the same transaction."""

    def recorded(self, row: R, field: Field, answer: str | None) -> str | None:
        """What the history keeps of an answer; overridden where it must be possible to erase it."""
        return answer

    def recalled(self, row: R | None, kept: str | None) -> str | None:
        """What :meth:`recorded` was given; ``ERASED`` where that is gone for good."""
        return kept

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """For parts: what the parent objects to, told at the fields of the part.

        Overridden where a part's answers can contradict those of its parent.
        """
        first = next(field.name for field in self.register.fields)
        return InvalidEntry({first: " ".join(error.problems.values())})
