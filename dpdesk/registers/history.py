"""The change history of an entry, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.registers import targets
from dpdesk.registers.entries import HistoryLine
from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.wording import freeze, show, thaw
from dpdesk.store.sealed import ERASED
from dpdesk.store.tables import HistoryRow, utc_moment

CREATED = "created"
ARCHIVED = "archived"

_SPECIAL = {CREATED: "Created", ARCHIVED: "Archived"}


Recalled = Callable[[str | None], str | None]
"""Gives back what a row keeps in another form; :data:`ERASED` where it is gone for good."""


def _as_it_is(kept: str | None) -> str | None:
    return kept


def lines(
    session: Session, register: Register, entry_id: int, recalled: Recalled = _as_it_is
) -> tuple[HistoryLine, ...]:
    """Every change of one entry, newest first."""
    rows = session.scalars(
        select(HistoryRow)
        .where(HistoryRow.register == register.key, HistoryRow.entry_id == entry_id)
        .order_by(HistoryRow.id.desc())
    )
    return tuple(_line(session, register, row, recalled) for row in rows)


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


def differing(
    register: Register, before: Values, after: Values
) -> Iterator[tuple[Field, str | None, str | None]]:
    """The fields whose answers differ, with the old and the new one as the history keeps them."""
    for field in register.fields:
        was, is_now = before.get(field.name), after.get(field.name)
        if was is None and is_now is None:
            continue  # of most questions of most entries, when thousands are brought in
        old, new = freeze(field, was), freeze(field, is_now)
        if old != new:
            yield field, old, new


def first_answers(register: Register, answers: Values) -> Iterator[tuple[Field, str]]:
    """The answered questions of an entry that is made, with the answer as the history keeps it."""
    for field in register.fields:
        if field.name in answers:
            kept = freeze(field, answers[field.name])
            if kept is not None:
                yield field, kept


def before(
    register: Register, rows: Iterable[HistoryRow], recalled: Recalled = _as_it_is
) -> dict[str, Any]:
    """The answers that stood there before these changes, as far as they can still be read.

    Documents, links and releases stand in the same history; they are not part of a save.
    """
    fields = {field.name: field for field in register.fields}
    found = {row.field: recalled(row.old) for row in rows if row.field in fields}
    return {name: thaw(fields[name], kept) for name, kept in found.items() if kept != ERASED}


def _line(session: Session, register: Register, row: HistoryRow, recalled: Recalled) -> HistoryLine:
    was, now = recalled(row.old), recalled(row.new)
    old, new, label = was or "", now or "", _SPECIAL.get(row.field, row.field)
    try:
        field = register.field(row.field)
    except KeyError:
        # A field of an earlier version of the program, or a step such as archiving.
        pass
    else:
        label = field.label
        # What an earlier version of the program wrote in another form is shown as it stands.
        with suppress(ValueError, ArithmeticError):
            old, new = _shown(session, field, was), _shown(session, field, now)
    return HistoryLine(utc_moment(row.at), row.who, label, old, new, row.why)


def _shown(session: Session, field: Field, kept: str | None) -> str:
    if kept == ERASED:
        return ERASED
    value = thaw(field, kept)
    if field.kind is Kind.LINK and value is not None:
        return targets.label(session, field, value) or str(value)
    return show(field, value)
