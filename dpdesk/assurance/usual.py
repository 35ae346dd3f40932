"""First drafts of what a small school usually has: risks, measures, policies, suppliers, DPIAs.

They stand in ``resources/assurance/usual.toml``, each to be read and changed before it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Kind, Values
from dpdesk.registers.service import RegisterService

DRAFT: Final = "A first draft: read it and change it before it counts."


@dataclass(frozen=True, slots=True)
class UsualEntry:
    """A draft that is offered; ``there`` says that an entry of that name exists."""

    name: str
    answers: Values
    parts: tuple[Values, ...]
    there: bool


class UsualEntries:
    """The drafts of the registers that have some."""

    def __init__(self, registers: Mapping[str, RegisterService[Any, Any]]) -> None:
        self._registers = registers

    @property
    def keys(self) -> Collection[str]:
        """The registers for which there are drafts."""
        return _content().keys() & self._registers.keys()

    def of(self, register: str) -> tuple[UsualEntry, ...]:
        """The drafts of a register, in the order of the file."""
        service = self._registers[register]
        record: Any = service.record
        with service.database.reading() as session:
            there = set(session.scalars(select(record.title).where(record.archived_at.is_(None))))
        return tuple(_entry(service, row, there) for row in _content()[register])

    def add(self, register: str, names: Collection[str]) -> Changes:
        """Adds some of the drafts, all of them or none; what is there already is left out.

        Raises NotFound for a name that is not offered.
        """
        service = self._registers[register]
        offered = {each.name: each for each in self.of(register)}
        unknown = set(names) - offered.keys()
        if unknown:
            raise NotFound(f"There is no draft called “{min(unknown)}”.")
        with service.database.changing() as change:
            for name in names:
                draft = offered[name]
                if draft.there:
                    continue
                row = service.save_within(change, draft.answers, why=DRAFT)
                change.touched.add((register, row.id))
                for part in draft.parts:
                    service.part_services[0].save_within(change, part, parent_id=row.id)
                if draft.parts:
                    service.refresh_within(change, row.id)
        return Changes(frozenset(change.touched))


def _entry(
    service: RegisterService[Any, Any], row: Mapping[str, Any], there: set[str]
) -> UsualEntry:
    kinds = {field.name: field.kind for field in service.register.fields}
    answers = {
        name: tuple(value) if kinds[name] is Kind.CHOICES else value
        for name, value in row.items()
        if name in kinds
    }
    parts = tuple(row.get("risks", ()))
    return UsualEntry(str(row["name"]), answers, parts, row["name"] in there)


def _content() -> Mapping[str, Any]:
    return resources.kept("assurance", "usual.toml")
