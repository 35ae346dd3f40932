"""Who asks and whether they may: nothing goes out before that is settled."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.requests.readiness import open_points
from tests.builders import a_request

DAY = dt.date(2026, 11, 5)
SETTLED = {
    "relationship": "mother",
    "subject_kind": "pupil",
    "identity_documents": ("passport",),
    "responsibility": "yes",
    "responsibility_evidence": "birth_certificate",
    "capacity": "no",
}


def fields(**values):
    return [point.field for point in open_points({"kind": "access", **SETTLED, **values}, DAY)]


@pytest.mark.parametrize(
    ("values", "open_ones"),
    [
        ({}, []),
        ({"identity_documents": None}, ["identity_documents"]),
        ({"relationship": None, "subject_kind": None}, ["relationship"]),
        ({"identity_needed": "yes"}, ["identity_received"]),
        ({"responsibility": None}, ["responsibility"]),
        ({"responsibility": "no"}, ["responsibility"]),
        ({"responsibility": "no", "authority_seen": DAY}, []),
        ({"responsibility_evidence": None}, ["responsibility_evidence"]),
        ({"relationship": "solicitor", "responsibility": None}, ["authority_seen"]),
        ({"relationship": "solicitor", "responsibility": None, "authority_seen": DAY}, []),
        ({"relationship": "guardian", "responsibility": None}, ["order_seen"]),
        ({"court_orders": "yes"}, ["order_seen"]),
        ({"court_orders": "yes", "order_seen": DAY}, []),
        ({"capacity": None}, ["capacity"]),
        ({"capacity": "yes"}, ["child_agrees"]),
        ({"capacity": "yes", "child_agrees": "no"}, ["child_agrees"]),
        ({"capacity": "yes", "child_agrees": "yes"}, []),
        ({"relationship": "self", "capacity": "no"}, ["capacity"]),
        ({"relationship": "self", "capacity": "yes"}, []),
        ({"relationship": "mother", "subject_kind": "staff", "responsibility": None},
         ["authority_seen"]),
        # The right to the educational record is the parent's own, whatever the child says.
        ({"kind": "educational_record", "capacity": "yes", "child_agrees": "no"}, ["parent_1996"]),
        ({"kind": "educational_record", "parent_1996": "yes", "capacity": "yes"}, []),
        ({"kind": "complaint", "identity_documents": None}, []),
    ],
)  # fmt: skip
def test_what_is_still_open_before_anything_is_given(values, open_ones):
    assert fields(**values) == open_ones


def save(desk, entry, **values):
    return desk.requests.requests.save(values, entry.id, entry.version).entry


def test_it_cannot_be_marked_ready_while_something_is_open_unless_somebody_says_why(desk):
    entry = a_request(desk, **{**SETTLED, "responsibility": None})
    with pytest.raises(InvalidEntry) as caught:
        save(desk, entry, ready_on=DAY)
    assert "Parental responsibility is not established" in caught.value.problems["ready_on"]
    entry = save(desk, entry, ready_on=DAY, ready_why="The court sent us the order by itself.")
    assert entry.values["ready_on"] == DAY
    # What was marked once can still be worked on.
    assert save(desk, entry, notes="Collected on Friday").values["notes"]


def test_nothing_is_handed_over_while_it_is_open_who_asks(desk):
    entry = a_request(desk, **{**SETTLED, "identity_documents": None})
    given = {"given_on": DAY, "how": "collected", "to_whom": "Mary Example"}
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.handovers.save(given, parent_id=entry.id)
    assert "Identity has not been checked" in caught.value.problems["to_whom"]
    save(desk, entry, identity_documents=("known",))
    assert desk.requests.requests.handovers.save(given, parent_id=entry.id).entry.id


def test_proof_of_identity_cannot_arrive_before_the_request(desk):
    with pytest.raises(InvalidEntry) as caught:
        a_request(desk, identity_needed="yes", identity_received=dt.date(2026, 11, 1))
    assert "before the day" in caught.value.problems["identity_received"]


def test_closing_with_places_left_asks_why(desk):
    entry = a_request(desk)
    desk.requests.requests.searches.save({"place": "Pupil file"}, parent_id=entry.id)
    entry = desk.requests.requests.load(entry.id)
    with pytest.raises(InvalidEntry) as caught:
        save(desk, entry, closed=DAY, outcome="given")
    assert "1 place still listed" in caught.value.problems["unsearched_why"]
    entry = save(desk, entry, closed=DAY, outcome="given", unsearched_why="Burnt in 2019.")
    assert save(desk, entry, unsearched_why=None).state == "closed"


def test_what_is_refused_or_withdrawn_needs_no_search(desk):
    entry = a_request(desk)
    desk.requests.requests.searches.save({"place": "Pupil file"}, parent_id=entry.id)
    entry = desk.requests.requests.load(entry.id)
    assert save(desk, entry, closed=DAY, outcome="withdrawn").state == "closed"


def test_the_same_asked_twice_is_said_with_the_rule(desk, clock):
    clock.on(dt.date(2026, 12, 10))
    first = a_request(desk, requester="Mary Example", **SETTLED)
    second = a_request(desk, requester="mary EXAMPLE", received=dt.date(2026, 12, 1), **SETTLED)
    other = a_request(desk, kind="erasure", requester="Mary Example", **SETTLED)
    requests = desk.requests.requests
    assert f"({first.reference}), and that is still open" in requests.asked_before(second)
    assert not requests.asked_before(first)
    assert not requests.asked_before(other)
    save(desk, first, closed=dt.date(2026, 11, 20), outcome="given")
    assert "Art 12(5)" in requests.asked_before(requests.load(second.id))


def test_a_late_notice_of_more_time_is_told_with_the_rule(desk, clock):
    clock.on(dt.date(2027, 1, 10))
    entry = a_request(desk, extension_reason="complex", extended=dt.date(2026, 12, 20))
    assert entry.due == "2026-12-02"
    assert any("Art 12A(4)" in said for said in desk.requests.requests.cautions(entry))


# ------------------------------------------------------------------------------ people on record


def a_family(desk, **more):
    people = desk.people.people
    pupil = people.save(
        {
            "kind": "pupil", "surname": "Example", "forename": "Robin", "year_group": "5",
            "other_names": "Sample", **more,
        }
    ).entry  # fmt: skip
    mother = people.save({"kind": "parent", "surname": "Example", "forename": "Mary"}).entry
    people.relationships.save(
        {"adult": mother.id, "relationship": "mother", "responsible": "yes"}, parent_id=pupil.id
    )
    return pupil, mother


def test_people_on_record_are_offered_by_name_and_what_was_typed_stays(desk):
    pupil, mother = a_family(desk)
    entry = a_request(desk, requester="Mary Example", **SETTLED)
    offered = desk.requests.requests.people.roles(entry)
    assert [[each.id for each in role.offered] for role in offered] == [[pupil.id], [mother.id]]
    entry = save(desk, entry, subject_person=pupil.id, requester_person=mother.id)
    subject, requester = desk.requests.requests.people.roles(entry)
    assert subject.linked.detail == "Pupil, Year 5"
    assert requester.relation == "Mother. Parental responsibility: yes."
    assert entry.values["subject"] == "Robin Example"


def test_what_to_mind_about_them_is_said_on_the_request(desk):
    pupil, _ = a_family(
        desk, court_order="yes", care_note="Ask the head first", competent="yes",
    )  # fmt: skip
    entry = save(desk, a_request(desk), subject_person=pupil.id)
    said = " ".join(desk.requests.requests.cautions(entry))
    assert "Robin Example: There is a court order" in said
    assert "Ask the head first." in said
    assert "old enough to decide alone" in said


def test_records_under_every_name_of_a_linked_person_are_held(desk):
    pupil, _ = a_family(desk)
    entry = save(desk, a_request(desk), subject_person=pupil.id)
    with desk.workspace.database.reading() as session:
        (touch,) = desk.requests.requests.touches_within(session, entry.id)
        (of_all,) = desk.requests.requests.touches_within(session)
    assert "Sample Example" in touch.names
    assert touch.names == of_all.names
