"""The keys of the program, written down once: Ctrl+/ lists them, and no key is given twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from ui.kit.look.icons import icon
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, set_role
from ui.kit.pieces.cards import column, scrolling, words
from ui.kit.pieces.keys import Key
from ui.kit.pieces.low import resize_within

STANDING = (
    Key("Ctrl+K", "Search everything", "Everywhere"),
    Key("Ctrl+L", "Lock", "Everywhere"),
    Key("Ctrl+N", "New entry", "Everywhere"),
    Key("F1", "Help about this page", "Everywhere"),
    Key("Ctrl+/", "List of keys", "Everywhere"),
    Key("F6", "Next card", "Everywhere"),
    Key("Shift+F6", "Previous card", "Everywhere"),
    Key("F7", "What to do next", "Everywhere"),
    Key("F8", "Show blurred names while held", "Everywhere"),
    Key("Ctrl+Shift+Z", "Undo the last saved change", "Everywhere"),
    Key("Esc", "Back", "Everywhere"),
    Key("Ctrl+F", "Search this list", "In a list"),
    Key("Enter", "Open", "In a list"),
    Key("Ctrl+D", "Duplicate", "In a list"),
    Key("Del", "Archive, or bring back", "In a list"),
    Key("Ctrl+P", "Print what is shown", "In a list"),
    Key("Ctrl+E", "Export what is shown", "In a list"),
    Key("Shift+F10", "Menu of the entry: open, sort and more", "In a list"),
    Key("F5", "Reload the list", "In a list"),
    Key("Ctrl+S", "Save", "In an entry"),
    Key("Ctrl+I", "Why do we ask this?", "In an entry"),
    Key("Alt+Left", "Back to the list", "In an entry"),
    Key("Ctrl+PgDown", "Next entry", "In an entry"),
    Key("Ctrl+PgUp", "Previous entry", "In an entry"),
    Key("T", "Today, or now, in an empty date", "In an entry"),
    Key("Up, Down", "A day later or earlier, in a date", "In an entry"),
)
"""Keys that every page shares; rooms add theirs with :meth:`Shortcuts.add_keys`."""


class Shortcuts:
    """The registry of actions and keys of one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys: list[Key] = list(STANDING)
        self.actions: dict[str, QAction] = {}

    def add(
        self,
        name: str,
        words_: str,
        keys: str,
        does: Callable[[], object],
        *,
        where: str = "Everywhere",
        icon_name: str = "",
        anywhere: bool = True,
    ) -> QAction:
        """An action of the window with its key. Raises ValueError where the key is taken.

        ``anywhere`` False leaves the key to the widget that the action is added to.
        """
        taken = [key for key in self.keys if key.keys == keys and key.where == where]
        if any(key.does != words_ for key in taken):
            raise ValueError(f"the key {keys} is taken")
        action = QAction(words_, self._window)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut
            if anywhere
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        if icon_name:
            action.setIcon(icon(icon_name))
        action.triggered.connect(lambda _on=False: does())
        if anywhere:
            self._window.addAction(action)
        self.actions[name] = action
        self.add_keys(Key(keys, words_, where))
        return action

    def add_keys(self, *keys: Key) -> None:
        """Writes down keys that a page answers by itself."""
        self.keys += [key for key in keys if key not in self.keys]


class KeysDialog(QDialog):
    """The list of keys, with a search."""

    def __init__(self, keys: list[Key], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        resize_within(self, 560, 560)
        self.search = QLineEdit()
        set_role(self.search, "search")
        self.search.setPlaceholderText("Search the keys")
        self.search.setAccessibleName("Search the keys")
        self.search.textChanged.connect(self._filter)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, LARGE, 0)
        self._grid.setHorizontalSpacing(HUGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[str, list[QWidget]]] = []
        self._fill(keys)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        layout = column(
            words("Keyboard shortcuts", "title"),
            self.search,
            scrolling(inside, "Keys"),
            space=MEDIUM,
        )
        layout.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        self.setLayout(layout)

    def _fill(self, keys: list[Key]) -> None:
        line = 0
        for where in dict.fromkeys(key.where for key in keys):
            self._grid.addWidget(words(where, "heading"), line, 0, 1, 2)
            line += 1
            for key in keys:
                if key.where != where:
                    continue
                pair: list[QWidget] = [words(key.keys, "strong"), words(key.does)]
                for place, label in enumerate(pair):
                    self._grid.addWidget(label, line, place)
                self._rows.append((f"{key.keys} {key.does}".casefold(), pair))
                line += 1

    def _filter(self, sought: str) -> None:
        for said, labels in self._rows:
            for label in labels:
                label.setVisible(sought.casefold() in said)
