"""Is everything that was ever saved still there and still as it was saved?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from dpdesk.errors import DamagedWorkspace, DpdeskError, NamedStepDone, NoRoom, WorkspaceBusy
from dpdesk.law.words import count, short_moment
from dpdesk.store import audit, seals, shape
from dpdesk.store.database import translated
from dpdesk.store.seals import Odd
from dpdesk.store.tables import HistoryRow, SearchRow, VaultFile, utc_moment
from dpdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: how much was looked at, and a sentence for everything that is wrong."""

    history_rows: int
    """Lines of history, each held against the one before."""
    sealed_rows: int
    """Rows of all other tables, each held against its seal."""
    answers: int
    """Answers held against the last line of history that speaks of them."""
    vault_files: int
    """Files opened and held against their hash."""
    search_rows: int
    """Texts whose place in the search index was looked at."""
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What is worth knowing and no damage: also that the workspace was restored, and when."""

    @property
    def only_the_sheet(self) -> bool:
        """Is nothing wrong but the recovery sheet, which a new one mends without any backup?"""
        return self.problems == (_WAYS["recovery"],)


class Comparing(Protocol):
    """Holds what is stored against the history, and tells of rows in words."""

    compared: int
    """Answers held against the history."""

    def sentences(self, connection: Connection, odd: Sequence[Odd]) -> Iterator[str]:
        """A sentence for each odd row, and for whatever else the history contradicts."""


class _Tables:
    """Without registers, rows can only be told by table and number."""

    compared = 0

    def sentences(self, connection: Connection, odd: Sequence[Odd]) -> Iterator[str]:
        return map(seals.said, odd)


def _quiet(what: str, done: int, total: int) -> None:
    """Says nothing: the work goes on unwatched."""


def check(
    workspace: Workspace, step: NamedStepDone = _quiet, comparing: Comparing | None = None
) -> Checked:
    """Verifies database, history, every row, search index and vault; changes nothing.

    Raises only where the workspace cannot be reached, or WorkspaceBusy while something long is
    being saved; damage is told in the outcome.
    """
    engine = workspace.database.engine
    key = workspace.database.audit_key
    comparing = comparing or _Tables()
    problems: list[str] = []
    if workspace.notice is not None and workspace.notice.lost:
        problems.append(workspace.notice.sentence)
    problems += _ways_in(workspace)
    facts: list[str] = []
    history, sealed, search = [0], [0], [0]
    parts: tuple[tuple[str, Callable[[Connection], Iterator[str]]], ...] = (
        ("database", _database),
        ("tables", shape.differing),
        ("history", lambda connection: _history(connection, key, history)),
        ("rows", lambda connection: _rows(connection, key, comparing, sealed)),
        ("search", lambda connection: _search(connection, search)),
    )
    for number, (name, look) in enumerate(parts):
        step(name, number, len(parts))
        problems += _found(engine, look)
    problems += _search_index(engine)
    files: list[tuple[str, str]] = []

    def listed(connection: Connection) -> Iterator[str]:
        rows = connection.execute(select(VaultFile.name, VaultFile.sha256))
        files.extend((name, sha256) for name, sha256 in rows)
        facts.extend(_happened(connection, altered=False))
        yield from _happened(connection, altered=True)

    problems += _found(engine, listed)
    away = 0
    for number, (name, sha256) in enumerate(files):
        step("vault", number, len(files))
        try:
            if not workspace.vault.verify(name, sha256):
                problems.append(f"The vault file {name[:12]}… is missing or damaged.")
        except NoRoom:
            # Held by another program or not fetched by a cloud drive; but where the whole folder
            # is gone, that is what must be told.
            workspace.present()
            away += 1
    facts += _remarks(away, len(workspace.vault.strays()))
    return Checked(
        history[0],
        sealed[0],
        comparing.compared,
        len(files),
        search[0],
        tuple(dict.fromkeys(problems)),
        tuple(fact for fact in facts if not any(each in fact for each in problems)),
    )


_WAYS = {
    "passphrase": (
        "The key file is damaged: the passphrase will not open this workspace again. Do not close "
        "dpdesk; make a backup first, which writes the key file afresh."
    ),
    "recovery": (
        "The key file is damaged: the recovery sheet no longer opens this workspace. Make a new "
        "recovery sheet under Settings, Passphrase."
    ),
}


def _ways_in(workspace: Workspace) -> list[str]:
    """What is wrong with the two ways in; the workspace is open, so it would be found too late."""
    try:
        return [_WAYS[each] for each in workspace.broken_ways()]
    except DamagedWorkspace:
        return list(_WAYS.values())


def _remarks(away: int, strays: int) -> Iterator[str]:
    if away:
        yield (
            f"{count(away, 'file')} of the vault could not be reached now, so this check says "
            "nothing about them. Close other programs, wait for a cloud drive, and check again."
        )
    if strays:
        yield (
            f"The vault folder also holds {count(strays, 'file')} that dpdesk did not put there, "
            "such as the system or a cloud drive leaves. They do no harm, and no backup has them."
        )


def _happened(connection: Connection, *, altered: bool) -> Iterator[str]:
    """What the history keeps about the workspace as a whole: alterations, or everything else."""
    asked = select(HistoryRow.at, HistoryRow.new).where(
        HistoryRow.register == audit.WORKSPACE,
        HistoryRow.entry_id == 0,
        (HistoryRow.field == seals.ALTERED) == altered,
    )
    for at, new in connection.execute(asked.order_by(HistoryRow.id)):
        with suppress(ValueError):
            yield f"{short_moment(utc_moment(at))}: {new}"


def _rows(
    connection: Connection, key: bytes, comparing: Comparing, count: list[int]
) -> Iterator[str]:
    end = audit.end_of(connection, key)
    if end is not None and end.sealed is None:
        yield "The rows of this workspace are not sealed yet; open it where it can be written to."
        return
    odd = list(seals.verify(connection, end.sealed if end is not None else None, count))
    yield from comparing.sentences(connection, odd)


def _found(engine: Engine, look: Callable[[Connection], Iterator[str]]) -> list[str]:
    """What one look finds; pages that cannot even be read are a finding too."""
    found: list[str] = []
    try:
        with translated(), engine.connect() as connection:
            found.extend(look(connection))
    except DamagedWorkspace as error:
        found.append(error.sentence)
    except DBAPIError:
        # A table or a column is gone; which one, the look at the tables says.
        found.append("A part of the database cannot be read, so this check says nothing about it.")
    return found


def _database(connection: Connection) -> Iterator[str]:
    if connection.execute(text("PRAGMA cipher_integrity_check")).fetchall():
        yield "Pages of the database file were changed from outside."
    found = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
    if found != ["ok"]:
        yield f"The database is damaged in {len(found)} places."
    if connection.execute(text("PRAGMA foreign_key_check")).fetchall():
        yield "Some rows refer to rows that are gone."


def _history(connection: Connection, key: bytes, count: list[int]) -> Iterator[str]:
    count[0] = connection.execute(text("SELECT count(*) FROM history")).scalar() or 0
    yield from audit.verify(connection, key)
    if not audit.guards_present(connection):
        yield "The protection of the history and the bundles was removed."


def _search(connection: Connection, count: list[int]) -> Iterator[str]:
    count[0] = connection.execute(select(func.count()).select_from(SearchRow)).scalar() or 0
    strays = connection.execute(
        text(
            "SELECT (SELECT count(*) FROM search_rows WHERE id NOT IN "
            "(SELECT id FROM search_text_docsize)) + (SELECT count(*) FROM search_text_docsize "
            "WHERE id NOT IN (SELECT id FROM search_rows))"
        )
    ).scalar()
    if strays:
        yield f"The search index and its list of texts differ in {strays} places."


def _search_index(engine: Engine) -> Iterator[str]:
    """SQLite's own look at the full-text index, which counts as writing but changes nothing.

    It needs the write lock from the start: asked for half-way, it would fail beside any writer.
    """
    try:
        with translated(), engine.connect().execution_options(dpdesk_writing=True) as connection:
            connection.execute(
                text("INSERT INTO search_text(search_text) VALUES('integrity-check')")
            )
            connection.rollback()
    except (DBAPIError, DamagedWorkspace):
        yield "The search index is damaged."
    except NoRoom:
        # A workspace on a read-only disk can be looked at all the same.
        return
    except WorkspaceBusy as error:
        raise DpdeskError(error.sentence, "Run the check again in a moment.") from error
