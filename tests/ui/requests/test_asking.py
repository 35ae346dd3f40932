"""A colleague is asked to search, in the window; the answer is noted, and what is left is seen."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.builders import a_request
from tests.ui.walk import assert_walkable


@pytest.fixture
def entry(office):
    made = a_request(office.desk, subject="Ethan Walker")
    for place in ("Class notes", "Fees", "Pupil file"):
        office.desk.requests.requests.searches.save({"place": place}, parent_id=made.id)
    office.room.open_entry(made.id, "search")
    return made


def asked_of(office, entry):
    parts = office.desk.requests.requests.searches.parts(entry.id)
    return [part.values.get("asked_whom") for part in parts]


def test_a_colleague_is_asked_by_e_mail_and_answers(office, entry, tmp_path):
    ask = office.room.asking
    office.press("Ask a colleague to search", ask)
    assert "Walker, Ethan" in ask.terms.text()
    ask.ticks.boxes[1].setChecked(False)
    ask.whom.line.setText("Olive Oakes")
    ask.mail.line.setText("o.oakes@school.example")
    office.noted.answers = [tmp_path / "ask.eml"]
    office.press("For e-mail", ask)
    assert b"o.oakes@school.example" in (tmp_path / "ask.eml").read_bytes()
    assert asked_of(office, entry) == ["Olive Oakes", None, "Olive Oakes"]
    assert "Olive Oakes is recorded as asked" in office.said()

    office.press("Record the answer", ask)
    together = office.room.together
    assert together.by_whom.text() == "Olive Oakes"
    assert [part.title for part in together.ticks.chosen] == ["Class notes", "Pupil file"]
    together.save()
    assert "1 place still to search" in office.room.next_step.says.text()
    assert not ask.isHidden(), "the last place can still be asked for"
    shown = [each.text() for each in ask.findChildren(QPushButton) if each.isVisible()]
    assert shown == ["Ask a colleague to search"]


def test_it_is_not_noted_as_asked_where_nothing_went_out(office, entry):
    ask = office.room.asking
    office.press("Ask a colleague to search", ask)
    office.press("Print or save", ask)
    assert "Enter who you are asking" in ask.banner.text.text()
    ask.whom.line.setText("Olive Oakes")
    ask.by.line.setText("3 November 2026")
    office.press("Print or save", ask)
    assert "has already passed" in ask.banner.text.text()
    ask.by.line.setText("nonsense")
    office.press("Print or save", ask)
    assert not ask.banner.isHidden()
    ask.by.line.setText("27/11/2026")
    office.noted.answers = [None]
    office.press("Print or save", ask)
    assert asked_of(office, entry) == [None, None, None]
    assert ask.whom.text() == "Olive Oakes", "nothing typed is lost"
    office.noted.answers = ["Print"]
    office.press("Print or save", ask)
    assert asked_of(office, entry) == ["Olive Oakes"] * 3
    office.noted.undo()
    assert asked_of(office, entry) == [None, None, None]


def test_terms_are_suggested_for_a_place_and_are_no_change_until_saved(office, entry):
    panel = office.room.part("searches")
    panel.edit(panel.model.entries[0].id)
    assert "Walker, Ethan" in panel.form.values()["terms"]
    assert not panel.dirty
    panel.form.set_values({**panel.form.values(), "found": "no"}, clean=False)
    panel.save()
    first = office.desk.requests.requests.searches.parts(entry.id)[0]
    assert "Walker, Ethan" in first.values["terms"]


def test_a_late_answer_is_seen_on_the_page(office, entry):
    parts = office.desk.requests.requests.searches.parts(entry.id)
    late = {"asked_whom": "Olive Oakes", "answer_by": dt.date(2026, 11, 9)}
    office.desk.requests.requests.searches.record_together(parts[:1], late)
    office.room.open_entry(entry.id, "search")
    office.press("Ask again", office.room.asking)
    assert office.room.asking.whom.text() == "Olive Oakes"
    assert len(office.room.asking.ticks.chosen) == 1
    assert_walkable(office.room)


@pytest.mark.parametrize("opened", ["Ask a colleague to search", "Record several at once"])
def test_escape_puts_the_questions_away_and_leaves_the_request_open(office, entry, opened):
    form = office.room.asking if opened.startswith("Ask") else office.room.together
    office.press(opened, form)
    where = QApplication.focusWidget()
    assert where is not None
    assert form.inside.isAncestorOf(where)
    QTest.keyClick(where, Qt.Key.Key_Escape)
    assert form.inside.isHidden()
    assert office.room.page.isVisible()
    assert form.offer.hasFocus(), "the keyboard is where they were opened"
    assert searched_nothing(office, entry)


def searched_nothing(office, entry):
    parts = office.desk.requests.requests.searches.parts(entry.id)
    return all(part.values.get("found") is None for part in parts)
