"""Asking a colleague to search: the request in writing, and who has not answered yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dpdesk.law.salutations import salutation_of
from dpdesk.papers.letters import Letter, Written
from dpdesk.registers.entries import Entry, Saved
from dpdesk.requests.letter_facts import LetterFacts
from dpdesk.requests.letters import lines
from dpdesk.requests.search_terms import suggested_terms
from dpdesk.requests.service import RequestService

_TEMPLATE: Final = "search_request"
_REFERENCE: Final = re.compile(r"^AS-\d{4}-\d+\s+")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who is asked to search, by when they should answer, and what else they should know."""

    name: str
    answer_by: dt.date
    mail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A colleague who was asked and has not answered for all places."""

    name: str
    answer_by: dt.date | None
    places: tuple[Entry, ...]


class SearchAsking:
    """Writes to colleagues, and keeps whom an answer is awaited from."""

    def __init__(self, requests: RequestService) -> None:
        self._requests = requests
        self._facts = LetterFacts(requests)

    def terms(self, entry: Entry) -> tuple[str, ...]:
        """What to search for, from what is known of the data subject."""
        values, people = entry.values, self._requests.people
        person, asker = values.get("subject_person"), values.get("requester_person")
        mails = [str(values.get("requester_contact") or "")]
        if people is not None:
            mails += [*people.addresses(person), *people.addresses(asker)]
        return suggested_terms(
            str(values.get("subject") or ""),
            str(values.get("other_names") or ""),
            people.names(person) if people is not None else (),
            mails,
            people.numbers(person) if people is not None else (),
        )

    def usual_day(self) -> dt.date:
        """By when an answer is wanted unless somebody says otherwise; a working day."""
        wait = dt.timedelta(days=self._requests.settings.targets().remind_days)
        return self._requests.school.calendar().roll_forward(self._requests.today() + wait)

    def mail_of(self, name: str) -> str:
        """The e-mail address of a member of staff so called; empty where nobody or two are."""
        people = self._requests.people
        found = people.staff_mails(name) if people is not None and name.strip() else ()
        return found[0] if len(found) == 1 else ""

    def letter(
        self, entry: Entry, whom: Colleague, places: Sequence[Entry], terms: Sequence[str]
    ) -> Letter:
        """The request to a colleague as it prints."""
        return self._written(entry, whom, places, terms).printed()

    def message(
        self, entry: Entry, whom: Colleague, places: Sequence[Entry], terms: Sequence[str]
    ) -> bytes:
        """The same as a message that the mail program opens, not sent yet."""
        return self._written(entry, whom, places, terms).message(to=whom.mail)

    def record(self, whom: Colleague, places: Sequence[Entry]) -> tuple[Saved, ...]:
        """Notes with the places who was asked and by when an answer is wanted.

        Raises InvalidEntry, StaleEntry.
        """
        return self._requests.searches.record_together(
            places,
            {
                "asked_whom": whom.name,
                "asked_on": self._requests.today(),
                "answer_by": whom.answer_by,
            },
        )

    def awaited(self, entry_id: int) -> tuple[Awaited, ...]:
        """The colleagues of a request who have not answered, in the order of the days."""
        found: dict[tuple[str, dt.date | None], list[Entry]] = {}
        for part in self._requests.searches.open_places(entry_id):
            if name := part.values.get("asked_whom"):
                found.setdefault((str(name), part.values.get("answer_by")), []).append(part)
        waiting = (Awaited(name, day, tuple(parts)) for (name, day), parts in found.items())
        return tuple(sorted(waiting, key=lambda each: (each.answer_by or dt.date.max, each.name)))

    def _written(
        self, entry: Entry, whom: Colleague, places: Sequence[Entry], terms: Sequence[str]
    ) -> Written:
        values = entry.values
        envelope = replace(
            self._facts.envelope(),
            recipient=whom.name,
            recipient_address=(),
            reference=entry.reference,
            salutation=salutation_of(whom.name),
        )
        return Written(
            _TEMPLATE,
            envelope,
            {
                "name": str(values.get("subject") or ""),
                "places": tuple(
                    _REFERENCE.sub("", str(part.values["place"]).strip()) for part in places
                ),
                "search terms": tuple(terms),
                "period": " ".join(lines(values.get("period"))),
                "answer by": whom.answer_by,
                "note": " ".join(lines(whom.note)),
            },
        )
