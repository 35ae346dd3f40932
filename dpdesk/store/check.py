"""Is everything that was ever saved still there and still as it was saved?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from dpdesk.store import audit
from dpdesk.store.database import translated
from dpdesk.store.tables import SearchRow, VaultFile
from dpdesk.store.workspace import Workspace

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: how much was looked at, and a sentence for everything that is wrong."""

    history_rows: int
    vault_files: int
    search_rows: int
    problems: tuple[str, ...]


def _quiet(what: str, done: int, total: int) -> None:
    """Nobody is watching."""


def check(workspace: Workspace, step: Step = _quiet) -> Checked:
    """Verifies database, history, search index and vault; changes nothing."""
    problems: list[str] = []
    with translated(), workspace.database.engine.connect() as connection:
        step("database", 0, 4)
        problems += _database(connection)
        step("history", 1, 4)
        problems += audit.verify(connection, workspace.database.audit_key)
        if not audit.triggers_present(connection):
            problems.append("The guards of the history were removed.")
        step("search", 2, 4)
        problems += _search(connection)
        files = list(connection.execute(select(VaultFile.name, VaultFile.sha256)))
        history_rows = connection.execute(text("SELECT count(*) FROM history")).scalar() or 0
        search_rows = connection.execute(select(func.count()).select_from(SearchRow)).scalar() or 0
    for number, (name, sha256) in enumerate(files):
        step("vault", number, len(files))
        if not workspace.vault.verify(name, sha256):
            problems.append(f"The vault file {name[:12]}… is missing or damaged.")
    return Checked(history_rows, len(files), search_rows, tuple(problems))


def _database(connection: Connection) -> Iterator[str]:
    if connection.execute(text("PRAGMA cipher_integrity_check")).fetchall():
        yield "Pages of the database file were changed from outside."
    found = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
    if found != ["ok"]:
        yield f"The database is damaged in {len(found)} places."
    if connection.execute(text("PRAGMA foreign_key_check")).fetchall():
        yield "Some rows refer to rows that are gone."


def _search(connection: Connection) -> Iterator[str]:
    rows = connection.execute(select(func.count()).select_from(SearchRow)).scalar()
    indexed = connection.execute(text("SELECT count(*) FROM search_text_docsize")).scalar()
    if rows != indexed:
        yield f"The search index holds {indexed} texts where {rows} are expected."
    try:
        connection.execute(text("INSERT INTO search_text(search_text) VALUES('integrity-check')"))
    except DBAPIError:
        yield "The search index is damaged."
    finally:
        connection.rollback()
