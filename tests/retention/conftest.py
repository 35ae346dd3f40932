"""A schedule, and things kept by it. Every person is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.retention.disposal_service import Doing

DOING = Doing("Morgan Sample", witness="Pat Example")
"""How a disposal was carried out."""
CODES = "P01 P02 P03 P04 P05 P20 S01 S02 S04 H01 H07 F01 G01 C04 D06 V03".split()
LONG_AGO = dt.date(2000, 3, 1)
"""A date of birth after which 25 years are over."""


@pytest.fixture
def room(desk):
    """The retention room of an open desk, with the shipped classes that the tests need."""
    desk.retention.schedule.adopt_defaults(CODES)
    return desk.retention


@pytest.fixture
def rule(room):
    """The number of a class by its code."""

    def number(code):
        return room.holdings.link_named(room.holdings.register.field("rule"), code)

    return number


@pytest.fixture
def holding(room, rule):
    """Saves a holding of a class; keywords override or add answers."""

    def save(code="P04", **values):
        answers = {
            **room.holdings.blank().values,
            "what": "Pupil file",
            "rule": rule(code),
            "safeguarding": "no",
        }
        if code == "P04" and "what" not in values:
            answers |= {"person": "Robin Example", "born": LONG_AGO}
        return room.holdings.save({**answers, **values}).entry

    return save


@pytest.fixture
def box(holding):
    """Saves a box of payroll papers, long due."""

    def save(**values):
        answers = {"what": "Payroll, box 14", "in_year": dt.date(2010, 5, 1), **values}
        return holding("H07", **answers)

    return save


@pytest.fixture
def change():
    """Saves more answers of an entry, as it stands now."""

    def save(service, entry, **values):
        now = service.load(entry.id)
        return service.save(values, now.id, now.version).entry

    return save
