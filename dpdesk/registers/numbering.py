"""The number and the reference that a new entry gets.

Both are fixed before the row is written, so that it can be written once and whole. Nobody else can
take them in between: whoever changes something holds the write lock from the start.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from dpdesk.errors import NotFound
from dpdesk.registers.record import Record
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.store.tables import Base


def next_number(
    session: Session, record: type[Record], parent_id: int, now: dt.datetime, prefix: str = ""
) -> tuple[int, str]:
    """Number and reference of the next entry; ``prefix`` if it is not that of its register.

    Raises NotFound for a part of nothing.
    """
    register = record.register
    if register.parent:
        found = session.execute(_newest_part(record), {"parent": parent_id}).one_or_none()
        if found is None:
            raise NotFound(f"The entry that this {register.entry} belongs to is missing.")
        newest, last, above = found
        return (newest or 0) + 1, _after(session, record, last, f"{above}/{register.key}-", 1)
    newest, last = session.execute(_newest(record)).one_or_none() or (0, None)
    if register.single:
        return newest + 1, register.key.upper()
    year = now.astimezone(SCHOOL_TIME).year
    stem = f"{prefix or register.prefix or register.key.upper()}-{year}-"
    return newest + 1, _after(session, record, last, stem, 3)


def _after(session: Session, record: type[Record], last: str | None, stem: str, width: int) -> str:
    """The reference that follows; ``last`` is that of the newest entry."""
    if last is not None and not last.startswith(stem):
        # The first of a year, or the clock was put back: the newest one of this stem counts.
        last = session.scalar(
            select(record.reference)
            .where(record.reference.startswith(stem, autoescape=True))
            .order_by(record.id.desc())
            .limit(1)
        )
    # Entries are never deleted, so the newest one of a stem carries the highest number.
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1:0{width}d}"


@cache
def _newest(record: type[Record]) -> Any:
    of = Base.metadata.tables[record.register.key].c
    return select(of.id, of.reference).order_by(of.id.desc()).limit(1)


@cache
def _newest_part(record: type[Record]) -> Any:
    """The highest number of all, the last reference beside it, and the reference of the parent."""
    of = Base.metadata.tables[record.register.key].c
    parent = Base.metadata.tables[record.register.parent].c
    asked: Any = bindparam("parent")
    last = select(of.reference).where(of.parent_id == asked).order_by(of.id.desc()).limit(1)
    return select(
        select(func.max(of.id)).scalar_subquery(), last.scalar_subquery(), parent.reference
    ).where(parent.id == asked)
