"""The people of a request as the register of people knows them, and what to mind about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import show

_FLAGS: Final = (
    ("court_order", "There is a court order about contact or information."),
    ("address_kept", "The address must be kept from somebody."),
    ("looked_after", "Looked after by a local authority."),
)
_MOST_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person on record, in the words of a page of a request."""

    id: int
    reference: str
    name: str
    detail: str
    """Where they belong: "Pupil, Year 5, Oak"."""
    flags: tuple[str, ...]
    """What to mind before anything is given, a sentence each."""


@dataclass(frozen=True, slots=True)
class RolePlayed:
    """Somebody who plays a part in a request: as linked, or who may be meant by the name typed."""

    field: str
    """The question that links them: ``subject_person`` or ``requester_person``."""
    title: str
    linked: PersonSeen | None = None
    offered: tuple[PersonSeen, ...] = ()
    relation: str = ""
    """What the register says the requester is to the pupil; empty where it says nothing."""


class PeopleOfRequests:
    """Asks the register of people who the people of a request are."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def roles(self, entry: Entry) -> tuple[RolePlayed, ...]:
        """The data subject and the requester, linked or offered."""
        among = self._people.known()
        values = entry.values
        subject = self._role("subject_person", "Whose data", values.get("subject"), entry, among)
        if values.get("relationship") in {None, "self"}:
            return (subject,)
        requester = self._role(
            "requester_person", "Who asks", values.get("requester"), entry, among
        )
        relation = self._relation(values.get("subject_person"), values.get("requester_person"))
        return (
            subject,
            RolePlayed(
                requester.field, requester.title, requester.linked, requester.offered, relation
            ),
        )

    def names(self, number: int | None) -> tuple[str, ...]:
        """Every name that a linked person goes by; nothing for nobody."""
        person = self._person(number, self._people.known()) if number else None
        return person.names if person is not None else ()

    def names_within(
        self, session: Session, numbers: Collection[int]
    ) -> dict[int, tuple[str, ...]]:
        """Every name of people by their numbers, inside a session that is open already."""
        return self._people.names_within(session, numbers)

    def addresses(self, number: int | None) -> tuple[str, ...]:
        """The e-mail addresses of a linked person."""
        person = self._person(number, self._people.known()) if number else None
        found = person.values.get("email") if person is not None else None
        return (str(found),) if found else ()

    def numbers(self, number: int | None) -> tuple[str, ...]:
        """The admission number and the UPN of a linked pupil."""
        person = self._person(number, self._people.known()) if number else None
        said = person.values if person is not None else {}
        return tuple(str(said[n]) for n in ("admission_number", "upn") if said.get(n))

    def staff_mails(self, name: str) -> tuple[str, ...]:
        """The e-mail addresses of those at the school who may be meant by a name."""
        found = self._people.named(name, self._people.staff())
        return tuple(str(each.values["email"]) for each in found if each.values.get("email"))

    def cautions(self, entry: Entry) -> tuple[str, ...]:
        """What the register says of those linked, in sentences that name who it is about."""
        return tuple(self._cautions(entry))

    def _cautions(self, entry: Entry) -> Iterator[str]:
        values = entry.values
        if not values.get("subject_person") and not values.get("requester_person"):
            return
        among = self._people.known()
        for name in ("subject_person", "requester_person"):
            person = self._person(values.get(name), among)
            if person is None:
                continue
            for flag in _seen(person).flags:
                yield f"{person.name}: {flag}"
        pupil = self._person(values.get("subject_person"), among)
        decides = pupil is not None and pupil.values.get("competent") == "yes"
        if pupil is not None and decides and values.get("capacity") is None:
            note = pupil.values.get("competent_note")
            judged = f" ({note})" if note else ""
            yield f"{pupil.name} is recorded as old enough to decide alone{judged}."

    def _role(
        self,
        field: str,
        title: str,
        typed: Any,
        entry: Entry,
        among: tuple[KnownPerson, ...],
    ) -> RolePlayed:
        person = self._person(entry.values.get(field), among)
        if person is not None:
            return RolePlayed(field, title, _seen(person))
        offered = self._people.named(str(typed), among) if typed else ()
        return RolePlayed(field, title, None, tuple(map(_seen, offered[:_MOST_OFFERED])))

    def _person(self, number: int | None, among: tuple[KnownPerson, ...]) -> KnownPerson | None:
        return next((each for each in among if each.id == number), None) if number else None

    def _relation(self, pupil: int | None, adult: int | None) -> str:
        """What the register says, for example "Mother. Parental responsibility: yes."."""
        if not pupil or not adult:
            return ""
        relationships = self._people.relationships
        for part in relationships.parts(pupil):
            if part.values.get("adult") != adult or part.values.get("ended_on") is not None:
                continue
            said = part.shown("relationship") or "Contact"
            responsible = part.values.get("responsible")
            field = relationships.register.field("responsible")
            words = show(field, responsible).lower() if responsible else "not recorded"
            return f"{said}. Parental responsibility: {words}."
        return "The register does not have them as a contact of this pupil."


def _seen(person: KnownPerson) -> PersonSeen:
    kind = person.kind.capitalize()
    year = f"Year {person.year_group}" if person.year_group.isdecimal() else person.year_group
    detail = ", ".join(part for part in (kind, year, person.form) if part)
    flags = tuple(words for name, words in _FLAGS if person.values.get(name) == "yes")
    note = person.values.get("care_note")
    return PersonSeen(
        person.id,
        person.reference,
        person.name,
        detail,
        (*flags, *([f"{str(note).rstrip('.')}."] if note and flags else [])),
    )
