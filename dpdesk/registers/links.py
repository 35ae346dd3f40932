"""Links between entries, seen from both ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import String, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError, NotFound
from dpdesk.registers.entries import Changes, LinkedEntry
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.record import Record
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.service import RegisterService
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import Base, EntryLink

BY_HAND = "Linked manually"
_FEW = 100
"""Up to so many entries are asked for by number; of more, all links of the register are read."""
_LINKS = Base.metadata.tables[EntryLink.__tablename__]
_FROM, _TO = (
    column == bindparam("register") for column in (_LINKS.c.from_register, _LINKS.c.to_register)
)
_OF_REGISTER = select(_LINKS).where(_FROM | _TO)
_OF_FEW = select(_LINKS).where(
    (_FROM & _LINKS.c.from_id.in_(bindparam("numbers", expanding=True)))
    | (_TO & _LINKS.c.to_id.in_(bindparam("numbers", expanding=True)))
)


class FollowsLinks(ABC):
    """A register in which something changes when entries are linked by hand, whichever they are."""

    @abstractmethod
    def linked(self, change: Change, ends: set[tuple[str, int]]) -> None:
        """Told of both ends, as (register, number), of every link drawn or cut by hand."""


class LinkService:
    """Links drawn by hand, and those that link fields make."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._registers: Mapping[str, RegisterService[Any, Any]] = {}
        self._followers: tuple[FollowsLinks, ...] = ()
        self._pointing: Mapping[str, Sequence[tuple[str, Field]]] = {}
        """By register: the registers with a field that can point there, and that field."""

    def join(self, rooms: Rooms) -> None:
        """Asks for every register that can be linked, and for those to be told of links."""
        self._registers = rooms.registers()
        self._followers = rooms.every(FollowsLinks)
        pointing: dict[str, list[tuple[str, Field]]] = defaultdict(list)
        for key, service in self._registers.items():
            for field in service.register.fields:
                if field.kind in {Kind.LINK, Kind.LINKS}:
                    pointing[field.target].append((key, field))
        self._pointing = dict(pointing)

    def of_entry(self, register: str, entry_id: int) -> tuple[LinkedEntry, ...]:
        """Everything that an entry is linked with, whichever end drew the link."""
        with self._database.reading() as session:
            found = [*self._by_hand(session, register, entry_id)]
            found += self._by_fields(session, register, entry_id)
            return tuple(found)

    def draw(self, from_register: str, from_id: int, to_register: str, to_id: int) -> Changes:
        """Links two entries. Nothing happens where they are linked by hand already.

        Raises NotFound for an entry that is not there, DpdeskError for one with itself.
        """
        both = Changes(frozenset({(from_register, from_id), (to_register, to_id)}))
        if len(both.entries) == 1:
            raise DpdeskError("An entry cannot be linked with itself.", "Choose another entry.")
        with self._database.changing() as change:
            here = self._reference(change.session, from_register, from_id)
            there = self._reference(change.session, to_register, to_id)
            present = self._by_hand(change.session, from_register, from_id)
            if any((link.register, link.id) == (to_register, to_id) for link in present):
                return both
            change.session.add(
                EntryLink(
                    from_register=from_register,
                    from_id=from_id,
                    to_register=to_register,
                    to_id=to_id,
                )
            )
            change.note(from_register, from_id, "link", None, there)
            change.note(to_register, to_id, "link", None, here)
            self._tell(change, set(both.entries))
        return both | Changes(frozenset(change.touched))

    def cut(self, link_id: int) -> Changes:
        """Takes a link drawn by hand away. Raises NotFound."""
        with self._database.changing() as change:
            row = change.session.get(EntryLink, link_id)
            if row is None:
                raise NotFound("This link no longer exists.")
            ends = {(row.from_register, row.from_id), (row.to_register, row.to_id)}
            here = self._reference(change.session, row.from_register, row.from_id)
            there = self._reference(change.session, row.to_register, row.to_id)
            change.note(row.from_register, row.from_id, "link", there, None)
            change.note(row.to_register, row.to_id, "link", here, None)
            change.session.delete(row)
            self._tell(change, ends)
        return Changes(frozenset(ends | change.touched))

    def _tell(self, change: Change, ends: set[tuple[str, int]]) -> None:
        change.session.flush()
        for each in self._followers:
            each.linked(change, ends)

    def _by_hand(self, session: Session, register: str, entry_id: int) -> Iterator[LinkedEntry]:
        rows = session.scalars(
            select(EntryLink).where(
                ((EntryLink.from_register == register) & (EntryLink.from_id == entry_id))
                | ((EntryLink.to_register == register) & (EntryLink.to_id == entry_id))
            )
        ).all()
        for row in rows:
            here = (row.from_register, row.from_id) == (register, entry_id)
            there = (row.to_register, row.to_id) if here else (row.from_register, row.from_id)
            found = self._entry(session, *there, BY_HAND, row.id)
            if found is not None:
                yield found

    def _by_fields(self, session: Session, register: str, entry_id: int) -> Iterator[LinkedEntry]:
        own = self._registers.get(register)
        row = session.get(own.record, entry_id) if own is not None else None
        if own is None or row is None:
            return
        for field in own.register.fields:
            if field.kind is Kind.LINK and getattr(row, field.name) is not None:
                number = int(getattr(row, field.name))
                if found := self._entry(session, field.target, number, field.label):
                    yield found
            elif field.kind is Kind.LINKS:
                for reference in getattr(row, field.name) or ():
                    if found := self._named(session, field.target, reference, field.label):
                        yield found
        yield from self._pointing_here(session, register, row)

    def _pointing_here(self, session: Session, register: str, row: Record) -> Iterator[LinkedEntry]:
        for key, field in self._pointing.get(register, ()):
            for number in _pointing(session, self._registers[key].record, field, row):
                if found := self._entry(session, key, number, field.label):
                    yield found

    def _reference(self, session: Session, register: str, entry_id: int) -> str:
        found = self._entry(session, register, entry_id, "")
        if found is None:
            raise NotFound("The entry to be linked with no longer exists.")
        return found.reference

    def _named(
        self, session: Session, register: str, reference: str, label: str
    ) -> LinkedEntry | None:
        service = self._registers.get(register)
        if service is None:
            return None
        record = service.record
        number = session.scalar(select(record.id).where(record.reference == reference))
        return None if number is None else self._entry(session, register, number, label)

    def _entry(
        self, session: Session, register: str, entry_id: int, label: str, link_id: int = 0
    ) -> LinkedEntry | None:
        service = self._registers.get(register)
        row = session.get(service.record, entry_id) if service is not None else None
        if row is None:
            return None
        return LinkedEntry(register, entry_id, row.reference, row.title, label, link_id)


def linked_by_hand(
    session: Session, register: str, numbers: Sequence[int]
) -> dict[int, list[tuple[str, str]]]:
    """By number of an entry: register and reference of everything linked with it by hand."""
    here, found = set(numbers), defaultdict(list)
    if not here:
        return {}
    asked = _OF_FEW if len(here) <= _FEW else _OF_REGISTER
    named = (
        {"register": register, "numbers": list(here)}
        if asked is _OF_FEW
        else {"register": register}
    )
    for row in session.execute(asked, named):
        ends = (row.from_register, row.from_id), (row.to_register, row.to_id)
        for (own, number), (other, target) in (ends, ends[::-1]):
            if own == register and number in here and other in Base.metadata.tables:
                table = Base.metadata.tables[other]
                reference = session.scalar(select(table.c.reference).where(table.c.id == target))
                if reference is not None:
                    found[number].append((other, str(reference)))
    return dict(found)


def _pointing(session: Session, record: type[Record], field: Field, row: Record) -> Sequence[int]:
    """The numbers of the entries whose link field points to a row."""
    column = getattr(record, field.name)
    if field.kind is Kind.LINK:
        return session.scalars(select(record.id).where(column == row.id)).all()
    # The column holds a list as JSON text: look for the text first, then read what was found.
    like = type_coerce(column, String).contains(row.reference, autoescape=True)
    found = session.execute(select(record.id, column).where(like)).all()
    return [number for number, references in found if row.reference in references]
