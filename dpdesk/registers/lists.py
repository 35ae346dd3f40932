"""Lists of entries: search, chips with counts, sort and columns, in as few reads as possible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from dpdesk.law.folding import expression
from dpdesk.registers.entries import ListColumn, Listing, Query
from dpdesk.registers.fields import Kind, Register
from dpdesk.registers.record import Record
from dpdesk.registers.targets import called
from dpdesk.store import search_index
from dpdesk.store.tables import Base

STANDING = (
    ListColumn("reference", "Reference"),
    ListColumn("title", "What"),
    ListColumn("state", "State"),
    ListColumn("due", "Due"),
)
"""Columns that every list has, before the fields."""
_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})


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
        # A column that was chosen in another version of the program may be gone.
        [register.field(name) for name in names if name in {each.name for each in register.fields}]
        if names
        else [field for field in register.fields if field.listed]
    )
    return standing(register) + tuple(
        ListColumn(field.name, field.column, field) for field in fields
    )


def _expression(record: type[Record], column: ListColumn) -> Any:
    stored = getattr(record, column.name)
    if column.field is not None and column.field.kind is Kind.LINK:
        target = Base.metadata.tables[column.field.target]
        return select(called(column.field.target)).where(target.c.id == stored).scalar_subquery()
    # As text straight from the file: turning it into words waits until somebody looks.
    return type_coerce(stored, String)


def _ordering(record: type[Record], sort: str) -> tuple[Any, ...]:
    """Entries without the value come last, whichever way the list is turned."""
    fields = {field.name: field for field in record.register.fields}
    names = {column.name for column in STANDING} | fields.keys()
    order = sort if sort.removeprefix("-") in names else record.register.order
    name = order.removeprefix("-")
    stored: Any = getattr(record, name)
    sorted_by: Any = stored
    if name == "reference":
        # References are given in the order of the numbers, and beyond 999 no longer sort as text.
        stored = sorted_by = record.id
    elif name == "title" or (name in fields and fields[name].kind in _WORDS):
        sorted_by = func.lower(stored)
    elif name in fields and fields[name].kind is Kind.LINK:
        sorted_by = func.lower(_expression(record, ListColumn(name, "", fields[name])))
    turned = sorted_by.desc() if order.startswith("-") else sorted_by
    return (stored.is_(None), turned, record.id)


def counts(
    session: Session, record: type[Record], today: str, *, archived: bool = False
) -> dict[str, int]:
    """Number of entries behind each chip, "all" included. ``today`` as for :func:`read`."""
    chips = {chip.key: chip.where(record, today) for chip in record.register.chips}
    counted = session.execute(
        select(func.count(), *(func.sum(case((where, 1), else_=0)) for where in chips.values()))
        .select_from(record)
        .where(_standing(record, archived=archived))
    ).one()
    found = {"all": int(counted[0])}
    found.update({key: int(counted[i + 1] or 0) for i, key in enumerate(chips)})
    return found


def _standing(record: type[Record], *, archived: bool) -> Any:
    return record.archived_at.is_not(None) if archived else record.archived_at.is_(None)


def read(session: Session, record: type[Record], query: Query, today: str) -> Listing:
    """Reads a list. ``today`` as ISO text, for the chips that depend on the day."""
    columns = columns_for(record, query.columns)
    standing = _standing(record, archived=query.archived)
    chips = {chip.key: chip.where for chip in record.register.chips}
    counted = counts(session, record, today, archived=query.archived)

    statement = select(record.id, *(_expression(record, column) for column in columns)).where(
        standing
    )
    if query.chip in chips:
        statement = statement.where(chips[query.chip](record, today))
    if expression(query.search):
        statement = statement.where(
            record.id.in_(search_index.matching_entries(record.register.key, query.search))
        )
    read_in = session.connection().execute(statement.order_by(*_ordering(record, query.sort)))
    # The driver's own tuples: every column is text or a number already, and wrapping 50,000 rows
    # takes as long as reading them.
    assert read_in.cursor is not None
    rows = read_in.cursor.fetchall()
    read_in.close()
    return Listing(record.register, columns, rows, counted["all"], counted)
