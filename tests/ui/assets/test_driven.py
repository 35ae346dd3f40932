"""What stands on the register in other rooms: breaches name the assets that they touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.breaches.conftest import AWARE
from tests.builders import Template
from tests.ui.office import Office, open_office
from ui.breaches import BreachesRoom
from ui.requests import RequestsRoom


@pytest.fixture
def breaches(
    template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any
) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, BreachesRoom) as made:
        yield made


@pytest.fixture
def requests(
    template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any
) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, RequestsRoom) as made:
        yield made


def test_a_breach_names_an_asset_by_typing_and_both_show_the_link(breaches):
    desk = breaches.desk
    asset = desk.assets.assets.save({"name": "Pupil files"}).entry
    entry = desk.breaches.breaches.save({"summary": "A bag was lost", "aware": AWARE}).entry
    breaches.room.open_entry(entry.id, "assess")
    made = breaches.room.page.form.rows["asset_links"].input
    made.line.setFocus()
    breaches.type("pupil")
    QTest.keyClick(made.line, Qt.Key.Key_Tab)
    assert made.value() == (asset.reference,)
    tags = [tag.text() for tag in made.tags.findChildren(QPushButton)]
    assert tags == [f"{asset.reference} Pupil files"]
    assert breaches.room.page.save()
    assert desk.breaches.breaches.load(entry.id).values["asset_links"] == (asset.reference,)
    (link,) = desk.links.of_entry("assets", asset.id)
    assert (link.register, link.id) == ("breaches", entry.id)
    breaches.press(asset.reference, breaches.room.links)
    assert breaches.noted.asked[-1] == ("open", "assets", asset.id)


def test_the_places_to_search_for_a_request_come_from_the_assets(requests):
    desk = requests.desk
    desk.assets.assets.accept(["pupil_files", "payroll"])
    values = {
        "subject": "Robin Example",
        "subject_kind": "pupil",
        "received": desk.assets.assets.today(),
    }
    entry = desk.requests.requests.save(values).entry
    requests.room.open_entry(entry.id, "search")
    requests.press("Add the usual places")
    listed = [part.title for part in requests.room.part("searches").model.entries]
    assert any(title.startswith("AS-2026-001 Pupil files") for title in listed)
    assert not any("Payroll" in title for title in listed)
