"""What is dropped anywhere on the window: the school's own forms find their page by a code."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from dpdesk.overview import figures_file
from tests.builders import a_pdf
from tests.overview.test_figures_file import a_report
from tests.requests.test_forms import SAID, filled_pdf, scanned


def drop(home, *paths):
    """Drops files on Home, as the system would."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPointF(20, 20), copy, mime, left, none)
    home.opened.dragEnterEvent(entering)
    assert entering.isAccepted()
    home.opened.dropEvent(QDropEvent(QPointF(20, 20), copy, mime, left, none))
    home.rest()


def said(home):
    return home.opened.message_bar.text.text()


@pytest.fixture
def blank(home):
    return home.opened.desk.requests.forms.files()


def test_a_form_that_came_back_is_known_wherever_it_is_dropped_and_logged_as_what_it_is(
    home, blank, tmp_path
):
    desk = home.opened.desk
    typed = tmp_path / "back.pdf"
    typed.write_bytes(filled_pdf(blank["ask-for-information.pdf"], SAID, ("kind erasure",)))
    with pikepdf.open(_write(tmp_path / "complain.pdf", blank["complain.pdf"])) as opened:
        code = str(next(f.V for f in opened.Root.AcroForm.Fields if str(f.T) == "form_code"))
    _form, layout = desk.requests.forms.codes.meant(code)
    scan = _write(
        tmp_path / "scan.pdf", scanned(blank["complain.pdf"], layout, SAID, ("who father",))
    )
    letter = _write(tmp_path / "letter.pdf", a_pdf("Dear school, here is a letter."))

    drop(home, typed, scan, letter)

    assert home.opened.pages.visit.page == "returned_forms"
    page = home.here
    assert [each.form for each in page.pile] == ["request", "complaint"]
    assert all(each.picture[:2] == b"\xff\xd8" for each in page.pile)
    assert "letter.pdf is no form that was made here" in said(home)
    assert desk.requests.requests.listing().total == 0
    for _each in range(2):
        page.save()
        home.rest()
    kinds = [each.values["kind"] for each in entries(desk)]
    assert kinds == ["erasure", "complaint"]


def _write(path, content):
    path.write_bytes(content)
    return path


def entries(desk):
    service = desk.requests.requests
    listing = service.listing()
    return [service.load(number) for number in sorted(map(listing.id, range(listing.total)))]


def test_a_form_of_consent_is_known_too_and_goes_to_its_own_page(home, blank, tmp_path):
    desk = home.opened.desk
    desk.consents.uses.add_usual()
    pupil = desk.people.people.save(
        {"kind": "pupil", "surname": "Quillfeather", "forename": "Ada", "form": "4B"}
    ).entry.id
    forms = desk.consents.prints.forms_of([pupil]).content

    drop(home, _write(tmp_path / "consent.pdf", forms))

    assert home.opened.pages.visit.page == "consent_scans"
    assert [form.pupil for form in home.here.pile if form.pupil] == [pupil]
    assert desk.consents.consents.listing().total == 0


def test_figures_of_reports_go_side_by_side_and_what_cannot_be_read_is_told(home, tmp_path):
    figures = _write(
        tmp_path / f"other{figures_file.ENDING}", figures_file.written(a_report("Ashgrove School"))
    )
    drop(home, figures, _write(tmp_path / "broken.pdf", b"%PDF-nonsense"), tmp_path / "gone.pdf")

    assert home.opened.pages.visit.page == "beside"
    assert [each.school for each in home.here.reports] == ["Ashgrove School"]
    assert "broken.pdf: " in said(home)
    assert "gone.pdf: This file cannot be opened." in said(home)


def test_words_that_are_dropped_are_left_to_the_page(home):
    mime = QMimeData()
    mime.setText("words")
    entering = QDragEnterEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    home.opened.dragEnterEvent(entering)
    assert not entering.isAccepted()


@pytest.mark.parametrize(
    "name", ["consent_scans", "returned_forms", "photos", "beside", "check_file"]
)
def test_each_page_that_reads_files_takes_those_that_are_dropped_on_it(
    home, tmp_path, monkeypatch, name
):
    """Sent as Qt sends it, so that a page which Qt would not ask is found."""
    home.opened.pages.open_page(name)
    page, taken = home.here, list[list[Path]]()
    monkeypatch.setattr(page, "take_dropped", taken.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "scan.pdf")), QUrl("cid:a-picture")])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)

    for kind in (QDragEnterEvent, QDropEvent):
        event = kind(QPointF(20, 20), *given, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(page, event)
        assert event.isAccepted()

    assert taken == [[tmp_path / "scan.pdf"]]
