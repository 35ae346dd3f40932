"""A room on a real workspace of its own, and what is around it: for the tests of every room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, Clock, Template
from tests.ui.conftest import NotedPrinting
from tests.ui.kit.around import Noted, around
from ui.kit.look import fonts
from ui.kit.look.appearance import appearance
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import TaskRunner

Make = Callable[[Desk, Surroundings, PaperDoor], Any]


@dataclass
class Office:
    """The room under test and what is around it."""

    room: Any
    desk: Desk
    noted: Noted
    around: Surroundings
    printing: NotedPrinting
    clock: Clock
    qtbot: Any

    def finish(self) -> None:
        """Waits until the work in the background is done."""
        self.qtbot.waitUntil(lambda: not self.around.tasks.busy, timeout=20_000)

    def until(self, true: Callable[[], object]) -> None:
        """Waits for something expected."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def type(self, text: str) -> None:
        """Types into whatever has the keyboard."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        self.qtbot.keyClicks(focused, text)

    def said(self) -> str:
        """What the message bar said last."""
        return next(str(each[1]) for each in reversed(self.noted.asked) if each[0] == "said")

    def offered(self, within: Any) -> list[str]:
        """The words on the buttons that are seen in a part of the room."""
        return [
            made.text() for made in within.findChildren(QPushButton) if made.isVisibleTo(self.room)
        ]

    def press(self, words: str, within: Any = None) -> None:
        """Presses the button with these words, once it is seen."""

        def found() -> list[QPushButton]:
            return [
                made
                for made in (within or self.room).findChildren(QPushButton)
                if made.text() == words and made.isVisibleTo(self.room)
            ]

        self.until(found)
        found()[0].click()

    def saved_to(self, path: Path) -> None:
        """Answers the next offer of a paper: save it there."""
        self.noted.answers += ["Save as PDF", path]


@contextmanager
def open_office(
    template: Template, folder: Path, qapp: QApplication, qtbot: Any, make: Make
) -> Iterator[Office]:
    """A room that is shown, on a copy of the workspace."""
    # The room of the test before is still there, and would be coloured once more.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fonts.apply(qapp, own=True)
    if appearance().chosen != "light":
        appearance().choose("light")
    clock = Clock()
    desk = Desk.open(template.copy(folder), PASSPHRASE, now=clock)
    tasks = TaskRunner()
    surroundings, noted = around(tasks)
    surroundings.now = clock
    surroundings.drafts = desk.drafts
    printing = NotedPrinting()
    room = make(desk, surroundings, PaperDoor(surroundings, printing, desk.write))
    room.resize(1366, 690)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    try:
        yield Office(room, desk, noted, surroundings, printing, clock, qtbot)
    finally:
        tasks.stop()
        # As in the program, what shows the records goes before they are closed: a timer of the
        # room would read them once more.
        room.close()
        shiboken6.delete(room)
        desk.close()
