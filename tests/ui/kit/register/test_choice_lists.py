"""Pick lists: the open list, the search in it, and what an answer rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from dpdesk.law.sources import Confidence, advice
from dpdesk.registers.fields import Choice, Field, Kind
from tests.ui.kit.invented import COLOURS, NOW, PLACES, Umbrellas
from ui.kit.register.form_row import Doors, FormRow, make_input
from ui.kit.register.inputs_choices import SEARCHED, ChoiceInput, Combo
from ui.kit.register.inputs_many import ChoicesInput

# The screen of the tests cannot grab the keyboard for a popup; nothing is lost.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ADVICE = advice(Confidence.UNCONFIRMED)


@pytest.fixture
def doors(service: Umbrellas) -> Doors:
    return Doors(service, now=lambda: NOW)


@pytest.fixture
def put(qtbot, doors):
    def show(field: Field) -> Any:
        made: Any = make_input(field, doors)
        qtbot.addWidget(made)
        made.resize(600, 300)
        with qtbot.waitActive(made):
            made.show()
        return made

    return show


@pytest.mark.parametrize("count", [1, 4, 12])
def test_an_open_list_shows_its_last_line_whole(put, count):
    offered = tuple(Choice(str(n), f"Answer {n}") for n in range(count))
    made: ChoiceInput = put(Field(Kind.CHOICE, "Which?", "a", choices=offered))
    made.combo.showPopup()
    view = made.combo.view()
    assert made.combo.count() == count + 1, "and the line to choose nothing"
    last = view.visualRect(view.model().index(count, 0))
    assert view.viewport().rect().contains(last)
    made.combo.hidePopup()


def test_the_list_of_what_is_searched_shows_its_last_line_whole(put):
    made: ChoiceInput = put(Field(Kind.CHOICE, "Colour", "a", choices=COLOURS))
    made.search.line.setFocus()
    made.search.offer()
    view = made.search.popup
    shown = min(len(COLOURS), SEARCHED)
    last = view.visualRect(view.model().index(shown - 1, 0))
    assert view.viewport().rect().contains(last)
    view.hide()


UNSURE = Choice("habit", "Habit", "Usual in schools", f"Ask the driver. {ADVICE}", caution=ADVICE)


def test_the_caution_of_an_answer_is_told_where_the_reason_is_not_under_the_field(qtbot, doors):
    row = FormRow(Field(Kind.CHOICE, "Why?", "a", choices=(UNSURE, *PLACES)), doors)
    qtbot.addWidget(row)
    row.show()
    made: Any = row.input
    made.combo.setCurrentIndex(1)
    assert made.note.text() == "Ask the driver."
    assert ADVICE in made.combo.toolTip()
    row.why.click()
    assert row.source.isVisible()
    assert row.source.text() == f"What this answer is based on: Usual in schools. {ADVICE}"
    made.combo.setCurrentIndex(0)
    assert ADVICE not in row.source.text()


def test_a_search_shows_what_matches_and_names_what_is_ticked(put):
    made: ChoicesInput = put(Field(Kind.CHOICES, "Colours", "a", choices=COLOURS))
    made.set_value(("red", "gold"))
    assert made.chosen.text() == "Chosen: Red; Gold"
    assert made.search is not None
    QTest.keyClicks(made.search, "gree")
    assert [code for code, one in made.lines.items() if not one.isHidden()] == ["green"]
    made.checks["green"].click()
    assert set(made.value()) == {"red", "gold", "green"}
    assert "Green" in made.chosen.text()
    made.search.clear()
    assert not any(one.isHidden() for one in made.lines.values())
    QTest.keyClicks(made.search, "laptop")
    assert all(one.isHidden() for one in made.lines.values())
    assert any("laptop" in one.text() for one in made.findChildren(QLabel) if one.isVisible())


def test_ticks_of_a_long_list_all_show_and_what_a_search_leaves_stands_on_top(put, qtbot):
    made: ChoicesInput = put(Field(Kind.CHOICES, "Colours", "a", choices=COLOURS))
    made.resize(700, 400)
    assert not made.findChildren(QScrollArea)
    # In two columns where there is room.
    qtbot.waitUntil(lambda: len({one.x() for one in made.lines.values()}) == 2)
    assert made.search is not None
    made.search.setText("gree")
    line = made.lines["green"]
    qtbot.waitUntil(lambda: line.y() < line.height())
    assert abs(line.words.geometry().center().y() - line.box.geometry().center().y()) <= 2


def test_words_stand_beside_their_box(put):
    made: ChoicesInput = put(Field(Kind.CHOICES, "Colours", "a", choices=COLOURS[:3]))
    for line in made.lines.values():
        assert line.words.height() < 2 * line.words.fontMetrics().height()
        assert abs(line.words.geometry().center().y() - line.box.geometry().center().y()) <= 3


def _with_rare() -> tuple[Choice, ...]:
    return tuple(replace(each, rare=each.code in {"gold", "green"}) for each in COLOURS)


def shown_in(made: ChoicesInput) -> set[str]:
    return {code for code, one in made.lines.items() if not one.isHidden()}


def test_rare_answers_wait_behind_a_button_and_are_found_by_the_search(put, qtbot):
    made: ChoicesInput = put(Field(Kind.CHOICES, "Colours", "a", choices=_with_rare()))
    rare = {each.code for each in _with_rare() if each.rare}
    assert rare
    assert not rare & shown_in(made)
    assert made.search is not None
    assert made.more is not None
    QTest.keyClicks(made.search, "gree")
    assert shown_in(made) == {"green"}
    assert not made.more.isVisible()
    made.search.clear()
    assert made.more.text() == f"Show {len(rare)} less common answers"
    made.more.click()
    assert rare <= shown_in(made)
    assert not made.more.isVisible()
    assert QApplication.focusWidget() in {made.checks[code] for code in rare}


def test_a_rare_answer_that_is_ticked_is_always_seen(put):
    made: ChoicesInput = put(Field(Kind.CHOICES, "Colours", "a", choices=_with_rare()))
    made.set_value(("green", "red"))
    assert "green" in shown_in(made)
    assert made.value() is not None
    assert set(made.value()) == {"green", "red"}
    made.checks["green"].click()
    # Nothing goes from under the mouse of whoever ticks.
    assert "green" in shown_in(made)


def test_an_answer_longer_than_its_box_ends_with_an_ellipsis(qtbot):
    def drawn(text: str) -> Any:
        combo = Combo()
        qtbot.addWidget(combo)
        combo.addItem(text)
        combo.resize(150, 30)
        return combo.grab().toImage()

    long = "Row 1: Admission No, Legal Surname"
    ended = [f"{long[:size]}…" for size in range(len(long))]
    assert drawn(long) in [drawn(text) for text in ended]
