"""The door to policies: which version is in force, who must read it, and who has."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from dpdesk.assurance import rules
from dpdesk.assurance.coming_up import ComingUp, Lookback, Standing
from dpdesk.assurance.policy_records import Policy, PolicyReading, PolicyVersion, about_data
from dpdesk.assurance.policy_rules import PolicyPlace, longest, older
from dpdesk.documents.service import DocumentService
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.store.database import Database

_LEAST_WORDS: Final = 400
"""A document with fewer words is a sheet or a letter, and not the policy."""


@dataclass(frozen=True, slots=True)
class OlderPlaces:
    """Where a data protection policy is older than the law.

    ``read_in`` names the document that was read; empty where there is none to read.
    """

    entry: Entry
    read_in: str
    places: tuple[PolicyPlace, ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """A policy with those who must have read it, and those of them who still have to."""

    entry: Entry
    version: str
    since: dt.date | None
    """Day of the newest version that everybody must read; earlier readings do not count."""
    must: tuple[KnownPerson, ...]
    missing: tuple[KnownPerson, ...]


class PolicyService(ComingUp[Policy]):
    """Policies, their versions and their readers."""

    record = Policy
    looks = PolicyVersion
    others = (PolicyReading,)

    def __init__(
        self, database: Database, people: PeopleService, documents: DocumentService
    ) -> None:
        super().__init__(database)
        self._people, self._documents = people, documents
        self._read: dict[int, str] = {}

    def stands(self, values: Values, around: Lookback) -> Standing:
        """In force or not."""
        return rules.policy(values, around)

    def readers(self) -> tuple[Readers, ...]:
        """Every policy in force with who must read it and who has not, by title."""
        staff = [each for each in self._people.staff() if each.here]
        versions: dict[int, list[PolicyVersion]] = defaultdict(list)
        read: dict[int, dict[int, dt.date]] = defaultdict(dict)
        with self.database.reading() as session:
            newest = select(PolicyVersion).where(PolicyVersion.archived_at.is_(None))
            for version in session.scalars(newest.order_by(PolicyVersion.day.desc())):
                versions[version.parent_id].append(version)
            done = select(PolicyReading).where(PolicyReading.archived_at.is_(None))
            for row in session.scalars(done):
                if row.person and row.day:
                    last = read[row.parent_id].get(row.person)
                    read[row.parent_id][row.person] = max(row.day, last or row.day)
            asked = select(Policy).where(Policy.archived_at.is_(None), Policy.state == "force")
            found = []
            for policy in session.scalars(asked.order_by(Policy.title)):
                roles = set(policy.readers or ())
                must = tuple(each for each in staff if _must(each, roles))
                of = versions[policy.id]
                since = next(
                    (v.day for v in of if v.read_again != "no"), of[-1].day if of else None
                )
                missing = tuple(
                    each
                    for each in must
                    if since is not None and read[policy.id].get(each.id, dt.date.min) < since
                )
                called = of[0].called if of else ""
                found.append(Readers(self._entry(policy), called or "", since, must, missing))
        return tuple(found)

    def older(self, entry: Entry) -> OlderPlaces | None:
        """Where a policy is older than the law; None for policies that are about other things.

        What counts is the document that was added last and is long enough to be a policy.
        """
        if not about_data(entry.values) or entry.values.get("ended_on") is not None:
            return None
        kept = self._documents.of_entry(self.register.key, entry.id)
        cards = sorted(kept, key=lambda card: card.id)
        texts = [self._text(card.id, card.pages) for card in cards]
        place = longest(texts, _LEAST_WORDS)
        if place is None:
            return OlderPlaces(entry, "", ())
        found = older(texts[place], entry.values.get("left_places") or ())
        return OlderPlaces(entry, cards[place].title or cards[place].name, found)

    def all_older(self) -> tuple[OlderPlaces, ...]:
        """The same for every data protection policy that is on record."""
        asked = select(Policy).where(Policy.archived_at.is_(None), Policy.kind == "data_protection")
        with self.database.reading() as session:
            entries = [self._entry(row) for row in session.scalars(asked.order_by(Policy.id))]
        found = (self.older(entry) for entry in entries)
        return tuple(each for each in found if each is not None)

    def leave(self, entry_id: int, version: int, code: str, why: str) -> Saved:
        """Notes that a place stays as it is, with the reason. Raises as ``save`` does."""
        values = self.load(entry_id).values
        left = {*(values.get("left_places") or ()), code}
        said = "\n".join(part for part in (str(values.get("left_why") or ""), why) if part)
        return self.save({"left_places": tuple(sorted(left)), "left_why": said}, entry_id, version)

    def _text(self, document_id: int, pages: int) -> str:
        """The words of a document, those of scanned pages too once they are read."""
        if document_id in self._read:
            return self._read[document_id]
        found = [self._documents.searchable(document_id, n).text() for n in range(pages)]
        text = "\n".join(found)
        if all(found):
            # The pages of a document never change; only what waits to be read may still come.
            self._read[document_id] = text
        return text

    def note_read(self, policy: int, people: tuple[int, ...], day: dt.date, how: str) -> Changes:
        """Notes that several people have read a policy, or none of them. Raises InvalidEntry."""
        readings = self.part(PolicyReading)
        with self.database.changing() as change:
            for person in people:
                values = {"person": person, "day": day, "how": how}
                readings.save_within(change, values, parent_id=policy)
            self.refresh_within(change, policy)
        return Changes(frozenset(change.touched | {(self.register.key, policy)}))


def _must(person: KnownPerson, roles: set[str]) -> bool:
    return "all" in roles or bool(roles & set(person.values.get("roles") or ()))
