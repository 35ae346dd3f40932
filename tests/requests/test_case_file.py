"""The case file shows how a request was handled, and neither what was removed nor private notes."""

from __future__ import annotations

import datetime as dt
import hashlib

from tests.builders import a_pdf, a_request
from tests.papers.reading import text_of

TODAY = dt.date(2026, 11, 20)


def test_it_holds_everything_that_proves_the_case_and_nothing_that_must_stay(desk):
    requests, letters = desk.requests.requests, desk.requests.letters
    entry = a_request(
        desk,
        subject_kind="staff",
        asked="My file",
        notes="PRIVATE: difficult",
        identity_needed="yes",
        identity_asked=dt.date(2026, 11, 3),
        identity_received=dt.date(2026, 11, 5),
        identity_documents=("passport",),
    )
    for place, found in (("Staff files", "yes"), ("Old boxes", "not_searched"), ("CCTV", None)):
        requests.searches.save({"place": place, "found": found}, parent_id=entry.id)
    draft = letters.draft("acknowledgement", entry)
    letters.send("acknowledgement", entry, draft, sent_on=TODAY, how="email")
    called = "Report on Secretname_2.pdf"
    document = desk.documents.add("requests", entry.id, called, a_pdf("of Harry Secretname")).id
    desk.documents.add("requests", entry.id, "Swimming.pdf", a_pdf("Certificate"))
    desk.disclosure.review.mark_words(document, 0, [1, 2], "TP-16")
    card = desk.disclosure.releases.release(entry.id)
    read = text_of(desk.requests.case_file(requests.load(entry.id)).content)
    letter = letters.content(letters.sent(entry.id)[0].paper.id)
    for words in (
        "Robin Example",
        "Saturday 5 December 2026",  # the month runs from the proof of identity
        "Passport",
        "Staff files",
        "Not recorded",
        "TP-16",
        "Swimming.pdf",
        "Its name holds words that were removed",
        "Thank you for your request for personal data",
    ):
        assert words in read, words
    for checksum in (card.sha256, hashlib.sha256(letter).hexdigest()):
        assert checksum in read.replace(" ", ""), "a long one goes on in the next line"
    assert "Secretname" not in read
    assert "PRIVATE" not in read


def test_it_shows_that_the_case_was_drawn_and_checked(desk):
    entry = a_request(desk, closed=TODAY, outcome="given")
    desk.requests.checks.draw(TODAY, TODAY, 100)
    read = text_of(desk.requests.case_file(desk.requests.requests.load(entry.id)).content)
    assert "Sample checks of this case" in read
    assert "To be checked" in read


def test_what_a_document_was_called_before_is_on_no_paper_where_it_says_what_was_removed(desk):
    entry = a_request(desk)
    documents, review = desk.documents, desk.disclosure.review
    document = 0
    for called, secret in (("One.pdf", "Secretname"), ("Report on Otherling.pdf", "Otherling")):
        document = documents.add("requests", entry.id, called, a_pdf(f"of Harry {secret}")).id
        review.mark_found(review.find("requests", entry.id, secret), "TP-16")
        documents.describe(document, f"Told by {secret}", "", f"{secret.lower()}@post.example")
        documents.describe(document, "A letter", "", "")
    documents.move(document, 0)
    documents.remove(document, why="Otherling is somebody else")
    entry = desk.requests.requests.load(entry.id)
    clock = desk.requests.requests.clock(entry)
    for paper in (desk.requests.case_file(entry), desk.prints.entry(entry, clock)):
        read = text_of(paper.content).lower()
        assert "secretname" not in read
        assert "otherling" not in read
        assert "its name holds words that were removed" in read
        assert "a letter" in read
