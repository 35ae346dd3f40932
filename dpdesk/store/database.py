"""The encrypted database: engine, pragmas, and one session for each action of the user."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, Pool, QueuePool

from dpdesk.errors import DamagedWorkspace, DpdeskError, NoRoom, WorkspaceBusy
from dpdesk.store import audit, seals
from dpdesk.store.files import refused_by_disk, room
from dpdesk.store.marks import MISSING, RESTORED, Marks, Notice, notice

Clock = Callable[[], dt.datetime]
"""Tells the present moment, with its time zone."""
_CACHE = 48 * 1024
"""Kilobytes of pages that a connection keeps at most, opened: a register of a hundred thousand
entries. What does not fit is deciphered again each time a list or Home goes through it."""

STATEMENTS = 600
"""Statements that a connection keeps ready. Opening alone sends more than the driver's own hundred,
which then keeps those: every later one would be made ready anew each time, triggers and all."""


def wall_clock() -> dt.datetime:
    """The clock of this computer, which every desk follows unless it is given another."""
    return dt.datetime.now(dt.UTC)


def connect(path: Path, key: bytes) -> Any:
    """A keyed connection without a transaction. ``key`` is the 32-byte database key.

    Nothing is read yet, so a wrong key shows only at the first statement.
    """
    connection = sqlcipher3.connect(
        str(path),
        isolation_level=None,
        check_same_thread=False,
        timeout=10,
        cached_statements=STATEMENTS,
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # Without this SQLCipher writes to the standard error stream, which a windowed program lacks.
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def engine_for(
    path: Path,
    key: bytes,
    *,
    foreign_keys: bool = True,
    pooled: bool = True,
    present: Callable[[], object] = lambda: None,
) -> Engine:
    """An engine on the encrypted file at ``path``; ``present`` raises where it is not there.

    It is asked before each new connection, which would otherwise make a file that is missing.
    Statements never show their values in error texts, because these are personal data.
    """

    def connected() -> Any:
        present()
        return connect(path, key)

    pool: type[Pool] = QueuePool if pooled else NullPool
    # The connection that was used last comes first: what it made ready is wanted again.
    more = {"pool_use_lifo": True} if pooled else {}
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=connected,
        poolclass=pool,
        hide_parameters=True,
        **more,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # Outside any transaction, where alone SQLite honours the first of them.
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # Sorting must never spill readable rows into a temporary file.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # The driver's own transactions start too late to cover DDL and reads. A writer takes the
        # lock at once, so that two of them queue instead of failing half-way.
        writing = connection.get_execution_options().get("dpdesk_writing", False)
        if writing and (prepare := connection.info.pop(seals.BEFORE_WRITING, None)):
            prepare()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class Unreachable(NoRoom):
    """The disk refused without saying why; all that SQLite passes on is that it did."""


@contextmanager
def translated() -> Iterator[None]:
    """Turns what the disk or the file did to us into sentences for the user."""
    try:
        yield
    except exc.DBAPIError as error:
        known = sentence_for(str(error.orig))
        if known is None:
            raise
        raise known from error
    except sqlcipher3.Error as error:
        known = sentence_for(str(error))
        if known is None:
            raise
        raise known from error


@contextmanager
def explained(
    path: Path,
    folder: Path | None = None,
    *,
    what: str = "What you changed",
    present: Callable[[], object] = lambda: None,
) -> Iterator[None]:
    """Finds out what stops a disk from taking more, where SQLite does not pass it on.

    ``path`` is the database, ``folder`` where ``what`` was being written, by default its own.
    ``present`` raises where that folder is gone, which then is the reason.
    """
    try:
        yield
    except Unreachable as refused:
        present()
        log = path.with_name(f"{path.name}-wal")
        with room(what):
            sizes = [each.stat().st_size for each in (path, log) if each.is_file()]
        known = refused_by_disk(folder or path.parent, max(sizes, default=0) + 1024 * 1024, what)
        raise known or refused from refused


def sentence_for(message: str) -> DpdeskError | None:
    """The error class and sentence for a message of SQLite; None where the fault is ours."""
    message = message.lower()
    if "disk is full" in message:
        return NoRoom("The disk is full.", "Free some space and save again; nothing was lost.")
    if "readonly" in message or "read-only" in message:
        return NoRoom(
            "The workspace folder cannot be written to.",
            "Check that the disk is not write-protected, then save again; nothing was lost.",
        )
    if "disk i/o" in message or "unable to open" in message:
        return Unreachable(
            "The workspace folder cannot be reached.",
            "Check that the disk or USB stick is plugged in, then try again.",
        )
    if "locked" in message or "busy" in message:
        return WorkspaceBusy("The workspace is busy with other work.", "Try again in a moment.")
    if "malformed" in message or "not a database" in message:
        return DamagedWorkspace(
            "The database of this workspace is damaged or cannot be decrypted.",
            "Restore the last backup; the damaged file was left as it is.",
        )
    return None


@dataclass
class Change:
    """A transaction that changes something: its session and the history it will write."""

    session: Session
    who: str
    at: dt.datetime
    """The moment that everything in it bears."""
    notes: list[audit.Note] = field(default_factory=list)
    before: int = 0
    """After the commit: number of the last history row before this change."""
    touched: set[tuple[str, int]] = field(default_factory=set)
    """Entries that followed what was changed, as (register key, entry id)."""
    made: set[tuple[str, int]] = field(default_factory=set)
    """Entries that were made by the thousand in it; nothing else rests on them yet."""
    undoing: list[Callable[[], object]] = field(default_factory=list)
    """Done where the transaction does not come about: files that it wrote are let go."""

    def note(
        self,
        register: str,
        entry_id: int,
        name: str,
        old: str | None,
        new: str | None,
        why: str = "",
    ) -> None:
        """Adds one changed field to the history."""
        self.notes.append(audit.Note(register, entry_id, name, old, new, why))


class Database:
    """The open database of a workspace. Sessions live for one action and never leave it."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        audit_key: bytes,
        who: str,
        now: Clock = wall_clock,
        *,
        present: Callable[[], object] = lambda: None,
    ) -> None:
        self.path = path
        self._present = present
        """Raises NoRoom where the folder is no longer the one that was opened."""
        self._key = key
        self.audit_key = audit_key
        self.who = who
        """The person at the desk, as written in the history."""
        self.now = now
        """The one clock: whatever is written says its time by it."""
        self._commits = 0
        self._changed: dict[str, int] = {}
        self.engine = engine_for(path, key, present=present)
        seals.attach(self.engine, audit_key)
        self._marks: Marks | None = None

    def changed_at(self, registers: Iterable[str]) -> int:
        """Grows whenever something of these registers was saved, in this run of the program."""
        return max((self._changed.get(key, 0) for key in registers), default=0)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking; nothing done in it is kept."""
        with translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One transaction {rows, history, search index}: all of it happens, or none.

        Raises NoRoom, WorkspaceBusy or DamagedWorkspace where the disk or the file refuses.
        """
        undoing: list[Callable[[], object]] = []
        try:
            self._present()
            with explained(self.path, present=self._present), translated():
                yield from self._transaction(undoing)
        except BaseException:
            for undo in undoing:
                undo()
            raise

    def _transaction(self, undoing: list[Callable[[], object]]) -> Iterator[Change]:
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"dpdesk_writing": True})
            change = Change(session, self.who, self.now(), undoing=undoing)
            yield change
            session.flush()
            connection = session.connection()
            more = seals.gathered(connection)
            end = audit.append(connection, self.audit_key, self.who, change.notes, change.at, more)
            change.before = end.count - len(change.notes)
            # At the very end: what is committed elsewhere must not be answered with "saved".
            self._present()
            session.commit()
            self._commits += 1
            for key in {*(n.register for n in change.notes), *(k for k, _ in change.touched)}:
                self._changed[key] = self._commits
        if self._marks is not None:
            self._marks.put(end)

    def follow(self, marks: Marks, others: Sequence[Path] = ()) -> Notice | None:
        """Compares with the marks of an earlier time, then keeps them up to date.

        What they tell is noted in the history, and told once. Never refuses: where nothing can be
        written, it is told again at the next opening.
        """
        with self.reading() as session:
            connection = session.connection()
            end = audit.end_of(connection, self.audit_key)
            if end is None or end.sealed is None:
                return None
            found = notice(marks, connection, end, others)
        # Makes a connection ready to write now, and not when the first save waits for it.
        with suppress(DpdeskError), translated(), self.engine.connect() as connection:
            connection.execution_options(dpdesk_writing=True).begin().rollback()
        if found is None:
            self._marks = marks
            marks.put(end)
            return None
        try:
            with self.changing() as change:
                what = MISSING if found.lost else RESTORED
                change.note(audit.WORKSPACE, 0, what, None, found.sentence)
        except (NoRoom, WorkspaceBusy, DamagedWorkspace):
            return found
        self._marks = marks
        marks.settle(self.end() or end, others)
        return found

    def end(self) -> audit.End | None:
        """How far this workspace has come; None where its end mark was damaged."""
        with self.reading() as session:
            return audit.end_of(session.connection(), self.audit_key)

    def copy_to(self, target: Path) -> None:
        """Writes a consistent, equally encrypted copy of the database as a new file."""
        with (
            explained(self.path, target.parent, what="The backup", present=self._present),
            translated(),
            self.engine.connect() as connection,
        ):
            connection.rollback()
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("VACUUM INTO ?", (str(target),))

    def close(self) -> None:
        """Closes every connection and folds the write-ahead log back into the file."""
        try:
            with translated():
                raw = self.engine.raw_connection()
                try:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    raw.close()
        finally:
            # Also where the disk is gone: an open file would keep a stick from being taken out.
            self.engine.dispose()
