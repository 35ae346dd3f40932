"""What the tests of the kit share: an invented register and surroundings that take notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.kit.around import Noted, around
from tests.ui.kit.invented import Umbrellas, database, umbrellas
from ui.kit import fonts
from ui.kit.surroundings import Surroundings
from ui.kit.tasks import TaskRunner
from ui.kit.theme import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    fonts.apply(qapp, own=True)
    if theme().chosen != "light":
        theme().choose("light")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Umbrellas]:
    made = database(tmp_path)
    yield umbrellas(made)
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
