"""What a link field can point to: the entries of another register."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dpdesk.registers.fields import Field
from dpdesk.store import search_index
from dpdesk.store.tables import Base


def choices(session: Session, field: Field, words: str, limit: int) -> list[tuple[int, str]]:
    """Entries to choose from, newest first, as (number, reference and title)."""
    target = Base.metadata.tables[field.target]
    statement = select(target.c.id, target.c.reference, target.c.title).where(
        target.c.archived_at.is_(None)
    )
    if search_index.expression(words):
        statement = statement.where(
            target.c.id.in_(search_index.matching_entries(field.target, words))
        )
    rows = session.execute(statement.order_by(target.c.id.desc()).limit(limit))
    return [(found, f"{reference} {title}") for found, reference, title in rows]


def label(session: Session, field: Field, entry_id: int) -> str:
    """Reference and title of an entry; empty where there is none."""
    target = Base.metadata.tables[field.target]
    row = session.execute(
        select(target.c.reference, target.c.title).where(target.c.id == entry_id)
    ).one_or_none()
    return "" if row is None else f"{row[0]} {row[1]}"


def number(session: Session, field: Field, words: str) -> int:
    """The entry whose reference comes first in the words. Raises ValueError with a sentence."""
    target = Base.metadata.tables[field.target]
    reference = words.split()[0] if words.split() else ""
    found = session.scalar(
        select(target.c.id).where(
            func.lower(target.c.reference) == reference.lower(), target.c.archived_at.is_(None)
        )
    )
    if found is None:
        raise ValueError("There is no entry of this reference.")
    return int(found)
