"""A withdrawal of consent is not closed and forgotten: it is recorded where consent was given."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from tests.builders import a_request

RECEIVED, CLOSED = dt.date(2026, 11, 10), dt.date(2026, 11, 12)


@pytest.fixture
def pupil(desk):
    values = {"kind": "pupil", "surname": "Sample", "forename": "Robin", "known_as": "Rob"}
    return desk.people.people.save(values).entry


@pytest.fixture
def record(desk, pupil):
    desk.consents.uses.save({"name": "Website", "place": "online", "words": "On our website."})
    use = desk.consents.uses.called("Website")

    def say(answer, day):
        values = {"pupil": pupil.id, "use": use.id, "answer": answer, "asked_on": day}
        return desk.consents.consents.save({**values, "how": "email"}).entry

    return say


def withdrawal(desk, **values):
    answers = {"kind": "withdrawal", "subject": "Rob Sample", "received": RECEIVED, **values}
    return a_request(desk, **answers)


def close(desk, entry, **values):
    return desk.requests.requests.save({"closed": CLOSED, **values}, entry.id, entry.version).entry


@pytest.mark.parametrize("linked", [True, False])
def test_it_is_not_closed_with_nothing_recorded_under_consents(desk, pupil, record, linked):
    entry = withdrawal(desk, **({"subject_person": pupil.id} if linked else {}))
    with pytest.raises(InvalidEntry) as caught:
        close(desk, entry)
    assert "under Consents" in caught.value.problems["unrecorded_why"]
    record("withdrawn", RECEIVED)
    assert close(desk, entry).state == "closed"


def test_one_that_was_about_something_else_says_so(desk, pupil):
    entry = withdrawal(desk, subject_person=pupil.id)
    assert close(desk, entry, unrecorded_why="About the newsletter only.").state == "closed"


def test_an_older_refusal_and_that_of_another_pupil_do_not_count(desk, pupil, record):
    record("refused", RECEIVED - dt.timedelta(days=40))
    other = desk.people.people.save({"kind": "pupil", "surname": "Muster", "forename": "Kim"}).entry
    for entry in (withdrawal(desk), withdrawal(desk, subject="Kim M", subject_person=other.id)):
        record("withdrawn", RECEIVED - dt.timedelta(days=30))
        with pytest.raises(InvalidEntry):
            close(desk, entry)


def test_closed_at_once_as_it_is_logged_it_is_asked_for_too(desk):
    with pytest.raises(InvalidEntry):
        withdrawal(desk, closed=CLOSED)


def test_one_that_they_took_back_themselves_asks_for_nothing(desk, pupil):
    entry = withdrawal(desk, subject_person=pupil.id)
    assert close(desk, entry, outcome="withdrawn").state == "closed"
