"""A file redacted elsewhere, dropped on its page: findings, pictures with frames, a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtGui import QColor

from tests.inspection import makers as made
from tests.papers.reading import text_of
from tests.ui.kit.around import around
from ui.disclosure import CheckFilePage
from ui.kit.look.palette import LIGHT
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.tasks import TaskRunner


class Printer:
    """Takes what is printed."""

    def __init__(self):
        self.printed = []

    def print_pdf(self, pdf, title):
        self.printed.append((pdf, title))
        return True


@dataclass
class Seen:
    """The page under test, with what it asked for and what it printed."""

    page: CheckFilePage
    noted: Any
    printed: list[tuple[bytes, str]]


@pytest.fixture
def seen(desk, qtbot):
    surroundings, noted = around(TaskRunner())
    printer = Printer()
    page = CheckFilePage(desk, surroundings, PaperDoor(surroundings, printer, desk.write))
    qtbot.addWidget(page)
    page.resize(1366, 660)
    page.show()
    yield Seen(page, noted, printer.printed)
    surroundings.tasks.stop()


def _check(page, qtbot, tmp_path, content, name="redacted.pdf"):
    path = tmp_path / name
    path.write_bytes(content)
    with qtbot.waitSignal(page.around.tasks.finished, timeout=60_000):
        page.check(path)


def test_what_can_still_be_read_is_shown_in_its_place_and_printed(seen, qtbot, tmp_path):
    page = seen.page
    _check(page, qtbot, tmp_path, made.letter(made.bar))
    assert "Do not hand this file out" in page.banner.text.text()
    assert page.list.count() == 1
    assert page.list.item(0).text().startswith("Page 1: Words under a bar\nHarry Beispiel")
    frame = QColor(LIGHT.danger).name()
    image = page.picture.grab().toImage()
    assert frame in {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(120)
    }
    seen.noted.answers.append("Print")
    page.print_button.click()
    ((pdf, _title),) = seen.printed
    text = text_of(pdf)
    assert "Harry Beispiel" in text
    assert "CONFIDENTIAL" in text


def test_a_clean_file_and_one_that_cannot_be_read_say_so(seen, qtbot, tmp_path):
    page = seen.page
    _check(page, qtbot, tmp_path, made.letter())
    assert "nothing was found" in page.banner.text.text()
    assert not page.middle.isVisible()
    _check(page, qtbot, tmp_path, b"%PDF-1.7 broken")
    assert "damaged" in page.banner.text.text()
    assert page.found is None
