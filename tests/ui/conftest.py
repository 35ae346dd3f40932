"""What the tests of whole windows share: a real window on a real workspace of its own."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.builders import PASSPHRASE, Clock
from tests.ui.kit.around import Noted
from ui.kit.look import fonts
from ui.kit.look.appearance import appearance
from ui.kit.pieces.surroundings import Forgetful
from ui.kit.pieces.sweeping import Sweeper
from ui.main_window.window import MainWindow

ENOUGH = 20_000
"""Milliseconds that a slow machine may take for anything waited for."""


class NotedPrinting:
    """A printer that keeps what it is given."""

    def __init__(self) -> None:
        self.printed: list[tuple[bytes, str]] = []
        self.willing = True

    def print_pdf(self, pdf: bytes, title: str) -> bool:
        self.printed.append((pdf, title))
        return self.willing


@dataclass
class Hall:
    """A window under test, its prompter, its printer, and what it remembered."""

    window: MainWindow
    noted: Noted
    printing: NotedPrinting
    qtbot: Any
    clock: Clock
    faults: list[BaseException] = field(default_factory=list)

    @property
    def page(self) -> Any:
        """The page shown before unlocking."""
        return self.window.start.currentWidget()

    @property
    def opened(self) -> Any:
        assert self.window.opened is not None
        return self.window.opened

    @property
    def here(self) -> Any:
        """The page shown after unlocking."""
        return self.opened.pages.currentWidget()

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=ENOUGH)

    def rest(self) -> None:
        """Waits until no work is running and what was added to the window is seen."""
        self.until(
            lambda: (
                not self.window.door.busy
                and (self.window.opened is None or not self.opened.tasks.busy)
            )
        )
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)

    def type(self, text: str) -> None:
        """Types into whatever has the keyboard."""
        self.qtbot.keyClicks(self.focus(), text)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        self.qtbot.keyClick(self.focus(), key, held)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Types the passphrase and Enter, and waits for Home."""
        self.until(self.page.passphrase.line.hasFocus)
        self.type(passphrase)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.window.opened is not None)
        self.rest()

    def close(self) -> None:
        """Closes without a question; backs up as any closing does."""
        if self.window.isVisible() or not self.window._may_close:
            setattr(self.window, "_may_leave", lambda: True)  # noqa: B010  # a method, for once
            self.noted.answers = ["Close without a backup", True]
            self.window.close()
            self.until(lambda: self.window._may_close and not self.window.isVisible())


@pytest.fixture(scope="package", autouse=True)
def _sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    """As in the program: widgets that nobody uses end on the thread of the window only.

    And as there, what stood before the window is not looked through again: a window looks at
    everything whenever it locks and unlocks, and here thousands of tests may stand before it.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    made = Sweeper()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _swept(_sweeper: Sweeper) -> Iterator[None]:
    yield
    _sweeper.sweep()


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    fonts.apply(qapp, own=True)
    if appearance().chosen != "light":
        appearance().choose("light")


@pytest.fixture
def preferences() -> Forgetful:
    return Forgetful()


@pytest.fixture
def enter(qtbot, preferences) -> Iterator[Callable[[Path], Hall]]:
    """Opens windows on folders, and closes them at the end."""
    halls: list[Hall] = []

    def open_on(folder: Path) -> Hall:
        noted, printing = Noted(), NotedPrinting()
        clock = Clock(dt.datetime.now(dt.UTC))
        faults: list[BaseException] = []
        window = MainWindow(
            preferences,
            folder,
            crash=faults.append,
            prompter=noted,
            printing=printing,
            now=clock,
        )
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        hall = Hall(window, noted, printing, qtbot, clock, faults)
        halls.append(hall)
        return hall

    yield open_on
    for hall in halls:
        hall.close()
        hall.window.deleteLater()
        assert hall.faults == []


@pytest.fixture
def folder(template, tmp_path) -> Path:
    """A workspace of the test's own."""
    return template.copy(tmp_path / "workspace")


@pytest.fixture
def hall(enter, folder) -> Hall:
    """A window that asks for the passphrase of the workspace."""
    return enter(folder)


@pytest.fixture
def home(hall) -> Hall:
    """A window that was unlocked and shows Home."""
    hall.unlock()
    return hall
