"""A workspace with a reviewed-to-be request, opened in a workbench for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from dpdesk.desk import Desk
from dpdesk.documents.pages import Box, Page
from tests.builders import PASSPHRASE, Clock, Template, a_request
from tests.ui.disclosure import papers
from tests.ui.kit.around import Noted, around
from ui.disclosure import Workbench
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import TaskRunner

PAGES = 6
"""Three of incidents, one picture, two of a file."""


@pytest.fixture(scope="session")
def reviewed(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one request and its documents, made once and copied."""
    folder = template.copy(tmp_path_factory.mktemp("reviewed") / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    entry = a_request(desk)
    for name, content in (
        ("E-mails.pdf", papers.pdf([papers.INCIDENT] * 3)),
        ("Scan.png", papers.picture()),
        ("Behaviour log.pdf", papers.record(2)),
    ):
        desk.documents.add("requests", entry.id, name, content)
    desk.close()
    return folder


@dataclass
class Bench:
    """A workbench under test, with what a hand can do to it."""

    page: Workbench
    desk: Desk
    noted: Noted
    around: Surroundings
    qtbot: Any

    @property
    def sitting(self) -> Any:
        return self.page.sitting

    @property
    def shown(self) -> Page:
        """The page with its words."""
        assert self.page.viewer.page is not None
        return self.page.viewer.page

    @property
    def number(self) -> int:
        return int(self.sitting.now.number)

    def press(self, *keys: str) -> None:
        """Presses keys on the page, as someone at the keyboard."""
        self.page.viewer.setFocus()
        for key in keys:
            if key == "Space":
                self.seen()
            self.qtbot.keyClick(self.page.viewer, *_KEYS.get(key, (key,)))

    def word(self, text: str) -> int:
        """The first word of this page that begins so."""
        words = self.shown.words
        return next(i for i, word in enumerate(words) if word.text.startswith(text))

    def place(self, text: str) -> QPoint:
        """Where that word is seen."""
        viewer = self.page.viewer
        return viewer.place_of(self.shown.words[self.word(text)].box).toPoint()

    def drag(self, begin: QPoint, end: QPoint) -> None:
        """Drags with the mouse over the page."""
        view = self.page.viewer.viewport()
        left = Qt.MouseButton.LeftButton
        self.qtbot.mousePress(view, left, pos=begin)
        self.qtbot.mouseMove(view, (begin + end) / 2)
        self.qtbot.mouseMove(view, end)
        self.qtbot.mouseRelease(view, left, pos=end)

    def click(self, place: QPoint) -> None:
        self.qtbot.mouseClick(self.page.viewer.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def words(self) -> list[str]:
        """The words under the marks of this page."""
        return [mark.words for mark in self.page.sitting.marks]

    def seen(self) -> None:
        """Waits until the page is drawn."""
        self.until(lambda: self.page.viewer.ready)

    def find(self, sought: str, *, whole: bool = False) -> None:
        """Types words to find, presses Enter, and waits for what is found."""
        self.press("Ctrl+F")
        self.page.field.line.clear()
        self.qtbot.keyClicks(self.page.field.line, sought)
        self.page.field.whole.setChecked(whole)
        with self.qtbot.waitSignal(self.around.tasks.finished, timeout=20_000):
            self.qtbot.keyClick(self.page.field.line, Qt.Key.Key_Return)

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def rest(self) -> None:
        """Waits until no work is running."""
        self.until(lambda: not self.around.tasks.busy)

    def said(self) -> str:
        """The last sentence of the message bar."""
        return next(str(what[1]) for what in reversed(self.noted.asked) if what[0] == "said")

    def dark(self, box: Box) -> bool:
        """Is the middle of a place of the page black on the screen?"""
        view = self.page.viewer
        image = view.viewport().grab().toImage()
        return image.pixelColor(view.place_of(box).toPoint()).value() < 10

    def inked(self, box: Box) -> int:
        """How much ink a place of the page has on the screen."""
        view = self.page.viewer
        image = view.viewport().grab().toImage()
        room = view.paper().pixels(box).toRect()
        return sum(
            255 - image.pixelColor(x, y).value()
            for x in range(room.left(), room.right() + 1)
            for y in range(room.top(), room.bottom() + 1)
        )


_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_KEYS: dict[str, tuple[Any, ...]] = {
    "Space": (Qt.Key.Key_Space,),
    "Enter": (Qt.Key.Key_Return,),
    "Esc": (Qt.Key.Key_Escape,),
    "Del": (Qt.Key.Key_Delete,),
    "Home": (Qt.Key.Key_Home,),
    "End": (Qt.Key.Key_End,),
    "Left": (Qt.Key.Key_Left,),
    "Right": (Qt.Key.Key_Right,),
    "Up": (Qt.Key.Key_Up,),
    "Down": (Qt.Key.Key_Down,),
    "Shift+Right": (Qt.Key.Key_Right, _SHIFT),
    "Shift+Down": (Qt.Key.Key_Down, _SHIFT),
    "Ctrl+Z": (Qt.Key.Key_Z, _CTRL),
    "Ctrl+Y": (Qt.Key.Key_Y, _CTRL),
    "Ctrl+F": (Qt.Key.Key_F, _CTRL),
}


@pytest.fixture
def open_bench(reviewed: Path, tmp_path: Path, clock: Clock, qtbot: Any) -> Iterator[Any]:
    """Opens the workbench, as often as a test asks: after the first time, on the same files."""
    opened: list[Bench] = []
    folder = Template(reviewed, "").copy(tmp_path / "workspace")

    def close() -> None:
        while opened:
            bench = opened.pop()
            bench.rest()
            bench.page.shut()
            bench.page.close()
            bench.page.deleteLater()
            bench.around.tasks.stop()
            bench.desk.close()

    def open_(page: int = 1) -> Bench:
        close()
        desk = Desk.open(folder, PASSPHRASE, now=clock)
        entry_id = desk.requests.requests.load(1).id
        surroundings, noted = around(TaskRunner())
        bench = Bench(
            Workbench(desk, surroundings, entry_id, page), desk, noted, surroundings, qtbot
        )
        opened.append(bench)
        bench.page.resize(1366, 660)
        bench.page.show()
        bench.page.activateWindow()
        # What is proposed is sought first, and other work waits for that.
        bench.rest()
        return bench

    yield open_
    close()


@pytest.fixture
def bench(open_bench: Callable[..., Bench]) -> Bench:
    """A workbench on the first page."""
    return open_bench()
