"""A colleague is asked to search, is reminded, and the answer is noted; the terms are suggested."""

from __future__ import annotations

import datetime as dt
import email
import email.policy

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.requests.asking import Colleague
from dpdesk.requests.search_terms import suggested_terms
from tests.builders import a_request
from tests.papers.reading import text_of

BY = dt.date(2026, 11, 26)
OAK = Colleague("Olive Oakes", BY, "o.oakes@school.example", "Only the spring term.")


@pytest.fixture
def pupil(desk):
    return desk.people.people.save(
        {
            "kind": "pupil",
            "forename": "Ethan",
            "middle_names": "James",
            "surname": "Walker",
            "known_as": "Eddie",
            "other_names": "Ethan Ward",
            "email": "eddie@school.example",
            "admission_number": "A1234",
        }
    ).entry


@pytest.fixture
def entry(desk, pupil):
    made = a_request(
        desk,
        subject="Ethan Walker",
        subject_person=pupil.id,
        relationship="mother",
        requester="Sarah Walker",
        requester_contact="1 Sample Road, sarah.walker@mail.example",
        asked="Everything about the fall, and what Mr Stern wrote",
    )
    for place in ("AS-2026-001 Pupil files (front office)", "Class notes", "Fees"):
        desk.requests.requests.searches.save({"place": place}, parent_id=made.id)
    return desk.requests.requests.load(made.id)


def duties(desk):
    told = [duty for group in desk.overview.duties() for duty in group.duties]
    return [duty for duty in told if "search found" in duty.text]


def test_terms_are_every_name_initials_addresses_and_numbers(desk, entry):
    found = desk.requests.asking.terms(entry)
    for term in (
        "Ethan Walker",
        "Walker, Ethan",
        "Eddie Walker",
        "Ethan James Walker",
        "Ethan Ward",
        "E.W.",
        "EJW",
        "eddie@school.example",
        "sarah.walker@mail.example",
        "A1234",
    ):
        assert term in found
    assert found[0] == "Ethan Walker"
    assert len({term.casefold() for term in found}) == len(found)


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("formerly Ward", "Tom Ward"),
        ("known as Tommy", "Tommy Hill"),
        ("née Ward; Tom-Tom", "Tom Ward"),
        ("Thomas Arthur Hill", "Hill, Thomas"),
    ],
)
def test_other_names_as_they_are_typed_are_made_whole(typed, term):
    assert term in suggested_terms("Mr Tom Hill", typed)
    assert "Mr Tom Hill" not in suggested_terms("Mr Tom Hill", typed)


def test_one_name_alone_is_searched_for_as_it_stands():
    assert suggested_terms("Cher") == ("Cher",)
    assert suggested_terms("") == ()


def test_the_request_names_places_terms_and_day_but_not_who_asks_or_why(desk, entry):
    places = desk.requests.requests.searches.open_places(entry.id)[:2]
    read = text_of(desk.requests.asking.letter(entry, OAK, places, ("Ethan Walker",)).content)
    for words in (
        "Dear Olive Oakes,",
        "Pupil files (front office)",
        "Thursday 26 November 2026",
        "Only the spring term.",
        entry.reference,
    ):
        assert words in read
    for words in ("Sarah", "Stern", "AS-2026", "to be filled in", "Fees"):
        assert words not in read


def test_a_colleague_with_a_title_is_greeted_by_it(desk, entry):
    places = desk.requests.requests.searches.open_places(entry.id)[:1]
    oak = Colleague("Mrs Olive Oakes", BY)
    assert "Dear Mrs Oakes," in text_of(desk.requests.asking.letter(entry, oak, places, ()).content)


def test_the_message_goes_to_the_colleague_and_not_to_the_requester(desk, entry):
    places = desk.requests.requests.searches.open_places(entry.id)
    made = desk.requests.asking.message(entry, OAK, places, ("Ethan Walker",))
    read = email.message_from_bytes(made, policy=email.policy.default)
    assert read["To"] == "o.oakes@school.example"
    assert "Walker" not in read["Subject"]
    nobody = Colleague("Olive Oakes", BY)
    read = email.message_from_bytes(
        desk.requests.asking.message(entry, nobody, places, ()), policy=email.policy.default
    )
    assert "sarah" not in str(read["To"] or "")


def test_who_was_asked_is_a_duty_until_the_result_is_noted(desk, entry):
    places = desk.requests.requests.searches.open_places(entry.id)
    desk.requests.asking.record(OAK, places[:2])
    (duty,) = duties(desk)
    assert duty.due == BY
    assert duty.text == "Ask Olive Oakes what the search found (2 places): Ethan Walker"
    (awaited,) = desk.requests.asking.awaited(entry.id)
    assert (awaited.name, awaited.answer_by, len(awaited.places)) == ("Olive Oakes", BY, 2)

    values = {"found": "no", "by_whom": "Olive Oakes", "answer": "Looked on Monday."}
    desk.requests.requests.searches.record_together(awaited.places, values)
    assert duties(desk) == []
    assert desk.requests.asking.awaited(entry.id) == ()
    assert len(desk.requests.requests.searches.open_places(entry.id)) == 1


def test_a_closed_request_reminds_of_nobody(desk, entry):
    desk.requests.asking.record(OAK, desk.requests.requests.searches.open_places(entry.id))
    now = desk.requests.requests.load(entry.id)
    desk.requests.requests.save(
        {"closed": dt.date(2026, 11, 20), "outcome": "withdrawn"}, now.id, now.version
    )
    assert duties(desk) == []


def test_an_answer_wanted_before_it_was_asked_for_is_refused(desk, entry):
    early = Colleague("Olive Oakes", dt.date(2026, 11, 19))
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.asking.record(early, desk.requests.requests.searches.open_places(entry.id))
    assert set(caught.value.problems) == {"answer_by"}
    assert desk.requests.asking.awaited(entry.id) == ()


def test_the_address_of_a_colleague_comes_from_the_register_if_only_one_is_so_called(desk):
    staff = {"kind": "staff", "forename": "Olive", "surname": "Oakes"}
    desk.people.people.save({**staff, "email": "o.oakes@school.example"})
    assert desk.requests.asking.mail_of("Olive Oakes") == "o.oakes@school.example"
    desk.people.people.save({**staff, "email": "olive2@school.example"})
    assert desk.requests.asking.mail_of("Olive Oakes") == ""
    assert desk.requests.asking.mail_of("") == ""


def test_an_answer_says_that_places_are_left(desk, entry):
    warnings = desk.requests.letters.write("response", entry).warnings
    assert any("3 places still listed without a result" in each for each in warnings)


def test_the_places_of_a_pupil_are_listed_where_a_mother_asks_and_no_more_is_known(desk):
    asked = {"subject_kind": None, "relationship": "mother", "requester": "Sarah Walker"}
    entry = a_request(desk, subject="Ethan Walker", **asked)
    desk.requests.requests.start_searches(entry.id)
    places = {p.values["place"] for p in desk.requests.requests.searches.parts(entry.id)}
    assert "Pupil file on paper" in places
    nobody = a_request(desk, subject="Kim Dummy", subject_kind=None)
    desk.requests.requests.start_searches(nobody.id)
    places = {p.values["place"] for p in desk.requests.requests.searches.parts(nobody.id)}
    assert "Pupil file on paper" not in places
