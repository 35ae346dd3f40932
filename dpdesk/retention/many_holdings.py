"""Entering many holdings at once: the same rules as for one, in a few statements for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, insert, select

from dpdesk.errors import InvalidEntry
from dpdesk.registers import history, validation
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Kind, Values
from dpdesk.registers.numbering import next_number
from dpdesk.registers.wording import freeze, show
from dpdesk.retention import holding_rules
from dpdesk.retention.holding_records import Holding, HoldingName
from dpdesk.retention.holding_service import HoldingService, name_parts
from dpdesk.retention.standing import Around
from dpdesk.store import sealed, search_index
from dpdesk.store.database import Change
from dpdesk.store.tables import Base

_MOST_TOLD: Final = 20
"""Rows whose faults are told; more would not be read."""


class ManyHoldings:
    """Enters holdings by the hundred, as they come from a list that somebody typed."""

    def __init__(self, holdings: HoldingService) -> None:
        self._holdings = holdings

    def add(self, many: Sequence[Values], why: str = "") -> Changes:
        """Enters many holdings in one transaction: all of them, or none.

        Takes a few statements for each thousand, not for each one. Raises InvalidEntry with what
        is wrong in the first rows that cannot be saved, counted from 1.
        """
        service = self._holdings
        filled = [{**service.blank().values, **each} for each in many]
        with service.database.changing() as change:
            made = _add(service, change, filled, why)
        touched = {(service.register.key, number) for number in made}
        return Changes(frozenset(touched | change.touched))


def _add(
    service: HoldingService, change: Change, many: Sequence[Values], why: str = ""
) -> list[int]:
    """Writes all of them into this transaction; gives their numbers. Raises InvalidEntry."""
    session = change.session
    here = service.here(session)
    ready = _checked(service, change, here, many)
    now = service.now()
    first = (session.scalar(select(func.max(Holding.id))) or 0) + 1
    stem, _, counted = next_number(session, Holding, 0, now)[1].rpartition("-")
    names = [field.name for field in service.register.fields]
    rows: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    bodies: list[tuple[int, str]] = []
    for place, values in enumerate(ready):
        reference = f"{stem}-{int(counted) + place:03d}"
        standing = here.standing(reference, values, approved=False, disposed=False)
        row: dict[str, Any] = {
            "id": first + place,
            "reference": reference,
            "version": 1,
            "title": holding_rules.title(values),
            "state": standing.state,
            "due": standing.due,
            "held_by": standing.held_by,
            "created_at": now,
            "changed_at": now,
            "seal": sealed.new_key(),
            **{name: values.get(name) for name in names},
        }
        rows.append(row)
        parts += [{"part": part, "holding_id": row["id"]} for part in name_parts(values)]
        bodies.append((row["id"], _body(service, row, values)))
        _note(service, change, row, values, why)
    if rows:
        session.execute(insert(Base.metadata.tables[Holding.__tablename__]), rows)
        if parts:
            session.execute(insert(HoldingName), parts)
        search_index.put_entries(session, service.register.key, bodies)
    return [row["id"] for row in rows]


def _checked(
    service: HoldingService, change: Change, here: Around, many: Sequence[Values]
) -> list[dict[str, Any]]:
    """The answers of each, tidied and completed, or InvalidEntry."""
    register, now, today = service.register, service.now(), service.today()
    targets = {
        field.name: set(change.session.scalars(select(Base.metadata.tables[field.target].c.id)))
        for field in register.fields
        if field.kind is Kind.LINK
    }
    ready: list[dict[str, Any]] = []
    wrong: dict[str, str] = {}
    for number, given in enumerate(many, 1):
        values = {
            field.name: answer
            for field in register.fields
            if (answer := validation.tidy(field, given.get(field.name))) is not None
        }
        rule = here.rule(values)
        if rule is not None:
            values.update(holding_rules.from_rule(values, rule))
            values = {name: value for name, value in values.items() if value is not None}
        found = validation.problems(register, values, now, today)
        for name, known in targets.items():
            if values.get(name) is not None and name not in found and values[name] not in known:
                found[name] = f"“{register.field(name).label}”: this entry no longer exists."
        found = found or holding_rules.problems(values, rule, new=True)
        if found and len(wrong) < _MOST_TOLD:
            wrong[f"{number}"] = f"Row {number}: {' '.join(found.values())}"
        ready.append(values)
    if wrong:
        raise InvalidEntry(wrong)
    return ready


def _body(service: HoldingService, row: dict[str, Any], values: Values) -> str:
    words = [row["reference"], row["title"]]
    words += [
        show(field, values.get(field.name)) for field in service.register.fields if field.searched
    ]
    return " ".join(word for word in words if word)


def _note(
    service: HoldingService, change: Change, row: dict[str, Any], values: Values, why: str
) -> None:
    key, number = service.register.key, row["id"]
    change.note(key, number, history.CREATED, None, row["reference"], why)
    stored = Holding(id=number, seal=row["seal"])
    for field in service.register.fields:
        answer = freeze(field, values.get(field.name))
        if answer is not None:
            change.note(key, number, field.name, None, service.recorded(stored, field, answer), why)
