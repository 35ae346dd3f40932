"""Data that must not be used: what one room tells others of a restriction or an objection.

Whoever keeps the requests says which flags stand; people, assets, pictures and disposals ask for
them (:class:`Flagging`) and never for requests. A flag stands until it is lifted, so that nothing
here depends on the day. Source: UK GDPR Arts 18 and 21.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from dpdesk.law.words import listed
from dpdesk.registers.same_person import parts_of, same

if TYPE_CHECKING:
    from dpdesk.store.database import Change


@dataclass(frozen=True, slots=True)
class UseFlag:
    """Data about somebody, or in some assets, that must not be used.

    ``words`` say what it is ("the restriction"), ``says`` what must not be done. ``person`` is the
    number in the register of people, 0 where nobody is linked; ``names`` are all names known.
    """

    register: str
    entry_id: int
    reference: str
    words: str
    says: str
    person: int = 0
    names: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    """References of the assets concerned."""
    pictures: str | None = None
    """Does it cover pictures: "yes", "no"; None or "unknown" where nobody has said."""

    @property
    def said(self) -> str:
        """For the page of whoever it is about: what must not be done, and why."""
        what = self.says.strip().rstrip(".") or "Not to be used"
        return f"{what}: {self.words} {self.reference}."


class Flagging(ABC):
    """The register in which restrictions and objections are decided."""

    followers: list[Any]

    @abstractmethod
    def flags_within(self, session: Session) -> tuple[UseFlag, ...]:
        """Every flag that stands."""

    @abstractmethod
    def flags_touched(self, change: Change, row: Any) -> bool:
        """May a flag have come, changed or gone with what was just saved?"""


@dataclass(frozen=True, slots=True)
class Flags:
    """All flags that stand at one moment, ready to be asked about people and assets."""

    every: tuple[UseFlag, ...] = ()
    _parts: tuple[tuple[tuple[str, ...], ...], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        parts = tuple(tuple(filter(None, map(parts_of, each.names))) for each in self.every)
        object.__setattr__(self, "_parts", parts)

    def on_person(self, number: int, names: Iterable[str]) -> tuple[UseFlag, ...]:
        """The flags on somebody: those that name the person by number, or may by a name.

        A flag that is linked with one person is on nobody else.
        """
        if not self.every:
            return ()
        mine = [found for name in names if (found := parts_of(name))]
        return tuple(
            flag
            for flag, theirs in zip(self.every, self._parts, strict=True)
            if (flag.person == number if flag.person else _meant(mine, theirs))
        )

    def on_asset(self, reference: str) -> tuple[UseFlag, ...]:
        """The flags on an asset."""
        return tuple(flag for flag in self.every if reference in flag.assets)


def follow_flags(rooms: Iterable[Flagging], follow: Callable[[Change, Any], None]) -> None:
    """Lets ``follow`` be told of every change with which a flag may come or go, and of no other."""
    for room in rooms:

        def told(change: Change, row: Any, room: Flagging = room) -> None:
            if room.flags_touched(change, row):
                follow(change, row)

        room.followers.append(told)


def flags_of(rooms: Iterable[Flagging], session: Session) -> Flags:
    """Reads every flag that stands."""
    return Flags(tuple(flag for room in rooms for flag in room.flags_within(session)))


def flags_said(flags: Iterable[UseFlag]) -> str:
    """Flags in a row, for a tool tip: "the restriction RES-2026-001"."""
    return listed([f"{flag.words} {flag.reference}" for flag in flags])


def about_pictures(flags: Iterable[UseFlag]) -> Iterator[UseFlag]:
    """Those that may cover pictures: all but where somebody said that they do not."""
    return (flag for flag in flags if flag.pictures != "no")


def _meant(mine: Iterable[tuple[str, ...]], theirs: Iterable[tuple[str, ...]]) -> bool:
    others = tuple(theirs)
    return any(same(one, other) for one in mine for other in others)
