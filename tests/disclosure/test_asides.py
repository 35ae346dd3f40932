"""What is set aside leaves the bundle and the review, and counts nowhere as withheld."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure.asides import AsidePlace
from dpdesk.errors import DpdeskError, NotFound
from tests.builders import a_pdf, a_request
from tests.disclosure.mails import a_mail

TEXTS = ("Robin Example was late", "Lunch menu for the week", "Robin Example went home")


@pytest.fixture
def entry(desk):
    entry = a_request(desk)
    for number, text in enumerate(TEXTS, 1):
        desk.documents.add("requests", entry.id, f"{number}.pdf", a_pdf(text, f"Sheet {number}"))
    return entry


@pytest.fixture
def asides(desk):
    return desk.disclosure.asides


def _ids(desk, entry) -> list[int]:
    return [card.id for card in desk.documents.of_entry("requests", entry.id)]


def _pages(desk, entry) -> list[tuple[int, int]]:
    pages = desk.disclosure.review.pages("requests", entry.id)
    return [(page.document_id, page.page) for page in pages]


def _gone(asides, entry):
    """Without what is told of the sheets because they say something else than each other."""
    return tuple(each for each in asides.copies_gone(entry.id) if each.why != "differs")


def _words(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join("\n".join(texts).split())


def test_a_document_set_aside_needs_no_review_and_comes_back_as_it_was(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    desk.disclosure.review.set_reviewed(two, 0)
    done = asides.set_aside(entry.id, [AsidePlace(two)], "not-about")
    assert done.told == "1 document set aside: not about this person."
    assert _pages(desk, entry) == [(one, 0), (one, 1), (three, 0), (three, 1)]
    assert desk.disclosure.review.progress("requests", entry.id).pages == 4
    asides.take_back(entry.id, [AsidePlace(two)])
    pages = desk.disclosure.review.pages("requests", entry.id)
    assert [page.reviewed for page in pages] == [False, False, True, False, False, False]


def test_undoing_and_doing_again_are_the_way_back(desk, entry, asides):
    two = _ids(desk, entry)[1]
    done = asides.set_aside(entry.id, [AsidePlace(two)], "not-about")
    undone = desk.disclosure.review.undo(done)
    assert len(_pages(desk, entry)) == 6
    desk.disclosure.review.undo(undone)
    assert len(_pages(desk, entry)) == 4


def test_another_reason_takes_the_place_of_the_first(desk, entry, asides):
    two = AsidePlace(_ids(desk, entry)[1])
    first = asides.set_aside(entry.id, [AsidePlace(two.document_id, 1)], "not-about")
    second = asides.set_aside(entry.id, [two], "dates")
    now = asides.of_entry(entry.id)
    assert (list(now.whole), dict(now.pages)) == ([two.document_id], {})
    desk.disclosure.review.undo(second)
    assert asides.of_entry(entry.id).pages[(two.document_id, 1)].id == first.aside[0]


def test_the_bundle_holds_nothing_of_it_and_counts_nothing_of_it_as_withheld(desk, entry, asides):
    _one, two, three = _ids(desk, entry)
    asides.set_aside(entry.id, [AsidePlace(two), AsidePlace(three, 0)], "not-about")
    release = desk.disclosure.releases.release(entry.id)
    assert (release.pages, release.withheld, release.marks) == (3, 0, 0)
    words = _words(desk.disclosure.releases.content(release.id))
    assert "Lunch" not in words
    assert "went home" not in words
    assert "Sheet 3" in words
    # The numbers of the documents stay those of the list, so that letter and list can be compared.
    assert "Document 3" in words
    assert "Document 2" not in words


def test_a_page_of_the_middle_parts_words_that_would_go_on_over_it(desk, entry, asides):
    content = a_pdf("He met Robin", "Something else", "Example there")
    card = desk.documents.add("requests", entry.id, "long.pdf", content)
    asides.set_aside(entry.id, [AsidePlace(card.id, 1)], "not-about")
    found = desk.disclosure.review.find("requests", entry.id, "Robin Example")
    assert [place for place in found if place.document_id == card.id] == []


def test_setting_aside_while_the_bundle_is_built_stops_it(desk, entry, asides):
    before = desk.disclosure.releases._state(entry.id)
    asides.set_aside(entry.id, [AsidePlace(_ids(desk, entry)[0])], "dates")
    assert desk.disclosure.releases._state(entry.id) != before


def test_with_everything_set_aside_there_is_nothing_to_release(desk, entry, asides):
    asides.set_aside(entry.id, [AsidePlace(each) for each in _ids(desk, entry)], "dates")
    with pytest.raises(DpdeskError, match="Every document of this request is set aside"):
        desk.disclosure.releases.release(entry.id)


def test_what_came_inside_goes_with_a_message_but_not_what_names_the_person(desk, entry, asides):
    mail = a_mail("Menus", "See both.", attached={"a.txt": b"Soup", "b.txt": b"Robin Example eats"})
    desk.documents.add("requests", entry.id, "menus.eml", mail)
    message, soup, _named = _ids(desk, entry)[3:]
    desk.disclosure.suggestions.seek(entry.id)
    done = asides.set_aside(entry.id, [AsidePlace(message)], "not-about")
    assert set(asides.of_entry(entry.id).whole) == {message, soup}
    assert done.told.endswith("1 that came inside names the person, and stays in.")


def test_what_was_set_aside_before_is_not_counted_again_with_its_message(desk, entry, asides):
    one = a_mail("Menus", "Soup is on Monday.", attached={"a.txt": b"Soup"})
    two = a_mail("Fish", "Fish is on Friday.", attached={"a.txt": b"Soup"})
    for name, mail in (("one.eml", one), ("two.eml", two)):
        desk.documents.add("requests", entry.id, name, mail)
    _one, soup, fish, again = _ids(desk, entry)[3:]
    asides.set_aside(entry.id, [AsidePlace(again)], "copy", copy_of=soup)
    desk.disclosure.suggestions.seek(entry.id)
    done = asides.set_aside(entry.id, [AsidePlace(fish)], "not-about")
    assert done.told.startswith("1 document set aside")
    assert set(asides.of_entry(entry.id).whole) == {fish, again}


def test_a_copy_takes_with_it_only_what_the_other_holds_too(desk, entry, asides):
    one = a_mail("Trip", "See it.", attached={"a.txt": b"The list"})
    two = a_mail("Trip", "See it.", attached={"a.txt": b"The list", "b.txt": b"More"})
    desk.documents.add("requests", entry.id, "one.eml", one)
    desk.documents.add("requests", entry.id, "two.eml", two)
    first, list_, second, again, _more = _ids(desk, entry)[3:]
    asides.set_aside(entry.id, [AsidePlace(second)], "copy", copy_of=first)
    now = asides.of_entry(entry.id)
    assert {key: note.copy_of for key, note in now.whole.items()} == {second: first, again: list_}


def test_nothing_is_a_copy_of_itself_or_of_what_is_not_in_the_bundle(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    with pytest.raises(DpdeskError, match="Say which document"):
        asides.set_aside(entry.id, [AsidePlace(one)], "copy")
    with pytest.raises(DpdeskError, match="cannot be a copy of document 1"):
        asides.set_aside(entry.id, [AsidePlace(one)], "copy", copy_of=one)
    asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=one)
    with pytest.raises(DpdeskError, match="nothing would be left of either"):
        asides.set_aside(entry.id, [AsidePlace(one)], "copy", copy_of=two)
    asides.set_aside(entry.id, [AsidePlace(one)], "not-about")
    with pytest.raises(DpdeskError, match="Document 2 is set aside itself"):
        asides.set_aside(entry.id, [AsidePlace(three)], "copy", copy_of=two)
    with pytest.raises(NotFound):
        asides.set_aside(entry.id, [AsidePlace(999)], "dates")
    with pytest.raises(NotFound, match="The reasons are: not-about, copy, dates"):
        asides.set_aside(entry.id, [AsidePlace(three)], "boring")


def test_a_copy_whose_other_is_gone_is_told(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    asides.set_aside(entry.id, [AsidePlace(three)], "copy", copy_of=two)
    asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=one)
    assert _gone(asides, entry) == ()
    asides.set_aside(entry.id, [AsidePlace(one)], "not-about")
    assert _gone(asides, entry) == ()  # nor are the copies about the person
    asides.set_aside(entry.id, [AsidePlace(one)], "dates")
    told = "a copy of document 1, which is outside the dates asked for"
    assert told in _gone(asides, entry)[0].sentence
    desk.documents.remove(one, "wrong file")
    # Three is a copy of two, and two of what was taken off.
    assert [(each.document_id, each.copy_of) for each in _gone(asides, entry)] == [
        (two, 0), (three, 0),
    ]  # fmt: skip


def test_letter_and_case_file_tell_it_in_numbers_and_call_nothing_removed(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    asides.set_aside(entry.id, [AsidePlace(two), AsidePlace(three, 1)], "not-about", note="A menu.")
    asides.set_aside(entry.id, [AsidePlace(one)], "dates")
    requests = desk.requests.requests
    letter = desk.requests.letters.write("response", requests.load(entry.id))  # to the child
    assert "Not about you: 1 document and 1 page." in letter.text
    assert "Not from the time that you asked about: 1 document." in letter.text
    grown = {"subject_kind": "staff", "relationship": "solicitor", "requester": "Lawrence Legal"}
    other = requests.save(grown, entry.id, requests.load(entry.id).version).entry
    letter = desk.requests.letters.write("response", other)
    said = "Not about Robin Example, and so not part of what you asked for: 1 document and 1 page."
    assert said in letter.text
    assert "From outside the dates that you asked for: 1 document." in letter.text
    assert "We have removed" not in letter.text
    listed = asides.aside_listed(entry.id)
    assert [(each.number, each.page, each.why) for each in listed] == [
        (1, 0, "Outside the dates asked for"),
        (2, 0, "Not about this person. A menu."),
        (3, 2, "Not about this person. A menu."),
    ]
    paper = desk.requests.case_file(requests.load(entry.id))
    words = _words(paper.content)
    assert "Documents and pages set aside" in words
    assert "Not about this person. A menu." in words


def test_the_history_tells_who_set_what_aside_and_why(desk, entry, asides):
    two = _ids(desk, entry)[1]
    asides.set_aside(entry.id, [AsidePlace(two)], "not-about", note="A menu.")
    asides.take_back(entry.id, [AsidePlace(two)])
    lines = [line for line in desk.requests.requests.history(entry.id) if line.label == "set aside"]
    assert [(line.old, line.new, line.why) for line in reversed(lines)] == [
        ("", "2.pdf: Not about this person", "A menu."),
        ("2.pdf: Not about this person", "", ""),
    ]


def test_lists_say_what_is_set_aside_and_how_often_the_person_is_named(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    assert desk.disclosure.sorting.notes(entry.id) == {}
    desk.disclosure.suggestions.seek(entry.id)
    asides.set_aside(entry.id, [AsidePlace(three)], "dates")
    assert desk.disclosure.sorting.notes(entry.id) == {
        one: "named 1×", three: "set aside: outside the dates asked for",
    }  # fmt: skip
    assert two not in desk.disclosure.sorting.notes(entry.id)
