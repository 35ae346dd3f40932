"""Rooms of the retention tab on a workspace with a short schedule. All people are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from tests.builders import PASSPHRASE, Template, make_template
from tests.retention.conftest import CODES, LONG_AGO
from tests.ui.office import Office, open_office
from ui.retention import (
    DisposalsRoom,
    DuePage,
    EditionsRoom,
    HoldingsRoom,
    HoldsRoom,
    ScheduleRoom,
)


@pytest.fixture(scope="module")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A workspace with a short schedule."""
    made = make_template(tmp_path_factory.mktemp("office") / "ws")
    desk = Desk.open(made.folder, PASSPHRASE)
    desk.retention.schedule.adopt_defaults(CODES)
    desk.close()
    return made


OfficeMaker = Callable[..., Office]


@pytest.fixture
def office_with(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[OfficeMaker]:
    """Opens an office with a room."""
    open_ones = []

    def open_one(template: Template, room: Any) -> Office:
        made = open_office(template, tmp_path / "ws", qapp, qtbot, room)
        open_ones.append(made)
        return made.__enter__()

    yield open_one
    for made in open_ones:
        made.__exit__(None, None, None)


def _office(room: Any) -> Any:
    @pytest.fixture
    def office(office_with: OfficeMaker, scheduled: Template) -> Office:
        return office_with(scheduled, room)

    return office


due = _office(DuePage)
holdings = _office(HoldingsRoom)
schedule = _office(ScheduleRoom)
editions = _office(EditionsRoom)
holds = _office(HoldsRoom)
disposals = _office(DisposalsRoom)


def rule(desk: Desk, code: str) -> int:
    """The number of a class by its code."""
    service = desk.retention.holdings
    found = service.link_named(service.register.field("rule"), code)
    assert found is not None
    return found


def keep(desk: Desk, code: str = "P04", **values: Any) -> Entry:
    """A saved holding; of one pupil, long due, unless said otherwise."""
    service = desk.retention.holdings
    answers: dict[str, Any] = {**service.blank().values, "rule": rule(desk, code), "form": "paper"}
    answers["safeguarding"] = "no"
    if code == "P04" and "what" not in values:
        answers |= {"what": "Pupil file", "person": "Robin Example", "born": LONG_AGO}
    return service.save({**answers, **values}).entry


def keep_box(desk: Desk, **values: Any) -> Entry:
    """A box of payroll papers, long due."""
    answers = {"what": "Payroll, box 14", "in_year": dt.date(2010, 5, 1), **values}
    return keep(desk, "H07", **answers)
