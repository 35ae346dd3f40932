"""Ctrl+K: entries and pages of documents, by a few letters."""

from __future__ import annotations

from tests.builders import a_pdf, a_request


def test_entries_and_pages_are_found_with_where_they_are(desk):
    entry = a_request(desk, subject="Zoë O’Brien")
    document = desk.documents.add(
        "requests", entry.id, "letter.pdf", a_pdf("nothing here", "Dear Zoe O'Brien")
    )
    found = {(m.reference, m.kind, m.document_id, m.page) for m in desk.search.find("zoe obr")}
    assert found == {
        (entry.reference, "request", 0, 0),
        (entry.reference, "page 2 of letter.pdf", document.id, 2),
    }


def test_a_document_taken_off_is_not_found_and_put_back_is(desk):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("Quillfeather"))
    desk.documents.remove(document.id)
    assert desk.search.find("quillfeather") == ()
    desk.documents.restore(document.id)
    assert [match.page for match in desk.search.find("quill")] == [1]
    assert desk.check().problems == ()


def test_nothing_typed_finds_nothing(desk):
    a_request(desk)
    for typed in ("", "  ", '"', "***"):
        assert desk.search.find(typed) == ()


def test_what_is_in_the_archive_is_found_and_says_so(desk):
    entry, other = a_request(desk, subject="Quillfeather"), a_request(desk, subject="Quilliam")
    desk.registers["requests"].archive(entry.id, entry.version)
    found = {match.entry_id: match.archived for match in desk.search.find("quill")}
    assert found == {entry.id: True, other.id: False}
