"""The keys of a page: a cursor that moves over words or lines, and a box moved by arrows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from dpdesk.documents.pages import Box
from ui.disclosure import page_tools
from ui.disclosure.page_tools import Tool
from ui.disclosure.page_view import PageView

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_BOX: Final = (120.0, 24.0)
_PACE: Final = 8.0
_FINE: Final = 1.0
_LEAST: Final = 4.0


class PageKeys(QObject):
    """Moves the cursor of a viewer. The select tool leaves the arrows to scrolling."""

    def __init__(self, viewer: PageView) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.cursor = -1
        self.anchor = -1
        viewer.installEventFilter(self)
        viewer.dropped.connect(self.forget)
        viewer.cursor_asked.connect(self.put_cursor)

    def forget(self) -> None:
        """No cursor any more."""
        self.cursor = self.anchor = -1

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes the keys that mean something to the tool in the hand."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        viewer = self._viewer
        if viewer.tool is Tool.SELECT or viewer.page is None:
            return False
        way = _ARROWS.get(Qt.Key(event.key()))
        keys = event.modifiers()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._mark()
        if way is None or keys & Qt.KeyboardModifier.AltModifier:
            return False
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if viewer.tool is Tool.BOX:
            self._move_box(way, grow=shift, fine=bool(keys & Qt.KeyboardModifier.ControlModifier))
        else:
            self._move_cursor(way, extend=shift)
        return True

    # --- words and lines -----------------------------------------------------------------

    def put_cursor(self, word: int) -> None:
        """Puts the cursor on a word; -1 takes it away."""
        self.cursor = self.anchor = word
        self._show()

    def _move_cursor(self, way: tuple[int, int], *, extend: bool) -> None:
        page = self._viewer.page
        assert page is not None
        if not page.words:
            self._viewer.nothing_here.emit()
            return
        if self.cursor < 0:
            self.cursor = self.anchor = self._viewer.first_seen()
        else:
            self.cursor = self._next(way)
            if not extend:
                self.anchor = self.cursor
        self._show()

    def _next(self, way: tuple[int, int]) -> int:
        page = self._viewer.page
        assert page is not None
        across, down = way
        if self._viewer.tool is Tool.LINE:
            return page_tools.above_or_below(page, self.cursor, across or down)
        if down:
            return page_tools.above_or_below(page, self.cursor, down)
        return min(max(self.cursor + across, 0), len(page.words) - 1)

    def _chosen(self) -> tuple[int, ...]:
        page = self._viewer.page
        assert page is not None
        if self.cursor < 0:
            return ()
        swept = page_tools.between(self.anchor, self.cursor)
        return page_tools.whole_lines(page, swept) if self._viewer.tool is Tool.LINE else swept

    def _show(self) -> None:
        viewer = self._viewer
        if viewer.page is None or self.cursor < 0:
            viewer.shown.cursor = None
            viewer.shown.chosen = ()
            viewer.viewport().update()
            return
        chosen = self._chosen()
        box = viewer.page.words[self.cursor].box
        viewer.shown.cursor = box
        several = self.anchor != self.cursor or viewer.tool is Tool.LINE
        viewer.shown.chosen = viewer.boxes(chosen) if several else ()
        viewer.reveal(box)
        viewer.viewport().update()
        viewer.announce(" ".join(viewer.page.words[i].text for i in chosen))

    def _mark(self) -> bool:
        viewer = self._viewer
        if viewer.tool is Tool.BOX:
            if viewer.shown.drawn is None:
                return False
            box = viewer.shown.drawn
            viewer.drop()
            viewer.box_drawn.emit(box)
            return True
        chosen = self._chosen()
        if not chosen:
            return False
        cursor = self.cursor
        viewer.drop()
        viewer.words_chosen.emit(chosen, str(viewer.tool))
        self.put_cursor(cursor)
        return True

    # --- a box ---------------------------------------------------------------------------

    def _move_box(self, way: tuple[int, int], *, grow: bool, fine: bool) -> None:
        viewer = self._viewer
        page = viewer.page
        assert page is not None
        box = viewer.shown.drawn
        if box is None:
            middle, third = page.width / 2, page.height / 3
            box = Box(middle - _BOX[0] / 2, third, middle + _BOX[0] / 2, third + _BOX[1])
        else:
            pace = _FINE if fine else _PACE
            across, down = way[0] * pace, way[1] * pace
            if grow:
                right = max(box.x1 + across, box.x0 + _LEAST)
                box = Box(box.x0, box.y0, right, max(box.y1 + down, box.y0 + _LEAST))
            else:
                box = Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down)
        box = box.clamp(page.width, page.height)
        if box.width < _LEAST or box.height < _LEAST:
            return
        viewer.shown.drawn = box
        viewer.reveal(box)
        viewer.viewport().update()
        viewer.announce(
            f"Box from {box.x0:.0f}, {box.y0:.0f}, {box.width:.0f} wide, {box.height:.0f} high"
        )
