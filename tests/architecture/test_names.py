"""A name says one thing, of a file in a room as of a class.

A new name of a file is a decision: it is added to ``names.toml`` with the file, or the file is
called as the others are. Two public classes of one name send a reader to the wrong one.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture import house

TOP = Path(__file__).resolve().parents[2]
LISTED: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "names.toml").read_text(encoding="utf-8")
)
STANDARD = frozenset(LISTED.pop("standard"))
ROOMS = sorted(path.parent.name for path in (TOP / "dpdesk").glob("*/room.py"))


def _stems(room: str) -> set[str]:
    return {path.stem for path in (TOP / "dpdesk" / room).glob("*.py")} - {"__init__"}


def _usual(stem: str) -> bool:
    """A standard name, or one with the register's name before it: ``hold_records``."""
    return stem in STANDARD or any(stem.endswith(f"_{name}") for name in STANDARD)


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_files_carry_names_that_are_known(room):
    unusual = {stem for stem in _stems(room) if not _usual(stem)}
    listed = set(LISTED.get(room, ()))
    assert sorted(unusual - listed) == [], "add them to names.toml, or rename them"
    assert sorted(listed - unusual) == [], "not there any more"


def test_the_list_names_no_room_that_is_gone():
    assert set(LISTED) <= set(ROOMS)


# Class names that may stand more than once, and why that misleads nobody.
ALLOWED_TWINS = {
    "Around": "what the rules of a room are told of what stands around an entry; one in each room",
    "Preferences": "what the window sees of the one in dpdesk/store, which it may not import",
}


def _same_room(name: str, places: list[str]) -> bool:
    """Is it a feature's room and its room in the window: ``dpdesk/X/room.py``, ``ui/X/room.py``?"""
    rooms = {place.removeprefix("dpdesk/").removeprefix("ui/") for place in places}
    return name.endswith("Room") and len(places) == 2 and len(rooms) == 1


def twins(top: Path) -> list[str]:
    """Public classes of one name in different files, with the files."""
    found: dict[str, list[str]] = {}
    for path, tree, _text in house.sources(top, "dpdesk", "ui"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(path.as_posix())
    return [
        f"{name}: {', '.join(places)}"
        for name, places in sorted(found.items())
        if len(places) > 1 and not _same_room(name, places) and not _allowed(name, places)
    ]


def _allowed(name: str, places: list[str]) -> bool:
    return name in ALLOWED_TWINS and len({Path(place).parent for place in places}) == len(places)


def test_a_public_class_name_means_one_thing():
    assert twins(TOP) == [], "say in the name what it is in its room"


def test_a_second_class_of_a_name_is_found_and_the_two_faces_of_a_room_are_not(tmp_path):
    def plant(place: str, name: str) -> None:
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"class {name}: ...\n", encoding="utf-8")

    plant("dpdesk/assets/rules.py", "Around")
    plant("dpdesk/breaches/rules.py", "Around")
    plant("dpdesk/assets/room.py", "AssetsRoom")
    plant("ui/assets/room.py", "AssetsRoom")
    assert twins(tmp_path) == []
    plant("dpdesk/breaches/standing.py", "Around")
    plant("dpdesk/law/steps.py", "Step")
    plant("ui/disclosure/sitting.py", "Step")
    assert [line.partition(":")[0] for line in twins(tmp_path)] == ["Around", "Step"]
