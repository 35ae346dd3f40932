"""Seals: for every row of every table a keyed hash of what the program last wrote into it.

The history tells who changed which answer; it does not cover what the program works out itself,
redaction marks, documents, settings of the file. So each row is sealed as it is written, by
triggers that exist only in the program's own connections: whatever way a statement takes, its
rows are sealed in the same transaction, and whoever writes into the file from outside has no key
to seal them with. The end mark of the history holds the number of the seals and their sum, so
that a row taken away together with its seal, or an old row put back with its old seal, is
missed as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Connection, Engine, event

from dpdesk.law.words import count
from dpdesk.store.audit import HEAD, SUMS, WORKSPACE, Note, Tally, append, end_of, seal_from
from dpdesk.store.tables import HistoryRow, RowSeal

BEFORE_WRITING: Final = "before_writing"
"""What a connection has to do once, before its first writing transaction; it takes some time."""
_SIZE: Final = 16
_SEALS: Final = RowSeal.__tablename__
_UNSEALED: Final = frozenset({_SEALS, HistoryRow.__tablename__})
"""The seals themselves, and the history, which has its chain."""
_SEARCH: Final = "search_text"
"""The full-text index and the tables in which SQLite keeps it begin with this."""
_TOLD: Final = 20
"""Rows of one table that are named; more would not be read."""


ALTERED: Final = "Altered outside the program"
"""The name under which the history keeps what an update found."""
CHANGED: Final = "changed"
ADDED: Final = "added"
DELETED: Final = "deleted"
UNREADABLE: Final = "unreadable"
_NO_TEXT: Final = ("user-defined function", "decode")
"""Words of SQLite and its driver where bytes that are no text stand in a column of text."""
_COUNT: Final = f"SELECT count(*) FROM {_SEALS}"
_KEYS: Final = f"SELECT row_key FROM {_SEALS}"


@dataclass(frozen=True, slots=True)
class Odd:
    """A row that is not as the program left it."""

    table: str
    key: int | str | None
    """Its number, or the values of its key as a JSON list; None for rows not named one by one."""
    what: str
    """:data:`CHANGED`, :data:`ADDED`, :data:`DELETED` or :data:`UNREADABLE`."""
    number: int = 1


class _Sums:
    """What the open transaction of one connection adds to the number and the sum of the seals."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(b"rows", key=key, digest_size=32).digest()
        self.rows = self.total = 0
        self.touched = self.broken = False

    def begin(self) -> None:
        self.rows = self.total = 0
        self.touched = self.broken = False

    def of(self, *row: Any) -> bytes:
        """The seal of a row: its table, its key and all of its columns in order."""
        if bytes in map(type, row):
            row = tuple(_digest(each) if type(each) is bytes else each for each in row)
        # ``ascii`` tells types apart and, unlike ``repr``, is the same in every Python.
        return hashlib.blake2b(ascii(row).encode(), key=self._key, digest_size=_SIZE).digest()

    def put(self, *row: Any) -> bytes:
        seal = self.of(*row)
        self.touched = True
        self.rows += 1
        self.total += int.from_bytes(seal)
        return seal

    def take(self, *row: Any) -> int:
        self.touched = True
        self.rows -= 1
        self.total -= int.from_bytes(self.of(*row))
        return 1


def _digest(content: bytes) -> tuple[str, str]:
    return "bytes", hashlib.blake2b(content, digest_size=32).hexdigest()


def attach(engine: Engine, key: bytes, *, triggers: bool = True) -> None:
    """Makes every connection of this engine seal the rows that it writes.

    Without ``triggers`` it can only seal all rows at once, for whoever rebuilds tables.
    """

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        sums = record.info["seals"] = _Sums(key)
        connection.create_function("seal_put", -1, sums.put)
        connection.create_function("seal_take", -1, sums.take)
        connection.create_function("seal_of", -1, sums.of, deterministic=True)
        # So that a row that is replaced is taken out of the sum before the new one is put in.
        connection.execute("PRAGMA recursive_triggers = ON")

        if triggers:
            record.info[BEFORE_WRITING] = lambda: _make_triggers(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _of(connection).begin()

    @event.listens_for(engine, "handle_error")
    def failed(context: Any) -> None:
        if context.connection is not None and not context.connection.closed:
            _of(context.connection).broken = True

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        if _of(connection).broken:
            # It may have sealed rows that are not there.
            raise RuntimeError("a transaction in which a statement failed cannot be kept")
        more = gathered(connection)
        if more is not None:
            append(connection, key, "", (), dt.datetime.now(dt.UTC), more)


def _make_triggers(raw: Any) -> None:
    """Outside any transaction: triggers made inside one would be undone with it."""
    if _there(raw):
        schema = tuple(raw.execute(_SCHEMA))
        script = _SCRIPTS.get(schema)
        if script is None:
            tables = _columns(raw)
            statements = [each for name in tables for each in _triggers(name, tables[name])]
            script = ";\n".join(["BEGIN", *statements, "COMMIT"])
            _SCRIPTS.clear()
            _SCRIPTS[schema] = script
        raw.executescript(script)


def _of(connection: Connection) -> _Sums:
    kept = connection.connection.info
    sums: _Sums = kept["seals"]
    return sums


def gathered(connection: Connection) -> Tally | None:
    """What this transaction added until now, once; None where it touched no row."""
    sums = _of(connection)
    if not sums.touched:
        return None
    tally = Tally(sums.rows, sums.total)
    sums.rows = sums.total = 0
    sums.touched = False
    return tally


def _there(raw: Any) -> bool:
    return _SEALS in {name for (name,) in raw.execute(_TABLES)}


_SCRIPTS: Final[dict[tuple[Any, ...], str]] = {}
"""What makes the triggers of a schema, for the last one met: most connections are to that."""
_SCHEMA: Final = "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
_TABLES: Final = (
    "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
    "ESCAPE '~'"
)


def _columns(raw: Any) -> dict[str, list[tuple[str, bool]]]:
    """The tables whose rows are sealed, with their columns and whether these are of the key."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for (name,) in sorted(raw.execute(_TABLES).fetchall()):
        if name in _UNSEALED or name.startswith(_SEARCH):
            continue
        columns = raw.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        of_key = [column for column in columns if column[5]] or columns
        found[name] = [(str(column[1]), column in of_key) for column in columns]
    return found


def _key(columns: list[tuple[str, bool]], row: str) -> str:
    """The expression by which a row is told from others, without the type of its column."""
    of_key = [f'{row}."{name}"' for name, in_key in columns if in_key]
    return f"+{of_key[0]}" if len(of_key) == 1 else f"json_array({', '.join(of_key)})"


def _row(table: str, columns: list[tuple[str, bool]], row: str) -> str:
    """The arguments from which a row is sealed."""
    values = ", ".join(f'{row}."{name}"' for name, _ in columns)
    return f"'{table}', {_key(columns, row)}, {values}"


def _triggers(table: str, columns: list[tuple[str, bool]]) -> Iterator[str]:
    put = (
        f"INSERT OR REPLACE INTO {_SEALS}(in_table, row_key, seal) "
        f"VALUES ('{table}', {_key(columns, 'NEW')}, seal_put({_row(table, columns, 'NEW')}));"
    )
    take = (
        f"DELETE FROM {_SEALS} WHERE in_table = '{table}' AND row_key = {_key(columns, 'OLD')} "
        f"AND seal_take({_row(table, columns, 'OLD')});"
    )
    # The end mark proves itself, and counts the others.
    new, old = (f"WHEN {row}.key <> '{HEAD}' " if table == "meta" else "" for row in ("NEW", "OLD"))
    for name, what, when, does in (
        ("put", "INSERT", new, put),
        ("take", "DELETE", old, take),
        ("move", "UPDATE", new, f"{take} {put}"),
    ):
        yield (
            f'CREATE TEMP TRIGGER "seal_{table}_{name}" AFTER {what} ON main."{table}" '
            f"FOR EACH ROW {when}BEGIN {does} END"
        )


def seal_all(connection: Connection) -> Tally:
    """Seals every row as it is now, whatever was sealed before; counts them."""
    raw: Any = connection.connection.driver_connection
    sums = _of(connection)
    sums.begin()
    raw.execute(f"DELETE FROM {_SEALS}")
    for table, columns in _columns(raw).items():
        raw.execute(
            f"INSERT INTO {_SEALS}(in_table, row_key, seal) "
            f"SELECT '{table}', {_key(columns, 't')}, seal_put({_row(table, columns, 't')}) "
            f'FROM main."{table}" t {_but_end(table)}'
        )
    tally = Tally(sums.rows, sums.total % SUMS)
    sums.begin()
    return tally


def altered(connection: Connection, key: bytes) -> int:
    """How many rows are not as they were written; 0 where they were never sealed."""
    end = end_of(connection, key)
    if end is None or end.sealed is None:
        return 0
    return sum(odd.number for odd in verify(connection, end.sealed, [0]))


def begin(connection: Connection, key: bytes, found: int = 0) -> None:
    """Seals every row of a workspace that is new, or whose tables were rebuilt.

    ``found`` rows were not as they had been written, which nobody could tell any more after
    this; so it goes into the history. A workspace whose end mark was tampered with stays as it is.
    """
    if not _there(connection.connection.driver_connection) or end_of(connection, key) is None:
        return
    if found:
        said = f"Before an update of the program {count(found, 'row')} had been altered outside it."
        append(
            connection, key, "", [Note(WORKSPACE, 0, ALTERED, None, said)], dt.datetime.now(dt.UTC)
        )
    seal_from(connection, key, seal_all(connection))


def _but_end(table: str) -> str:
    return f"WHERE t.key <> '{HEAD}'" if table == "meta" else ""


def verify(connection: Connection, sealed: Tally | None, count: list[int]) -> Iterator[Odd]:
    """Every row that is not as the program left it; puts the number of rows into ``count``.

    ``sealed`` is what the end mark says, None where that was damaged. One odd row without a table
    stands for rows that went, or came back, together with their seals.
    """
    raw: Any = connection.connection.driver_connection
    sums = _of(connection)
    sums.begin()
    whole = True
    for table, columns in _columns(raw).items():
        try:
            found = list(_odd(raw, table, columns))
        except sqlcipher3.OperationalError as error:
            if not any(words in str(error) for words in _NO_TEXT):
                raise
            found = [Odd(table, None, UNREADABLE)]
        whole = whole and not found
        yield from found
    count[0] = sums.rows
    if whole and sealed is not None and Tally(sums.rows, sums.total % SUMS) != sealed:
        yield Odd("", None, DELETED if sums.rows < sealed.rows else CHANGED)
    sums.begin()


def _odd(raw: Any, table: str, columns: list[tuple[str, bool]]) -> Iterator[Odd]:
    key, row = _key(columns, "t"), _row(table, columns, "t")
    looked = raw.execute(
        f'SELECT {key}, s.seal, seal_put({row}) FROM main."{table}" t LEFT JOIN {_SEALS} s '
        f"ON s.in_table = '{table}' AND s.row_key = {key} {_but_end(table)}"
    )
    matched = told = 0
    for number, seal, right in looked:
        matched += seal is not None
        if seal != right:
            told += 1
            if told <= _TOLD:
                yield Odd(table, number, ADDED if seal is None else CHANGED)
    if told > _TOLD:
        yield Odd(table, None, CHANGED, told - _TOLD)
    sealed = raw.execute(f"{_COUNT} WHERE in_table = ?", (table,)).fetchone()[0]
    if sealed != matched:
        there = {each[0] for each in raw.execute(f'SELECT {key} FROM main."{table}" t')}
        keys = raw.execute(f"{_KEYS} WHERE in_table = ? ORDER BY row_key", (table,))
        gone = [each for (each,) in keys if each not in there]
        for each in gone[:_TOLD]:
            yield Odd(table, each, DELETED)
        if len(gone) > _TOLD:
            yield Odd(table, None, DELETED, len(gone) - _TOLD)


def said(odd: Odd) -> str:
    """A sentence about a row that is odd, for a table of which no more is known than its name."""
    name = odd.table.replace("_", " ")
    if not odd.table:
        return (
            "Rows were removed, or older ones put back, from outside the program and with great "
            "care: it is not possible to say which ones."
        )
    if odd.what == UNREADABLE:
        return f"Something in the table “{name}” cannot be read."
    if odd.key is None:
        return f"{odd.number} more rows of the table “{name}” were {odd.what} outside the program."
    return f"Row {odd.key} of the table “{name}” was {odd.what} outside the program."
