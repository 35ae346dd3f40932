"""The page of a course: who still has to do it, and noting it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.builders import make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.people import CoursesRoom


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    template = make_template(tmp_path / "made")
    with open_office(template, tmp_path / "ws", qapp, qtbot, CoursesRoom) as opened:
        yield opened


def test_who_is_missing_is_noted_where_it_is_seen(office):
    people, room = office.desk.people, office.room
    for forename in ("Noor", "Theo", "Ana"):
        person = {"kind": "staff", "surname": "Reed", "forename": forename, "roles": ("teachers",)}
        people.people.save(person)
    course = people.courses.save({"name": "Data protection", "roles": ("teachers",)}).entry
    room.open_entry(course.id)
    assert_walkable(room)
    assert room.missing.told.text() == "3 of 3 members of staff."
    office.noted.answers.append("31 February 2026")
    office.press("Record it", room.missing)
    assert people.training.counts()["all"] == 0
    assert "no such day" in office.said()
    office.noted.answers.append("3 November 2026")
    office.press("Record it", room.missing)
    assert room.missing.told.text() == "2 of 3 members of staff."
    (done,) = (people.training.load(people.training.listing().id(0)),)
    assert done.values["done_on"] == dt.date(2026, 11, 3)
    office.noted.answers.append("20 November 2026")
    office.press("All of them have done it", room.missing)
    assert room.missing.told.text() == "Nobody: all 3 have done it."
    (standing,) = people.training.standing()
    assert standing.missing == ()
    assert office.said() == "2 trainings noted. Add certificates under Training."
    office.noted.undo()
    assert room.missing.told.text() == "2 of 3 members of staff."


def test_the_figures_of_each_role_stand_beside_the_course(office):
    people, room = office.desk.people, office.room
    for forename, role in (("Noor", "teachers"), ("Theo", "office")):
        person = {"kind": "staff", "surname": "Reed", "forename": forename, "roles": (role,)}
        people.people.save(person)
    course = people.courses.save({"name": "Data protection", "roles": ("all",)}).entry
    room.open_entry(course.id)
    assert room.missing.roles.text().splitlines() == [
        "Teachers: 0 of 1 done",
        "Office and administration: 0 of 1 done",
    ]


def test_a_signed_list_notes_those_who_signed_only(office):
    people, room = office.desk.people, office.room
    for forename in ("Noor", "Theo"):
        person = {"kind": "staff", "surname": "Reed", "forename": forename, "roles": ("teachers",)}
        people.people.save(person)
    course = people.courses.save({"name": "Data protection", "roles": ("teachers",)}).entry
    room.open_entry(course.id)

    def answer(dialog):
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        dialog.typed.setText("3 November 2026")
        dialog.accept()
        return bool(dialog.result())

    room.run = answer
    office.press("A signed list came back", room.missing)
    assert room.missing.told.text() == "1 of 2 members of staff."
    (done,) = (people.training.load(people.training.listing().id(0)),)
    assert done.values["done_on"] == dt.date(2026, 11, 3)
