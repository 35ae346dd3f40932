"""Home with more duties than anybody reads: the first ones, and the way to the rest."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QPushButton

from tests.builders import TODAY, a_request
from tests.ui.kit.around import around
from ui.home import page
from ui.kit.pieces.tasks import TaskRunner

YESTERDAY = TODAY - dt.timedelta(days=1)
"""So new that nothing but its answer is due."""


def test_a_long_group_shows_its_first_lines_and_the_way_to_the_rest(qtbot, desk, monkeypatch):
    monkeypatch.setattr(page, "_MOST", 2)
    for _ in range(5):
        a_request(desk, received=YESTERDAY)
    surroundings, noted = around(TaskRunner())
    home = page.HomePage(desk, surroundings)
    qtbot.addWidget(home)
    home.reload()

    assert len(home.lines) == 2
    (more,) = [each for each in home.findChildren(QPushButton) if "more" in each.text()]
    assert more.text() == "3 more: open the list"
    more.click()
    assert noted.asked == [("page", "requests", {"chip": "open"})]
