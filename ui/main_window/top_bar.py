"""The bar at the head of the window: tabs, the search, and Lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ui.kit.look.icons import icon
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, set_role
from ui.kit.pieces.buttons import button, icon_option
from ui.main_window.area_tabs import AreaTabs
from ui.main_window.search import NARROW, WIDE

_NARROW: Final = 1180
"""Pixels of the window below which not everything has room with icons and words."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A way from the bar to a page, and the keys that go the same way."""

    page: str
    title: str
    icon: str
    keys: str


class TopBar(QFrame):
    """``chosen`` carries the name of the page behind the tab that the user chose."""

    chosen = Signal(str)
    lock_asked = Signal()
    help_asked = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "top")
        self.tabs = AreaTabs()
        self._narrow = False
        self.leads: list[Lead] = []
        self.apart: dict[str, QToolButton] = {}
        """Buttons at the right that lead to a page without a tab, by the name of the page."""
        self.tabs.chosen.connect(self.chosen)
        self.lock = button("Lock", "mdi6.lock-outline", does=self.lock_asked.emit, key="Ctrl+L")
        self.help = button("Help", "mdi6.help-circle-outline", does=self.help_asked.emit, key="F1")
        self.search = search
        self._right = QHBoxLayout()
        self._right.setSpacing(SMALL)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(search)
        layout.addLayout(self._right)
        layout.addWidget(self.help)
        layout.addWidget(self.lock)
        self.setMinimumHeight(2 * LARGE + SMALL)

    def add(self, name: str, title: str, icon_name: str, keys: str) -> None:
        """Adds a tab for a page."""
        self.leads.append(Lead(name, title, icon_name, keys))
        self.tabs.add(name, title, icon_name, keys)

    def add_apart(self, name: str, title: str, icon_name: str, keys: str) -> None:
        """Adds a button at the right for a page; while it is shown, no tab is marked."""
        self.leads.append(Lead(name, title, icon_name, keys))
        made = icon_option(title, icon_name, picked=lambda _on: self.chosen.emit(name), key=keys)
        self.apart[name] = made
        self._right.addWidget(made)

    def show_tab(self, name: str) -> None:
        """Marks the tab of the page that is shown."""
        if name in self.names():
            self.tabs.show_on(name)
            for lead in self.leads:
                if (made := self.apart.get(lead.page)) is not None:
                    made.setChecked(lead.page == name)
                    made.setIcon(icon(lead.icon, "accent" if lead.page == name else "muted"))
            # The word that is on is bolder, and so wider.
            self._leave_room()

    def names(self) -> tuple[str, ...]:
        """The pages that the bar leads to, in order."""
        return tuple(lead.page for lead in self.leads)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the tabs keep their words and lose what is only beside them."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            for made, words in ((self.help, "Help"), (self.lock, "Lock")):
                made.setText("" if narrow else words)
                made.setAccessibleName(words)
        self._leave_room()

    def _leave_room(self) -> None:
        """Areas are never out of sight for the search, which is what can be shorter."""
        others = [*self.apart.values(), self.help, self.lock]
        taken = sum(each.sizeHint().width() + SMALL for each in others) + MEDIUM + SMALL
        self.tabs.give_room(self.width() - taken - NARROW, narrow=self._narrow)
        left = self.width() - self.tabs.sizeHint().width() - taken
        self.search.setMaximumWidth(max(NARROW, min(WIDE, left)))
