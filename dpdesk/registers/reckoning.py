"""Works out many entries afresh: thousands at a time, past the objects of the database.

A changed rule or calendar concerns every entry of a register, and a school may have fifty thousand
of them. So rows are read as plain rows, the surroundings of a portion are read at once, and only
what differs is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Table, bindparam, select, update
from sqlalchemy.orm import Session

from dpdesk.registers.hooks import Scope
from dpdesk.store.tables import Base

_AT_ONCE: Final = 5_000


def portions(
    session: Session, table: Table, where: ColumnElement[bool]
) -> Iterator[tuple[ColumnElement[bool], Sequence[Row[Any]]]]:
    """The rows that a condition holds for, in the order of their numbers, a portion at a time.

    Beside each portion stands the condition that holds for it alone.
    """
    last = 0
    while True:
        asked = select(table).where(where, table.c.id > last).order_by(table.c.id)
        rows = session.execute(asked.limit(_AT_ONCE)).all()
        if not rows:
            return
        first, last = rows[0].id, rows[-1].id
        yield where & table.c.id.between(first, last), rows
        if len(rows) < _AT_ONCE:
            return


def scope_of(
    where: ColumnElement[bool], rows: Sequence[Row[Any]], fields: Sequence[str]
) -> Scope[Any]:
    """These rows as the rules see them, with their answers."""
    return Scope(
        where,
        {row.id: row for row in rows},
        {
            row.id: {name: answer for name in fields if (answer := getattr(row, name)) is not None}
            for row in rows
        },
    )


def write(session: Session, table: Table, rows: Mapping[int, Mapping[str, Any]]) -> None:
    """Writes new values of columns, by the numbers of their rows, and nothing else.

    Rows that write the same columns go in one statement. Objects of them that the session holds
    are read afresh.
    """
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for number, fresh in rows.items():
        named = {f"new_{name}": answer for name, answer in fresh.items()}
        alike.setdefault(tuple(fresh), []).append({"of_id": number, **named})
    for names, many in alike.items():
        session.execute(
            update(table)
            .where(table.c.id == bindparam("of_id"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            many,
        )
    for known in list(session.identity_map.values()):
        if isinstance(known, Base) and known.__table__ is table and known.id in rows:  # type: ignore[attr-defined]  # every record has a number
            session.refresh(known)
