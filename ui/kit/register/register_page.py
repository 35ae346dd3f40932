"""The page of a register, the same for every register: search, filters, list, first step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes, Listing, Query
from dpdesk.registers.service import RegisterService
from ui.kit.look.theme import MEDIUM, set_role
from ui.kit.pieces.buttons import button, icon_button, option
from ui.kit.pieces.cards import PlainPage, column, row, words
from ui.kit.pieces.chips import ChipRow
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import first_keys, on_escape
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.columns import ColumnChoice
from ui.kit.register.list_actions import ListActions
from ui.kit.register.table import BadgeMaker, ListingModel
from ui.kit.register.table_view import TableView

TYPING = 150
"""Milliseconds without a key before the search is run."""
_BESIDE = 10
"""So many filters fit beside the search."""
_LONG, _SHORT = 280, 200
"""Pixels of the search, and where the window is low."""


@dataclass(frozen=True, slots=True)
class ShownList:
    """What the list shows at this moment, for print and export."""

    listing: Listing
    query: Query
    columns: tuple[int, ...]
    """The columns that can be seen, in the order seen, as places in ``listing.columns``."""


class RegisterPage(PlainPage):
    """The list of a register.

    ``badges``: makers of badges for further columns, by column name. ``start_chip``: the filter
    at first; by default "open" where the register has one. A room puts further buttons into
    ``header`` and actions into the menu of an entry with ``add_action``.
    """

    new_asked = Signal()
    opened = Signal(int)
    print_asked = Signal(object)
    export_asked = Signal(object)
    """Print and export carry a :class:`ShownList`."""
    import_asked = Signal()

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        badges: Mapping[str, BadgeMaker] | None = None,
        start_chip: str = "",
        importable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.service = service
        self.around = around
        self.register = service.register
        keys = [chip.key for chip in self.register.chips]
        chip = start_chip or ("open" if "open" in keys else "all")
        self.query = Query(chip=chip)
        self.beginning: tuple[str, str, Callable[[], object]] | None = None
        """What an empty register says and offers in place of a first entry: sentence, words on
        the button, and what it does."""
        self._stale = False
        self._loaded = False
        self.first_offer: tuple[str, Callable[[], object]] | None = None
        """What an empty register offers in place of a first entry: words, and what is done."""
        self._build_header(importable=importable)
        self._build_filters()
        self._build_list(badges or {})
        self._build_keys()
        around.bus.changed.connect(self._changed)

    # --- building ------------------------------------------------------------------------

    def _build_header(self, *, importable: bool) -> None:
        self.header = PageHeader(self.register.title)
        tell = lambda signal: signal.emit(self.shown())  # noqa: E731  # one use, below
        self.print_button = button(
            "Print", "mdi6.printer-outline", does=lambda: tell(self.print_asked), key="Ctrl+P"
        )
        self.export_button = button(
            "Export",
            "mdi6.file-export-outline",
            does=lambda: tell(self.export_asked),
            key="Ctrl+E",
            hint="Save what is shown as a spreadsheet",
        )
        self.header.add_button(self.print_button)
        self.header.add_button(self.export_button)
        if importable:
            self.header.add_button(
                button("Import", "mdi6.file-import-outline", does=self.import_asked.emit)
            )
        self.new_button: QPushButton = button(
            self.register.first_step or f"New {self.register.entry}",
            "mdi6.plus",
            role="primary",
            does=self.begin_new,
            key="Ctrl+N",
        )
        self.header.add_button(first_keys(self.new_button))
        self.body.addWidget(self.header)

    def _build_filters(self) -> None:
        self.search = QLineEdit()
        set_role(self.search, "search")
        self.search.setPlaceholderText("Search this list   Ctrl+F")
        self.search.setAccessibleName(f"Search {self.register.title}")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_LONG)
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self._search_now)
        self.search.textChanged.connect(self._sought)
        self.search.returnPressed.connect(self._search_and_go)
        chips = [(chip.key, chip.label) for chip in self.register.chips]
        passing = [chip.key for chip in self.register.chips if not chip.standing]
        # Those that come and go stand last, so that nothing moves under the mouse.
        standing = [chip for chip in chips if chip[0] not in passing]
        coming = [chip for chip in chips if chip[0] in passing]
        self.chips = ChipRow([*standing, ("all", "All"), *coming], passing)
        self.chips.choose(self.query.chip)
        self.chips.chosen.connect(self.choose_chip)
        self._chip_place, self._chip_line = column(), column()
        self.archived = option(
            "Archived",
            "mdi6.archive-outline",
            role="chip",
            picked=self._show_archived,
            hint="Show the entries that were archived instead",
        )
        self.count = words("", "muted")
        self.columns_button: QToolButton = icon_button("Choose columns", "mdi6.view-column-outline")
        self._columns_menu = QMenu(self.columns_button)
        self.columns_button.setMenu(self._columns_menu)
        self.columns_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # Needs no mouse and no right button: who works by voice opens an entry here, too.
        self.entry_button: QToolButton = icon_button(
            "Open, copy, sort or archive", "mdi6.dots-horizontal"
        )
        self.entry_button.clicked.connect(self._show_entry_menu)
        filters = row(self.search, self._chip_place, self.archived, self.count, space=MEDIUM)
        filters.setStretch(1, 1)
        filters.addWidget(self.columns_button)
        filters.addWidget(self.entry_button)
        beside = (self.archived, self.count, self.columns_button, self.entry_button)
        for widget in (self.search, *beside):
            widget.setFixedHeight(32)
            filters.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(filters)
        self.body.addLayout(self._chip_line)
        self._place_chips(low=False)

    def _place_chips(self, *, low: bool) -> None:
        """Many filters need the whole width; a few stand beside the search, as all in one line."""
        many = len(self.register.chips) > _BESIDE and not low
        place, other = self._chip_line, self._chip_place
        if not many:
            place, other = other, place
        if place.indexOf(self.chips) < 0:
            other.removeWidget(self.chips)
            place.addWidget(self.chips)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the filters take one line beside a shorter search."""
        super().draw_together(low=low)
        self._place_chips(low=low)
        self.search.setFixedWidth(_SHORT if low else _LONG)

    def _build_list(self, badges: Mapping[str, BadgeMaker]) -> None:
        self.model = ListingModel(self.around.now, badges, self)
        self.table = TableView(self.register.title, self.model)
        self.table.opened.connect(self.open_entry)
        self.table.typed.connect(self._typed_in_list)
        self.table.sort_asked.connect(self.sort_by)
        self.doing = ListActions(self.service, self.around, self.table)
        self.doing.opened.connect(self.open_entry)
        self.table.deletion_asked.connect(self.doing.archive_chosen)
        self.table.customContextMenuRequested.connect(self.doing.show_menu)
        self.columns = ColumnChoice(self.register, self.around.preferences, self.table)
        self._columns_menu.aboutToShow.connect(
            lambda: self.columns.fill(self._columns_menu, self.reload)
        )
        self.empty = EmptyState()
        self.stack = PageStack()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    def _build_keys(self) -> None:
        # Ctrl+N belongs to the window, which asks the area shown: two would answer neither.
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(does)

        below = QShortcut(QKeySequence("Down"), self.search)
        below.setContext(Qt.ShortcutContext.WidgetShortcut)
        below.activated.connect(self._search_and_go)
        key("Ctrl+F", self.focus_search)
        key("Ctrl+D", self.doing.duplicate_current)
        key("Ctrl+P", self.print_button.click)
        key("Ctrl+E", self.export_button.click)
        key("F5", self.reload)
        on_escape(self, self._escape)

    # --- showing -------------------------------------------------------------------------

    def showEvent(self, event: object) -> None:
        """Reads the list when it is first seen, and again where something changed meanwhile."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt gives what it takes
        if self._stale or not self._loaded:
            self.reload()
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.take_focus()

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on: on the list, or on what an empty one says."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
            if not self.table.current_id():
                self.table.choose_row(0)
        else:
            self.empty.take_focus()

    def _changed(self, changes: Changes) -> None:
        if self.register.key not in changes.registers:
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def reload(self) -> None:
        """Reads the list afresh; keeps selection, place and scroll by the entries themselves."""
        chosen = self.table.chosen_ids()
        current = self.table.current_id()
        had_focus = self.table.hasFocus()
        scroll = self.table.verticalScrollBar().value()
        self._stale, self._loaded = False, True
        try:
            listing = self.service.listing(replace(self.query, columns=self.columns.fields))
        except DpdeskError as error:
            self.empty.say("mdi6.alert-outline", str(error), "Try again", self.reload)
            self.stack.setCurrentWidget(self.empty)
            self._offer_once()
            return
        self.model.show_listing(listing)
        self.columns.apply()
        self.table.show_sort(self.query.sort or self.register.order)
        self._restore(listing, chosen, current, scroll)
        self._show_counts(listing)
        if listing.rows:
            self.stack.setCurrentWidget(self.table)
            if had_focus:
                self.table.setFocus()
        else:
            self._show_empty(listing)
        self._offer_once()

    def _offer_once(self) -> None:
        """One main button: where the middle of an empty list offers the same, the head does not."""
        action, middle = self.empty.action, self.stack.currentWidget() is self.empty
        twice = middle and not action.isHidden() and action.text() == self.new_button.text()
        held = self.new_button.hasFocus()
        set_role(action, "primary" if twice else "button")
        self.new_button.setVisible(not twice)
        if twice and held:
            self.empty.take_focus()

    def _restore(
        self, listing: Listing, chosen: tuple[int, ...], current: int, scroll: int
    ) -> None:
        rows = [row for entry_id in chosen if (row := listing.find(entry_id)) >= 0]
        if (row := listing.find(current)) >= 0:
            self.table.choose_row(row)
        selection = self.table.selectionModel()
        for row in rows:
            flag = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            selection.select(self.model.index(row, 0), flag)
        self.table.verticalScrollBar().setValue(scroll)

    def _show_counts(self, listing: Listing) -> None:
        self.chips.show_counts(listing.counts)
        self.count.setText(f"{len(listing.rows):,} of {listing.total:,}")
        self.count.setAccessibleName(f"{len(listing.rows)} of {listing.total} entries shown")

    def _show_empty(self, listing: Listing) -> None:
        if self.query.search:
            say = f"No {self.register.entry} found for “{self.query.search}”."
            self.empty.say("mdi6.magnify-close", say, "Clear the search", self.clear_filters)
        elif self.query.archived:
            say = "Nothing has been archived."
            self.empty.say("mdi6.archive-outline", say, "Back to the list", self.clear_filters)
        elif listing.total:
            say = self._filtered_words(listing.total)
            self.empty.say("mdi6.check-circle-outline", say, "Show all", self.clear_filters)
        elif self.beginning is not None:
            self.empty.say(self.register.icon, *self.beginning, begins=True)
        else:
            first = self.register.first_step or f"New {self.register.entry}"
            say = self.register.purpose or f"There is no {self.register.entry} yet."
            does = self.first_offer or (first, self.begin_new)
            self.empty.say(self.register.icon, say, *does, begins=True)
        self.stack.setCurrentWidget(self.empty)

    def _filtered_words(self, total: int) -> str:
        label = next(
            (chip.label for chip in self.register.chips if chip.key == self.query.chip), "All"
        )
        rest = (
            "There is one entry, under another filter."
            if total == 1
            else f"There are {total:,} entries under other filters."
        )
        return f"No entries under “{label}”. {rest}"

    def shown(self) -> ShownList:
        """The list as it is seen now."""
        if self.model.listing is None:
            self.reload()
        assert self.model.listing is not None
        return ShownList(self.model.listing, self.query, self.columns.shown())

    def ids(self) -> tuple[int, ...]:
        """Numbers of the entries shown, in their order: the neighbours of an entry's page."""
        if not self._loaded:
            self.reload()
        listing = self.model.listing
        return tuple(int(row[0]) for row in listing.rows) if listing is not None else ()

    # --- filtering -----------------------------------------------------------------------

    def show_query(self, *, chip: str = "", search: str = "") -> None:
        """Opens the list with a filter, as a finding or a search asks for it."""
        self.query = replace(self.query, chip=chip or "all", search=search, archived=False)
        self.archived.setChecked(False)
        self.doing.archive_shown = False
        self.search.setText(search)
        self.chips.choose(self.query.chip)
        self.reload()

    def choose_chip(self, key: str) -> None:
        """Filters by one chip."""
        self.query = replace(self.query, chip=key)
        self.chips.choose(key)
        self.reload()

    def sort_by(self, column: str) -> None:
        """Sorts by a column; a leading "-" means descending."""
        self.query = replace(self.query, sort=column)
        self.reload()

    def clear_filters(self) -> None:
        """Shows everything again; the filter stays where only the search was empty."""
        chip = self.query.chip if self.query.search else "all"
        self.show_query(chip=chip)

    def focus_search(self) -> None:
        """Puts the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_archived(self, on: bool) -> None:
        self.doing.archive_shown = on
        self.query = replace(self.query, archived=on)
        self.reload()

    def _sought(self, text: str) -> None:
        if text:
            self._typing.start()
        else:
            self._search_now()

    def _search_now(self) -> None:
        self._typing.stop()
        text = self.search.text().strip()
        if text != self.query.search:
            self.query = replace(self.query, search=text)
            self.reload()

    def _search_and_go(self) -> None:
        self._search_now()
        if self.model.rowCount():
            self.table.setFocus()
            self.table.choose_row(max(0, self.table.currentIndex().row()))

    def _typed_in_list(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        elif self.search.hasFocus() and self.model.rowCount():
            self.table.setFocus()
        else:
            self.around.navigator.back()

    def _show_entry_menu(self) -> None:
        if not self.table.current_id():
            self.table.choose_row(0)
        if self.table.current_id():
            place = self.entry_button.mapToGlobal(self.entry_button.rect().bottomLeft())
            self.doing.menu().exec(place)

    # --- doing ---------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Begins a new entry."""
        self.new_asked.emit()
        self.around.navigator.new_entry(self.register.key)

    def open_entry(self, entry_id: int) -> None:
        """Shows an entry."""
        self.opened.emit(entry_id)
        self.around.navigator.open_entry(self.register.key, entry_id)

    def add_action(
        self, label: str, icon_name: str, does: Callable[[tuple[int, ...]], object]
    ) -> None:
        """Adds an action to the menu of entries; it gets the numbers of those selected."""
        self.doing.further.append((label, icon_name, does))
