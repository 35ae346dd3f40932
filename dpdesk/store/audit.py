"""The change history: append-only, each row chained to the one before by a keyed hash.

Triggers refuse to change or delete a row; the chain shows where somebody did so all the same,
and the head kept in ``meta`` shows when rows were cut off the end. What a row says can be emptied
where the law asks for it (``store/erased.py``); the row and its link stay.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from dpdesk.errors import DamagedWorkspace
from dpdesk.store import erased
from dpdesk.store.tables import GUARDED, HistoryRow, Meta, utc_text

HEAD: Final = "history_head"
START: Final = "0" * 64
"""What the first row is chained to."""
WORKSPACE: Final = "workspace"
"""Under this the history keeps what happened to the workspace as a whole, as entry 0."""
# Every save needs these, past SQLAlchemy, which costs more than running them.
_READ_HEAD: Final = "SELECT value FROM meta WHERE key = ?"
_WRITE_HEAD: Final = "UPDATE meta SET value = ? WHERE key = ?"


class Note(NamedTuple):
    """One change of one field, not yet written; a list of people makes them by the ten thousand."""

    register: str
    entry_id: int
    field: str
    old: str | None
    new: str | None
    why: str = ""


def _link(key: bytes, before: str, values: Sequence[Any]) -> str:
    """The link of a row by that of the row before; ``values`` are those of ``_CHAINED``."""
    return hmac.digest(key, f"{before}{written(values)}".encode(), "sha256").hex()


# Whatever somebody may have put into a row must give a hash, not an error: hence ``repr``.
_QUOTED: Final = json.encoder.encode_basestring_ascii
_AS_JSON: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=repr).encode


def written(values: Sequence[Any]) -> str:
    """The values as JSON; most are texts, numbers and nothing, and need no encoder made."""
    parts: list[str] = []
    for value in values:
        kind = type(value)
        if value is None:
            parts.append("null")
        elif kind is str:
            parts.append(_QUOTED(value))
        elif kind is int:
            parts.append(str(value))
        else:
            parts.append(_AS_JSON(value))
    return f"[{','.join(parts)}]"


_CHAINED: Final = ("id", "at", "who", *Note._fields)
_WRITE_ROWS: Final = (
    "INSERT INTO history (id, at, who, register, entry_id, field, old, new, why, link) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
"""In the order of ``_CHAINED``, and past SQLAlchemy: a list of people writes tens of thousands."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sealed rows there are, and the sum of their seals."""

    rows: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class End:
    """How far a workspace has come: the end of its history and the sum of what it holds."""

    count: int = 0
    """Rows of the history."""
    link: str = START
    """The link of the last of them."""
    changes: int = 0
    """Transactions that changed anything since rows are sealed."""
    sealed: Tally | None = None
    """None for a workspace of an earlier version whose rows are not sealed yet."""


SUMS: Final = 1 << 128
"""Seals are added up modulo this."""


def _head(key: bytes, end: End) -> str:
    said = f"{end.count} {end.link}"
    if end.sealed is not None:
        said += f" {end.changes} {end.sealed.rows} {end.sealed.total:032x}"
    proof = hmac.new(key, f"head {said}".encode(), hashlib.sha256).hexdigest()
    return f"{said} {proof}"


def begin(session: Session, key: bytes) -> None:
    """Writes the end mark of an empty history, so that from then on a missing one is noticed."""
    session.add(Meta(key=HEAD, value=_head(key, End())))


def end_said(key: bytes, value: str) -> End | None:
    """How far the workspace has come by the end mark; None for a mark that is not ours."""
    parts = value.split(" ")
    try:
        end = End(int(parts[0]), parts[1])
        if len(parts) == 6:
            tally = Tally(int(parts[3]), int(parts[4], 16))
            end = End(end.count, end.link, int(parts[2]), tally)
    except (IndexError, ValueError):
        return None
    return end if hmac.compare_digest(value.encode(), _head(key, end).encode()) else None


def end_of(connection: Connection, key: bytes) -> End | None:
    """How far the workspace has come; None where the end mark is missing or not ours."""
    head = connection.exec_driver_sql(_READ_HEAD, (HEAD,)).scalar()
    return None if head is None else end_said(key, head)


def seal_from(connection: Connection, key: bytes, tally: Tally) -> End:
    """Writes an end mark that counts these seals. Raises DamagedWorkspace for a forged one."""
    end = _trusted(connection, key)
    end = replace(end, changes=end.changes + 1, sealed=tally)
    connection.exec_driver_sql(_WRITE_HEAD, (_head(key, end), HEAD))
    return end


def _trusted(connection: Connection, key: bytes) -> End:
    end = end_of(connection, key)
    if end is None:
        raise DamagedWorkspace(
            "The change history of this workspace was altered from outside.",
            "Nothing was saved. Run the check, and restore the last backup into another folder.",
        )
    return end


def append(
    connection: Connection,
    key: bytes,
    who: str,
    notes: Sequence[Note],
    moment: dt.datetime,
    more: Tally | None = None,
) -> End:
    """Writes the notes at the end of the chain; says how far the workspace has come by that.

    ``moment`` is when it happened; ``more`` is what this transaction adds to the number and the
    sum of the sealed rows, None where no row was touched. Must run inside a transaction that
    already holds the write lock. Raises DamagedWorkspace where the end mark was tampered with:
    nothing may be chained to a forged end.
    """
    end = _trusted(connection, key)
    if not notes and (more is None or end.sealed is None):
        return end
    count, link = end.count, end.link
    at = utc_text(moment)
    rows: list[tuple[Any, ...]] = []
    for note in notes:
        count += 1
        row = (count, at, who, *note)
        link = _link(key, link, row)
        rows.append((*row, link))
    if rows:
        connection.exec_driver_sql(_WRITE_ROWS, rows)
    sealed = end.sealed
    if sealed is not None and more is not None:
        sealed = Tally(sealed.rows + more.rows, (sealed.total + more.total) % SUMS)
    end = End(count, link, end.changes + 1, sealed)
    connection.exec_driver_sql(_WRITE_HEAD, (_head(key, end), HEAD))
    return end


def verify(connection: Connection, key: bytes) -> Iterator[str]:
    """Yields a sentence for everything that is wrong with the history; nothing if it is whole."""
    head = connection.execute(select(Meta.value).where(Meta.key == HEAD)).scalar()
    link, expected = START, 0
    broken = False
    emptied = erased.proofs(connection)
    columns = [HistoryRow.__table__.c[name] for name in (*_CHAINED, "link")]
    for number, *rest, kept in connection.execute(
        select(*columns).order_by(HistoryRow.id)
    ).yield_per(2000):
        expected += 1
        if number != expected:
            yield f"History row {expected} is missing or out of order (found row {number})."
            expected = int(number)
            broken = True
        elif kept != _link(key, link, (number, *rest)) and (
            emptied.get(number) != erased.proof(key, (number, *rest, kept))
        ):
            yield f"History row {number} was changed, added or moved after it was written."
            broken = True
        link = kept
    if head is None:
        yield "The end mark of the history is missing."
        return
    end = end_said(key, head)
    if end is None:
        yield "The end mark of the history was changed."
    elif not broken and (end.count, end.link) != (expected, link):
        yield (
            f"The history should end at row {end.count} but ends at row {expected}: "
            "rows were cut off or added at its end."
        )


def guards_present(connection: Connection) -> bool:
    """Do the triggers still stand that guard the history and whatever else stands for good?"""
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
    return set(found.scalars()) >= GUARDED
