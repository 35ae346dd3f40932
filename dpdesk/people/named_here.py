"""Names that were typed into entries of any register, and who of the register of people they are.

Owners, members of staff involved, people of a holding: what was typed stays, and nothing is linked
until somebody says so. Two people of one name are both offered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_

from dpdesk.law.folding import indexed
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.names import person_fields
from dpdesk.registers.same_person import parts_of, same
from dpdesk.registers.service import RegisterService
from dpdesk.store import search_index

MOST_OFFERED: Final = 5
"""People of one name that are offered; of more, the reference must say who is meant."""
_PARTED: Final = re.compile(r"[;\n/&]|\band\b")
_LEAST: Final = 3
"""Letters of a part of a name by which people are looked for."""


@dataclass(frozen=True, slots=True)
class NameOffer:
    """A name as it was typed, and the people on record who may be meant."""

    typed: str
    asked: str
    """The question that it answers, in short."""
    people: tuple[KnownPerson, ...]
    """At most ``MOST_OFFERED`` of them."""
    number: int
    """How many there are."""


class NamedPeople:
    """Finds who is meant by the names typed into an entry."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def asks(self, service: RegisterService[Any, Any]) -> bool:
        """Are people named in the entries of a register, or in their parts?"""
        every = (service, *service.part_services)
        return service is not self._people and any(person_fields(each) for each in every)

    def offers(
        self, service: RegisterService[Any, Any], entry: Entry, linked: Collection[int] = ()
    ) -> tuple[NameOffer, ...]:
        """Every typed name of an entry and of its parts that may be somebody on record.

        ``linked``: numbers of the people with whom the entry is linked already; their names are not
        offered again.
        """
        if not self.asks(service) or not entry.id:
            return ()
        typed = dict(_typed(service, entry.values))
        for parts in service.part_services:
            if person_fields(parts):
                for part in parts.parts(entry.id):
                    typed = {**dict(_typed(parts, part.values)), **typed}
        if not typed:
            return ()
        with self._people.database.reading() as session:
            known = self._people.names_within(session, linked).values()
        met = [parts_of(name) for names in known for name in names]
        found = []
        for name, asked in typed.items():
            if any(same(parts_of(name), each) for each in met):
                continue
            people = self._people.named(name, self._like(name))
            if people:
                found.append(NameOffer(name, asked, people[:MOST_OFFERED], len(people)))
        return tuple(found)

    def _like(self, name: str) -> tuple[KnownPerson, ...]:
        """Those who share a part of a name with it, by the index: a school has thousands."""
        words = {word for word in indexed(name).split() if len(word) >= _LEAST}
        key, person = self._people.register.key, self._people.record
        if not words:
            return ()
        matching = (search_index.matching_entries(key, word) for word in sorted(words))
        return self._people.known(or_(*(person.id.in_(each) for each in matching)))


def _typed(service: RegisterService[Any, Any], values: Values) -> Iterator[tuple[str, str]]:
    """The names that somebody typed, each with its question; whole names only."""
    fields = person_fields(service)
    linking = {field.name for field in service.register.fields}
    for field in fields:
        if f"{field.name}_person" in linking:
            continue  # it has a link of its own
        for piece in _PARTED.split(str(values.get(field.name) or "")):
            name = " ".join(piece.split())
            if len(parts_of(name)) > 1:
                yield name, field.column
