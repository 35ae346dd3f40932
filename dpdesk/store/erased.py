"""Taking out of rows that stand for good what the law asks to be erased.

Neither the history nor the shelf is ever changed, and yet papers whose years are over must leave
nothing readable. So what a row says may be emptied, by this file alone: the row itself stays, with
who, when, and its link in the chain, and a keyed proof beside it says that the program emptied it.
A row that somebody else emptied has no such proof, and the check tells of it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, or_, select, text, update

from dpdesk.store.sealed import ERASED
from dpdesk.store.tables import Base, ErasedNote, HistoryRow

_HISTORY: Final = Base.metadata.tables[HistoryRow.__tablename__]
_PROOFS: Final = Base.metadata.tables[ErasedNote.__tablename__]
_COLUMNS: Final = ("id", "at", "who", "register", "entry_id", "field", "old", "new", "why", "link")
_AT_ONCE: Final = 500
_LINK: Final = "link"
"""Under this the history keeps that an entry was linked by hand."""
_TRIGGERS: Final = text(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :of"
)


@contextmanager
def unguarded(connection: Connection, table: str) -> Iterator[None]:
    """For as long as this lasts, rows of a table can be changed that are guarded otherwise.

    Within a transaction: where that fails, the guards stand as they stood.
    """
    guards = [(row.name, row.sql) for row in connection.execute(_TRIGGERS, {"of": table})]
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made in guards:
        connection.exec_driver_sql(made)


def empty_notes(
    connection: Connection,
    key: bytes,
    of: Mapping[str, Collection[int]],
    kept: Mapping[str, Collection[str]],
    links_to: str = "",
) -> int:
    """Takes out of the history what it says of some entries; says out of how many rows.

    By register, ``of`` are the numbers of the entries, and ``kept`` the names of the questions
    whose answers stay: the days and choices that prove what was done, nothing that was written.
    ``links_to`` is a reference: that other entries were linked with it goes as well.
    """
    changed: list[dict[str, Any]] = []
    proofs: list[dict[str, Any]] = []
    for row, whole in _rows(connection, of, links_to):
        old, new = row["old"], row["new"]
        if whole or row["field"] not in kept.get(row["register"], ()):
            old, new = (None if each is None else ERASED for each in (old, new))
        fresh = {**row, "old": old, "new": new, "why": ""}
        if fresh != row:
            changed.append({"of_id": row["id"], "new_old": old, "new_new": new})
            proofs.append({"history_id": row["id"], "proof": proof(key, _in_order(fresh))})
    if changed:
        known = _proved(connection, [each["history_id"] for each in proofs])
        with unguarded(connection, _HISTORY.name):
            connection.execute(
                update(_HISTORY)
                .where(_HISTORY.c.id == bindparam("of_id"))
                .values(old=bindparam("new_old"), new=bindparam("new_new"), why=""),
                changed,
            )
        for each in proofs:
            if each["history_id"] in known:
                connection.execute(
                    update(_PROOFS)
                    .where(_PROOFS.c.history_id == each["history_id"])
                    .values(proof=each["proof"])
                )
        if fresh_ones := [each for each in proofs if each["history_id"] not in known]:
            connection.execute(insert(_PROOFS), fresh_ones)
    return len(changed)


def proof(key: bytes, row: Sequence[Any]) -> str:
    """What proves that the program left a row of the history as it is now, its link included."""
    written = json.dumps(list(row), ensure_ascii=True, separators=(",", ":"), default=repr)
    return hmac.new(key, f"erased {written}".encode(), hashlib.sha256).hexdigest()


def proofs(connection: Connection) -> dict[int, str]:
    """The proofs of all rows that were emptied, by their number in the history."""
    return {row.history_id: row.proof for row in connection.execute(select(_PROOFS))}


def _rows(
    connection: Connection, of: Mapping[str, Collection[int]], links_to: str
) -> Iterator[tuple[dict[str, Any], bool]]:
    """The rows, each with whether everything that it says goes."""
    columns = [_HISTORY.c[name] for name in _COLUMNS]
    if links_to:
        said = or_(_HISTORY.c.old == links_to, _HISTORY.c.new == links_to)
        linked = select(*columns).where(_HISTORY.c.field == _LINK, said)
        for row in connection.execute(linked).mappings().all():
            yield dict(row), True
    for register, numbers in of.items():
        every = sorted(numbers)
        for start in range(0, len(every), _AT_ONCE):
            asked = select(*columns).where(
                _HISTORY.c.register == register,
                _HISTORY.c.entry_id.in_(every[start : start + _AT_ONCE]),
            )
            for row in connection.execute(asked).mappings().all():
                yield dict(row), False


def _in_order(row: Mapping[str, Any]) -> list[Any]:
    return [row[name] for name in _COLUMNS]


def _proved(connection: Connection, numbers: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        asked = select(_PROOFS.c.history_id).where(_PROOFS.c.history_id.in_(some))
        found.update(connection.execute(asked).scalars())
    return found
