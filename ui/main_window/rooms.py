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
from ui.kit.paper_door import PaperDoor
from ui.kit.sub_bar import SubBar
from ui.kit.surroundings import Surroundings
from ui.requests import RequestsRoom

__all__ = ["KEYS", "Area", "AreaPage", "belongs", "make_areas", "make_workbench"]


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A page of an area, and how it is made when it is first asked for.

    The key of a page with a register is the key of that register.
    """

    key: str
    title: str
    make: Callable[[], Any]


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

    def requests() -> RequestsRoom:
        releases = [ReleasesPanel(desk, around)]
        return RequestsRoom(desk, around, door, releases=releases, parent=pages)

    def breaches() -> BreachesRoom:
        return BreachesRoom(desk, around, door, pages)

    assets = (
        AreaPage("assets", "Assets", lambda: AssetsRoom(desk, around, door, pages)),
        AreaPage("systems", "Systems", lambda: SystemsRoom(desk, around, door, pages)),
        AreaPage("sign_off", "Sign-off", lambda: SignOffPage(desk, around, door, pages)),
    )
    return (
        Area("Requests", "mdi6.email-outline", (AreaPage("requests", "Requests", requests),)),
        Area(
            "Breaches",
            "mdi6.shield-alert-outline",
            (
                AreaPage("breaches", "Breach log", breaches),
                AreaPage(
                    "breach_figures", "Figures", lambda: FiguresPage(desk, around, door, pages)
                ),
            ),
        ),
        Area("Assets", "mdi6.folder-table-outline", assets),
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
