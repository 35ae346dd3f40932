"""Which areas there are. An area that is not built has no tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dpdesk.desk import Desk
from ui.kit.paper_door import PaperDoor
from ui.kit.surroundings import Surroundings
from ui.requests import RequestsRoom


@dataclass(frozen=True, slots=True)
class Area:
    """A tab, and how its page is made when it is first asked for."""

    key: str
    title: str
    icon: str
    make: Callable[[], Any]


def make_areas(desk: Desk, around: Surroundings, door: PaperDoor) -> tuple[Area, ...]:
    """The areas with a register, in the order of their tabs."""
    return (
        Area(
            RequestsRoom.key,
            RequestsRoom.title,
            RequestsRoom.icon,
            lambda: RequestsRoom(desk, around, door),
        ),
    )
