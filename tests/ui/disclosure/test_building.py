"""Building the bundle from the workbench, and handing it out."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from dpdesk.disclosure.releases import ReleaseService
from dpdesk.disclosure.suggested import ProposedTold
from dpdesk.errors import ReleaseRefused
from tests.builders import a_request
from tests.ui.disclosure import papers
from tests.ui.walk import assert_walkable, cut_off
from ui.disclosure.build_page import points, reminders
from ui.disclosure.releases_panel import ReleasesPanel
from ui.requests.next_step import NextStep


def _texts(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _build(bench, *, settled: bool = True) -> None:
    if settled:
        requests = bench.desk.requests.requests
        entry = requests.load(1)
        requests.save({"identity_documents": ("known",), "capacity": "yes"}, 1, entry.version)
    bench.page.head.build.click()
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=60_000):
        bench.page.build.begin_button.click()


def test_what_is_open_is_told_before_and_can_be_gone_to(bench):
    bench.press("Space")
    bench.page.head.build.click()
    build = bench.page.build
    said = [label.text() for label in build.before.findChildren(type(build.doing))]
    assert "5 pages not reviewed yet." in said
    assert "The second pass is not finished: 6 pages to go." in said
    assert (
        "1 page is a picture, in which a search may miss words. It has not been reviewed." in said
    )
    assert "Nothing is marked and no page is withheld." in said
    assert build.begin_button.text() == "Build it anyway"
    assert "You have not recorded where you searched, and the cover sheet says so." in said
    links = {link.accessibleName(): link for link in build.before.findChildren(QPushButton)}
    next(link for name, link in links.items() if "where you searched" in name).click()
    assert ("open", "requests", 1, "search") in bench.noted.asked
    build.page_asked.emit(2)
    assert bench.page.stack.currentWidget() is bench.page.review
    assert bench.number == 2


def test_enter_builds_nothing_while_something_is_open(bench):
    bench.press("Space")
    bench.page.head.build.click()
    build = bench.page.build
    links = build.before.findChildren(QPushButton)
    open_ = next(link for link in links if link.accessibleName().startswith("Show the first"))
    bench.until(open_.hasFocus)
    bench.qtbot.keyClick(open_, Qt.Key.Key_Return)
    assert not build.busy
    assert bench.page.stack.currentWidget() is bench.page.review, "it leads to what is open"


def test_what_was_told_of_a_document_is_told_again_until_its_pages_were_reviewed(bench):
    bench.desk.documents.add("requests", 1, "Barred.pdf", papers.barred())
    bench.page.sitting.open()

    def told():
        return [
            each
            for each in points(bench.page.sitting, ProposedTold(""))
            if "cannot be seen" in each.text
        ]

    (point,) = told()
    assert point.text.startswith("Document 4: ")
    assert (point.good, point.link, point.goes) == (False, "Show the page", "page 8")
    for page in bench.page.sitting.pages:
        bench.desk.disclosure.review.set_reviewed(page.document_id, page.page)
    bench.page.sitting.open()
    assert [each.good for each in told()] == [True]


def test_somebody_who_asks_for_another_person_must_be_allowed_to(bench):
    asking = a_request(bench.desk, relationship="mother", requester="Ms Example")
    told = [point.text for point in reminders(bench.desk, asking.id)]
    assert any("Parental responsibility" in text for text in told)
    noted = a_request(
        bench.desk,
        relationship="mother",
        responsibility="yes",
        responsibility_evidence="known",
        identity_documents=("known",),
        capacity="no",
    )
    bench.desk.requests.requests.searches.save(
        {"place": "E-mail", "found": "no"}, parent_id=noted.id
    )
    assert reminders(bench.desk, noted.id) == ()


def test_suggestions_that_are_out_of_date_are_made_afresh_where_that_is_told(bench):
    bench.rest()
    person = {"kind": "pupil", "surname": "Beispiel", "forename": "Harry"}
    bench.desk.people.people.save(person)
    bench.page.head.build.click()
    build = bench.page.build

    def told() -> list[str]:
        texts = [label.text() for label in build.before.findChildren(QLabel) if label.isVisible()]
        return [text for text in texts if "uggestions" in text or "proposed" in text]

    changed = ["Documents or people have changed since suggestions were last made."]
    bench.until(lambda: told() == changed)
    links = build.before.findChildren(QPushButton)
    next(link for link in links if link.accessibleName().startswith("Look now")).click()
    bench.rest()
    bench.until(lambda: told() and "proposed" in told()[0])
    assert bench.page.stack.currentWidget() is build


def test_when_all_is_done_nothing_is_open(bench):
    requests = bench.desk.requests.requests
    entry = requests.load(1)
    requests.save({"identity_documents": ("known",), "capacity": "yes"}, 1, entry.version)
    bench.desk.requests.requests.searches.save({"place": "E-mail", "found": "yes"}, parent_id=1)
    suggestions = bench.desk.disclosure.suggestions
    suggestions.reject(1, [*suggestions.look(1).open, *suggestions.look(1).doubtful])
    bench.press("W", *["Space"] * 6)
    bench.page.turn_pass()
    bench.press(*["Space"] * 6)
    bench.page.head.build.click()
    assert bench.page.build.begin_button.text() == "Build bundle"
    bench.until(bench.page.build.begin_button.hasFocus)
    bench.until(lambda: not cut_off(bench.page))
    assert_walkable(bench.page)


def test_a_bundle_is_built_checked_saved_and_without_the_marked_words(bench, tmp_path):
    bench.find("Harry")
    bench.page.found.mark.click()
    _build(bench)
    build = bench.page.build
    assert "Bundle 1 is ready" in build.banner.text.text()
    assert build.before.isHidden()
    # Suggestions were left open, which is said and not praised; the keyboard is at the papers.
    assert "left open" in build.banner.accessibleName()
    assert not build.banner.accessibleName().startswith("Done")
    bench.until(lambda: build.releases.isAncestorOf(build.window().focusWidget()))
    target = tmp_path / "bundle.pdf"
    bench.noted.answers = [target]
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        build.releases.offers["Save bundle"]()
    text = "\n".join(_texts(target.read_bytes()))
    assert "Incident record" in text
    assert "Harry" not in text
    assert bench.said() == f"Saved as bundle.pdf in {tmp_path.name}."
    assert bench.desk.requests.requests.load(1).state == "respond"


def test_nothing_is_given_out_for_the_requester_while_it_is_open_who_asks(bench, tmp_path):
    _build(bench, settled=False)
    panel = bench.page.build.releases
    for name in ("Save bundle", "Save with password", "Save all of it in a folder", "Print"):
        bench.noted.answers = []
        panel.offers[name]()
        assert "Identity has not been checked" in bench.said(), name
        assert not bench.around.tasks.busy
    requests = bench.desk.requests.requests
    step = NextStep(bench.desk)
    bench.qtbot.addWidget(step)
    step.show_entry(requests.load(1))
    assert "Nothing may be handed over yet" in step.says.text()
    said = " ".join(label.text() for label in step.findChildren(QLabel))
    assert said.count("Identity has not been checked") == 1, "once, where it can be settled"
    assert "hand both over" not in step.says.text()
    requests.save({"ready_why": "The head knows them."}, 1, requests.load(1).version)
    step.show_entry(requests.load(1))
    assert "hand both over" in step.says.text()
    bench.noted.answers = [tmp_path / "bundle.pdf"]
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        panel.offers["Save bundle"]()
    assert (tmp_path / "bundle.pdf").exists()


def test_a_copy_with_a_password_opens_with_it_only(bench, tmp_path):
    _build(bench)
    target = tmp_path / "locked.pdf"
    bench.noted.answers = ["plum tree lane", "plum tree lane", target]
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        bench.page.build.releases.offers["Save with password"]()
    assert "by telephone" in bench.said()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(target)
    with pikepdf.open(target, password="plum tree lane") as opened:
        assert opened.encryption.R == 6


def test_what_goes_to_the_requester_is_saved_together_and_a_letter_with_gaps_is_not(
    bench, tmp_path
):
    _build(bench)
    bench.noted.answers = [tmp_path]
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        bench.page.build.releases.offers["Save all of it in a folder"]()
    assert "The letter has gaps" in bench.said()
    saved = sorted(path.name for path in tmp_path.glob("SAR*.pdf"))
    assert [name.rpartition(" bundle 1")[2] for name in saved] == [
        " list of what was removed.pdf",
        ".pdf",
    ]


def test_a_short_or_mistyped_password_saves_nothing(bench, tmp_path):
    _build(bench)
    offers = bench.page.build.releases.offers
    bench.noted.answers = ["short"]
    offers["Save with password"]()
    assert "at least 10" in bench.said()
    bench.noted.answers = ["plum tree lane", "plum tree lame"]
    offers["Save with password"]()
    assert "do not match" in bench.said()
    assert not bench.around.tasks.busy


def test_a_bundle_is_printed_page_by_page(bench, tmp_path):
    _build(bench)
    target = tmp_path / "printed.pdf"

    def choose(_parent, _title, pages):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(72)
        printer.setFromTo(2, pages)
        return printer

    panel = ReleasesPanel(bench.desk, bench.around, 1, chooser=choose)
    bench.qtbot.addWidget(panel)
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=30_000):
        panel.offers["Print"]()
    card = bench.desk.disclosure.releases.of_request(1)[0]
    whole = len(_texts(bench.desk.disclosure.releases.content(card.id)))
    printed = pdfium.PdfDocument(io.BytesIO(target.read_bytes()))
    assert len(printed) == whole - 1
    # There is ink on the paper.
    assert printed[1].render(scale=1).to_pil().convert("L").getextrema()[0] < 128
    printed.close()
    assert bench.said() == f"{whole - 1} pages printed."


def test_a_refused_release_names_the_pages_and_leads_there(bench, monkeypatch):
    def refuse(self, entry_id, *, step, cancelled=None):
        raise ReleaseRefused("A word can be read, on page 4.", "Mark it.", pages=(1, 4), front=2)

    monkeypatch.setattr(ReleaseService, "release", refuse)
    _build(bench)
    build = bench.page.build
    assert build.banner.text.text() == "No bundle was made. A word can be read, on page 4. Mark it."
    links = [build._flow.itemAt(i).widget() for i in range(build._flow.count())]
    assert [link.text() for link in links] == ["Show page 2"]
    links[0].click()
    assert bench.number == 2
    assert not bench.desk.disclosure.releases.of_request(1)


def test_a_build_that_is_stopped_leaves_no_release(bench):
    bench.page.head.build.click()
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=60_000):
        bench.page.build.begin()
        bench.press("Esc")
        assert bench.page.stack.currentWidget() is bench.page.build
        bench.page.build.cancel.click()
    assert bench.said() == "Stopped. No bundle was made."
    assert not bench.desk.disclosure.releases.of_request(1)
    assert not bench.page.build.busy


def test_the_handover_is_noted_at_the_stage_respond(bench):
    _build(bench)
    bench.page.build.releases.offers["Record the handover"]()
    assert ("open", "requests", 1, "respond") in bench.noted.asked


def test_a_release_says_what_each_paper_is_for_and_hides_its_checksum(bench):
    _build(bench)
    panel = bench.page.build.releases
    sha256 = bench.desk.disclosure.releases.of_request(1)[0].sha256
    said = {label.text(): label for label in panel.findChildren(QLabel) if label.text()}
    assert any("Never send it" in text for text in said)
    checksum = next(label for text, label in said.items() if "SHA-256" in text)
    assert "".join(checksum.text().split()).endswith(sha256)
    assert checksum.isHidden()
    details = [b for b in panel.findChildren(QPushButton) if b.text() == "Details"]
    details[0].click()
    assert not checksum.isHidden()
    assert "List of what was removed" in panel.offers
    panel.offers["Covering letter"]()
    assert ("open", "requests", 1, "letter:response") in bench.noted.asked


def test_a_workbench_that_is_left_while_building_tells_its_end_in_the_message_bar(bench):
    bench.page.head.build.click()
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=60_000):
        bench.page.build.begin()
        bench.page.shut()
    assert "Bundle 1 is ready" in bench.said()
