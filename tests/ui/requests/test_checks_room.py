"""The page of sample checks: a sample is drawn there, and the trend stands at its head."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel

from tests.builders import a_request
from ui.requests import RequestChecksRoom


@pytest.fixture
def room(office):
    for _ in range(3):
        a_request(office.desk, closed=dt.date(2026, 11, 19), outcome="given")
    made = RequestChecksRoom(office.desk, office.around, office.room.door)
    office.qtbot.addWidget(made)
    made.show()
    return made


def test_a_sample_is_drawn_and_opened(office, room):
    office.noted.answers = ["34 %"]
    room.draw_button.click()
    assert "2 requests drawn" in office.said()
    assert len(room.list.ids()) == 2
    room.open_entry(1)
    assert room.page.entry.title.startswith("SAR-2026-")
    office.noted.answers = ["none"]
    room.draw()
    assert "from 1 to 100" in office.said()


def test_what_the_record_shows_is_beside_the_questions(office, room):
    office.noted.answers = ["100"]
    room.draw_button.click()
    room.open_entry(1)
    panel = next(each for each in room.page.panels if each.title.text() == "What the record shows")
    said = [each.text() for each in panel.findChildren(QLabel)]
    assert any(words.endswith(": in time") for words in said)
    assert "None recorded as sent" in said
