"""Which areas there are. An area that is not built has no tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dpdesk.desk import Desk
from ui.disclosure import KEYS, Workbench
from ui.kit.paper_door import PaperDoor
from ui.kit.surroundings import Surroundings
from ui.requests import RequestsRoom

__all__ = ["KEYS", "Area", "make_areas", "make_workbench"]


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


def make_workbench(
    desk: Desk, around: Surroundings, entry_id: int, *, document_id: int = 0, page: int = 0
) -> Workbench:
    """The workbench of a request, at a page of one of its documents where one is named."""
    before = 0
    for card in desk.documents.of_entry(RequestsRoom.key, entry_id):
        if card.id == document_id:
            return Workbench(desk, around, entry_id, before + page)
        before += card.pages
    return Workbench(desk, around, entry_id)
