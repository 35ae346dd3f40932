"""Scanned forms in the window: looked at beside their picture and confirmed with one key each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dpdesk.documents import pdf
from tests.ui.consents.test_pages import opened, template
from tests.ui.office import Office
from tests.ui.walk import assert_walkable
from ui.consents import FormsPage

__all__ = ["template"]

DOTS = 200


@pytest.fixture
def scans(template: Any, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, FormsPage) as made:
        made.room.reload()
        yield made


def _pile(office: Office, tmp_path: Path, monkeypatch: Any) -> Path:
    """The forms of the class: the first ticked and signed, the second empty, then a letter."""
    desk = office.desk
    kept: dict[int, Any] = {}
    keep = desk.consents.codes.keep
    monkeypatch.setattr(
        desk.consents.codes,
        "keep",
        lambda codes, uses, layouts: kept.update(layouts) or keep(codes, uses, layouts),
    )
    roll = desk.consents.consents.roll()
    numbers = [pupil.id for pupil in roll.pupils[:2]]
    document = pdf.open_pdf(desk.consents.prints.forms_of(numbers).content)
    scale = DOTS / 72
    sheets = []
    for place, number in enumerate(numbers):
        drawn = pdf.draw(document, place, scale, gray=True)
        size = (drawn.width, drawn.height)
        sheet = Image.frombytes("L", size, drawn.content, "raw", "L", drawn.stride, 1)
        pen = ImageDraw.Draw(sheet)
        if place == 0:
            _page, x, y, wide, high = kept[number].boxes[f"use {roll.uses[0].id}"]
            ends = [((x + 3) * scale, (y + 9) * scale), ((x + wide) * scale, (y + 2) * scale)]
            pen.line(ends, 30, 6)
            _page, x, y, wide, high = kept[number].signed
            pen.line(
                [((x + step) * scale, (y + 6 + step % 20) * scale) for step in range(0, 120, 7)],
                20,
                4,
            )
            assert high
        sheets.append(sheet)
    sheets.append(Image.new("L", (1000, 1400), 250))
    path = tmp_path / "pile.pdf"
    sheets[2].save(path, save_all=True, append_images=[sheets[1], sheets[0]], resolution=DOTS)
    return path


def test_a_scanned_form_is_confirmed_with_one_key_and_filed_with_its_answers(
    scans, tmp_path, monkeypatch, qtbot
):
    room, desk = scans.room, scans.desk
    path = _pile(scans, tmp_path, monkeypatch)
    with qtbot.waitSignal(room.around.tasks.finished, timeout=60_000):
        room.read_files([path])
    # The letter, which was scanned first, waits at the end.
    assert [bool(form.pupil) for form in room.pile] == [True, True, False]
    assert "No signature" in room.banner.text.text()
    assert room.uses.answers == {}
    room.skip()
    roll = desk.consents.consents.roll()
    assert list(room.uses.answers.values()) == ["given", "refused", "refused"]
    assert {tone for _box, tone in room.picture.frames} == {"ok", "muted"}
    assert_walkable(room)
    with qtbot.waitSignal(room.around.tasks.finished, timeout=60_000):
        QTest.keyClick(room.uses, Qt.Key.Key_Return)
    first = roll.pupils[0]
    after = desk.consents.consents.roll()
    assert str(after.of(first.id, after.uses[0].id).stands) == "given"
    for number in (1, 2, 3):
        (card,) = desk.documents.of_entry("consents", number)
        assert card.name.startswith("Consent form")
    assert "No code" in room.banner.text.text()
    assert not room.save_button.isEnabled()
    QTest.keyClick(room.uses, Qt.Key.Key_S)
    assert room.header.under.text() == (
        "All done: 1 form confirmed, 2 pages skipped: nothing of them is recorded."
    )


def test_two_marked_wishes_are_asked_about_and_nothing_is_recorded_before(
    scans, tmp_path, monkeypatch, qtbot
):
    room, desk = scans.room, scans.desk
    with qtbot.waitSignal(room.around.tasks.finished, timeout=60_000):
        room.read_files([_pile(scans, tmp_path, monkeypatch)])
    form = next(each for each in room.pile if each.signed)
    marked = replace(form.boxes["wish happy"], said="ticked")
    both = {"wish happy": marked, "wish unhappy": marked}
    room.pile, room.at = [replace(form, boxes={**form.boxes, **both})], 0
    room._show()
    assert "What the pupil says is not plain" in room.banner.text.text()
    QTest.keyClick(room.uses, Qt.Key.Key_Return)
    assert "H (happy" in scans.said()
    assert desk.consents.consents.counts()["all"] == 0
    QTest.keyClick(room.uses, Qt.Key.Key_D)
    assert room.wish.wish == "no"
    with qtbot.waitSignal(room.around.tasks.finished, timeout=60_000):
        QTest.keyClick(room.uses, Qt.Key.Key_Return)
    assert desk.consents.consents.load(1).values["wish"] == "no"
    assert room.wish.findData("?") < 0, "and the next form is not asked"


def test_the_page_of_scans_fits_a_small_screen(scans):
    assert scans.room.minimumSizeHint().width() <= 880
