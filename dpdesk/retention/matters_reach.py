"""Which holdings a matter may touch, as a condition that the database answers by its indexes.

Every save of a request or breach asks it, and most touch nothing: the statement is built once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session

from dpdesk.assets.service import AssetService
from dpdesk.registers.matters import Touch
from dpdesk.registers.same_person import looked_under, other_forms, parts_of
from dpdesk.retention.holding_records import Holding, HoldingName
from dpdesk.retention.schedule_records import RetentionRule
from dpdesk.store.tables import Base

_HOLDINGS: Final = Base.metadata.tables[Holding.__tablename__].c
_NAMES: Final = Base.metadata.tables[HoldingName.__tablename__].c
_ASSETS: Final = Base.metadata.tables[AssetService.record.__tablename__].c
_RULES: Final = Base.metadata.tables[RetentionRule.__tablename__].c


_STANDING: Final = _HOLDINGS.disposed_at.is_(None)


def _reached(of: Callable[[str], Any]) -> ColumnElement[bool]:
    """The holdings reached; ``of`` gives for a name what is asked for, or its place."""
    return _STANDING & or_(
        # What something holds up is "held" by state: that has an index, so not all are looked at.
        (_HOLDINGS.state == "held") & _HOLDINGS.held_by.like(of("held_by")),
        _HOLDINGS.reference.in_(of("holdings")),
        _HOLDINGS.asset.in_(select(_ASSETS.id).where(_ASSETS.reference.in_(of("assets")))),
        _HOLDINGS.rule.in_(
            select(_RULES.id).where(
                func.lower(_RULES.code).in_(of("rules"))
                | func.lower(_RULES.reference).in_(of("rules"))
            )
        ),
        _HOLDINGS.id.in_(select(_NAMES.holding_id).where(_NAMES.part.in_(of("parts")))),
    )


def _place(name: str) -> Any:
    return bindparam(name, expanding=name != "held_by")


_ANY: Final = select(_HOLDINGS.id).where(_reached(_place)).limit(1)


@dataclass(slots=True)
class Reach:
    """What a matter held up, by its reference, and what it may touch now, by what it says.

    Reaches all holdings that it does touch, and some more.
    """

    reference: str
    everything: bool = False
    holdings: set[str] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    """References and codes."""
    parts: set[str] = field(default_factory=set)
    """Parts of names, as they are looked for."""

    def add(self, touch: Touch) -> None:
        """Reaches for this too."""
        self.everything = self.everything or touch.everything
        self.holdings.update(each.upper() for each in touch.holdings)
        self.assets.update(each.upper() for each in touch.assets)
        self.rules.update(each.casefold() for each in touch.rules)
        for name in touch.names:
            parts = parts_of(name)
            if parts and all(len(part) == 1 for part in parts):
                self.everything = True
            self.parts.update(looked_under(parts))
            # Initials too: R. may stand for this name, and B. for William.
            self.parts.update(form[0] for part in parts for form in (part, *other_forms(part)))

    def any_within(self, session: Session) -> bool:
        """Does it reach any holding? Answered by one short look."""
        return self.everything or session.scalar(_ANY, self._asked()) is not None

    def condition(self) -> ColumnElement[bool]:
        """The holdings that it reaches."""
        return _STANDING if self.everything else _reached(self._asked().__getitem__)

    def _asked(self) -> dict[str, Any]:
        return {
            "held_by": f"%{self.reference}%",
            "holdings": sorted(self.holdings),
            "assets": sorted(self.assets),
            "rules": sorted(self.rules),
            "parts": sorted(self.parts),
        }


def reach_of(reference: str, touches: Iterable[Touch]) -> Reach:
    """What a matter of this reference held up, and everything that it may touch now."""
    found = Reach(reference)
    for touch in touches:
        found.add(touch)
    return found
