"""The door to policies: which version is in force, who must read it, and who has."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from dpdesk.assurance import rules
from dpdesk.assurance.coming_up import ComingUp, Lookback, Standing
from dpdesk.assurance.policy_records import Policy, PolicyReading, PolicyVersion
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.store.database import Database


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

    def __init__(self, database: Database, people: PeopleService) -> None:
        super().__init__(database)
        self._people = people

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
