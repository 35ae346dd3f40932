"""Rooms of the asset register on a real workspace of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.registers.entries import Entry
from tests.assets.conftest import PURPOSE, WHOLE
from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from ui.assets import AssetSignOffPage, AssetsRoom, SystemsRoom


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, AssetsRoom) as made:
        yield made


@pytest.fixture
def systems(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, SystemsRoom) as made:
        yield made


@pytest.fixture
def audit(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, AssetSignOffPage) as made:
        yield made


Save = Callable[..., Entry]


def saver(office: Office) -> Save:
    """Saves an asset about which nothing is missing, but for what the keywords change."""

    def save(*purposes: dict[str, Any], **values: Any) -> Entry:
        desk = office.desk
        desk.retention.schedule.adopt_defaults(["P04"])
        rule = desk.retention.schedule.find("RR-2026-001").id
        blank = desk.assets.assets.blank().values
        answers = {**blank, **WHOLE, "retention_rule": rule, **values}
        saved = desk.assets.assets.save(answers)
        for purpose in purposes or ({},):
            desk.assets.assets.purposes.save({**PURPOSE, **purpose}, parent_id=saved.entry.id)
        office.around.bus.publish(saved.changes)
        return desk.assets.assets.load(saved.entry.id)

    return save


@pytest.fixture
def whole(office: Office) -> Save:
    return saver(office)
