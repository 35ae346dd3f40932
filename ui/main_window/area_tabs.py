"""The row of areas at the head of the window: one is on, and each can be pressed in every way.

Qt's own row of tabs leaves out three things. A press by assistive technology on the tab that is on
does nothing, though for a mouse it leads back to the first page of the area; the row is called by
the tab that is on; and one tab is always on, also while a page is shown that belongs to none.
Hence buttons, which are read as tabs.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.kit.look.icons import SIZE, icon
from ui.kit.look.plain import set_focus_by_tab, set_focus_never
from ui.kit.look.theme import give_role, set_narrow
from ui.kit.pieces.announcing import answer_with
from ui.kit.pieces.buttons import Option

_TAB, _ROW = "AreaTab", "AreaTabs"
_AROUND = 20
"""Pixels around a word where there is little room."""
_CLOSE = 12
"""Pixels around an icon that stands for its word."""


class BarRoom(Enum):
    """How much room the row has."""

    WIDE = "icons and words"
    WORDS = "words"
    ICONS = "icons, and the word of the one that is on"


class AreaTab(Option):
    """The tab of one area. ``moved`` says how many tabs on an arrow key led: -1 or 1."""

    moved = Signal(int)

    def __init__(self, title: str, icon_name: str, keys: str) -> None:
        super().__init__(title, one_of=True)
        self.title = title
        self._icon = icon_name
        give_role(self, "tab")
        self.setAutoDefault(False)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setToolTip(f"{title} ({keys})")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def dress(self, room: BarRoom) -> None:
        """Shows what there is room for; the one that is on always has its word."""
        set_narrow(self, room is not BarRoom.WIDE)
        on = self.isChecked()
        word = on or room is not BarRoom.ICONS
        self.setText(self.title if word else "")
        shown = icon(self._icon, "accent" if on else "muted")
        self.setIcon(QIcon() if room is BarRoom.WORDS or (on and room is BarRoom.ICONS) else shown)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The word of the one that is on is bolder, and so wider."""
        size = super().sizeHint()
        more = self.bold() - self.fontMetrics().horizontalAdvance(self.title)
        return QSize(size.width() + (max(0, more) if self.isChecked() else 0), size.height())

    def minimumSizeHint(self) -> QSize:
        """What is left of it in the least room is never cut."""
        least = self.bold() + _AROUND if self.isChecked() else SIZE + _CLOSE
        return QSize(least, self.sizeHint().height())

    def bold(self) -> int:
        """Pixels that its word takes while it is on."""
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(self.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right lead to the tab beside it."""
        from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class AreaTabs(QFrame):
    """All areas. ``chosen`` carries the name of the one pressed, also of the one that is on."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        read_tabs()
        self.setAccessibleName("Areas")
        self.tabs: dict[str, AreaTab] = {}
        self._room = BarRoom.WIDE
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch()

    def add(self, name: str, title: str, icon_name: str, keys: str) -> None:
        """Adds the tab of an area."""
        made = AreaTab(title, icon_name, keys)
        made.picked.connect(lambda _on: self.chosen.emit(name))
        made.again.connect(lambda: self.chosen.emit(name))
        made.moved.connect(lambda step: self._step(name, step))
        self.tabs[name] = made
        self._row.insertWidget(len(self.tabs) - 1, made)
        self._dress()

    def show_on(self, name: str) -> None:
        """Marks the tab of an area; a name without a tab marks none."""
        for each, tab in self.tabs.items():
            tab.setChecked(each == name)
        self._dress()
        if self.has_keyboard():
            self.take_keyboard()

    @property
    def on(self) -> str:
        """The area whose tab is marked; empty where none is."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), "")

    def has_keyboard(self, at: QObject | None = None) -> bool:
        """Is the keyboard, or what is given, on one of them?"""
        here = self.window().focusWidget() if at is None else at
        return any(here is tab for tab in self.tabs.values())

    def take_keyboard(self) -> None:
        """The keyboard comes to the tab that is on, else to the first."""
        tab = self.tabs.get(self.on) or next(iter(self.tabs.values()), None)
        if tab is not None:
            tab.setFocus()

    def give_room(self, width: int, *, narrow: bool) -> None:
        """Shows what a width in pixels has room for, in a window that is narrow or not."""
        words = sum(tab.bold() + _AROUND for tab in self.tabs.values())
        self._room = BarRoom.ICONS if width < words else BarRoom.WORDS if narrow else BarRoom.WIDE
        self._dress()

    def _dress(self) -> None:
        stop = self.on or next(iter(self.tabs), "")
        for name, tab in self.tabs.items():
            tab.dress(self._room)
            # Tab stops once in the row; a click leaves the keyboard to the page that opens.
            (set_focus_by_tab if name == stop else set_focus_never)(tab)

    def _step(self, name: str, step: int) -> None:
        names = list(self.tabs)
        place = names.index(name) + step
        if 0 <= place < len(names):
            self.tabs[names[place]].click()
            # The page that opened took it; whoever goes along the row stays in it.
            self.take_keyboard()


def read_tabs() -> None:
    """Has the row and its tabs read as such, from here on; the second time does nothing."""
    if _read:
        return
    from PySide6.QtGui import QAccessible  # slow to load, and no first window needs it
    from PySide6.QtWidgets import QAccessibleWidget

    class Tab(QAccessibleWidget):
        """What assistive technology hears of a tab, and does with it."""

        def __init__(self, tab: AreaTab) -> None:
            super().__init__(tab, QAccessible.Role.PageTab)

        def text(self, kind: QAccessible.Text) -> str:
            tab = self.widget()
            if kind == QAccessible.Text.Name and isinstance(tab, AreaTab):
                return tab.title
            return super().text(kind)

        def state(self) -> QAccessible.State:
            said = super().state()
            tab = self.widget()
            said.selectable = said.focusable = True
            said.selected = isinstance(tab, AreaTab) and tab.isChecked()
            return said

        def actionNames(self) -> list[str]:
            return ["Press", "SetFocus"]

        def doAction(self, name: str) -> None:
            tab = self.widget()
            if name == "Press" and isinstance(tab, AreaTab):
                tab.click()
            else:
                super().doAction(name)

    class Row(QAccessibleWidget):
        """What it hears of the row."""

        def __init__(self, row: QWidget) -> None:
            super().__init__(row, QAccessible.Role.PageTabList, "Areas")

    def answer_for(kind: str, thing: QObject) -> Tab | Row | None:
        if kind == _TAB and isinstance(thing, AreaTab):
            return Tab(thing)
        return Row(thing) if kind == _ROW and isinstance(thing, AreaTabs) else None

    answer_with(answer_for)
    _read.append(answer_for)


_read: list[object] = []
"""What answers for tabs, once it is there."""
