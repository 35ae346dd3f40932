"""People of the tests: invented, and plainly so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dpdesk.people.service import PeopleService
from dpdesk.registers.entries import Entry


@pytest.fixture
def people(desk) -> PeopleService:
    return desk.people.people


@pytest.fixture
def person(people) -> Callable[..., Entry]:
    """Makes a person; a pupil unless ``kind`` says otherwise."""

    def make(surname: str = "Sample", forename: str = "Robin", **more: Any) -> Entry:
        values = {"kind": "pupil", "surname": surname, "forename": forename, **more}
        return people.save(values).entry

    return make


@pytest.fixture
def belongs(people) -> Callable[..., Entry]:
    """Says that an adult belongs to a pupil; with parental responsibility unless said otherwise."""

    def join(pupil: Entry, adult: Entry, **more: Any) -> Entry:
        values = {"adult": adult.id, "relationship": "mother", "responsible": "yes", **more}
        return people.relationships.save(values, parent_id=pupil.id).entry

    return join


@pytest.fixture
def importing(desk):
    return desk.people.importing


@pytest.fixture
def bring(importing):
    def bring_in(content, name="list.csv"):
        found = content.encode() if isinstance(content, str) else content
        plan = importing.plan(importing.read(name, found))
        importing.accept(plan)
        return plan

    return bring_in
