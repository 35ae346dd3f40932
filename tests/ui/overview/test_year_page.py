"""The page of the year: a line opens its entry, the terms open their pages, the plan is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.builders import Template, a_request, make_template
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


def test_the_year_is_a_list_a_month_and_a_whole_year(office):
    taken, page = office.desk.assurance.taken, office.room
    today = taken.today()
    late = today - dt.timedelta(3)
    values = {"name": "Forms of Ada Quillfeather", "out_on": late, "back_by": late}
    entries = [
        taken.save(values).entry,
        a_request(office.desk, subject="Ada Quillfeather", received=today),
    ]
    later = dt.date.fromisoformat(entries[1].due)
    page.reload()
    office.press("Month")
    office.until(page.month.isVisible)
    assert_walkable(page)
    assert page.month.first == today.replace(day=1)
    office.until(lambda: office.offered(page.month))
    offered = office.offered(page.month)
    # What is overdue stands on today.
    assert any(words.startswith("! ") and entries[0].reference in words for words in offered)
    assert not any(entries[1].reference in words for words in offered)
    assert not page.before.isEnabled()
    while page.month.first < later.replace(day=1):
        page.after.click()
    office.until(lambda: office.offered(page.month))
    line = next(words for words in office.offered(page.month) if entries[1].reference in words)
    office.press(line, page.month)
    assert ("open", "requests", entries[1].id) == office.noted.asked[-1][:3]
    office.press("Year")
    office.until(page.grid.isVisible)
    assert_walkable(page)
    model = page.grid.model()
    assert model.rowCount() == 12
    told = {
        model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(12)
        for column in range(1, 32)
    }
    assert not any("Quillfeather" in each for each in told)
    assert any(entries[1].reference in each for each in told)
    page.grid.opened.emit(1)
    assert page.month.isVisible()
    assert page.month.first == today.replace(day=1)
