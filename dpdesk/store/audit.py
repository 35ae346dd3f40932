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

from sqlalchemy import DDL, Connection, event, insert, select, text
from sqlalchemy.orm import Session

from dpdesk.store.tables import HistoryRow, Meta, utc_text

HEAD: Final = "history_head"

for _refused in ("UPDATE", "DELETE"):
    event.listen(
        HistoryRow.__table__,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            f"CREATE TRIGGER history_no_{_refused.lower()} BEFORE {_refused} ON history "
            "BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END"
        ),
    )


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
    content = json.dumps(
        [row[name] for name in _CHAINED], ensure_ascii=False, separators=(",", ":")
    )
    return hmac.new(key, before.encode() + content.encode(), hashlib.sha256).hexdigest()


_CHAINED = ("id", "at", "who", "register", "entry_id", "field", "old", "new", "why")


def _head(key: bytes, count: int, link: str) -> str:
    proof = hmac.new(key, f"head {count} {link}".encode(), hashlib.sha256).hexdigest()
    return f"{count} {link} {proof}"


def append(session: Session, key: bytes, who: str, notes: list[Note]) -> int:
    """Writes the notes at the end of the chain; returns the number of the last row before them.

    Must run inside a transaction that already holds the write lock.
    """
    head = session.get(Meta, HEAD)
    count, link = (0, "") if head is None else (int(head.value.split()[0]), head.value.split()[1])
    before = count
    if not notes:
        return before
    at = utc_text(dt.datetime.now(dt.UTC))
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
    session.execute(insert(HistoryRow), rows)
    value = _head(key, count, link)
    if head is None:
        session.add(Meta(key=HEAD, value=value))
    else:
        head.value = value
    return before


def verify(connection: Connection, key: bytes) -> Iterator[str]:
    """Yields a sentence for everything that is wrong with the history; nothing if it is whole."""
    head = connection.execute(select(Meta.value).where(Meta.key == HEAD)).scalar()
    link, expected = "", 0
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
    if broken:
        return
    if head is None:
        if expected:
            yield "The end mark of the history is missing."
        return
    if head != _head(key, expected, link):
        yield (
            f"The history should end at row {head.split()[0]} but ends at row {expected}: "
            "rows were cut off, or its end mark was changed."
        )


def triggers_present(connection: Connection) -> bool:
    """Do the triggers that guard the history still stand?"""
    found = connection.execute(
        text("SELECT count(*) FROM sqlite_master WHERE type='trigger' AND tbl_name='history'")
    ).scalar()
    return found == 2
