"""What rules make of the facts of an entry, kept beside them so that lists can sort and count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dpdesk.registers.record import Record


@dataclass(frozen=True, slots=True)
class Derived:
    """What a feature's rules make of the facts of an entry."""

    title: str
    state: str = ""
    due: str | None = None
    kept: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Values for columns of the record that are no questions, by which filters count."""

    def differing(self, row: Any) -> dict[str, Any]:
        """What a row, or a record, has otherwise."""
        fresh = {"title": self.title, "state": self.state, "due": self.due, **self.kept}
        return {name: value for name, value in fresh.items() if getattr(row, name) != value}

    def put(self, row: Record) -> None:
        """Writes it into a record that is being saved."""
        for name, value in self.differing(row).items():
            setattr(row, name, value)
