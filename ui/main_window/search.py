"""Ctrl+K: finds entries, words inside documents, settings and help, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dpdesk.errors import Cancelled, DpdeskError
from ui.kit.look.icons import draw
from ui.kit.look.onlookers import Blurred, onlookers, words_smeared
from ui.kit.look.theme import SMALL, set_role, theme
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, words
from ui.kit.pieces.tasks import TaskRunner

TYPING = 120
"""Milliseconds without a key before the search is run."""
_WIDTH = 520
_ROW = 46
_HEADING = 24
_TALLEST = 520
"""Pixels of the list, of which the rest is scrolled."""
_FOUND = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line of the list, and what Enter does with it."""

    title: str
    kind: str
    icon: str
    does: Callable[[], object]
    group: str = ""
    """The heading that it stands below."""
    names: bool = False
    """May it name somebody? Then it is smeared where names are hidden in lists."""


class _TwoLines(QStyledItemDelegate):
    """Draws what was found: icon, title, and below it in muted words what it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every line is as high as the others; a heading needs less."""
        return QSize(0, _ROW if index.data(_FOUND) is not None else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one line; what is too long is shortened."""
        one: SearchLine | None = index.data(_FOUND)
        colours = theme().colours
        room: QRect = option.rect
        if one is None:
            painter.save()
            painter.setPen(QColor(colours.muted))
            place = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(10, 2, -10, 0), place, str(index.data()))
            painter.restore()
            return
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = bool(state & QStyle.StateFlag.State_Selected)
        if marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(room, 6, 6)
        strong = colours.selected == colours.accent and marked
        ink, quiet = (colours.on_accent,) * 2 if strong else (colours.text, colours.muted)
        draw(painter, QRectF(room.left() + 10, room.center().y() - 9, 19, 19), one.icon, quiet)
        words_room = room.adjusted(42, 5, -10, -5)
        half = words_room.height() // 2
        lines = ((one.title, ink, words_room.top()), (one.kind, quiet, words_room.top() + half))
        hidden = one.names and onlookers().hides(Blurred.LISTS)
        for text, colour, top in lines:
            line = QRect(words_room.left(), top, words_room.width(), half)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, line.width()
            )
            if hidden:
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                words_smeared(painter, QRectF(line), int(flags), shown)
            else:
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


WIDE: Final = 240
"""Pixels of the field where there is room."""
_ASKS, _ASKS_BRIEFLY = "Search everything   Ctrl+K", "Search all"
_EDGES = 24
"""Pixels of the field beside its words."""
NARROW: Final = 120
"""Pixels of the field that the areas beside it leave in a small window."""
_ABOUT = "Entries, words in documents, settings and help."


class SearchField(QLineEdit):
    """The field in the bar, and the list that opens below it.

    ``find`` looks into the workspace, on a thread of its own, so that nobody waits for a letter;
    ``standing`` finds settings and help pages, which is quick.
    """

    def __init__(
        self,
        find: Callable[[str], Sequence[SearchLine]],
        standing: Callable[[str], Sequence[SearchLine]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find, self._standing = find, standing
        set_role(self, "search")
        self.setPlaceholderText(_ASKS)
        self.setAccessibleName("Search everything")
        self.setAccessibleDescription(_ABOUT)
        self.setClearButtonEnabled(True)
        # Where the window is narrow, the tabs and the buttons need the room more.
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDE)
        self.tasks = TaskRunner(self)
        self.found: list[SearchLine] = []
        self._rows: list[int] = []
        """The row of each line found; headings stand between them."""
        self._wait = QTimer(self, singleShot=True, interval=TYPING)
        self._wait.timeout.connect(self.search_now)
        self.textChanged.connect(self._typed)
        self.popup = QFrame()
        set_role(self.popup, "pop")
        self.popup.hide()
        self.list = QListWidget()
        set_role(self.list, "inset")
        self.list.setAccessibleName("Found")
        self.list.setItemDelegate(_TwoLines(self.list))
        # The keyboard stays in the field; arrows move through the list from there.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _line: self.open_current())
        onlookers().changed.connect(self.list.viewport().update)
        self.none = words("", "muted", wraps=True)
        self.clear_link = button("Clear the search", role="link", does=self._clear)
        layout = column(self.list, self.none, self.clear_link, space=SMALL)
        layout.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self.popup.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Says in a word what is searched, where there is no room for more."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(_ASKS) < self.width() - _EDGES
        self.setPlaceholderText(_ASKS if fits else _ASKS_BRIEFLY)

    # --- searching -----------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self.close_list()

    def search_now(self) -> None:
        """Looks for what stands in the field; older searches are forgotten."""
        self._wait.stop()
        sought = self.text().strip()
        for task in self.tasks.tasks:
            task.cancel()
        if not sought:
            return

        def show(found: Sequence[SearchLine]) -> None:
            if self.text().strip() == sought:
                self._show([*found, *self._standing(sought)])

        def failed(error: BaseException) -> None:
            if isinstance(error, Cancelled):
                return
            if not isinstance(error, DpdeskError):
                raise error
            self._show([])
            self.none.setText(str(error))

        self.tasks.run(
            lambda _progress: self._find(sought),
            title="Searching",
            on_success=show,
            on_error=failed,
        )

    # --- the list ------------------------------------------------------------------------

    def _show(self, found: list[SearchLine]) -> None:
        self.found = found
        self.list.clear()
        self._rows = []
        group = ""
        height = 4
        for one in found:
            if one.group != group:
                group = one.group
                heading = QListWidgetItem(group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
                height += _HEADING
            line = QListWidgetItem(one.title)
            line.setData(_FOUND, one)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {one.kind}, {group}")
            if not (one.names and onlookers().hides(Blurred.LISTS)):
                line.setToolTip(one.kind)
            self._rows.append(self.list.count())
            self.list.addItem(line)
            height += _ROW
        self.list.setVisible(bool(found))
        self.none.setText(f"Nothing found for “{self.text().strip()}”.")
        self.none.setVisible(not found)
        self.clear_link.setVisible(not found)
        if found:
            self.list.setCurrentRow(self._rows[0])
            self.list.setFixedHeight(min(height, _TALLEST))
        if self.hasFocus():
            self._open_list()
        self._speak()

    def _open_list(self) -> None:
        window = self.window()
        if self.popup.parent() is not window:
            self.popup.setParent(window)
        self.popup.setFixedWidth(_WIDTH)
        self.popup.adjustSize()
        place = self.mapTo(window, QPoint(self.width() - _WIDTH, self.height() + 4))
        self.popup.move(place)
        self.popup.show()
        self.popup.raise_()

    def close_list(self) -> None:
        """Puts the list away."""
        self.popup.hide()
        self.setAccessibleDescription(_ABOUT)

    def _clear(self) -> None:
        self.clear()
        self.setFocus()

    @property
    def current(self) -> int:
        """Which of those found is marked; -1 for none."""
        row = self.list.currentRow()
        return self._rows.index(row) if row in self._rows else -1

    def open_current(self) -> None:
        """Goes to the line that is marked."""
        row = self.current
        if self.popup.isHidden() or row < 0:
            self.search_now()
            return
        one = self.found[row]
        self.close_list()
        self.clear()
        one.does()

    def _speak(self) -> None:
        row = self.current
        if row >= 0:
            one = self.found[row]
            told = (
                f"{len(self.found)} found. {row + 1}: {one.title}, {one.kind}, {one.group}. "
                "Enter opens it."
            )
        else:
            told = "Nothing found."
        self.setAccessibleDescription(told)
        announce(self, told)

    def sizeHint(self) -> QSize:
        """Wide enough for its words, where there is room."""
        return QSize(WIDE, super().sizeHint().height())

    def begin(self) -> None:
        """Puts the keyboard here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move through the list, Enter opens, Escape closes."""
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8,
                 Qt.Key.Key_PageUp: -8}  # fmt: skip
        if key in steps and not self.popup.isHidden() and self.found:
            row = self.current + steps[Qt.Key(key)]
            self.list.setCurrentRow(self._rows[max(0, min(len(self.found) - 1, row))])
            if row <= 0:
                self.list.scrollToTop()
            self._speak()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        elif key == Qt.Key.Key_Escape:
            if self.popup.isHidden():
                self.clear()
                self.clearFocus()
            self.close_list()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keeps Escape from the page below while the keyboard is here."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: object) -> None:
        """The list goes when the keyboard goes elsewhere, but not for a click on itself."""
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt gives what it takes
        if not self.popup.underMouse():
            self.close_list()

    def shut(self) -> None:
        """Ends the thread."""
        self.tasks.stop()
        self.popup.deleteLater()
