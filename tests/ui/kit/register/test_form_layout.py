"""Questions that appear while answering find the room they need, however the cards stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dpdesk.requests.records import Request
from tests.ui.kit.invented import NOW, Umbrellas
from ui.kit.pieces.cards import scrolling
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors


@pytest.fixture
def form(service: Umbrellas, qtbot: Any) -> Iterator[Form]:
    """The real questions of a request, in a page that scrolls."""
    made = Form(Request.register, Doors(service, now=lambda: NOW))
    area = scrolling(made, "Questions")
    qtbot.addWidget(area)
    area.resize(1030, 480)
    with qtbot.waitExposed(area):
        area.show()
    yield made
    area.hide()


def squeezed(form: Form) -> list[str]:
    """Names of the questions that stand in less room than they need."""
    found = []
    for name, row in form.rows.items():
        if not row.isVisible():
            continue
        layout = row.layout()
        assert layout is not None, "a question that is seen has its widgets"
        if row.height() < layout.totalHeightForWidth(row.width()):
            found.append(name)
    return found


def taken(form: Form) -> list[int]:
    return [row.height() for row in form.rows.values() if row.isVisible()]


@pytest.mark.parametrize("stage", ["", "logged"])
@pytest.mark.parametrize("width", [1030, 700])
def test_a_question_that_appears_gets_its_room(form: Form, qtbot: Any, width: int, stage: str):
    form.window().resize(width, 480)
    form.set_values({})
    form.show_stage(stage)
    qtbot.waitUntil(lambda: not squeezed(form))
    before = len(taken(form))
    who: Any = form.rows["relationship"].input
    who.combo.setCurrentIndex(who.combo.findData("mother"))
    qtbot.waitUntil(lambda: len(taken(form)) > before)
    qtbot.waitUntil(lambda: not squeezed(form), timeout=1000)
    assert form.height() >= form.columns.height() > 480, "and the page scrolls"


def test_a_complaint_and_a_reason_get_their_room(form: Form, qtbot: Any):
    form.set_values({})
    form.rows["received"].show_error("This day is in the future; check the day and the year.")
    form.rows["relationship"].toggle_source()
    qtbot.waitUntil(form.rows["received"].error.isVisible)
    qtbot.waitUntil(lambda: not squeezed(form), timeout=1000)
