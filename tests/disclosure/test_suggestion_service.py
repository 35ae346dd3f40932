"""Suggestions are kept, accepted and rejected; what was decided holds when sought again."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure.candidates import PartyStanding
from dpdesk.disclosure.suggested import PlaceState
from dpdesk.errors import Cancelled
from tests.builders import a_pdf, a_request

FIRST = "Harry Smith hit Robin Example.\nHarry was sorry. Ring 07700 900123"
SECOND = "Harry Smith rang. Grace came"


@pytest.fixture
def entry(desk):
    people = desk.people.people
    people.save({"kind": "pupil", "surname": "Example", "forename": "Robin"})
    people.save({"kind": "pupil", "surname": "Smith", "forename": "Harry", "year_group": "5"})
    people.save({"kind": "pupil", "surname": "Young", "forename": "Grace"})
    people.save({"kind": "staff", "surname": "Brown", "forename": "Linda"})
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "one.pdf", a_pdf(FIRST, "Mrs Brown saw Robin"))
    return entry


@pytest.fixture
def service(desk):
    return desk.disclosure.suggestions


def _texts(places) -> list[str]:
    return [place.candidate.text for place in places]


def _of(found, label):
    key = next(key for key, group in found.groups.items() if group.label.startswith(label))
    return found.by_group[key], key


def test_nothing_is_marked_by_seeking_and_what_was_found_is_kept(desk, entry, service):
    assert service.look(entry.id) is None
    found = service.seek(entry.id)
    assert _texts(found.open) == ["Harry Smith", "Harry", "07700 900123"]
    assert found.kept(PartyStanding.STAFF) == 1
    assert sum(page.marks for page in desk.disclosure.review.pages("requests", entry.id)) == 0
    again = type(service)(
        desk.ground, desk.requests.requests, desk.people.people, desk.disclosure.review
    )
    assert again.look(entry.id) == found


def test_what_is_accepted_is_marked_and_undone_it_waits_again(desk, entry, service):
    found = service.seek(entry.id)
    places, _ = _of(found, "Harry Smith")
    done = service.accept(entry.id, places)
    assert (len(done.made), done.places) == (2, 2)
    marks = desk.disclosure.review.marks(places[0].candidate.document_id, 0)
    assert [(mark.words, mark.code) for mark in marks] == [
        ("Harry Smith", "TP-16"), ("Harry", "TP-16"),
    ]  # fmt: skip
    assert _texts(service.look(entry.id).open) == ["07700 900123"]
    desk.disclosure.review.undo(done)
    assert len(service.look(entry.id).open) == 3


def test_a_mark_made_by_hand_answers_a_suggestion(desk, entry, service):
    place = service.seek(entry.id).open[0].candidate
    desk.disclosure.review.mark_words(place.document_id, 0, place.indexes, "TP-16")
    assert _texts(service.look(entry.id).open) == ["Harry", "07700 900123"]


def test_rejected_stays_rejected_when_documents_are_added(desk, entry, service):
    found = service.seek(entry.id)
    places, key = _of(found, "Harry Smith")
    done = service.reject(entry.id, places, key)
    desk.documents.add("requests", entry.id, "two.pdf", a_pdf(SECOND))
    assert not service.look(entry.id).fresh
    later = service.seek(entry.id)
    assert later.fresh
    assert _texts(later.open) == ["07700 900123"]
    assert _texts(later.doubtful) == ["Grace"]
    desk.disclosure.review.undo(done)
    assert len(service.look(entry.id).open) == 4


def test_one_rejected_place_stays_so_when_it_is_known_who_is_meant(desk, entry, service):
    lone = desk.documents.add("requests", entry.id, "lone.pdf", a_pdf("then Grace left")).id
    found = service.seek(entry.id)
    service.reject(entry.id, [p for p in found.places if p.candidate.document_id == lone])
    desk.documents.add("requests", entry.id, "three.pdf", a_pdf("Grace Young and Grace left"))
    found = service.seek(entry.id)
    assert _texts(found.open)[-2:] == ["Grace Young", "Grace"]
    assert {place.state for place in found.places if place.candidate.document_id == lone} == {
        PlaceState.REJECTED
    }


def test_staff_are_proposed_where_somebody_wants_it(desk, entry, service):
    service.seek(entry.id)
    done = service.want(entry.id, standing=PartyStanding.STAFF)
    assert "Brown" in _texts(service.look(entry.id).open)
    desk.disclosure.review.undo(done)
    assert "Brown" not in _texts(service.look(entry.id).open)


def test_a_page_left_out_leaves_nothing_open(desk, entry, service):
    found = service.seek(entry.id)
    document = found.open[0].candidate.document_id
    desk.disclosure.review.withhold([(document, 0)], "TP-16")
    assert service.look(entry.id).open == ()


def test_a_person_who_becomes_known_makes_what_was_found_stale(desk, entry, service):
    service.seek(entry.id)
    assert service.look(entry.id).fresh
    desk.people.people.save({"kind": "pupil", "surname": "Zajac", "forename": "Ola"})
    assert not service.look(entry.id).fresh


def test_seeking_can_be_stopped_and_then_changes_nothing(entry, service):
    def stop(done, _whole):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        service.seek(entry.id, step=stop)
    assert service.look(entry.id) is None


def test_a_mark_is_lifted_from_all_places_at_once(desk, entry, service):
    review = desk.disclosure.review
    service.accept(entry.id, service.seek(entry.id).open)
    document = service.look(entry.id).places[0].candidate.document_id
    marks = {mark.words: mark.id for mark in review.marks(document, 0)}
    assert review.alike(marks["Harry"]) == (marks["Harry"],)
    desk.documents.add("requests", entry.id, "two.pdf", a_pdf(SECOND))
    found = service.seek(entry.id)
    service.accept(entry.id, found.open)
    alike = review.alike(marks["Harry Smith"])
    assert len(alike) == 2
    done = service.lift(entry.id, alike)
    assert "Harry Smith" not in _texts(service.look(entry.id).open)
    review.undo(done)
    assert {place.state for place in service.look(entry.id).places if place.number == 3} == {
        PlaceState.MARKED, PlaceState.OPEN
    }  # fmt: skip


def test_what_was_proposed_and_left_open_is_told_and_no_more(desk, entry, service):
    assert not service.told(entry.id).good
    found = service.seek(entry.id)
    told = service.told(entry.id)
    assert (told.sentence, told.first) == ("3 places proposed: 3 left open.", 1)
    service.accept(entry.id, found.open[:1])
    service.reject(entry.id, found.open[1:])
    told = service.told(entry.id)
    assert (told.sentence, told.good) == ("3 places proposed: 1 marked and 2 rejected.", True)
    desk.documents.add("requests", entry.id, "two.pdf", a_pdf(SECOND))
    assert "have changed" in service.told(entry.id).sentence


def test_a_release_keeps_what_was_proposed_and_left_open(desk, entry, service):
    service.accept(entry.id, service.seek(entry.id).open[:1])
    card = desk.disclosure.releases.release(entry.id)
    assert card.proposed == "3 places proposed: 1 marked and 2 left open."
    sealed = desk.disclosure.releases.content(card.id, "sealed")
    words = " ".join(pdfium.PdfDocument(sealed)[0].get_textpage().get_text_range().split())
    assert card.proposed in words
    schedule = desk.disclosure.releases.content(card.id, "schedule")
    assert "left open" not in pdfium.PdfDocument(schedule)[0].get_textpage().get_text_range()


def test_how_often_the_data_subject_is_named_is_counted_by_document(desk, entry, service):
    desk.documents.add("requests", entry.id, "two.pdf", a_pdf("nobody of that name"))
    found = service.seek(entry.id)
    assert list(found.about.values()) == [2]
