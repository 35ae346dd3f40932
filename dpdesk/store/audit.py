"""The change history: append-only, each row chained to the one before by a keyed hash.

Triggers refuse to change or delete a row; the chain shows where somebody did so all the same,
and the head kept in ``meta`` shows when rows were cut off the end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from dpdesk.errors import DamagedWorkspace
from dpdesk.store.tables import GUARDED, Base, HistoryRow, Meta, utc_text

HEAD: Final = "history_head"
START: Final = "0" * 64
"""What the first row is chained to."""
_ROWS: Final = Base.metadata.tables[HistoryRow.__tablename__]
_META: Final = Base.metadata.tables[Meta.__tablename__]
# Every save needs these: built once, because building a statement costs more than running it.
_READ_HEAD: Final = select(_META.c.value).where(_META.c.key == HEAD)
_WRITE_HEAD: Final = update(_META).where(_META.c.key == HEAD).values(value=bindparam("head"))
_WRITE_ROWS: Final = insert(_ROWS)


@dataclass(frozen=True, slots=True)
class Note:
    """One change of one field, not yet written."""

    register: str
    entry_id: int
    field: str
    old: str | None
    new: str | None
    why: str = ""


def _link(key: bytes, before: str, row: dict[str, Any]) -> str:
    # Whatever somebody may have put into a row must give a hash, not an error: hence ``repr``.
    content = json.dumps(
        [row[name] for name in _CHAINED], ensure_ascii=True, separators=(",", ":"), default=repr
    )
    return hmac.new(key, f"{before}{content}".encode(), hashlib.sha256).hexdigest()


_CHAINED = ("id", "at", "who", "register", "entry_id", "field", "old", "new", "why")


def _head(key: bytes, count: int, link: str) -> str:
    proof = hmac.new(key, f"head {count} {link}".encode(), hashlib.sha256).hexdigest()
    return f"{count} {link} {proof}"


def begin(session: Session, key: bytes) -> None:
    """Writes the end mark of an empty history, so that from then on a missing one is noticed."""
    session.add(Meta(key=HEAD, value=_head(key, 0, START)))


def _end(key: bytes, value: str) -> tuple[int, str] | None:
    """The number and the link of the last row by the end mark; None for a mark that is not ours."""
    parts = value.split(" ")
    if len(parts) != 3 or not parts[0].isdecimal():
        return None
    count, link = int(parts[0]), parts[1]
    return (count, link) if hmac.compare_digest(value, _head(key, count, link)) else None


def append(session: Session, key: bytes, who: str, notes: list[Note], moment: dt.datetime) -> int:
    """Writes the notes at the end of the chain; returns the number of the last row before them.

    ``moment`` is when it happened.

    Must run inside a transaction that already holds the write lock. Raises DamagedWorkspace
    where the end mark was tampered with: nothing may be chained to a forged end.
    """
    head: str | None = session.scalar(_READ_HEAD)
    end = None if head is None else _end(key, head)
    if end is None:
        raise DamagedWorkspace(
            "The change history of this workspace was altered from outside.",
            "Nothing was saved. Run the check, and restore the last backup into another folder.",
        )
    before, link = end
    if not notes:
        return before
    count = before
    at = utc_text(moment)
    rows: list[dict[str, Any]] = []
    for note in notes:
        count += 1
        row = {
            "id": count,
            "at": at,
            "who": who,
            "register": note.register,
            "entry_id": note.entry_id,
            "field": note.field,
            "old": note.old,
            "new": note.new,
            "why": note.why,
        }
        link = row["link"] = _link(key, link, row)
        rows.append(row)
    session.execute(_WRITE_ROWS, rows)
    session.execute(_WRITE_HEAD, {"head": _head(key, count, link)})
    return before


def verify(connection: Connection, key: bytes) -> Iterator[str]:
    """Yields a sentence for everything that is wrong with the history; nothing if it is whole."""
    head = connection.execute(select(Meta.value).where(Meta.key == HEAD)).scalar()
    link, expected = START, 0
    broken = False
    columns = [HistoryRow.__table__.c[name] for name in (*_CHAINED, "link")]
    for values in connection.execute(select(*columns).order_by(HistoryRow.id)).yield_per(2000):
        row = dict(zip((*_CHAINED, "link"), values, strict=True))
        expected += 1
        if row["id"] != expected:
            yield f"History row {expected} is missing or out of order (found row {row['id']})."
            expected = int(row["id"])
            broken = True
        elif row["link"] != _link(key, link, row):
            yield f"History row {row['id']} was changed, added or moved after it was written."
            broken = True
        link = row["link"]
    if head is None:
        yield "The end mark of the history is missing."
        return
    end = _end(key, head)
    if end is None:
        yield "The end mark of the history was changed."
    elif not broken and end != (expected, link):
        yield (
            f"The history should end at row {end[0]} but ends at row {expected}: "
            "rows were cut off or added at its end."
        )


def guards_present(connection: Connection) -> bool:
    """Do the triggers still stand that guard the history and whatever else stands for good?"""
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
    return set(found.scalars()) >= GUARDED
