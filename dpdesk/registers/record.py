"""Record: the base of every stored register entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Integer, String, inspect
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from dpdesk.registers import soundness
from dpdesk.registers.fields import Field, Kind, Register
from dpdesk.store.tables import Base, UtcMoment


class Record(Base):
    """An entry of a register, as it is stored.

    A subclass sets ``register`` and declares its fields as columns. ``title``, ``state`` and
    ``due`` are worked out by the feature's rules from the stored facts each time an entry is
    saved; they are kept beside the facts so that a list can be sorted, never instead of them.
    """

    __abstract__ = True
    register: ClassVar[Register]

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reference: Mapped[str] = mapped_column(String, unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    title: Mapped[str] = mapped_column(String, default="")
    state: Mapped[str] = mapped_column(String, default="", index=True)
    due: Mapped[str | None] = mapped_column(String, index=True)
    """ISO day, or ISO moment in UTC, by which the next thing must be done."""
    created_at: Mapped[dt.datetime] = mapped_column(UtcMoment)
    changed_at: Mapped[dt.datetime] = mapped_column(UtcMoment)
    archived_at: Mapped[dt.datetime | None] = mapped_column(UtcMoment)

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """The table is called as the register."""
        return cls.register.key

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """The version column guards against two savers."""
        return {"version_id_col": cls.__table__.c.version, "version_id_generator": False}

    def __init_subclass__(cls, **more: Any) -> None:
        """Collects the field descriptions in their order of declaration.

        Where there are too many for one file, groups of them stand in plain classes that the
        record names among its bases; theirs come after its own. Raises UnsoundRegister where the
        descriptions do not fit each other.
        """
        found: list[Field] = []
        groups = (base for base in cls.__mro__[1:] if not issubclass(base, Base))
        for name, column in [pair for of in (cls, *groups) for pair in vars(of).items()]:
            if isinstance(column, MappedColumn) and "field" in column.column.info:
                field = replace(column.column.info["field"], name=name)
                column.column.info["field"] = field
                found.append(field)
        if not vars(cls).get("__abstract__"):
            cls.register = soundness.check(cls.register.with_fields(tuple(found)))
        super().__init_subclass__(**more)


def new(row: Record) -> bool:
    """Is it being saved for the first time? Then nothing that belongs to it is there yet."""
    found = inspect(row, raiseerr=False)  # None for a row that was read without its record
    return found is not None and not found.has_identity


class Part(Record):
    """An entry that belongs to one entry of another register, its ``register.parent``."""

    __abstract__ = True

    @declared_attr
    @classmethod
    def parent_id(cls) -> Mapped[int]:
        """Number of the entry that it belongs to."""
        return mapped_column(Integer, ForeignKey(f"{cls.register.parent}.id"), index=True)


STORED_AS_CODES = frozenset({Kind.CHOICES, Kind.LINKS})
"""Kinds whose answer is a tuple of codes or references."""
