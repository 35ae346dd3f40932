"""Assurance in the tests; everything in it is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dpdesk.registers.entries import Entry


@pytest.fixture
def room(desk):
    return desk.assurance


@pytest.fixture
def asset(desk) -> Callable[..., Entry]:
    """Makes an asset with personal data, and one purpose where a basis is named."""

    def make(name: str = "Alumni list", basis: str = "", **more: Any) -> Entry:
        values = {"name": name, "personal": "yes", **more}
        entry = desk.assets.assets.save(values).entry
        if basis:
            purpose = {"purpose": "Keeping in touch", "basis": basis}
            desk.assets.assets.purposes.save(purpose, parent_id=entry.id)
        return desk.assets.assets.load(entry.id)

    return make


@pytest.fixture
def later(clock) -> Callable[[int], None]:
    """Lets some days pass."""

    def pass_by(days: int) -> None:
        clock.on(clock().date() + dt.timedelta(days=days))

    return pass_by
