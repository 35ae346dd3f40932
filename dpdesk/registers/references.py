"""The references by which people call entries: SAR-2026-014, or SAR-2026-014/searches-2."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.errors import NotFound
from dpdesk.registers.record import Record
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.store.tables import Base


def following(session: Session, record: type[Record], parent_id: int, now: dt.datetime) -> str:
    """The reference of the next entry of a register. Raises NotFound for a part of nothing."""
    register = record.register
    if register.parent:
        parent = Base.metadata.tables[register.parent]
        above: Any = session.scalar(select(parent.c.reference).where(parent.c.id == parent_id))
        if above is None:
            raise NotFound(f"The entry that this {register.entry} belongs to is missing.")
        stem, width = f"{above}/{register.key}-", 1
    elif register.single:
        return register.key.upper()
    else:
        year = now.astimezone(SCHOOL_TIME).year
        stem, width = f"{register.prefix or register.key.upper()}-{year}-", 3
    # Entries are never deleted, so the newest one carries the highest number.
    last = session.scalar(
        select(record.reference)
        .where(record.reference.startswith(stem, autoescape=True))
        .order_by(record.id.desc())
        .limit(1)
    )
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1:0{width}d}"
