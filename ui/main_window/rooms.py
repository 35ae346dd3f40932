"""Which areas there are, and which pages each has. An area that is not built has no tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from ui.assets import AssetsRoom, SignOffPage, SystemsRoom
from ui.breaches import BreachesRoom, FiguresPage
from ui.disclosure import KEYS, ReleasesPanel, Workbench
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.main_window.sub_bar import SubBar
from ui.requests import RequestsRoom
from ui.retention import (
    DisposalsRoom,
    DuePage,
    EditionsRoom,
    HoldingsRoom,
    HoldsRoom,
    ScheduleRoom,
)

__all__ = ["KEYS", "Area", "AreaPage", "belongs", "make_areas", "make_workbench"]


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A page of an area, and how it is made when it is first asked for.

    The key of a page with a register is the key of that register.
    """

    key: str
    title: str
    make: Callable[[], Any]
    leads: tuple[tuple[str, str], ...] = ()
    """Places and filters of registers that are shown here, see ``Pages.lead``."""


@dataclass(frozen=True, slots=True)
class Area:
    """A tab. It leads to the first of its pages; the others are reached from there."""

    title: str
    icon: str
    pages: tuple[AreaPage, ...]

    @property
    def key(self) -> str:
        """The page behind the tab."""
        return self.pages[0].key

    def made(self, page: AreaPage, around: Surroundings) -> Any:
        """One of its pages, with the way to the others where there are any."""
        room = page.make()
        if len(self.pages) > 1:
            titles = [(each.key, each.title) for each in self.pages]
            room.take_sub_bar(SubBar(titles, page.key, around.navigator.open_page))
        return room


def make_areas(
    desk: Desk, around: Surroundings, door: PaperDoor, pages: QWidget
) -> tuple[Area, ...]:
    """The areas with a register, in the order of their tabs; ``pages`` is what they stand in."""

    def page(key: str, title: str, room: type[Any], *leads: tuple[str, str]) -> AreaPage:
        return AreaPage(key, title, lambda: room(desk, around, door, pages), leads)

    def requests() -> RequestsRoom:
        releases = [ReleasesPanel(desk, around)]
        return RequestsRoom(desk, around, door, releases=releases, parent=pages)

    # What is due for disposal is done where it is listed, and begins a disposal.
    due = (("holdings", "due"), ("holdings", "overdue"), ("disposals", "new"))
    signed = (("retention_rules", "sign_off"),)
    return (
        Area("Requests", "mdi6.email-outline", (AreaPage("requests", "Requests", requests),)),
        Area(
            "Breaches",
            "mdi6.shield-alert-outline",
            (
                page("breaches", "Breach log", BreachesRoom),
                page("breach_figures", "Figures", FiguresPage),
            ),
        ),
        Area(
            "Assets",
            "mdi6.folder-table-outline",
            (
                page("assets", "Assets", AssetsRoom),
                page("systems", "Systems", SystemsRoom),
                page("sign_off", "Sign-off", SignOffPage),
            ),
        ),
        Area(
            "Retention",
            "mdi6.archive-clock-outline",
            (
                page("retention_due", "Due now", DuePage, *due),
                page("holdings", "Holdings", HoldingsRoom),
                page("retention_rules", "Schedule", ScheduleRoom),
                page("retention_editions", "Editions", EditionsRoom, *signed),
                page("holds", "Holds", HoldsRoom),
                page("disposals", "Disposals", DisposalsRoom),
            ),
        ),
    )


def belongs(areas: Sequence[Area]) -> dict[str, str]:
    """The tab of every page that stands behind another one's, by the page's key."""
    found = {page.key: area.key for area in areas for page in area.pages}
    return {**found, "workbench": "requests"}


def make_workbench(
    desk: Desk, around: Surroundings, entry_id: int, *, document_id: int = 0, page: int = 0
) -> Workbench:
    """The workbench of a request, at a page (from 1) of a document where one is named."""
    made = Workbench(desk, around, entry_id)
    if document_id:
        made.show_place(document_id, page - 1)
    return made
