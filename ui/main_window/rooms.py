"""Which areas there are. An area that is not built has no tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.desk import Desk
from ui.disclosure import KEYS, ReleasesPanel, Workbench
from ui.kit.paper_door import PaperDoor
from ui.kit.surroundings import Surroundings
from ui.requests import RequestsRoom

__all__ = ["BELONGS", "KEYS", "Area", "make_areas", "make_workbench"]


BELONGS: Final = {"workbench": RequestsRoom.key}
"""Pages without a tab of their own, and the area that they belong to."""


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
            lambda: RequestsRoom(desk, around, door, releases=[ReleasesPanel(desk, around)]),
        ),
    )


def make_workbench(
    desk: Desk, around: Surroundings, entry_id: int, *, document_id: int = 0, page: int = 0
) -> Workbench:
    """The workbench of a request, at a page (from 1) of a document where one is named."""
    made = Workbench(desk, around, entry_id)
    if document_id:
        made.show_place(document_id, page - 1)
    return made
