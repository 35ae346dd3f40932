"""A layout that puts things side by side and goes to the next line where the room ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.kit.look.theme import SMALL


class FlowLayout(QLayout):
    """Chips, tags and small buttons, wrapped like words."""

    def __init__(self, parent: QWidget | None = None, space: int = SMALL) -> None:
        super().__init__(parent)
        self._things: list[QLayoutItem] = []
        self.setSpacing(space)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Takes one more thing, at the end."""
        self._things.append(item)

    def count(self) -> int:
        """Number of things."""
        return len(self._things)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The thing at a place, or None."""
        return self._things[index] if 0 <= index < len(self._things) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Takes a thing out."""
        return self._things.pop(index) if 0 <= index < len(self._things) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the things need in that width."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        """Places everything."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [item.sizeHint() for item in self._things if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The largest thing must fit."""
        size = QSize(0, 0)
        for item in self._things:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._things:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if size.width() > rect.width() and item.hasHeightForWidth():
                size = QSize(rect.width(), item.heightForWidth(rect.width()))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                _settle(line, high, really=really)
                line = []
                x, y, high = rect.x(), y + high + self.spacing(), 0
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
            high = max(high, size.height())
        _settle(line, high, really=really)
        return y + high - rect.y()


def _settle(line: list[tuple[QLayoutItem, QRect]], high: int, *, really: bool) -> None:
    """Places the things of one line, each in the middle of its height: words beside a field."""
    if really:
        for item, room in line:
            item.setGeometry(room.translated(0, (high - room.height()) // 2))


def flowing(space: int = SMALL) -> tuple[QWidget, FlowLayout]:
    """A widget with such a layout, that asks for the height it needs."""
    widget = QWidget()
    layout = FlowLayout(widget, space)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget, layout
