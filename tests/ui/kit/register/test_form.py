"""A form asks what applies, keeps what is typed and explains what is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.kit.invented import NOW, Umbrella, Umbrellas
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors


@pytest.fixture
def form(service: Umbrellas, qtbot) -> Form:
    made = Form(Umbrella.register, Doors(service, now=lambda: NOW))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def line(form: Form, name: str) -> QLineEdit:
    found: Any = form.rows[name].input
    return found.line


def test_every_question_of_the_register_is_asked_in_its_card(form: Form):
    assert list(form.rows) == [field.name for field in Umbrella.register.fields]
    card = form.card("found")
    assert card is not None
    assert card.isAncestorOf(form.rows["what"])
    assert not card.isAncestorOf(form.rows["notes"])


def test_answers_come_back_and_loading_is_not_changing(form: Form, service: Umbrellas):
    told: list[int] = []
    form.changed.connect(lambda: told.append(1))
    values = service.load(1).values
    form.set_values(values)
    assert {n: v for n, v in form.values().items() if v is not None} == values
    assert not form.dirty
    assert told == []


def test_dirty_until_it_is_as_it_was(form: Form, service: Umbrellas):
    told: list[bool] = []
    form.set_values(service.load(1).values)
    form.dirty_changed.connect(told.append)
    what = line(form, "what")
    QTest.keyClicks(what, "x")
    assert form.dirty
    QTest.keyClick(what, Qt.Key.Key_Backspace)
    assert not form.dirty
    assert told == [True, False]


def test_what_cannot_be_read_is_dirty_kept_and_reported_only_after_leaving(form: Form):
    due = line(form, "due_on")
    due.setFocus()
    QTest.keyClicks(due, "soon")
    assert form.dirty
    assert not form.rows["due_on"].wrong, "nobody is told off while typing"
    line(form, "what").setFocus()
    assert form.rows["due_on"].wrong
    assert form.typed() == {"due_on": "soon"}
    assert form.values()["due_on"] is None
    assert "due_on" in form.problems()
    due.setFocus()
    due.selectAll()
    QTest.keyClicks(due, "1 Dec 2026")
    assert not form.rows["due_on"].wrong, "once told, it is checked at every key"
    assert form.values()["due_on"] == dt.date(2026, 12, 1)


def test_a_question_appears_when_it_applies(form: Form):
    marks = form.rows["marks"]
    assert marks.isHidden()
    marked: Any = form.rows["marked"].input
    marked.buttons["yes"].click()
    assert not marks.isHidden()
    marked.buttons["no"].click()
    assert marks.isHidden()


def test_what_is_wrong_stands_beside_the_question_and_the_first_gets_the_keyboard(form: Form):
    rest = form.show_errors({"place": "No such place.", "worth": "Too much.", "": "In general."})
    assert rest == ["In general."]
    assert form.rows["place"].error.text() == "No such place."
    place: Any = form.rows["place"].input
    assert place.combo.hasFocus()
    form.show_errors({})
    assert not form.rows["place"].wrong


def test_a_stage_shows_its_cards_only_and_an_error_elsewhere_shows_all(form: Form):
    form.show_stage("return")
    found, back = form.card("found"), form.card("back")
    assert found is not None
    assert back is not None
    assert found.isHidden()
    assert not back.isHidden()
    form.show_errors({"what": "Needs an answer."})
    assert not found.isHidden()
    assert line(form, "what").hasFocus()


def test_two_columns_where_there_is_room(form: Form, qtbot):
    def left(card: str) -> int:
        found = form.card(card)
        assert found is not None
        return found.mapTo(form, found.rect().topLeft()).x()

    form.resize(1000, 900)
    qtbot.waitUntil(lambda: left("found") < left("notes"))
    form.resize(600, 900)
    qtbot.waitUntil(lambda: left("found") == left("notes") == 0)
    assert form.width() == 600


def test_tab_goes_through_the_questions_in_their_order(form: Form):
    line(form, "what").setFocus()
    seen: list[str] = []
    for _ in range(40):
        focused = form.focusWidget()
        name = next((n for n, made in form.rows.items() if made.isAncestorOf(focused)), "")
        if name and (not seen or seen[-1] != name):
            seen.append(name)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if form.focusWidget() is line(form, "what"):
            break
    asked = [name for name, made in form.rows.items() if not made.isHidden()]
    assert seen == asked


def test_ctrl_i_says_why_the_question_is_asked(form: Form):
    line(form, "found_at").setFocus()
    QTest.keyClick(line(form, "found_at"), Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not form.rows["found_at"].source.isHidden()
    assert form.rows["found_at"].source.text() == (
        "The day and the time when somebody first picked it up.\n"
        "Source: Lost property rules, section 2."
    )


def test_answers_of_questions_that_are_not_shown_are_kept(service: Umbrellas, qtbot):
    made = Form(Umbrella.register, Doors(service, now=lambda: NOW), sections=("found",))
    qtbot.addWidget(made)
    made.set_values({"what": "Red", "notes": "Keep me"})
    assert made.values()["notes"] == "Keep me"
    assert "notes" not in made.rows


def test_a_section_is_gone_to_at_its_first_question_asked(form: Form):
    form.focus_section("notes")
    assert form.rows["notes"].isAncestorOf(form.focusWidget())


def test_help_is_no_wider_than_it_can_be_read(form: Form):
    row = form.rows["what"]
    assert row.help is not None
    wide = row.help.fontMetrics().averageCharWidth() * 70
    assert row.help.maximumWidth() <= wide
