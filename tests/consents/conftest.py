"""Consents of the tests; everybody is invented, and plainly so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from dpdesk.consents.room import ConsentsRoom
from dpdesk.consents.service import ConsentService
from dpdesk.registers.entries import Entry
from tests.people.conftest import belongs, people, person

__all__ = ["belongs", "people", "person"]

DAY = dt.timedelta(days=1)


@pytest.fixture
def room(desk) -> ConsentsRoom:
    return desk.consents


@pytest.fixture
def consents(room) -> ConsentService:
    return room.consents


@pytest.fixture
def website(room) -> Entry:
    """The use "Website"."""
    return room.uses.save(
        {"name": "Website", "place": "online", "words": "Online, on the school website."}
    ).entry


@dataclass(frozen=True)
class Family:
    """A pupil of 4B, and two parents with parental responsibility."""

    pupil: Entry
    mother: Entry
    father: Entry


@pytest.fixture
def family(person, belongs) -> Callable[..., Family]:
    """Makes families; ``more`` is of the pupil."""

    def make(surname: str = "Ward", forename: str = "Ana", **more: Any) -> Family:
        pupil = person(surname, forename, **{"form": "4B", "year_group": "4", **more})
        mother = person(surname, f"Jo {forename}", kind="parent")
        father = person(surname, f"Sam {forename}", kind="parent")
        belongs(pupil, mother, priority=1)
        belongs(pupil, father, priority=2, relationship="father")
        return Family(pupil, mother, father)

    return make


@pytest.fixture
def say(consents, website) -> Callable[..., Entry]:
    """Records an answer on paper, of today, to the use "Website" unless said otherwise."""

    def record(pupil: Entry, answer: str, by: Entry | None, **more: Any) -> Entry:
        values = {
            "pupil": pupil.id,
            "use": website.id,
            "answer": answer,
            "by_whom": by.id if by is not None else None,
            "asked_on": consents.today(),
            "how": "paper",
            **more,
        }
        return consents.save(values).entry

    return record
