"""The history played once more: does each entry hold what the history says was last saved?

The seals of the store tell that a row was altered outside the program; the history tells which
answer of which entry it was, and what the entry was called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, inspect, select, type_coerce
from sqlalchemy.types import NullType

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.history import ARCHIVED, CREATED
from dpdesk.registers.record import Record
from dpdesk.store import sealed, seals
from dpdesk.store.seals import Odd
from dpdesk.store.tables import Base, HistoryRow

_AT_ONCE: Final = 1000
_OWN: Final = ("id", "reference", "archived_at")
"""Columns of an entry that the history speaks of beside the answers."""
_TOLD: Final = 50
"""Entries of one register that are named; more would not be read."""
_KEY: Final = "seal"
"""The column with the key of an entry whose history is sealed."""


class Replay:
    """Compares all registers with the history; ``compared`` counts the answers."""

    def __init__(self) -> None:
        self.compared = 0

    def sentences(self, connection: Connection, odd: Sequence[Odd]) -> Iterator[str]:
        """A sentence for each odd row, and for each entry that differs from its history."""
        by_table: dict[str, dict[Any, Odd]] = {}
        for each in odd:
            by_table.setdefault(each.table, {})[each.key] = each
        tables = set(inspect(connection).get_table_names())
        for record in _registers():
            if record.__tablename__ not in tables:
                yield f"The table {record.__tablename__} is missing, with all that was in it."
                continue
            told = 0
            here = by_table.pop(record.__tablename__, {})
            for sentence in self._register(connection, record, here):
                told += 1
                if told <= _TOLD:
                    yield sentence
            if told > _TOLD:
                yield f"{told - _TOLD} more entries of “{record.register.title}” are like that."
            yield from map(seals.said, here.values())
        for others in by_table.values():
            yield from map(seals.said, others.values())

    def _register(
        self, connection: Connection, record: type[Record], odd: dict[Any, Odd]
    ) -> Iterator[str]:
        """Takes out of ``odd`` what it told of."""
        notes = _last_notes(connection, record)
        noted: tuple[int, dict[str, str | None]] | None = next(notes, None)
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(_stored(record))
        for row in rows:
            while noted is not None and noted[0] < row[0]:
                yield from _deleted(record, *noted, odd)
                noted = next(notes, None)
            last: dict[str, str | None] = {}
            if noted is not None and noted[0] == row[0]:
                last = noted[1]
                noted = next(notes, None)
            yield from self._entry(record, row, last, odd.pop(row[0], None))
        while noted is not None:
            yield from _deleted(record, *noted, odd)
            noted = next(notes, None)

    def _entry(
        self, record: type[Record], row: Row[Any], last: dict[str, str | None], odd: Odd | None
    ) -> Iterator[str]:
        reference, archived, *answers = tuple(row)[1:]
        key = answers.pop() if hasattr(record, _KEY) else None
        named = f"{record.register.entry} {reference} ({record.register.title})"
        if odd is not None and odd.what == seals.ADDED:
            yield f"Added outside the program: {named}."
            return
        differing: list[str] = []
        unnoted: list[str] = []
        if last.get(CREATED, reference) != reference:
            differing.append(f"its reference, which was {last[CREATED]}")
        if last and (last.get(ARCHIVED) is not None) != (archived is not None):
            differing.append("whether it is archived")
        for field, stored in zip(record.register.fields, answers, strict=True):
            if field.name not in last:
                if stored is not None and stored != "":
                    unnoted.append(f"“{field.label}”")
                continue
            self.compared += 1
            expected = last[field.name]
            if expected is not None and sealed.is_sealed(expected):
                expected = sealed.unseal(key, expected) or sealed.ERASED
            if expected == sealed.ERASED:
                continue  # erased for good, and with it what could be compared
            if not _same(field, stored, expected):
                differing.append(f"“{field.label}”")
        if odd is not None:
            what = (
                differing or unnoted or ["what is worked out: title, state, due date and the like"]
            )
            yield f"Changed outside the program: {named}: {', '.join(what)}."
        elif differing:
            yield f"Not as the history says: {named}: {', '.join(differing)}."


def _deleted(
    record: type[Record], number: int, last: dict[str, str | None], odd: dict[Any, Odd]
) -> Iterator[str]:
    odd.pop(number, None)
    if CREATED in last:
        yield (
            f"Deleted outside the program: {record.register.entry} {last[CREATED]} "
            f"({record.register.title})."
        )


def _registers() -> list[type[Record]]:
    found = (mapper.class_ for mapper in Base.registry.mappers)
    records = [record for record in found if issubclass(record, Record)]
    return sorted(records, key=lambda record: record.register.key)


def _stored(record: type[Record]) -> Any:
    """All rows in order, each value as it lies in the file: a damaged one must not raise."""
    names = [*_OWN, *(field.name for field in record.register.fields)]
    if hasattr(record, _KEY):
        names.append(_KEY)
    of = record.__table__.c
    return select(*(type_coerce(of[name], NullType()) for name in names)).order_by(of.id)


def _last_notes(
    connection: Connection, record: type[Record]
) -> Iterator[tuple[int, dict[str, str | None]]]:
    """For each entry the last thing that the history says of each of its fields."""
    asked = (
        select(HistoryRow.entry_id, HistoryRow.field, HistoryRow.new)
        .where(HistoryRow.register == record.register.key)
        .order_by(HistoryRow.entry_id, HistoryRow.id)
    )
    found = connection.execution_options(yield_per=_AT_ONCE).execute(asked)
    for number, rows in groupby(found, itemgetter(0)):
        yield number, {field: new for _, field, new in rows}


def _same(field: Field, stored: Any, kept: str | None) -> bool:
    """Is a value, as it lies in the file, the one that the history keeps?

    The text of days, moments, lists and codes is the same in both.
    """
    if stored is None or stored == "":
        return kept is None
    if kept is not None and field.kind is Kind.MONEY and isinstance(stored, int):
        with suppress(InvalidOperation):
            return Decimal(kept) * 100 == stored
    return str(stored) == kept
