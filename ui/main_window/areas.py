"""The areas of the window: a tab, an icon and a key each, that never move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from dpdesk.registers.service import RegisterService
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.surroundings import Surroundings
from ui.main_window.sub_bar import SubBar


@dataclass(frozen=True, slots=True)
class Reader:
    """A page that shows the documents of one entry, made for it and thrown away when left."""

    key: str
    make: Callable[..., AreaPage]
    """Gets the number of the entry; of a document and a page (from 1), where one is named."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A page of an area, and how it is made when it is first asked for.

    The key of a page with a register is the key of that register.
    """

    key: str
    title: str
    make: Callable[[], AreaPage]
    leads: tuple[tuple[str, str], ...] = ()
    """Places and filters of registers that are shown here, see ``Pages.lead``."""
    reader: Reader | None = None
    """Where documents of its register are read."""


@dataclass(frozen=True, slots=True)
class Area:
    """A tab. It leads to the first of its pages; the others are reached from there."""

    name: str
    title: str
    icon: str
    number: int
    """Of its key: Ctrl+1 for the first. An area that is not there leaves its number unused."""
    pages: tuple[Offer, ...] = ()

    @property
    def key(self) -> str:
        """The page behind the tab."""
        return self.pages[0].key

    @property
    def keys(self) -> str:
        """The keys that lead to it."""
        return f"Ctrl+{self.number}"

    def made(self, offer: Offer, around: Surroundings) -> AreaPage:
        """One of its pages, with the way to the others where there are any."""
        page = offer.make()
        if len(self.pages) > 1:
            titles = [(each.key, each.title) for each in self.pages]
            page.take_sub_bar(SubBar(titles, offer.key, around.navigator.open_page))
        return page


AREAS: Final = (
    Area("home", "Home", "mdi6.home-outline", 1),
    Area("requests", "Requests", "mdi6.email-outline", 2),
    Area("breaches", "Breaches", "mdi6.shield-alert-outline", 3),
    Area("people", "People", "mdi6.account-group-outline", 4),
    Area("consents", "Consents", "mdi6.camera-outline", 5),
    Area("assets", "Assets", "mdi6.folder-table-outline", 6),
    Area("retention", "Retention", "mdi6.archive-clock-outline", 7),
    Area("assurance", "Assurance", "mdi6.clipboard-check-outline", 8),
)
"""Every area that there may be, in the order of the tabs."""


def furnished(
    offers: Mapping[str, Sequence[Offer]],
    registers: Iterable[RegisterService[Any, Any]],
    plain: Callable[[RegisterService[Any, Any]], AreaPage],
) -> tuple[Area, ...]:
    """The areas that have pages: those in ``offers``, by the name of the area, and then registers.

    A register that nobody offers a page for stands in the area that it names itself, on the page
    that ``plain`` makes. Raises ValueError where there is no area of that name.
    """
    pages = {area.name: [*offers.get(area.name, ())] for area in AREAS}
    offered = {offer.key for each in pages.values() for offer in each}
    for service in registers:
        register = service.register
        if not register.area or register.key in offered:
            continue
        if register.area not in pages:
            raise ValueError(f"{register.key} names an area that there is not: {register.area}")
        pages[register.area].append(
            Offer(register.key, register.title, partial(plain, service)),
        )
    return tuple(replace(area, pages=tuple(pages[area.name])) for area in AREAS if pages[area.name])


def belongs(areas: Iterable[Area]) -> dict[str, str]:
    """The tab of every page, by the page's key."""
    found = {}
    for area in areas:
        for offer in area.pages:
            found[offer.key] = area.key
            if offer.reader is not None:
                found[offer.reader.key] = area.key
    return found
