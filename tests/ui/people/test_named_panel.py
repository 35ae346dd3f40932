"""A name typed into an entry is offered beside it, and linked only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import cut_off
from ui.kit.register.register_room import RegisterRoom


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    def assets(desk: Any, around: Any, door: Any, parent: Any = None) -> RegisterRoom:
        return RegisterRoom(desk, desk.assets.assets, around, door, parent)

    with open_office(template, tmp_path / "ws", qapp, qtbot, assets) as made:
        yield made


def offered(office: Office) -> list[str]:
    return [each.accessibleName() for each in office.room.named.findChildren(QPushButton)]


def test_two_of_one_name_are_offered_and_the_chosen_one_is_linked(office):
    people = office.desk.people.people
    for form in ("4B", "6A"):
        people.save({"kind": "pupil", "surname": "Ward", "forename": "Ana", "form": form})
    entry = office.desk.assets.assets.save({"name": "Files", "owner": "Ana Ward"}).entry
    office.room.open_entry(entry.id)
    assert cut_off(office.room.named) == []
    assert offered(office) == ["Link Ana Ward (4B)", "Link Ana Ward (6A)"]
    assert office.desk.links.of_entry("assets", entry.id) == ()
    office.room.named.findChildren(QPushButton)[1].click()
    linked = office.desk.links.of_entry("assets", entry.id)
    assert [each.title for each in linked] == ["Ward, Ana"]
    assert not office.room.named.isVisibleTo(office.room.page)
    assert office.desk.assets.assets.load(entry.id).values["owner"] == "Ana Ward"
