"""The change history of an entry, in words."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.registers import targets
from dpdesk.registers.entries import HistoryLine
from dpdesk.registers.fields import Field, Kind, Register
from dpdesk.registers.wording import show, thaw
from dpdesk.store.tables import HistoryRow, utc_moment

CREATED = "created"
ARCHIVED = "archived"

_SPECIAL = {CREATED: "Made", ARCHIVED: "Archived"}


def lines(session: Session, register: Register, entry_id: int) -> tuple[HistoryLine, ...]:
    """Every change of one entry, newest first."""
    rows = session.scalars(
        select(HistoryRow)
        .where(HistoryRow.register == register.key, HistoryRow.entry_id == entry_id)
        .order_by(HistoryRow.id.desc())
    )
    return tuple(_line(session, register, row) for row in rows)


def rows_after(session: Session, register: str, entry_id: int, before: int) -> list[HistoryRow]:
    """The rows of one entry that were written after history row ``before``."""
    return list(
        session.scalars(
            select(HistoryRow).where(
                HistoryRow.register == register,
                HistoryRow.entry_id == entry_id,
                HistoryRow.id > before,
            )
        )
    )


def _line(session: Session, register: Register, row: HistoryRow) -> HistoryLine:
    old, new, label = row.old or "", row.new or "", _SPECIAL.get(row.field, row.field)
    try:
        field = register.field(row.field)
    except KeyError:
        # A field of an earlier version of the program, or a step such as archiving.
        pass
    else:
        label = field.label
        # What an earlier version of the program wrote in another form is shown as it stands.
        with suppress(ValueError, ArithmeticError):
            old, new = (_shown(session, field, text) for text in (row.old, row.new))
    return HistoryLine(utc_moment(row.at), row.who, label, old, new, row.why)


def _shown(session: Session, field: Field, text: str | None) -> str:
    value = thaw(field, text)
    if field.kind is Kind.LINK and value is not None:
        return targets.label(session, field, value) or str(value)
    return show(field, value)
