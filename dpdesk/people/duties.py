"""The four answers of the register of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from dpdesk.law.words import count, long_date
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.people.training_service import TrainingService
from dpdesk.registers.duties import Answers, Duty, Evidence, Finding, Measure
from dpdesk.registers.entries import Query


class PeopleAnswers(Answers):
    """What is missing about people."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def findings(self) -> Iterator[Finding]:
        """Nobody is on record."""
        counts = self._people.counts()
        if not counts["all"]:
            yield Finding.nothing(
                "No pupils, parents or staff are on record yet", "people", "Policy 12.2"
            )


_AHEAD = dt.timedelta(days=42)
"""How long before the last day of a training it is said that it must be done again."""


def _called(people: Sequence[KnownPerson]) -> str:
    return people[0].name if len(people) == 1 else f"{len(people)} members of staff"


class TrainingAnswers(Answers):
    """What must be done about training, and what proves that it is."""

    def __init__(self, training: TrainingService) -> None:
        self._training = training

    def duties(self) -> Iterator[Duty]:
        """A course that somebody still must do, or must do again before long."""
        today = self._training.today()
        for each in self._training.standing():
            if ending := each.ending(today + _AHEAD):
                who = _called([person for person, _ in ending])
                text = f"{each.course}: {who} to do it again"
                yield Duty(text, ending[0][1], "", "courses", each.course_id)
            if each.must and each.missing:
                text = f"{each.course}: {_called(each.missing)} still to do it"
                yield Duty(text, None, "", "courses", each.course_id)

    def findings(self) -> Iterator[Finding]:
        """Nobody has been trained."""
        if not self._training.counts()["all"]:
            yield Finding.nothing(
                "No data protection training is on record", "training", "Policy 2.3; 16.7"
            )

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """The share of staff whose training counts today, over all courses and by role."""
        standing = self._training.standing()
        must = sum(len(each.must) for each in standing)
        if must:
            done = must - sum(len(each.missing) for each in standing)
            yield Measure("of required training up to date", round(100 * done / must), "%")
        roles: dict[str, list[int]] = {}
        for role in (role for each in standing for role in each.by_role()):
            done, must = roles.setdefault(role.label, [0, 0])
            roles[role.label] = [done + role.done, must + role.must]
        for label, (done, must) in roles.items() if len(roles) > 1 else ():
            text = f"of required training up to date: {label[:1].lower()}{label[1:]}"
            yield Measure(text, round(100 * done / must), "%")

    def evidence(self) -> Iterator[Evidence]:
        """The register proves that staff attend regular training."""
        listing = self._training.listing(Query(sort="-done_on"))
        references = tuple(str(listing.raw(row, 0)) for row in range(len(listing.rows)))
        if references:
            today = long_date(self._training.today())
            told = f"{count(len(references), 'record')} of training by {today}"
            yield Evidence("2.3", told, references)
            yield Evidence("4.6(m)", told, references)
