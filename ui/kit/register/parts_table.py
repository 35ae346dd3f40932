"""A small table inside a page: as high as its rows, its columns as wide as the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from ui.kit.register.table_view import TableView

MOST_ROWS: Final = 20
"""A table with more rows than this scrolls by itself; up to here the page does it."""
_WIDEST: Final = 280
"""What a column may ask for, in pixels, before what is left over is dealt out."""


class PartsTable(TableView):
    """Shares its width out by what the columns have to say."""

    _high = 0
    """How high it is without a bar to scroll sideways."""

    def settle(self) -> None:
        """Fits height and columns to the rows, after these have changed."""
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSortIndicatorShown(False)
        rows = min(self.model().rowCount(), MOST_ROWS)
        each = self.verticalHeader().defaultSectionSize()
        # Two more, because a height that fits exactly is rounded away on some screens.
        bar = self.horizontalScrollBar()
        below = bar.height() if bar.isVisible() else 0
        around = self.height() - self.viewport().height() - below if self.isVisible() else 0
        frame = max(head.sizeHint().height() + 2 * self.frameWidth(), around)
        self._high = rows * each + frame + 2
        self.setFixedHeight(self._high)
        self._fit()

    def current_place(self) -> QRect:
        """Where the row with the keyboard is drawn on this table; its head while there is none."""
        if not self.currentIndex().isValid():
            return QRect(0, 0, self.width(), self.horizontalHeader().height())
        row = self.visualRect(self.currentIndex())
        return row.translated(self.viewport().mapTo(self, QPoint(0, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is shared out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Gives each column its share; only a very narrow page has to be scrolled sideways."""
        head = self.horizontalHeader()
        room = self.viewport().width()
        for place in range(head.count()):
            self.setColumnHidden(place, False)
        wanted = {
            place: min(_WIDEST, max(self.sizeHintForColumn(place), head.sectionSizeHint(place)))
            for place in range(head.count())
        }
        if sum(wanted.values()) > room:
            # Where there is not enough for all, a column that says nothing makes room.
            for place in self._silent():
                self.setColumnHidden(place, True)
                del wanted[place]
        if not wanted:
            return
        # The last column takes what rounding leaves over.
        for place, width in list(shared(wanted, room).items())[:-1]:
            self.setColumnWidth(place, max(head.minimumSectionSize(), width))
        bar = self.horizontalScrollBar()
        if self._high and head.length() > room:
            # The bar must not lie over the last row.
            self.setFixedHeight(self._high + bar.sizeHint().height())

    def _silent(self) -> list[int]:
        """Columns without a word in any row; none where there is no row."""
        model = self.model()
        rows = range(model.rowCount())
        return [
            place
            for place in range(model.columnCount())
            if rows and not any(model.index(row, place).data() for row in rows)
        ]


def shared(wanted: Mapping[int, int], room: int) -> dict[int, int]:
    """Widths in pixels for columns that want so many each.

    Where there is more room, each gets its share of it; where there is less, only the widest give
    way, so that a day stays whole beside a long text.
    """
    total = sum(wanted.values())
    if total <= room:
        return {place: width * room // total for place, width in wanted.items()}
    left, count, most = room, len(wanted), 0
    for width in sorted(wanted.values()):
        most = left // count
        if width > most:
            break
        left, count = left - width, count - 1
    return {place: min(width, most) for place, width in wanted.items()}
