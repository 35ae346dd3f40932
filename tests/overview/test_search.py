"""Ctrl+K: entries and pages of documents, by a few letters."""

from __future__ import annotations

import datetime as dt

import pytest

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


def test_an_entry_is_found_by_what_its_parts_say(desk):
    breaches = desk.breaches.breaches
    aware = dt.datetime(2026, 11, 19, 9, 10, tzinfo=dt.UTC)
    entry = breaches.save({"summary": "A list went astray", "aware": aware}).entry
    report = {"sent_at": aware, "kind": "initial", "channel": "phone"}
    number = {"case_reference": "IC-123456-X7Y8"}
    saved = breaches.reports.save({**report, **number}, parent_id=entry.id)
    assert [match.reference for match in desk.search.find("IC-123456-X7Y8")] == [entry.reference]
    entry = breaches.load(entry.id)
    breaches.save({"summary": "Another list"}, entry.id, entry.version)
    assert [match.reference for match in desk.search.find("x7y8")] == [entry.reference]
    breaches.reports.undo(saved)
    assert desk.search.find("x7y8") == ()
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


def test_what_is_found_says_where_the_words_stand(desk):
    breaches = desk.breaches.breaches
    aware = dt.datetime(2026, 11, 19, 9, 10, tzinfo=dt.UTC)
    entry = breaches.save({"summary": "A list went astray", "aware": aware}).entry
    report = {"sent_at": aware, "kind": "initial", "channel": "phone"}
    breaches.reports.save({**report, "case_reference": "IC-123456-X7Y8"}, parent_id=entry.id)
    (found,) = desk.search.find("x7y8")
    assert "IC-123456-X7Y8" in found.why
    assert found.why.split(":")[0] in {"ICO case reference", "Case reference"}
    (by_title,) = desk.search.find("list astray")
    assert by_title.why == ""
    document = desk.documents.add(
        "breaches", entry.id, "bill.pdf", a_pdf("Please pay Invoice INV-0042 by Friday")
    )
    (page,) = [each for each in desk.search.find("inv-0042") if each.document_id]
    assert (page.document_id, "Invoice INV-0042 by" in page.why) == (document.id, True)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("IC-123456-X7Y8", "ic123456x7y8"),
        ("IC-123456-X7Y8", "IC-123456"),
        ("IC-123456-1A2B", "IC1234561A2B"),
        ("IC1234561A2B", "ic-123456-1a2b"),
        ("IC-123456-X7Y8", "list IC123456X7Y8 astray"),
    ],
)
def test_a_case_number_is_found_with_and_without_its_hyphens_and_says_where(desk, kept, typed):
    breaches = desk.breaches.breaches
    aware = dt.datetime(2026, 11, 19, 9, 10, tzinfo=dt.UTC)
    entry = breaches.save({"summary": "A list went astray", "aware": aware}).entry
    report = {"sent_at": aware, "kind": "initial", "channel": "phone", "case_reference": kept}
    breaches.reports.save(report, parent_id=entry.id)
    (match,) = desk.search.find(typed)
    assert match.reference == entry.reference
    assert kept in match.why


def test_the_schools_own_references_are_found_without_hyphens_and_dates_stay_dates(desk):
    entry = a_request(desk)
    assert [m.reference for m in desk.search.find(entry.reference.replace("-", ""))] == [
        entry.reference
    ]
    assert desk.search.find("ic999999x7y8") == ()
    assert desk.search.find('12-13-14 (or) "and" NOT') == ()


@pytest.mark.parametrize("typed", ["SAR-2026-002", "sar-2026-002", "sar2026002"])
def test_what_is_called_so_stands_before_what_only_mentions_it(desk, typed):
    first = a_request(desk, asked="As in 2026 for SAR, room 002, see SAR-2026-002")
    second = a_request(desk)
    third = a_request(desk, asked="SAR of 2026, telephone 0021 234")
    found = [match.reference for match in desk.search.find(typed)]
    assert found == [second.reference, first.reference]
    begun = [match.reference for match in desk.search.find(typed[:-1])]
    assert set(begun) == {first.reference, second.reference, third.reference}
