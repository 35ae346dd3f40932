"""The four answers of the register of people."""

from __future__ import annotations

from collections.abc import Iterator

from dpdesk.people.service import PeopleService
from dpdesk.registers.duties import Answers, Finding


class PeopleAnswers(Answers):
    """What is missing about people."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def findings(self) -> Iterator[Finding]:
        """Nobody is on record; or somebody for whom care is needed has no word on what to do."""
        counts = self._people.counts()
        if not counts["all"]:
            yield Finding.nothing(
                "No pupils, parents or staff are on record yet", "people", "Policy 12.2"
            )
