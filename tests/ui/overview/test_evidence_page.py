"""The page of evidence: gaps by category, and a pack in a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from dpdesk.overview.pack import PackNames
from tests.builders import Template, a_request, make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.overview import EvidencePage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, EvidencePage) as made:
        yield made


def test_the_page_names_gaps_and_saves_a_pack_once(office, tmp_path):
    office.desk.assets.assets.save({"name": "Pupil files", "personal": "yes"})
    office.room.reload()
    assert_walkable(office.room)
    said = [label.text() for label in office.room.findChildren(QLabel)]
    assert "✓  4.6(a)  An information asset register" in said
    assert "○  17  Complaints" in said
    office.noted.answers.append(tmp_path)
    office.room.save_pack()
    (folder,) = tmp_path.glob("Evidence *")
    for line in (folder / "MANIFEST.sha256").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    office.noted.answers.append(tmp_path)
    office.room.save_pack()
    assert "already" in office.said()


def test_a_pack_is_about_what_is_ticked(office, tmp_path):
    page = office.room
    office.desk.assets.assets.save({"name": "Pupil files", "personal": "yes"})
    a_request(office.desk)
    page.reload()
    for tick in page.areas:
        tick.setChecked(False)
    page.save_pack()
    assert "Choose what" in office.said()
    next(each for each in page.areas if each.text() == "Assets").setChecked(True)
    office.noted.answers.append(tmp_path)
    page.save_pack()
    (folder,) = tmp_path.glob("Evidence *")
    assert [each.name for each in (folder / "registers").iterdir()] == ["assets.csv"]
    said = (folder / "history.csv").read_text("utf-8-sig")
    assert "assets" in said
    assert "requests" not in said


def test_after_a_pack_with_pseudonyms_who_is_who_is_offered(office, tmp_path):
    page = office.room
    a_request(office.desk, subject="Quilla Invented")
    page.names[PackNames.PSEUDONYMS].setChecked(True)
    office.noted.answers += [tmp_path, None]
    page.save_pack()
    assert "Who is who" in str(office.noted.asked), office.noted.asked
    (folder,) = tmp_path.glob("Evidence *")
    assert "Quilla" not in (folder / "registers" / "requests.csv").read_text("utf-8-sig")
