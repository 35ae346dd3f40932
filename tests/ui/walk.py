"""The walk through a page: can everything be named, reached, read and called by one key only?

Used by the tests of every room: ``assert_walkable(page)``.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetrics, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QTableView,
    QTreeView,
    QWidget,
)

SIZE = (1366, 660)
"""The room for a page on the office screen of 1366 × 768, below the tabs and above the bar."""


SCREEN = (1366, 768)


def focusable(root: QWidget) -> list[QWidget]:
    """Every visible widget below ``root`` that Tab should stop at."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabledTo(root)
        and not widget.isWindow()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
    ]


def _told(widget: QWidget) -> str:
    """A widget in a message of a failing test."""
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def unnamed(root: QWidget) -> list[str]:
    """Widgets that take the keyboard and that a screen reader could not name."""
    found = []
    for widget in focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            found.append(_told(widget))
    return found


def unreachable(root: QWidget) -> list[str]:
    """Widgets that Tab never comes to."""
    chain = set()
    here: QWidget | None = root
    while here is not None and here not in chain:
        chain.add(here)
        here = here.nextInFocusChain()
    return [_told(widget) for widget in focusable(root) if widget not in chain]


def doubled(root: QWidget) -> list[str]:
    """Keys and mnemonics that two things in the page would answer."""
    keys: Counter[str] = Counter()
    for shortcut in root.findChildren(QShortcut):
        if shortcut.isEnabled():
            keys[f"{shortcut.key().toString()} in {id(shortcut.parent())}"] += 1
    for action in root.findChildren(QAction):
        if not action.shortcut().isEmpty():
            keys[f"{action.shortcut().toString()} in {id(action.parent())}"] += 1
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        text = ""
        if isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            text = widget.text().replace("&&", "")
        place = text.find("&")
        if 0 <= place < len(text) - 1:
            keys[f"Alt+{text[place + 1].upper()}"] += 1
    return [key for key, count in keys.items() if count > 1]


def cut_off(root: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.isWindow():
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                small = widget.heightForWidth(widget.width()) > widget.height() + 1
            else:
                needed = QFontMetrics(widget.font()).horizontalAdvance(
                    widget.text().replace("&&", "&")
                )
                small = needed > widget.width() + 1
            if small:
                found.append(f"label “{widget.text()}”")
        elif isinstance(widget, QPushButton) and _button_cut(widget):
            found.append(f"button “{widget.text()}”")
    return found


def _button_cut(made: QPushButton) -> bool:
    """Do its words not fit? A link wraps; a button without words is laid out of labels."""
    if not made.text():
        return False
    if made.hasHeightForWidth():
        return made.heightForWidth(made.width()) > made.height() + 1
    return made.sizeHint().width() > made.width() + 1


def sideways(root: QWidget) -> list[str]:
    """What is wider than the room that it scrolls in; of tables the columns may go on.

    Where the bar at the foot is never shown, the rest would be cut off without a word.
    """
    found = []
    for area in root.findChildren(QAbstractScrollArea):
        if not area.isVisible() or isinstance(area, QTableView):
            continue
        bar = area.horizontalScrollBar().maximum()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        wide = inside.minimumSizeHint().width() if inside is not None else 0
        views = isinstance(area, QScrollArea | QListView | QTreeView)
        if views and (bar > 0 or wide > area.viewport().width() + 1):
            found.append(f"“{area.accessibleName()}” needs {wide}, {bar} more than it has")
    return found


def bars(root: QWidget) -> list[str]:
    """The bars that a page scrolls with, by the names of what they move; two are a fault."""
    areas = (area for area in root.findChildren(QScrollArea) if area.isVisible())
    return [area.accessibleName() for area in areas if area.verticalScrollBar().maximum() > 0]


def rows_seen(table: QTableView) -> int:
    """How many rows of a list have room, whole, whether there are so many or not."""
    return table.viewport().height() // max(1, table.verticalHeader().defaultSectionSize())


def assert_walkable(page: QWidget, width: int = SIZE[0], height: int = SIZE[1]) -> None:
    """Shows a page at the size of the office screen and walks through it."""
    if page.isWindow():
        page.resize(width, height)
        page.show()
    page.grab()
    # Words that wrap differently ask for other heights, which ask for another layout, and so on.
    for _ in range(20):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    # A page inside a window has the room that the window leaves it.
    whole = page.window()
    screen = (width, height) if page.isWindow() else SCREEN
    assert whole.width() <= screen[0], "the page does not fit the screen"
    assert whole.height() <= screen[1], "the page does not fit the screen"
    assert unnamed(page) == [], "takes the keyboard without a name"
    assert unreachable(page) == [], "Tab never comes here"
    assert doubled(page) == [], "the same key twice"
    cut = cut_off(page)
    assert cut == [], f"words are cut off: {cut}"
