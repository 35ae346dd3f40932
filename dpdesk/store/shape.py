"""What the database is made of: its tables, indexes and triggers, beside those it should have.

Whoever has the key could put in a trigger that deletes what is saved later, or take a table away.
Neither changes a row, so no seal tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlcipher3
from sqlalchemy import Connection, StaticPool, create_engine, text

from dpdesk.store.tables import Base

_OWN = f"{__name__.partition('.')[0]}."
_WORDS = {"table": "table", "index": "index", "trigger": "trigger", "view": "view"}
Part = tuple[str, str, str]
"""Kind, name, and the table that it belongs to."""


def differing(connection: Connection) -> Iterator[str]:
    """A sentence for each part that is missing, and for each that dpdesk did not make."""
    there, fresh, strange = _parts(connection), _fresh(), _strange()
    for kind, name, table in sorted(fresh - there):
        if table not in strange:
            yield f"A part of the database is missing: the {_WORDS.get(kind, kind)} “{name}”."
    for kind, name, _ in sorted(there - fresh):
        yield (
            f"The database has a part that dpdesk did not make: the {_WORDS.get(kind, kind)} "
            f"“{name}”."
        )


def _parts(connection: Connection) -> frozenset[Part]:
    rows = connection.execute(text("SELECT type, name, tbl_name FROM sqlite_master"))
    return frozenset(
        (str(kind), str(name), str(table))
        for kind, name, table in rows
        if not str(name).startswith("sqlite_") and name != "alembic_version"
    )


def _fresh() -> frozenset[Part]:
    """The parts of a fresh database, which is made in memory for it."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: sqlcipher3.connect(":memory:"),
        poolclass=StaticPool,
    )
    try:
        Base.metadata.create_all(engine)
        with engine.connect() as connection:
            return _parts(connection)
    finally:
        engine.dispose()


def _strange() -> frozenset[str]:
    """Tables that were described by somebody else than the program, and may be absent."""
    return frozenset(
        str(mapper.local_table.name)  # type: ignore[attr-defined] # each is one table here
        for mapper in Base.registry.mappers
        if not mapper.class_.__module__.startswith(_OWN)
    )
