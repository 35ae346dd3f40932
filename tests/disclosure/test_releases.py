"""Releases: built, checked, kept for good, or not there at all."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import sqlcipher3

from dpdesk.disclosure import planning
from dpdesk.disclosure.asides import NOT_ABOUT, AsidePlace
from dpdesk.disclosure.released import PARTS
from dpdesk.errors import (
    Cancelled,
    DamagedWorkspace,
    DpdeskError,
    InvalidEntry,
    NotFound,
    ReleaseRefused,
)
from dpdesk.law.exemptions import reason, reasons
from dpdesk.registers.entries import Entry
from dpdesk.store.database import connect
from tests.builders import a_pdf, a_request

SECRET = "Quillfeather"
DISCREET = next(each for each in reasons() if each.discreet and each.redacts)
PLAIN = next(each for each in reasons() if not each.discreet and each.redacts)


@pytest.fixture
def entry(desk) -> Entry:
    return a_request(desk)


@pytest.fixture
def document(desk, entry) -> int:
    content = a_pdf(f"Robin sat beside {SECRET}\nin class", f"{SECRET} went home", "the end")
    return desk.documents.add("requests", entry.id, f"about {SECRET}.pdf", content).id


@pytest.fixture
def reviewed(desk, entry, document) -> Entry:
    found = desk.disclosure.review.find("requests", entry.id, SECRET)
    desk.disclosure.review.mark_found(found, DISCREET.code)
    return entry


def _text(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _sealed(desk) -> set[str]:
    return set(desk.workspace.vault.names())


def test_a_release_holds_four_papers_and_brings_the_request_on(desk, reviewed):
    card = desk.disclosure.releases.release(reviewed.id)
    assert (card.number, card.pages, card.marks, card.withheld) == (1, 3, 2, 0)
    assert desk.requests.requests.load(reviewed.id).state == "respond"
    texts = {part: _text(desk.disclosure.releases.content(card.id, part)) for part in PARTS}
    assert "went home" in texts["bundle"]
    assert SECRET not in texts["bundle"]
    assert SECRET not in texts["schedule"]
    assert SECRET in texts["sealed"]
    assert SECRET in texts["full_copy"]
    assert desk.disclosure.releases.of_request(reviewed.id) == (card,)
    assert desk.check().problems == ()
    assert desk.requests.requests.history(reviewed.id)[0].label == "bundle"


def test_discreet_reasons_show_nowhere_to_the_requester(desk, reviewed):
    card = desk.disclosure.releases.release(reviewed.id)
    for part in ("bundle", "schedule"):
        words = " ".join(_text(desk.disclosure.releases.content(card.id, part)).split())
        assert DISCREET.public_code in words, "there is something that could have leaked"
        for hidden in (DISCREET.code, DISCREET.label, DISCREET.citation):
            assert hidden not in words
    sealed = " ".join(_text(desk.disclosure.releases.content(card.id, "sealed")).split())
    assert DISCREET.code in sealed


def test_numbers_in_the_schedules_are_those_of_the_plan_and_the_screen(desk, reviewed, document):
    desk.disclosure.review.withhold([(document, 2)], PLAIN.code)
    planned = planning.plan(desk.workspace.database, "requests", reviewed.id)
    assert [(r.number, r.page, r.whole_page) for r in planned.removed] == [
        (1, 1, False), (2, 2, False), (3, 3, True),
    ]  # fmt: skip
    assert planned.withheld == 1
    assert [mark.number for mark in desk.disclosure.review.marks(document, 1)] == [2]
    card = desk.disclosure.releases.release(reviewed.id)
    assert (card.marks, card.withheld) == (2, 1)
    assert card.removed == "3 redactions: 2 places and 1 whole page"
    text = " ".join(_text(desk.disclosure.releases.content(card.id)).split())
    assert "the end" not in text
    assert card.removed in text
    # The sheet in place of a page gives its number in the schedule.
    assert f"withheld {reason(PLAIN.code).explanation}" in text
    assert text.endswith("· Redaction 3")
    assert "Redaction 3" not in _text(desk.disclosure.releases.content(card.id, "full_copy"))


def test_marks_on_a_page_that_is_withheld_count_nowhere(desk, reviewed, document):
    desk.disclosure.review.withhold([(document, 1)], PLAIN.code)
    progress = desk.disclosure.review.progress("requests", reviewed.id)
    planned = planning.plan(desk.workspace.database, "requests", reviewed.id)
    assert (progress.marks, progress.withheld) == (1, 1)
    assert len(planned.removed) == progress.marks + progress.withheld
    assert [page.number for page in planned.pages] == [0, 2, 0]
    card = desk.disclosure.releases.release(reviewed.id)
    assert card.removed == "2 redactions: 1 place and 1 whole page"


def test_names_of_files_and_of_the_finder_never_reach_the_plan(desk, reviewed):
    planned = planning.plan(desk.workspace.database, "requests", reviewed.id)
    assert [each.title for each in planned.documents] == ["Document 1"]
    assert [page.starts for page in planned.pages] == ["Document 1", "", ""]
    assert len(planned.pages[1:]) == 2


def test_a_title_that_somebody_chose_stands_in_the_contents_after_the_number(
    desk, reviewed, document
):
    desk.documents.describe(document, "  School report,\nautumn 2025 ", "", "")
    planned = planning.plan(desk.workspace.database, "requests", reviewed.id)
    assert [(d.title, d.first, d.pages) for d in planned.documents] == [
        ("Document 1: School report, autumn 2025", 0, 3)
    ]
    card = desk.disclosure.releases.release(reviewed.id)
    text = " ".join(_text(desk.disclosure.releases.content(card.id)).split())
    assert "Document 1: School report, autumn 2025" in text
    lines = desk.requests.requests.history(reviewed.id)
    assert any("School report" in str(line.new) for line in lines)
    desk.documents.describe(document, "", "", "")
    assert desk.documents.card(document).title == ""


def test_a_title_that_names_somebody_removed_stops_the_release(desk, reviewed, document):
    desk.documents.describe(document, f"Letter of {SECRET}", "", "")
    with pytest.raises(ReleaseRefused, match="neutral title"):
        desk.disclosure.releases.release(reviewed.id)


def test_a_title_longer_than_a_line_is_refused(desk, document):
    with pytest.raises(DpdeskError, match="at most 70"):
        desk.documents.describe(document, "long " * 20, "", "")
    assert desk.documents.card(document).title == ""


def test_a_place_searched_that_names_somebody_removed_stops_the_release(desk, reviewed):
    desk.requests.requests.searches.save(
        {"place": f"Mailbox of {SECRET}", "found": "yes"}, parent_id=reviewed.id
    )
    before = _sealed(desk)
    with pytest.raises(ReleaseRefused, match="cover page"):
        desk.disclosure.releases.release(reviewed.id)
    assert desk.disclosure.releases.of_request(reviewed.id) == ()
    assert _sealed(desk) == before, "what was built for it still lies in the vault"
    assert desk.requests.requests.load(reviewed.id).state != "respond"
    assert desk.check().problems == ()


def test_a_correction_is_release_number_two_and_the_first_stands(desk, reviewed, document):
    first = desk.disclosure.releases.release(reviewed.id)
    bundle = desk.disclosure.releases.content(first.id)
    desk.disclosure.review.mark_words(document, 2, [1], PLAIN.code)
    second = desk.disclosure.releases.release(reviewed.id)
    assert (second.number, second.marks) == (2, 3)
    assert second.sha256 != first.sha256
    assert desk.disclosure.releases.content(first.id) == bundle
    assert desk.disclosure.releases.of_request(reviewed.id) == (first, second)


def _told(desk, entry, **values):
    """Does the covering letter say that nothing was removed?"""
    if values:
        now = desk.requests.requests.load(entry.id)
        desk.requests.requests.save(values, now.id, now.version)
    letter = desk.requests.letters.write("covering", desk.requests.requests.load(entry.id))
    return "We took nothing out." in letter.text


def test_the_letter_says_that_nothing_was_removed_only_where_that_is_known(desk, entry, document):
    assert not _told(desk, entry), "nothing is released"
    desk.disclosure.releases.release(entry.id)
    assert not _told(desk, entry), "nobody has looked at the pages"
    for page in range(3):
        desk.disclosure.review.set_reviewed(document, page)
    assert _told(desk, entry)
    assert not _told(desk, entry, closed=dt.date(2026, 11, 20), outcome="given_in_part")
    assert _told(desk, entry, outcome="given")
    other = desk.documents.add("requests", entry.id, "other.pdf", a_pdf("Another")).id
    desk.documents.remove(other)
    assert _told(desk, entry), "the officer says so"
    assert not _told(desk, entry, outcome=None, closed=None), "a document was taken off"
    desk.disclosure.review.mark_words(document, 2, [1], PLAIN.code)
    assert not _told(desk, entry, outcome="given")


def test_a_release_stands_although_its_documents_are_taken_off(desk, reviewed, document):
    card = desk.disclosure.releases.release(reviewed.id)
    bundle = desk.disclosure.releases.content(card.id)
    desk.documents.remove(document)
    assert desk.disclosure.releases.content(card.id) == bundle
    with pytest.raises(DpdeskError, match="no documents"):
        desk.disclosure.releases.release(reviewed.id)
    assert desk.check().problems == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE kept_papers SET answers = '{}'", "DELETE FROM kept_papers"]
)
def test_the_database_itself_refuses_to_change_a_release(desk, reviewed, statement):
    desk.disclosure.releases.release(reviewed.id)
    connection = connect(desk.workspace.database.path, desk.workspace.keys.database)
    with pytest.raises(sqlcipher3.IntegrityError, match="cannot be changed"):
        connection.execute(statement)
    connection.close()


def test_stopping_leaves_no_release_and_nothing_sealed(desk, reviewed):
    before, history = _sealed(desk), desk.check().history_rows
    with pytest.raises(Cancelled):
        desk.disclosure.releases.release(reviewed.id, cancelled=lambda: True)
    calls: list[str] = []

    def late(what: str, _done: int, _total: int) -> None:
        calls.append(what)
        if what == "Keeping a full copy for the school":
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.disclosure.releases.release(reviewed.id, step=late)
    assert "Checking the bundle" in calls
    assert desk.disclosure.releases.of_request(reviewed.id) == ()
    assert _sealed(desk) == before
    assert desk.check().history_rows == history


def test_a_source_that_is_gone_from_the_vault_stops_the_release(desk, reviewed):
    for path in list(desk.workspace.vault.folder.rglob("*")):
        if path.is_file():
            path.unlink()
    with pytest.raises(DpdeskError):
        desk.disclosure.releases.release(reviewed.id)
    assert desk.disclosure.releases.of_request(reviewed.id) == ()
    assert _sealed(desk) == set()


def test_a_request_without_documents_has_nothing_to_release(desk, entry):
    with pytest.raises(DpdeskError, match="no documents"):
        desk.disclosure.releases.release(entry.id)
    with pytest.raises(NotFound):
        desk.disclosure.releases.release(4711)


def test_a_saved_part_is_just_the_part_and_a_locked_one_opens_with_its_password(
    desk, reviewed, tmp_path: Path
):
    card = desk.disclosure.releases.release(reviewed.id)
    target = tmp_path / "out" / "bundle.pdf"
    target.parent.mkdir()
    desk.disclosure.releases.save(card.id, "bundle", target)
    assert target.read_bytes() == desk.disclosure.releases.content(card.id)
    desk.disclosure.releases.save(card.id, "bundle", target, password="for the requester")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.Pdf.open(io.BytesIO(target.read_bytes()))
    with pikepdf.Pdf.open(target, password="for the requester") as locked:
        assert len(locked.pages) > 3
    assert [path.name for path in target.parent.iterdir()] == ["bundle.pdf"]


def test_a_part_that_cannot_be_saved_leaves_what_was_there(desk, reviewed, tmp_path: Path):
    card = desk.disclosure.releases.release(reviewed.id)
    target = tmp_path / "out" / "bundle.pdf"
    target.parent.mkdir()
    target.write_bytes(b"an earlier file")
    with pytest.raises(InvalidEntry):
        desk.disclosure.releases.save(card.id, "bundle", target, password="x" * 128)
    for path in list(desk.workspace.vault.folder.rglob("*")):
        if path.is_file():
            path.write_bytes(b"damaged")
    with pytest.raises(DamagedWorkspace):
        desk.disclosure.releases.save(card.id, "bundle", target)
    assert target.read_bytes() == b"an earlier file"
    assert [path.name for path in target.parent.iterdir()] == ["bundle.pdf"]
    assert len(desk.check().problems) >= 4
    for release, part in ((card.id, "nothing"), (4711, "bundle")):
        with pytest.raises(NotFound):
            desk.disclosure.releases.save(release, part, target)
        with pytest.raises(NotFound):
            desk.disclosure.releases.content(release, part)


def test_a_mark_that_is_lifted_later_is_still_in_what_was_handed_over(desk, reviewed, document):
    card = desk.disclosure.releases.release(reviewed.id)
    assert card.marks
    for page in (0, 1):
        found = desk.disclosure.review.marks(document, page)
        if found:
            desk.disclosure.review.remove([mark.id for mark in found])
    assert not desk.disclosure.releases.everything_given(reviewed.id)


def test_letters_speak_of_what_was_in_the_bundle_and_not_of_what_was_changed_since(
    desk, reviewed, document
):
    releases, asides = desk.disclosure.releases, desk.disclosure.asides
    asides.set_aside(reviewed.id, [AsidePlace(document, 2)], NOT_ABOUT)
    releases.release(reviewed.id)
    told = releases.redaction_reasons(reviewed.id), releases.redactions_told(reviewed.id)
    aside = asides.aside_told(reviewed.id, "Robin")
    assert told[0] == (DISCREET.explanation,)
    assert [each[2] for each in told[1]] == [2]
    assert len(aside) == 1
    for page in (0, 1):
        desk.disclosure.review.remove([m.id for m in desk.disclosure.review.marks(document, page)])
    desk.disclosure.review.withhold([(document, 0)], PLAIN.code)
    asides.take_back(reviewed.id, [AsidePlace(document, 2)])
    assert (releases.redaction_reasons(reviewed.id), releases.redactions_told(reviewed.id)) == told
    assert asides.aside_told(reviewed.id, "Robin") == aside
    releases.release(reviewed.id)
    assert DISCREET.explanation not in releases.redaction_reasons(reviewed.id)
    assert asides.aside_told(reviewed.id, "Robin") == ()
