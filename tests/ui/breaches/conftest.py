"""A breaches room on a real workspace of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.registers.entries import Entry
from tests.breaches.conftest import AWARE, WHOLE
from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from ui.breaches import BreachesRoom

LATER = dt.timedelta(minutes=1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, BreachesRoom) as made:
        yield made


@pytest.fixture
def incident(office: Office) -> Callable[..., Entry]:
    """Saves an incident about which little is known; keywords add answers."""

    def save(**values: Any) -> Entry:
        known = {"summary": "Class list sent to the wrong parent", "aware": AWARE}
        return office.desk.breaches.breaches.save({**known, **values}).entry

    return save


@pytest.fixture
def whole(office: Office) -> Entry:
    """A breach that is to be reported and of which everything is known."""
    return office.desk.breaches.breaches.save(WHOLE).entry
