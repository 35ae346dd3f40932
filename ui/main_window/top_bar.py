"""The bar at the head of the window: tabs, the search, and Lock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget

from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, set_role
from ui.kit.pieces.buttons import button


class TopBar(QFrame):
    """``chosen`` carries the name of the page behind the tab that the user chose."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "top")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Areas")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setIconSize(QSize(SIZE, SIZE))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._names: list[str] = []
        self._icons: list[str] = []
        self.tabs.tabBarClicked.connect(self._clicked)
        self.tabs.currentChanged.connect(self._changed)
        self._silent = False
        self.lock = button("Lock", "mdi6.lock-outline", does=self.lock_asked.emit, key="Ctrl+L")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(search)
        layout.addWidget(self.lock)
        self.setMinimumHeight(2 * LARGE + SMALL)

    def add(self, name: str, title: str, icon_name: str) -> None:
        """Adds a tab for a page."""
        self._silent = True
        self._names.append(name)
        self._icons.append(icon_name)
        place = self.tabs.addTab(icon(icon_name, "muted"), title)
        self.tabs.setTabToolTip(place, f"{title} (Ctrl+{place + 1})")
        self._silent = False

    def show_tab(self, name: str) -> None:
        """Marks the tab of the page that is shown."""
        if name in self._names:
            self._silent = True
            self.tabs.setCurrentIndex(self._names.index(name))
            self._silent = False
            self._colour()

    def names(self) -> tuple[str, ...]:
        """The pages that have a tab, in order."""
        return tuple(self._names)

    def _colour(self) -> None:
        for place, name in enumerate(self._icons):
            on = place == self.tabs.currentIndex()
            self.tabs.setTabIcon(place, icon(name, "accent" if on else "muted"))

    def _clicked(self, place: int) -> None:
        """The tab that is on already leads to its first page, too."""
        if 0 <= place == self.tabs.currentIndex():
            self.chosen.emit(self._names[place])

    def _changed(self, place: int) -> None:
        if not self._silent and place >= 0:
            self.chosen.emit(self._names[place])
