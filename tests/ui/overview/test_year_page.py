"""The page of the year: a line opens its entry, the terms open their pages, the plan is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.overview import YearPage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, YearPage) as made:
        yield made


def test_lines_lead_to_their_entries_and_nobody_is_named(office):
    taken = office.desk.assurance.taken
    today = taken.today()
    values = {"name": "Medical forms of Ada Quillfeather", "out_on": today, "back_by": today}
    entry = taken.save(values).entry
    office.room.reload()
    assert_walkable(office.room)
    office.until(lambda: any(entry.reference in each for each in office.offered(office.room)))
    offered = office.offered(office.room)
    line = next(words for words in offered if entry.reference in words)
    assert not any("Quillfeather" in words for words in offered)
    office.press(line)
    assert ("open", "taken_out", entry.id) == office.noted.asked[-1][:3]
    office.press("Report to the proprietor")
    assert office.noted.asked[-1][:2] == ("page", "reports")
    office.noted.answers.append("Print")
    office.room.print()
    assert office.printing.printed[0][0][:5] == b"%PDF-"
