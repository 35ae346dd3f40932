"""Half-typed answers, kept in the encrypted database until they are saved or thrown away."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import delete, select

from dpdesk.store.database import Database
from dpdesk.store.tables import Draft, utc_moment, utc_text


def keep(
    database: Database,
    register: str,
    entry_id: int,
    parent_id: int,
    version: int,
    answers: dict[str, Any],
) -> None:
    """Keeps the answers of a form as they are now, in place of an earlier draft of it."""
    with database.changing() as change:
        change.session.merge(
            Draft(
                register=register,
                entry_id=entry_id,
                parent_id=parent_id,
                version=version,
                at=utc_text(database.now()),
                answers=json.dumps(answers, ensure_ascii=False),
            )
        )


def drop(database: Database, register: str, entry_id: int, parent_id: int) -> None:
    """Throws a draft away, because it was saved or is not wanted."""
    with database.changing() as change:
        change.session.execute(
            delete(Draft).where(
                Draft.register == register,
                Draft.entry_id == entry_id,
                Draft.parent_id == parent_id,
            )
        )


def registers(database: Database) -> frozenset[str]:
    """The registers of which a draft is kept."""
    with database.reading() as session:
        return frozenset(session.scalars(select(Draft.register).distinct()))


def find(
    database: Database, register: str
) -> list[tuple[int, int, int, dt.datetime, dict[str, Any]]]:
    """The drafts of a register: (entry, parent, version, when, answers), newest first."""
    with database.reading() as session:
        rows = session.scalars(
            select(Draft).where(Draft.register == register).order_by(Draft.at.desc())
        )
        return [
            (row.entry_id, row.parent_id, row.version, utc_moment(row.at), json.loads(row.answers))
            for row in rows
        ]
