"""``entries`` and ``new``: what is in a register, and putting something there."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import entry_called, opened
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.registers.entries import Listing, Query
from dpdesk.registers.fields import Kind
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import from_storage

if TYPE_CHECKING:
    from dpdesk.desk import Desk


def entries(arguments: Namespace) -> Answer:
    """The entries of a register, in the register's own order."""
    with opened(arguments) as desk:
        service = _service(desk, arguments.register)
        listing = service.listing(Query(search=arguments.search, archived=arguments.archived))
    content = [
        {column.name: _stored(listing, row, place) for place, column in enumerate(listing.columns)}
        for row in range(len(listing.rows))
    ]
    if not content:
        return Answer({"entries": []}, "No entries.")
    words = [[column.label for column in listing.columns[:4]]]
    words += [
        [listing.cell(row, place) or "–" for place in range(4)] for row in range(len(content))
    ]
    return Answer({"entries": content}, f"{table(words)}\n{len(content)} of {listing.total}")


def _stored(listing: Listing, row: int, place: int) -> Any:
    """A cell as JSON holds it: days and moments in ISO form, amounts as text, codes as codes."""
    field, raw = listing.columns[place].field, listing.raw(row, place)
    if field is None or field.kind is Kind.LINK or raw is None:
        return raw
    value = from_storage(field, raw)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def new(arguments: Namespace) -> Answer:
    """Makes an entry, or a part of one. Raises InvalidEntry with a sentence for each field."""
    words: dict[str, str] = {}
    for name, value in arguments.answers:
        if name in words:
            raise DpdeskError(f"The field {name} is given twice.", "Give each field once.")
        words[name] = value
    with opened(arguments) as desk:
        service = _service(desk, arguments.register)
        values = {**service.blank().values, **service.read_words(words)}
        saved = service.save(values, parent_id=_parent(desk, service, arguments.of))
        if service.register.parent == desk.school.register.key:
            # Terms and special days move due dates.
            desk.calendar_changed()
    entry = saved.entry
    content = {"reference": entry.reference, "state": entry.state, "due": entry.due}
    due = f", due {entry.due}" if entry.due else ""
    return Answer(content, f"{entry.reference}{due}")


def _service(desk: Desk, key: str) -> RegisterService[Any, Any]:
    """The register, or register of parts, of that key. Raises NotFound."""
    every = dict(desk.registers)
    for parts in desk.parts.values():
        every.update({part.register.key: part for part in parts})
    if key not in every:
        raise NotFound(f"There is no register called {key}.", f"Registers: {', '.join(every)}.")
    return every[key]


def _parent(desk: Desk, service: RegisterService[Any, Any], reference: str) -> int:
    """The number of the entry that a part belongs to; 0 for an entry of its own."""
    above = service.register.parent
    if not above:
        if reference:
            raise DpdeskError(f"A {service.register.entry} is not part of another entry.")
        return 0
    if above == desk.school.register.key:
        return desk.school.entry().id
    if not reference:
        raise DpdeskError(
            f"A {service.register.entry} belongs to an entry.", "Name it with --of REFERENCE."
        )
    entry = entry_called(desk, reference)
    if entry.register.key != above:
        raise DpdeskError(f"A {service.register.entry} does not belong to {entry.reference}.")
    return entry.id
