"""Many entries made at once are what they would be, had each been saved by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry, NotFound
from dpdesk.registers.many import add_many

PEOPLE = (
    {"kind": "pupil", "surname": " Ward ", "forename": "Ana", "born": dt.date(2015, 3, 2)},
    {"kind": "staff", "surname": "Reed", "forename": "Noor", "roles": ["teachers"], "post": ""},
)


def made(service, many, parents=()):
    with service.database.changing() as change:
        return add_many(service, change, many, parents)


def shown(entry):
    return entry.title, entry.state, entry.version, dict(entry.values)


def test_they_are_as_if_each_had_been_saved_by_hand(desk):
    people = desk.people.people
    by_hand = [people.save(each).entry for each in PEOPLE]
    at_once = [people.load(number) for number in made(people, PEOPLE)]
    assert [shown(each) for each in at_once] == [shown(each) for each in by_hand]
    assert [each.reference[-3:] for each in (*by_hand, *at_once)] == ["001", "002", "003", "004"]
    assert people.save(PEOPLE[0]).entry.reference.endswith("005")
    told = [[(line.label, line.new) for line in people.history(e.id)] for e in (*by_hand, *at_once)]
    assert [line[:-1] for line in told[:2]] == [line[:-1] for line in told[2:]]


def test_parts_are_counted_on_within_each_entry(desk):
    people = desk.people.people
    one, two, adult = (people.save(PEOPLE[0]).entry for _ in range(3))
    contacts, values = people.relationships, {"adult": adult.id, "relationship": "mother"}
    first = contacts.save(values, parent_id=one.id).entry
    numbers = made(contacts, [values] * 3, [one.id, two.id, one.id])
    references = [contacts.load(number).reference for number in (first.id, *numbers)]
    assert [each.rpartition("-")[2] for each in references] == ["1", "2", "1", "3"]
    assert contacts.load(numbers[0]).title == first.title


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "pupil"}, "Row 2: “Surname” needs an answer."),
        ({"kind": "ghost", "surname": "Ward"}, "Row 2: .*choose one"),
        ({"kind": "pupil", "surname": "Ward", "upn": "X1"}, "Row 2:"),
    ],
)
def test_one_that_cannot_be_is_named_by_its_row_and_none_is_made(desk, wrong, said):
    people = desk.people.people
    with pytest.raises(InvalidEntry, match=said):
        made(people, [PEOPLE[0], wrong])
    assert people.known() == ()


def test_what_belongs_to_nobody_is_refused(desk):
    people = desk.people.people
    adult = people.save(PEOPLE[0]).entry
    with pytest.raises(NotFound):
        made(people.relationships, [{"adult": adult.id}], [adult.id + 9])
    with pytest.raises(InvalidEntry, match="no longer exists"):
        made(people.relationships, [{"adult": adult.id + 9}], [adult.id])
