"""What the tests of the kit share: an invented register and surroundings that take notes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.registers.drafts import DraftService
from dpdesk.registers.service import RegisterService
from tests.ui.kit.around import Noted, around
from tests.ui.kit.entry_pages import STEPS
from tests.ui.kit.invented import (
    NAME,
    Sighting,
    Umbrellas,
    database,
    opened,
    umbrella_log,
    umbrellas,
)
from ui.kit.look import fonts
from ui.kit.look.appearance import appearance
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import TaskRunner
from ui.kit.register.entry_page import EntryPage
from ui.kit.register.rail import WhyPanel


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    fonts.apply(qapp, own=True)
    if appearance().chosen != "light":
        appearance().choose("light")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a few umbrellas, made once; every test gets its own copy."""
    folder = tmp_path_factory.mktemp("umbrellas")
    made = database(folder)
    umbrellas(made)
    made.close()
    return folder / NAME


@pytest.fixture
def service(written: Path, tmp_path: Path) -> Iterator[Umbrellas]:
    made = opened(Path(shutil.copy(written, tmp_path)))
    yield umbrella_log(made)
    made.close()


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[tuple[Surroundings, Noted]]:
    tasks = TaskRunner()
    yield around(tasks)
    tasks.stop()


@pytest.fixture
def surroundings(desk: tuple[Surroundings, Noted]) -> Surroundings:
    return desk[0]


@pytest.fixture
def noted(desk: tuple[Surroundings, Noted]) -> Noted:
    return desk[1]


@pytest.fixture
def sightings(service: Umbrellas) -> RegisterService[Sighting]:
    made = RegisterService(service.database, Sighting)
    made.parent = service
    return made


@pytest.fixture
def page(service: Umbrellas, sightings, surroundings: Surroundings, qtbot) -> Iterator[EntryPage]:
    surroundings.drafts = DraftService(service.database)
    made = EntryPage(
        service,
        surroundings,
        parts=[sightings],
        panels=[WhyPanel(lambda entry: STEPS if entry.due else ())],
        neighbours=lambda: [1, 2, 3],
        missing_for=" for the umbrella report",
    )
    qtbot.addWidget(made)
    made.resize(1366, 660)
    made.open(1)
    with qtbot.waitActive(made):
        made.show()
    yield made
    # A page that goes away keeps its draft; the database must still be there.
    made.hide()
