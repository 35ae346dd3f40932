"""A small table inside a page: as high as its rows, its columns as wide as the page."""

from __future__ import annotations

from typing import Final

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is shared out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Gives each column its share; only a very narrow page has to be scrolled sideways."""
        head = self.horizontalHeader()
        count, room = head.count(), self.viewport().width()
        if not count:
            return
        wanted = [
            min(_WIDEST, max(self.sizeHintForColumn(place), head.sectionSizeHint(place)))
            for place in range(count)
        ]
        share = room / sum(wanted)
        # The last column takes what rounding leaves over.
        for place, width in enumerate(wanted[:-1]):
            self.setColumnWidth(place, max(head.minimumSectionSize(), int(width * share)))
        bar = self.horizontalScrollBar()
        if self._high and head.length() > room:
            # The bar must not lie over the last row.
            self.setFixedHeight(self._high + bar.sizeHint().height())
