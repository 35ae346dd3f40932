"""The pages behind the tabs, and the way between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError, NotFound
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.shelf import PageStack

NEW: Final = "new"
"""The place of a register where its entries are begun."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the user is or was: a page, and the entry shown there (0 for none)."""

    page: str
    entry_id: int = 0


class WindowPages(PageStack):
    """The window's ``Navigator``: makes pages when first asked for and goes to them.

    ``moved`` carries the name of the page shown; ``failed`` a sentence where one could not be.
    """

    moved = Signal(str)
    failed = Signal(str)
    help_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers: dict[str, Callable[[], AreaPage]] = {}
        self._once: dict[str, Callable[..., AreaPage]] = {}
        self._leads: dict[tuple[str, str], str] = {}
        self.made: dict[str, AreaPage] = {}
        self.visit = Visit("")
        self._visits: list[Visit] = []

    def offer(self, name: str, make: Callable[[], AreaPage]) -> None:
        """Makes a page known; it is made when first asked for."""
        self._makers[name] = make

    def offer_once(self, name: str, make: Callable[..., AreaPage]) -> None:
        """A page made afresh for each entry and thrown away when left, such as the workbench.

        ``make`` gets the number of the entry, and what else the caller of ``open_page`` named.
        """
        self._once[name] = make

    def lead(self, register: str, place: str, page: str) -> None:
        """Another page shows what stands at that place of a register, or behind that filter.

        The place "new": entries of that register are begun there.
        """
        self._leads[register, place] = page

    def page(self, name: str) -> AreaPage:
        """A page by its name. Raises NotFound for a register that has no room in the window."""
        if name not in self.made:
            if name not in self._makers:
                raise NotFound(
                    "The window has no page for this yet.",
                    "The commands entries and new list and make such entries.",
                )
            made = self._makers[name]()
            self.made[name] = made
            self.addWidget(made.as_widget)
        return self.made[name]

    @property
    def shown(self) -> AreaPage | None:
        """The page that is shown, once there is one."""
        here = self.currentWidget()
        return here if isinstance(here, AreaPage) else None

    def names(self) -> tuple[str, ...]:
        """Every page that stays once it was made, in the order in which they were offered."""
        return tuple(self._makers)

    def keeps(self, name: str) -> bool:
        """Is it a page that stays once it was made, such as that of a register?"""
        return name in self._makers

    def knows(self, name: str) -> bool:
        """Is there such a page?"""
        return name in self._makers or name in self._once

    # --- going ---------------------------------------------------------------------------

    def can_leave(self) -> bool:
        """Asks the page shown whether it may be left."""
        return self.shown is None or self.shown.can_leave()

    def _go(self, visit: Visit, show: Callable[[], object], *, remember: bool = True) -> bool:
        if not self.can_leave():
            return False
        left = self.visit
        try:
            show()
        except DpdeskError as error:
            self.failed.emit(str(error))
            return False
        same = left.page == visit.page and left.entry_id and visit.entry_id
        if self._visits and self._visits[-1] == visit:
            # Going where one came from is going back.
            self._visits.pop()
        elif remember and left.page and left != visit and not same:
            self._visits.append(left)
        self.visit = visit
        if left.page in self._once and left.page != visit.page:
            self._throw_away(left.page)
        self.moved.emit(visit.page)
        return True

    def _throw_away(self, name: str) -> None:
        page = self.made.pop(name, None)
        if page is not None:
            self.removeWidget(page.as_widget)
            page.shut()
            page.as_widget.deleteLater()

    def shut(self) -> None:
        """Ends the threads of the pages; the desk is about to close."""
        for name in [name for name in self.made if name in self._once]:
            self._throw_away(name)

    def open_entry(self, register: str, entry_id: int, place: str = "") -> None:
        """Shows one entry of a register, at a stage or section of its page."""
        name = self._leads.get((register, place), register)

        def show() -> None:
            page = self.page(name)
            page.open_entry(entry_id, place)
            self.setCurrentWidget(page.as_widget)

        # The number is of that register: another page is come back to as it was left.
        self._go(Visit(name, entry_id if name == register else -1), show)

    def new_entry(self, register: str, *, like: int = 0) -> None:
        """Begins a new entry."""
        if (elsewhere := self._leads.get((register, NEW))) is not None:
            self.open_page(elsewhere)
            return

        def show() -> None:
            page = self.page(register)
            self.setCurrentWidget(page.as_widget)
            page.new_entry(like)

        self._go(Visit(register, -1), show)

    def open_kept(self, register: str, entry_id: int = 0) -> None:
        """Takes up what was typed into an entry, or a new one (0), and is not saved yet."""
        if entry_id:
            self.open_entry(register, entry_id)
        else:
            self.new_entry(register)
        if self.shown is not None:
            self.shown.use_kept()

    def open_page(self, name: str, entry_id: int = 0, **more: Any) -> None:
        """Shows a page by its name; ``more`` is up to the page (``chip``, ``section``)."""
        if name in self._once:
            self._go(Visit(name, entry_id), lambda: self._show_once(name, entry_id, more))
            return
        name = self._leads.get((name, str(more.get("chip", ""))), name)

        def show() -> None:
            page = self.page(name)
            if "chip" in more:
                page.show_chip(str(more["chip"]))
            elif "section" in more:
                page.show_section(str(more["section"]))
            else:
                page.show_list()
            self.setCurrentWidget(page.as_widget)
            page.take_focus()

        self._go(Visit(name), show)

    def _show_once(self, name: str, entry_id: int, more: dict[str, Any]) -> None:
        self._throw_away(name)
        page = self._once[name](entry_id, **more)
        self.made[name] = page
        self.addWidget(page.as_widget)
        self.setCurrentWidget(page.as_widget)
        page.take_focus()

    def open_help(self, page: str) -> None:
        """Shows a page of the help."""
        self.help_asked.emit(page)

    def back(self) -> None:
        """Goes to where the user was before; from the first page nowhere."""
        target = self._visits[-1] if self._visits else None
        if target is None:
            target = Visit(self.visit.page) if self.visit.entry_id else Visit("home")
        if target == self.visit:
            return

        def show() -> None:
            if target.page in self._once:
                self._show_once(target.page, target.entry_id, {})
                return
            page = self.page(target.page)
            if target.entry_id > 0:
                page.open_entry(target.entry_id)
            else:
                page.show_list()
            self.setCurrentWidget(page.as_widget)
            if target.entry_id <= 0:
                page.take_focus()

        self._go(target, show, remember=False)
