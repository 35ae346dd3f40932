"""What an adult of a list is to a pupil, and what several rows say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

_CONTRADICTED: Final = "(contradicted)"
_ABOUT: Final = {
    "relationship": "what this adult is to the pupil",
    "responsible": "whether this adult has parental responsibility",
    "lives_with": "whether this adult lives with the pupil",
}


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an adult is to a pupil."""

    relationship: str | None = None
    responsible: str | None = None
    lives_with: str | None = None
    priority: int | None = None

    def beside(self, now: Belonging) -> tuple[Belonging, tuple[str, ...]]:
        """The same with what another row says, and in words what the two say differently.

        That stays open, whatever a third row says, until ``settled`` takes it out: nobody can
        tell which of the rows is right.
        """
        told = {name: getattr(now, name) for name in Belonging.__slots__}
        found = replace(self, **{name: v for name, v in told.items() if v is not None})
        differ = {
            name
            for name in _ABOUT
            if (mine := getattr(self, name)) == _CONTRADICTED
            or (mine and told[name] and mine != told[name])
        }
        open_: dict[str, Any] = dict.fromkeys(differ, _CONTRADICTED)
        both = replace(found, **open_)
        return both, tuple(what for name, what in _ABOUT.items() if name in differ)

    def settled(self) -> Belonging:
        """The same, without what is contradicted."""
        wrong: dict[str, Any] = {
            name: None for name in _ABOUT if getattr(self, name) == _CONTRADICTED
        }
        return replace(self, **wrong)

    def lacking(self, told: Belonging) -> dict[str, Any]:
        """What a list says of a relationship where nothing is on record here."""
        return {
            name: value
            for name in Belonging.__slots__
            if (value := getattr(told, name)) is not None
            and getattr(self, name) in {None, "unknown"}
        }
