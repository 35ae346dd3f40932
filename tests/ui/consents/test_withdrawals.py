"""Withdrawals in the window: what is to be done, and what does not bring consent back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.consents.test_forms_page import _pile, scans
from tests.ui.consents.test_pages import cells, enter, matrix, opened, pile, template
from tests.ui.office import Office
from tests.ui.walk import assert_walkable
from ui.consents import AnswersRoom

__all__ = ["matrix", "pile", "scans", "template"]

DAY = dt.timedelta(days=1)


@pytest.fixture
def answers(template: Any, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with opened(template, tmp_path, qapp, qtbot, AnswersRoom) as made:
        yield made


def withdrawn(office: Office, *, days: int = 2, uses: int = 1) -> Any:
    """Ana's parent withdrew the first use, or more of them, some days ago."""
    consents = office.desk.consents.consents
    roll = consents.roll()
    ana = roll.pupils[0]
    by = consents.first_deciders([ana.id])
    said = {use.id: "withdrawn" for use in roll.uses[:uses]}
    consents.answer_many([ana.id], said, by_whom=by, asked_on=consents.today() - days * DAY)
    return ana


def stands(office: Office, pupil: int) -> str:
    roll = office.desk.consents.consents.roll()
    return str(roll.of(pupil, roll.uses[0].id).stands)


def test_a_form_that_would_bring_consent_back_is_asked_for_its_day(pile):
    ana, room = withdrawn(pile), pile.room
    today = pile.desk.consents.consents.today()
    room.reload()
    enter(pile, "ana", "ynn")
    assert "Consent was withdrawn" in pile.said()
    assert room.day.value() is None
    assert stands(pile, ana.id) == "withdrawn"
    QTest.keyClick(room.uses, Qt.Key.Key_Return)
    assert "Give the day" in pile.said()
    room.reload()
    assert room.day.value() is None, "a change elsewhere does not fill it in"
    room.day.set_value(today - 5 * DAY)
    QTest.keyClick(room.uses, Qt.Key.Key_Return)
    assert stands(pile, ana.id) == "withdrawn", "an older form changes nothing"
    assert room.day.value() == today, "the next form has the day of the pile again"
    enter(pile, "ben", "yyy")
    assert stands(pile, room.roll.pupils[1].id) == "given"


def test_a_class_set_at_once_leaves_out_who_withdrew(matrix):
    ana, room = withdrawn(matrix), matrix.room
    room.reload()
    room.table.selectAll()
    matrix.press("Record", room.many)
    matrix.finish()
    assert "Left out: 1 pupil" in matrix.said()
    assert stands(matrix, ana.id) == "withdrawn"
    assert [row[2] for row in cells(matrix)] == ["Withdrawn", "Given", "Given"]


def test_a_tick_on_a_form_printed_before_the_withdrawal_is_left_open(
    scans, tmp_path, monkeypatch, qtbot
):
    room = scans.room
    path = _pile(scans, tmp_path, monkeypatch)
    withdrawn(scans, days=0)
    room.reload()
    with qtbot.waitSignal(room.around.tasks.finished, timeout=60_000):
        room.read_files([path])
    room.skip()
    assert "printed before that" in room.banner.text.text()
    assert list(room.uses.answers.values()) == ["refused", "refused"]


def test_what_a_withdrawal_asks_for_is_done_line_by_line(answers):
    desk, room = answers.desk, answers.room
    ana = withdrawn(answers, uses=2)
    use = desk.consents.uses.every()[0]
    shown = desk.consents.photos.save(
        {"what": "Sports day", "people": (ana.reference,), "everybody": "yes"}
    ).entry
    desk.consents.photos.places.save({"use": use.id, "where": "Hall"}, parent_id=shown.id)
    room.open_entry(1)
    panel = room.withdrawal
    answers.press(f"Open {shown.reference}", panel)
    assert ("open", "photos", shown.id) in answers.noted.asked
    answers.press("Nobody outside had pictures", panel)
    assert answers.said() == "Recorded for 2 uses."
    answers.press("Everything is taken down", panel)
    assert "still in use" in answers.said()
    desk.consents.photos.take_down(shown.id)
    desk.consents.delete_picture(desk.consents.photos.load(shown.id))
    answers.press("Everything is taken down", panel)
    answers.press("The letter was sent today", panel)
    assert {desk.consents.consents.load(n).state for n in (1, 2)} == {"withdrawn"}
    answers.until(lambda: answers.offered(panel) == ["The letter"])
    assert_walkable(room)


def a_picture_of(office: Office, pupil: Any) -> None:
    """The pupil agrees to the first use, and a picture of them hangs in the hall."""
    consents, photos = office.desk.consents.consents, office.desk.consents.photos
    (use, *_) = consents.roll().uses
    by = consents.first_deciders([pupil.id])
    consents.answer_many([pupil.id], {use.id: "given"}, by_whom=by)
    answers = {"what": "Sports day", "people": (pupil.reference,), "everybody": "yes"}
    made = photos.save({**photos.blank().values, **answers}).entry
    photos.places.save({"use": use.id, "where": "Hall"}, parent_id=made.id)


def test_who_records_a_no_is_told_at_once_what_must_come_down(matrix):
    room = matrix.room
    room.reload()
    a_picture_of(matrix, room.roll.pupils[0])
    room.reload()
    room.table.selectRow(0)
    matrix.press("Record", room.many)
    matrix.finish()
    assert matrix.said() == "Recorded for 1 pupil."
    room.many.answer.setCurrentIndex(room.many.answer.findData("refused"))
    matrix.press("Record", room.many)
    matrix.finish()
    assert matrix.said() == ("Recorded for 1 pupil. 1 picture in use must come down now: see Home.")


def test_forms_entered_by_key_say_it_too(pile):
    room = pile.room
    a_picture_of(pile, room.roll.pupils[0])
    room.reload()
    enter(pile, "ana", "nyy")
    assert "1 picture in use must come down now: see Home." in pile.said()


def test_an_answer_says_whether_it_counts_today_and_to_which_words_it_was_given(answers):
    consents, uses = answers.desk.consents.consents, answers.desk.consents.uses
    roll = consents.roll()
    ana, use = roll.pupils[0], roll.uses[0]
    consents.answer_many([ana.id], {use.id: "given"}, by_whom=consents.first_deciders([ana.id]))
    number = next(int(row[0]) for row in consents.listing().rows)
    room = answers.room
    room.page.open(number)
    said = [label.text() for label in room.holds.findChildren(QLabel)]
    assert any(each.startswith("Given by Jo Ana Hill") for each in said)
    assert not any("earlier words" in each for each in said)
    old = uses.load(use.id)
    uses.save({"name": "Everywhere", "words": "On posters in the town."}, old.id, old.version)
    room.page.open(number)
    said = [label.text() for label in room.holds.findChildren(QLabel)]
    assert any(each.startswith("Expired. The wording has changed since") for each in said)
    assert any(
        f"given to “{old.values['name']}”, in earlier words: “{old.values['words']}”" in each
        for each in said
    )
    assert_walkable(room)
