"""A requests room on a real workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, Clock, Template, make_template
from tests.ui.conftest import NotedPrinting
from tests.ui.kit.around import Noted, around
from ui.kit import fonts
from ui.kit.paper_door import PaperDoor
from ui.kit.surroundings import Surroundings
from ui.kit.tasks import TaskRunner
from ui.kit.theme import theme
from ui.requests import RequestsRoom


@dataclass
class Office:
    """The room under test and what is around it."""

    room: RequestsRoom
    desk: Desk
    noted: Noted
    around: Surroundings
    printing: NotedPrinting
    qtbot: Any

    def finish(self) -> None:
        """Waits until the work in the background is done."""
        self.qtbot.waitUntil(lambda: not self.around.tasks.busy, timeout=20_000)

    def type(self, text: str) -> None:
        """Types into whatever has the keyboard."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        self.qtbot.keyClicks(focused, text)

    def said(self) -> str:
        """What the message bar said last."""
        return next(str(each[1]) for each in reversed(self.noted.asked) if each[0] == "said")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    fonts.apply(qapp, own=True)
    theme().choose("light")
    clock = Clock()
    desk = Desk.open(template.copy(tmp_path / "ws"), PASSPHRASE, now=clock)
    tasks = TaskRunner()
    surroundings, noted = around(tasks)
    surroundings.now = clock
    surroundings.drafts = desk.drafts
    printing = NotedPrinting()
    room = RequestsRoom(desk, surroundings, PaperDoor(surroundings, printing, desk.write))
    qtbot.addWidget(room)
    room.resize(1366, 690)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    yield Office(room, desk, noted, surroundings, printing, qtbot)
    tasks.stop()
    desk.close()
