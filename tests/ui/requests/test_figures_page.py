"""The figures of the request log on the screen."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.builders import a_request
from tests.ui.walk import assert_walkable
from ui.requests import RequestFiguresPage


@pytest.fixture
def page(office):
    closed = {"closed": dt.date(2026, 11, 19), "outcome": "given"}
    a_request(office.desk, received=dt.date(2026, 10, 1), **closed, late_reason="Half term.")
    a_request(office.desk)
    made = RequestFiguresPage(office.desk, office.around, office.room.door)
    office.qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    made.read()
    return made


def test_the_figures_stand_on_the_page_and_go_on_paper(office, page, tmp_path):
    assert (page.figures.received, page.figures.closed, page.figures.on_time) == (2, 1, 0)
    opens = [words for words in office.offered(page.lists) if words.startswith("SAR-")]
    assert opens == [page.figures.late[0].reference]
    office.saved_to(tmp_path / "figures.pdf")
    page.print_figures()
    assert (tmp_path / "figures.pdf").read_bytes().startswith(b"%PDF")
    assert_walkable(page)
