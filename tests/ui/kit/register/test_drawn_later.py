"""Questions are drawn when they are first seen; until then nothing of them differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from dpdesk.desk import Desk
from dpdesk.registers.fields import Field, Kind
from dpdesk.requests.records import Request
from tests.builders import PASSPHRASE, Template
from tests.ui.kit.invented import NOW, Umbrellas
from ui.kit.pieces.cards import scrolling
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors, FormRow
from ui.main_window.key_order import stops

ANSWERS: dict[Kind, Any] = {
    Kind.TEXT: "Robin Example",
    Kind.LONG_TEXT: "One line,\nand another.",
    Kind.DATE: dt.date(2026, 11, 2),
    Kind.MOMENT: dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC),
    Kind.NUMBER: 12,
    Kind.MONEY: 1250,
    Kind.LINK: 1,
}


def an_answer(field: Field) -> Any:
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return field.choices[-1].code
    if field.kind is Kind.CHOICES:
        return tuple(one.code for one in field.choices[:2])
    return ANSWERS.get(field.kind)


def drawn(form: Form) -> set[str]:
    return {name for name, row in form.rows.items() if row.layout() is not None}


@pytest.fixture
def form(service: Umbrellas, qtbot: Any) -> Iterator[Form]:
    made = Form(Request.register, Doors(service, now=lambda: NOW))
    area = scrolling(made, "Questions")
    qtbot.addWidget(area)
    area.resize(1030, 480)
    yield made
    area.hide()


@pytest.fixture(scope="module")
def every_field(template: Template) -> list[Field]:
    """The fields of all registers of the program."""
    opened = Desk.open(template.folder, PASSPHRASE)
    found = [one for each in opened.registers.values() for one in each.register.fields]
    opened.close()
    return found


@pytest.mark.parametrize("kind", Kind)
def test_an_answer_is_the_same_before_and_after_its_question_is_drawn(
    kind: Kind, every_field: list[Field], service: Umbrellas, qtbot: Any
):
    doors = Doors(service, now=lambda: NOW)
    for field in (one for one in every_field if one.kind is kind):
        for answer in (None, an_answer(field)):
            row = FormRow(field, doors)
            qtbot.addWidget(row)
            row.set_value(answer)
            before = row.value()
            row.furnish()
            assert row.value() == before == answer, field.name
            assert not row.unreadable()


def test_what_could_not_be_read_is_complained_of_without_being_seen(service: Umbrellas, qtbot: Any):
    row = FormRow(Field(Kind.DATE, "When?", "when"), Doors(service, now=lambda: NOW))
    qtbot.addWidget(row)
    row.set_value("the day after")
    assert row.value() is None
    assert row.typed() == "the day after"
    assert row.unreadable()


def test_only_the_questions_of_the_stage_are_drawn(form: Form, qtbot: Any):
    form.set_values({"subject": "Robin Example", "outcome_note": "  Sent by post "})
    form.show_stage("logged")
    assert not drawn(form)
    with qtbot.waitExposed(form.window()):
        form.window().show()
    seen = {name for name, row in form.rows.items() if row.isVisible()}
    assert drawn(form) >= seen > set()
    assert len(drawn(form)) < len(form.rows) / 2
    assert not form.dirty


def test_looking_at_every_stage_changes_nothing(form: Form, qtbot: Any):
    values = {field.name: an_answer(field) for field in Request.register.fields}
    form.set_values(values)
    form.show_stage("logged")
    with qtbot.waitExposed(form.window()):
        form.window().show()
    for stage in Request.register.stages:
        form.show_stage(stage.key)
        assert not form.dirty, stage.key
    assert form.values() == values


def test_tab_goes_down_the_page_whatever_stage_was_seen_first(form: Form, qtbot: Any):
    """The names of the questions that Tab comes to are in their order, after any way through."""
    stages = [stage.key for stage in Request.register.stages]
    form.set_values({"relationship": "mother"})
    with qtbot.waitExposed(form.window()):
        form.show_stage(stages[-1])
        form.window().show()
    form.window().activateWindow()
    qtbot.waitUntil(form.window().isActiveWindow)
    for stage in (*reversed(stages), ""):
        form.show_stage(stage)
    asked = [name for name, row in form.rows.items() if row.isVisible()]
    order: list[str] = []
    for stop in stops(form.window()):
        name = next((n for n, row in form.rows.items() if row.isAncestorOf(stop)), "")
        if name and (not order or order[-1] != name):
            order.append(name)
    assert order == asked


def test_a_question_that_is_drawn_on_reaching_for_it_takes_typing(form: Form, qtbot: Any):
    form.set_values({})
    line: Any = form.rows["subject"].input
    assert isinstance(line.line, QLineEdit)
    line.line.setText("Robin Example")
    assert form.dirty
    assert form.values()["subject"] == "Robin Example"
