"""What an import or another large step would do, in lines below each other, before it is accepted.

Its columns share the width of the dialog by what they have to say, so that none of them stands
outside; what is cut short all the same is told where the pointer rests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, QTimer
from PySide6.QtGui import QFocusEvent, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
)

from ui.kit.register.parts_table import shared

_WIDEST: Final = 320
"""What a column may ask for, in pixels, before what is left over is dealt out."""
_NARROWEST: Final = 60
_HIGH: Final = 30
_APART: Final = 12


class _HighLines(QStyledItemDelegate):
    """Lines as high as a choice that stands in them, with a gap before the next column."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """What the words need."""
        needed = super().sizeHint(option, index)
        return QSize(needed.width() + _APART, max(needed.height(), _HIGH))


class PreviewTree(QTreeWidget):
    """A tree whose columns always fit. ``name`` is what a screen reader calls it."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_HighLines(self))
        self.setColumnCount(len(columns))
        self.setHeaderLabels(list(columns))
        self.header().setStretchLastSection(False)
        self._wanted: dict[int, int] = {}
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.fit)
        self.itemExpanded.connect(lambda _line: self._later.start())

    def clear(self) -> None:
        """Takes all lines away, and forgets how wide they were."""
        self._wanted = {}
        super().clear()
        self._later.start()

    def addTopLevelItem(self, item: QTreeWidgetItem) -> None:
        """Hangs a line in; the columns are shared out when all are there."""
        super().addTopLevelItem(item)
        self._later.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the first line; else the first Down would skip it."""
        super().focusInEvent(event)
        if self.currentItem() is None and (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is shared out anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Gives each column its share. A column never becomes narrower by a line that opens."""
        head, room = self.header(), self.viewport().width()
        for place in range(self.columnCount()):
            self.setColumnHidden(place, False)
            asks = max(self.sizeHintForColumn(place), head.sectionSizeHint(place), _NARROWEST)
            self._wanted[place] = max(self._wanted.get(place, 0), min(_WIDEST, asks))
        wanted = dict(self._wanted)
        if sum(wanted.values()) > room:
            # Where there is not enough for all, a column that says nothing makes room.
            for place in self._silent():
                self.setColumnHidden(place, True)
                del wanted[place]
        widths = shared(wanted, room)
        last = max(widths)
        widths[last] += max(0, room - sum(widths.values()))
        for place, width in widths.items():
            self.setColumnWidth(place, width)

    def viewportEvent(self, event: QEvent) -> bool:
        """Words that are cut short are told whole where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            said = str(index.data() or "")
            short = self.sizeHintForIndex(index).width() > self.visualRect(index).width()
            if said and short and not self.isFirstColumnSpanned(index.row(), index.parent()):
                QToolTip.showText(event.globalPos(), said, self.viewport())
                return True
        return super().viewportEvent(event)

    def _silent(self) -> list[int]:
        """Columns without a word in any line; none where there is no line."""
        silent = set(range(1, self.columnCount()))
        lines = QTreeWidgetItemIterator(self)
        some = False
        while silent and (line := lines.value()) is not None:
            some = True
            silent -= {
                place
                for place in silent
                if line.text(place) or self.itemWidget(line, place) is not None
            }
            lines += 1
        return sorted(silent) if some else []
