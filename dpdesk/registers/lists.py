"""Lists of entries: search, chips with counts, sort and columns, in as few reads as possible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from dpdesk.registers.entries import ListColumn, Listing, Query
from dpdesk.registers.fields import Kind, Register
from dpdesk.registers.record import Record
from dpdesk.store import search_index
from dpdesk.store.tables import Base

STANDING = (
    ListColumn("reference", "Reference"),
    ListColumn("title", "What"),
    ListColumn("state", "State"),
    ListColumn("due", "Due"),
)
"""Columns that every list has, before the fields."""


def standing(register: Register) -> tuple[ListColumn, ...]:
    """The standing columns with the headings that they have in this register."""
    return tuple(
        replace(column, label=register.title_label) if column.name == "title" else column
        for column in STANDING
    )


def columns_for(record: type[Record], names: tuple[str, ...]) -> tuple[ListColumn, ...]:
    """The standing columns and then the named fields, or those marked ``listed``."""
    register = record.register
    fields = (
        [register.field(name) for name in names]
        if names
        else [field for field in register.fields if field.listed]
    )
    return standing(register) + tuple(
        ListColumn(field.name, field.label, field) for field in fields
    )


def _expression(record: type[Record], column: ListColumn) -> Any:
    stored = getattr(record, column.name)
    if column.field is not None and column.field.kind is Kind.LINK:
        target = Base.metadata.tables[column.field.target]
        return (
            select(target.c.reference + " " + target.c.title)
            .where(target.c.id == stored)
            .scalar_subquery()
        )
    # As text straight from the file: turning it into words waits until somebody looks.
    return type_coerce(stored, String)


def read(session: Session, record: type[Record], query: Query, today: str) -> Listing:
    """Reads a list. ``today`` as ISO text, for the chips that depend on the day."""
    columns = columns_for(record, query.columns)
    standing = record.archived_at.is_not(None) if query.archived else record.archived_at.is_(None)
    chips = {chip.key: chip.where(record, today) for chip in record.register.chips}
    counted = session.execute(
        select(func.count(), *(func.sum(case((where, 1), else_=0)) for where in chips.values()))
        .select_from(record)
        .where(standing)
    ).one()
    counts = {"all": int(counted[0])}
    counts.update({key: int(counted[i + 1] or 0) for i, key in enumerate(chips)})

    statement = select(record.id, *(_expression(record, column) for column in columns)).where(
        standing
    )
    if query.chip in chips:
        statement = statement.where(chips[query.chip])
    if search_index.expression(query.search):
        statement = statement.where(
            record.id.in_(search_index.matching_entries(record.register.key, query.search))
        )
    order = query.sort or record.register.order
    sorted_by: Any = getattr(record, order.removeprefix("-"))
    # Entries without the value come last, whichever way the list is turned.
    ordering = (sorted_by.is_(None), sorted_by.desc() if order.startswith("-") else sorted_by)
    read_in = session.connection().execute(statement.order_by(*ordering, record.id))
    # The driver's own tuples: every column is text or a number already, and wrapping 50,000 rows
    # takes as long as reading them.
    assert read_in.cursor is not None
    rows = read_in.cursor.fetchall()
    read_in.close()
    return Listing(record.register, columns, rows, counts["all"], counts)
