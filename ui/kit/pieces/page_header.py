"""The head of a page: its title, a line below it, and its buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from ui.kit.look.theme import LARGE, MEDIUM, SMALL, TINY
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import column, hide_unless, row, words
from ui.kit.pieces.low import is_low

_MOST: Final = 5
"""Buttons beside each other; more are a row in which nobody finds the one that is meant."""
_STAY: Final = ("primary", "danger", "link")
"""Roles of buttons that are never put away: what the page is there for."""


class PageHeader(QWidget):
    """Title of a page, a line below it, and its buttons on the right, the primary one last.

    Where there are more than five, or the window is too narrow for them, the first ones are in a
    menu behind "…": no page is wider than the screen for its buttons.
    """

    def __init__(self, title: str, under: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = words(title, "title")
        self.under = words(under, "muted")
        hide_unless(self.under, bool(under))
        self.beside = QHBoxLayout()
        self.beside.setSpacing(SMALL)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(MEDIUM)
        self.further: QMenu | None = None
        """What a page offers behind the dots in any case."""
        self.more: QToolButton = icon_button("Show more actions", "mdi6.dots-horizontal")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        self.more.hide()
        self.away = QWidget(self)
        """Keeps the buttons for which there is no room; it is never seen itself."""
        self.away.hide()
        self._put_away: list[tuple[int, QPushButton]] = []
        self._top = row(self.title, self.beside, None, self.more, self.buttons, space=MEDIUM)
        self._lines = column(self._top, self.under, space=TINY)
        self.setLayout(self._lines)

    def add_button(self, widget: QWidget) -> None:
        """Puts a button on the right; what the page is there for stays the last."""
        last = self.buttons.itemAt(self.buttons.count() - 1) if self.buttons.count() else None
        meant = last.widget() if last is not None else None
        if meant is not None and _is_meant(meant) and not _is_meant(widget):
            self.buttons.insertWidget(self.buttons.count() - 1, widget)
        else:
            self.buttons.addWidget(widget)

    def offer_further(self, menu: QMenu, name: str) -> None:
        """Puts the actions of a menu behind the dots, too; ``name`` is said of the button."""
        self.further = menu
        self.more.setAccessibleName(name)
        self.more.setToolTip(name)
        self.more.show()

    def say(self, title: str, under: str = "") -> None:
        """Changes the words."""
        self.title.setText(title)
        self.under.setText(under)
        self.under.setVisible(bool(under))

    # --- no wider than the window ----------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """The title, and the buttons that stay."""
        size = super().minimumSizeHint()
        least = self._head_width() + sum(
            self._width(made) for made in self._standing() if not _may_go(made)
        )
        return QSize(min(size.width(), least + self._width(self.more)), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer buttons have room."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """A button that came, went or has other words leaves other room to the rest."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def fit(self) -> None:
        """Puts the first buttons away while the rest is too wide, or takes them out again."""
        self._place_under()
        every = self._every()
        wide = {id(made): self._width(made) for made in every if not made.isHidden()}
        always = self._width(self.more) if self.further is not None else 0
        left = self.width() - self._head_width() - sum(wide.values()) - always
        gone: list[QWidget] = []
        many = len(wide)
        if left < 0 or many > _MOST:
            left -= self._width(self.more) - always
            for made in every:
                if left >= 0 and many <= _MOST:
                    break
                if _may_go(made) and not made.isHidden():
                    left += wide[id(made)]
                    many -= 1
                    gone.append(made)
        if gone != [made for _, made in self._put_away]:
            self._arrange(every, gone)

    def _place_under(self) -> None:
        """In a low window the line below the title stands beside it, where it fits."""
        shown = [made for made in self._every() if not made.isHidden()]
        taken = self.title.sizeHint().width() + self.beside.sizeHint().width() + LARGE
        taken += sum(self._width(made) for made in shown) + 2 * MEDIUM
        fits = is_low(self) and taken + self.under.sizeHint().width() <= self.width()
        if fits == (self._top.indexOf(self.under) >= 0):
            return
        self._lines.removeWidget(self.under)
        self._top.removeWidget(self.under)
        if fits:
            self._top.insertWidget(1, self.under)
        else:
            self._lines.addWidget(self.under)

    def _arrange(self, every: list[QWidget], gone: list[QWidget]) -> None:
        for place, back in self._put_away:
            _move(back, self)
            self.buttons.insertWidget(place, back)
        self._put_away = []
        for place, made in enumerate(every):
            if made in gone and isinstance(made, QPushButton):
                self._put_away.append((place, made))
                self.buttons.removeWidget(made)
                _move(made, self.away)
        self.more.setVisible(bool(self._put_away) or self.further is not None)

    def _every(self) -> list[QWidget]:
        """All buttons in their order, those that are put away in their old places."""
        all_of_them = self._standing()
        for place, made in self._put_away:
            all_of_them.insert(place, made)
        return all_of_them

    def _standing(self) -> list[QWidget]:
        items = (self.buttons.itemAt(place) for place in range(self.buttons.count()))
        return [widget for item in items if item is not None and (widget := item.widget())]

    def _head_width(self) -> int:
        beside = self._top.indexOf(self.under) >= 0 and not self.under.isHidden()
        under = self.under.sizeHint().width() + MEDIUM if beside else 0
        return self.title.sizeHint().width() + self.beside.sizeHint().width() + LARGE + under

    def _width(self, made: QWidget) -> int:
        wide = made.sizeHint().expandedTo(made.minimumSize()).width()
        return min(wide, made.maximumWidth()) + MEDIUM

    def _fill_menu(self) -> None:
        self.menu.clear()
        for _, made in self._put_away:
            if made.isHidden():
                continue
            action = self.menu.addAction(made.icon(), made.text())
            action.setEnabled(made.isEnabled())
            if made.menu() is not None:
                action.setMenu(made.menu())
            else:
                action.triggered.connect(lambda _on=False, made=made: made.click())
        if self.further is not None:
            self.menu.addSeparator()
            self.menu.addActions(self.further.actions())


def _is_meant(made: QWidget) -> bool:
    return made.property("role") == "primary"


def _may_go(made: QWidget) -> bool:
    return isinstance(made, QPushButton) and made.property("role") not in _STAY


def _move(made: QWidget, to: QWidget) -> None:
    """Qt hides what gets another parent; who shows and hides the button must not notice."""
    hidden = made.isHidden()
    made.setParent(to)
    made.setVisible(not hidden)
