"""What can be done with the entries selected in a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes, Saved
from dpdesk.registers.service import RegisterService
from ui.kit.look.icons import icon
from ui.kit.pieces import clipboard
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.table_view import TableView

Action = tuple[str, str, Callable[[tuple[int, ...]], object]]
"""Words, icon, and what is done with the numbers of the selected entries."""


class ListActions(QObject):
    """Open, duplicate, archive and whatever a room adds. ``opened`` carries a number."""

    opened = Signal(int)

    def __init__(
        self, service: RegisterService[Any, Any], around: Surroundings, table: TableView
    ) -> None:
        super().__init__(table)
        self._service = service
        self._around = around
        self._table = table
        self.archive_shown = False
        self.further: list[Action] = []

    def duplicate_current(self) -> None:
        """Begins a new entry with the answers of the current one."""
        current = self._table.current_id()
        if current:
            self._around.navigator.new_entry(self._service.register.key, like=current)

    def archive_chosen(self) -> None:
        """Archives the selected entries, or restores them where the archive is shown."""
        saved: list[Saved] = []
        act = self._service.restore if self.archive_shown else self._service.archive
        try:
            for number in self._table.chosen_ids():
                saved.append(act(number, self._service.load(number).version))
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
        if not saved:
            return
        what = saved[0].entry.reference if len(saved) == 1 else f"{len(saved)} entries"
        done = "back in the list" if self.archive_shown else "archived"
        self._around.messages.say(f"{what} {done}.", undo=partial(self._undo, saved))
        self._publish(saved)

    def _undo(self, saved: Sequence[Saved]) -> None:
        back: list[Saved] = []
        try:
            for one in saved:
                back.append(self._service.undo(one))
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
        self._publish(back)

    def _publish(self, saved: Sequence[Saved]) -> None:
        changes = Changes()
        for one in saved:
            changes |= one.changes
        self._around.bus.publish(changes)

    def menu(self) -> QMenu:
        """The menu of the selected entries."""
        menu = QMenu(self._table)
        chosen = self._table.chosen_ids()
        current = self._table.current_id()
        menu.addAction("Open\tEnter", partial(self.opened.emit, current))
        copy = icon("mdi6.content-copy")
        menu.addAction(copy, "Duplicate\tCtrl+D", self.duplicate_current)
        menu.addAction("Copy the reference", partial(self._copy_reference, current))
        for label, icon_name, does in self.further:
            menu.addAction(icon(icon_name), label, partial(does, chosen))
        self._add_sorting(menu)
        menu.addSeparator()
        word = "Bring back" if self.archive_shown else "Archive"
        menu.addAction(icon("mdi6.archive-outline"), f"{word}\tDel", self.archive_chosen)
        return menu

    def _add_sorting(self, menu: QMenu) -> None:
        """What a click on a heading does, for those who use no mouse."""
        listing = self._table.listing
        if listing is None:
            return
        sorting = menu.addMenu("Sort by")
        for section in self._table.seen_columns():
            column = listing.columns[section]
            made = sorting.addAction(column.label, partial(self._table.sort_by, section))
            made.setCheckable(True)
            made.setChecked(self._table.sorted_by() == column.name)

    def show_menu(self, place: QPoint) -> None:
        """Opens the menu where the mouse or the keyboard asked for it."""
        if self._table.current_id():
            self.menu().exec(self._table.viewport().mapToGlobal(place))

    def _copy_reference(self, entry_id: int) -> None:
        listing = self._table.listing
        if listing is not None and (found := listing.find(entry_id)) >= 0:
            clipboard.copy(str(listing.rows[found][1]))
