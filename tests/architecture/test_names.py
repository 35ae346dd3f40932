"""A room's files carry the standard names, or names that say what is inside and stand in a list.

A new name is a decision: it is added to ``names.toml`` with the file, or the file is called as the
others are.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
LISTED: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "names.toml").read_text(encoding="utf-8")
)
STANDARD = frozenset(LISTED.pop("standard"))


def _stems(room: str) -> set[str]:
    return {path.stem for path in (TOP / "dpdesk" / room).glob("*.py")} - {"__init__"}


def _usual(stem: str) -> bool:
    """A standard name, or one with the register's name before it: ``hold_records``."""
    return stem in STANDARD or any(stem.endswith(f"_{name}") for name in STANDARD)


@pytest.mark.parametrize("room", LISTED)
def test_a_rooms_files_carry_names_that_are_known(room):
    unusual = {stem for stem in _stems(room) if not _usual(stem)}
    assert sorted(unusual - set(LISTED[room])) == [], "add them to names.toml, or rename them"
    assert sorted(set(LISTED[room]) - unusual) == [], "not there any more"


def test_every_feature_room_is_in_the_list():
    rooms = {path.parent.name for path in (TOP / "dpdesk").glob("*/room.py")}
    assert rooms == set(LISTED)
