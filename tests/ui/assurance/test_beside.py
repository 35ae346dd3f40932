"""The page of reports side by side: files and kept reports, bad files told, printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpdesk.overview import figures_file
from tests.builders import Template, make_template
from tests.overview.test_figures_file import a_report
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.assurance import BesidePage, ReportsPage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, BesidePage) as made:
        yield made


def columns(page: BesidePage) -> list[str]:
    model = page.model
    heads = range(2, model.columnCount())
    return [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in heads]


def test_files_and_kept_reports_stand_side_by_side_and_are_printed(office, tmp_path):
    page, today = office.room, office.desk.governance.today()
    kept = office.desk.governance.keep(today - dt.timedelta(90), today, {})
    page.reload()
    assert_walkable(page)
    other = tmp_path / f"other{figures_file.ENDING}"
    other.write_bytes(figures_file.written(a_report("Ashgrove School")))
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"\xff\xd8\xff")
    office.noted.answers.append((other, bad))
    office.press("Choose files…")
    assert "holiday.jpg: This file does not hold the figures" in page.banner.text.text()
    office.press(f"Add report 1: {kept.title.removeprefix('Report 1: ')}")
    assert [each.split("\n")[0] for each in columns(page)] == ["Ashgrove School", "Elmfield School"]
    assert page.banner.isHidden()
    assert not any(each.startswith("Add report") for each in office.offered(page))
    office.noted.answers.append((other,))
    office.press("Choose files…")
    assert "Ashgrove School is there twice" in page.banner.text.text()
    assert len(page.reports) == 2
    assert_walkable(page)
    office.noted.answers.append("Print")
    office.press("Print or PDF")
    assert office.printing.printed[0][0][:5] == b"%PDF-"
    page.take_out(page.reports[0])
    assert [each.split("\n")[0] for each in columns(page)] == ["Elmfield School"]


def test_the_figures_of_a_report_are_saved_and_come_back(template, tmp_path, qapp, qtbot):
    target = tmp_path / f"autumn{figures_file.ENDING}"
    with open_office(template, tmp_path / "ws", qapp, qtbot, ReportsPage) as office:
        office.noted.answers.append(target)
        office.press("Save the figures")
        first, last = office.room.period.period
        read = figures_file.read(target)
        assert (read.school, read.first, read.last) == ("Elmfield School", first, last)
        office.press("Reports side by side…")
        assert office.noted.asked[-1][:2] == ("page", "beside")
