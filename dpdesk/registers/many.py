"""Making many entries at once: the same rules as for one, in a few statements for all of them.

A school's list brings thousands of people and of relationships. Each of them goes through the same
hooks as an entry that is saved by hand; only what the database is asked and told is gathered. A
feature whose hooks ask for the object of the row itself makes its entries one by one.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Table, false, func, insert, select
from sqlalchemy.orm import Session

from dpdesk.errors import InvalidEntry, NotFound, StepDone
from dpdesk.registers import history, validation
from dpdesk.registers.derived import Derived
from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.numbering import next_number
from dpdesk.registers.service import RegisterService
from dpdesk.store import search_index
from dpdesk.store.database import Change
from dpdesk.store.tables import Base

_MOST_TOLD: Final = 20
"""Entries whose faults are told; more would not be read."""
_AT_ONCE: Final = 500
"""Numbers that one statement names, and entries after which it is told how many are done."""


def portioned(numbers: Iterable[int], most: int = _AT_ONCE) -> Iterator[Sequence[int]]:
    """The numbers in their order, as many at once as one statement names."""
    every = sorted(numbers)
    for start in range(0, len(every), most):
        yield every[start : start + most]


@contextmanager
def unswept() -> Iterator[None]:
    """Python does not look for rubbish meanwhile.

    Thousands of entries are hundreds of thousands of small objects that all are still wanted;
    looking them through again and again costs a fifth of the time. In the window nobody looks
    anyway (``ui.kit.pieces.sweeping``), and nothing is switched on that was off.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def add_many(
    service: RegisterService[Any, Any],
    change: Change,
    many: Sequence[Values],
    parents: Sequence[int] = (),
    why: str = "",
    step: StepDone | None = None,
) -> list[int]:
    """Makes an entry of each of these answers within a transaction; gives their numbers.

    ``parents``: for parts, the number of the entry to which each belongs. ``step`` may raise, and
    so take all back. Raises InvalidEntry with what is wrong with the first that cannot be saved,
    counted from 1, and NotFound for a part of nothing.
    """
    if not many:
        return []
    session = change.session
    session.flush()  # the rules see what this transaction did before
    table = Base.metadata.tables[service.register.key]
    first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    values = _ready(service, change, first, many, step)
    references = list(_references(service, session, [each for each, _ in values], parents))
    now = service.now()
    # Every row of one statement names the same columns.
    names = {f.name for f in service.register.fields} | {n for _, d in values for n in d.kept}
    rows = []
    for place, (answers, derived) in enumerate(values):
        row: dict[str, Any] = {**dict.fromkeys(names), **answers, **derived.kept}
        row |= {"id": first + place, "reference": references[place], "version": 1}
        row |= {"title": derived.title, "state": derived.state, "due": derived.due}
        row |= {"created_at": now, "changed_at": now}
        if parents:
            row["parent_id"] = parents[place]
        rows.append(row)
        _note(service, change, row, answers, why)
    session.execute(insert(table), rows)
    change.made |= {(service.register.key, row["id"]) for row in rows}
    if not service.register.parent:
        bodies = [
            (row["id"], service.search_body(row["reference"], row["title"], answers))
            for row, (answers, _) in zip(rows, values, strict=True)
        ]
        search_index.put_entries(session, service.register.key, bodies)
    every: list[Any] = [SimpleNamespace(**row) for row in rows]
    for seen, (answers, _) in zip(every, values, strict=True):
        service.written(change, seen, answers, made=True)
        for follow in service.followers:
            follow(change, seen)
    for gather in service.gathered:
        gather(change, every)
    return [row["id"] for row in rows]


def _ready(
    service: RegisterService[Any, Any],
    change: Change,
    first: int,
    many: Sequence[Values],
    step: StepDone | None,
) -> list[tuple[dict[str, Any], Derived]]:
    """The answers of each, tidied, completed and found to be right, with what follows from them."""
    register, now, today = service.register, service.now(), service.today()
    fields = {field.name: field for field in register.fields}
    given = [_tidy(fields, each) for each in many]
    scope: Scope[Any] = Scope(false(), {}, dict(enumerate(given, first)))
    around = service.surroundings(change.session, scope)
    targets = _targets(change.session, register, given)
    ready: list[tuple[dict[str, Any], Derived]] = []
    wrong: dict[str, str] = {}
    for place, each in enumerate(given):
        if step is not None and place % _AT_ONCE == 0:
            step(place, len(many))
        service.guard(many[place], {})
        beside = around(first + place)
        filled = service.fill(each, {}, beside)
        answers = each if filled == each else _tidy(fields, filled)
        found = validation.problems(register, answers, now, today)
        for name, (known, label) in targets.items():
            if answers.get(name) is not None and answers[name] not in known:
                found.setdefault(name, f"“{label}”: this entry no longer exists.")
        found = found or service.problems(answers, beside) or service.clashes(answers, beside)
        if found and len(wrong) < _MOST_TOLD:
            wrong[f"{place + 1}"] = f"Row {place + 1}: {' '.join(found.values())}"
        elif not found:
            ready.append((answers, service.derive(answers, beside)))
    if wrong:
        raise InvalidEntry(wrong)
    return ready


def _tidy(fields: Mapping[str, Field], values: Values) -> dict[str, Any]:
    """The answers in their one stored form. Raises KeyError for a name that is no question."""
    return {
        name: answer
        for name, value in values.items()
        if (answer := validation.tidy(fields[name], value)) is not None
    }


def _targets(
    session: Session, register: Register, many: Iterable[Values]
) -> Mapping[str, tuple[set[int], str]]:
    """For each question that links: the numbers, of those that are given, which are there."""
    found = {}
    for field in register.fields:
        if field.kind is Kind.LINK:
            asked = {each[field.name] for each in many if each.get(field.name) is not None}
            known = {number for number, _ in _of(session, field.target, asked)}
            found[field.name] = known, field.label
    return found


def _of(session: Session, register: str, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Numbers and references of those entries that are there."""
    of: Table = Base.metadata.tables[register]
    asked = sorted(numbers)
    for start in range(0, len(asked), _AT_ONCE):
        some = of.c.id.in_(asked[start : start + _AT_ONCE])
        yield from ((row.id, row.reference) for row in session.execute(
            select(of.c.id, of.c.reference).where(some)
        ))  # fmt: skip


def _references(
    service: RegisterService[Any, Any],
    session: Session,
    many: Sequence[Values],
    parents: Sequence[int],
) -> Iterator[str]:
    """The reference of each, counted on from the newest of its kind."""
    if service.register.parent:
        yield from _of_parts(service, session, parents)
        return
    stems: dict[str, tuple[str, int]] = {}
    for values in many:
        prefix = service.prefix(values)
        if prefix not in stems:
            newest = next_number(session, service.record, 0, service.now(), prefix)[1]
            stem, _, counted = newest.rpartition("-")
            stems[prefix] = stem, int(counted)
        stem, counted_on = stems[prefix]
        stems[prefix] = stem, counted_on + 1
        yield f"{stem}-{counted_on:03d}"


def _of_parts(
    service: RegisterService[Any, Any], session: Session, parents: Sequence[int]
) -> Iterator[str]:
    key = service.register.key
    above = dict(_of(session, service.register.parent, set(parents)))
    if above.keys() < set(parents):
        raise NotFound(f"The entry that this {service.register.entry} belongs to is missing.")
    table, asked = Base.metadata.tables[key], sorted(above)
    last: dict[int, int] = defaultdict(int)
    for start in range(0, len(asked), _AT_ONCE):
        some = table.c.parent_id.in_(asked[start : start + _AT_ONCE])
        for parent, reference in session.execute(
            select(table.c.parent_id, table.c.reference).where(some)
        ):
            last[parent] = max(last[parent], int(reference.rpartition("-")[2]))
    for parent in parents:
        last[parent] += 1
        yield f"{above[parent]}/{key}-{last[parent]}"


def _note(
    service: RegisterService[Any, Any],
    change: Change,
    row: Mapping[str, Any],
    answers: Values,
    why: str,
) -> None:
    key, number = service.register.key, row["id"]
    change.note(key, number, history.CREATED, None, row["reference"], why)
    of: Any = SimpleNamespace(**row)
    for field, new in history.first_answers(service.register, answers):
        change.note(key, number, field.name, None, service.recorded(of, field, new), why)
