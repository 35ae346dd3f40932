"""Names of persons in registers, gathered from the fields that say they hold one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.service import RegisterService


class Naming(ABC):
    """A register whose names are made of several answers: first name and surname."""

    @abstractmethod
    def naming_within(self, session: Session) -> Iterator[str]:
        """Every name in it, whole, archived entries included."""


def person_fields(service: RegisterService[Any, Any]) -> tuple[Field, ...]:
    """The questions of a register whose answers name persons."""
    return tuple(field for field in service.register.fields if field.person)


def sure_within(session: Session, services: Iterable[RegisterService[Any, Any]]) -> Iterator[str]:
    """Whole names, first name first, of registers in which each entry is a person."""
    for service in services:
        if isinstance(service, Naming):
            yield from service.naming_within(session)


def typed_within(session: Session, services: Iterable[RegisterService[Any, Any]]) -> Iterator[str]:
    """What was typed where a person is asked for, each once for its field, archived included."""
    for service in services:
        if isinstance(service, Naming):
            continue
        for field in person_fields(service):
            column = getattr(service.record, field.name)
            asked = select(column).where(column.is_not(None)).distinct()
            for answer in session.scalars(asked):
                yield from _each(field, str(answer))


def _each(field: Field, answer: str) -> Iterator[str]:
    """The names of an answer; commas belong to a name, semicolons part names as lines do."""
    if field.kind is not Kind.LONG_TEXT:
        yield answer
        return
    for line in answer.replace(";", "\n").splitlines():
        if line.strip():
            yield line.strip()
