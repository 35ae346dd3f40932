"""What Ctrl+K finds, and that finding much costs no more reads than finding little."""

from __future__ import annotations

from tests.builders import a_pdf, a_request, statements


def test_an_entry_and_a_page_are_found_with_the_name_of_the_document(desk):
    entry = a_request(desk, subject="Zoë O’Brien")
    desk.documents.add("requests", entry.id, "letter.pdf", a_pdf("Dear all", "About Wójcik"))

    assert [each.kind for each in desk.search.find("obrien")] == ["request"]
    (page,) = desk.search.find("wojc")
    assert (page.title, page.kind, page.page) == ("Zoë O’Brien", "page 2 of letter.pdf", 2)
    assert desk.search.find("nobody") == ()


def test_finding_many_takes_the_reads_of_finding_one(desk):
    a_request(desk, subject="Robin Ashby")
    one = statements(desk, lambda: desk.search.find("ashby"))
    for _ in range(8):
        a_request(desk, subject="Robin Ashby")
    assert len(desk.search.find("ashby")) == 9
    assert statements(desk, lambda: desk.search.find("ashby")) == one


def test_a_changed_entry_is_found_by_its_new_words_and_no_longer_by_the_old(desk):
    entry = a_request(desk, subject="Robin Ashby")
    changed = desk.requests.requests.save({"subject": "Robin Gorse"}, entry.id, entry.version).entry
    assert [each.entry_id for each in desk.search.find("gorse")] == [entry.id]
    assert desk.search.find("ashby") == ()
    desk.requests.requests.save({"subject": "Robin Ashby"}, changed.id, changed.version)
    assert len(desk.search.find("ashby")) == 1
    assert desk.search.find("gorse") == ()
    assert desk.check().problems == ()
