"""The mouse on a page: choosing, dragging over words, drawing boxes, moving the paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from dpdesk.documents.pages import Box
from ui.disclosure import page_tools
from ui.disclosure.page_tools import Tool
from ui.disclosure.page_view import PageView

_SHORT: Final = 2.0
"""A box smaller than this many points is a slip of the hand."""
_STILL: Final = 4
"""Pixels that a hand may move in a click."""


class PageHand(QObject):
    """Does with a viewer what the mouse says, by the tool in the hand."""

    def __init__(self, viewer: PageView) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._from: QPointF | None = None
        self._pan: QPointF | None = None
        viewer.viewport().installEventFilter(self)
        viewer.dropped.connect(self.forget)

    def forget(self) -> None:
        """Nothing is being dragged any more."""
        self._from = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes the mouse for itself."""
        if isinstance(event, QMouseEvent):
            kinds = QEvent.Type
            does = {
                kinds.MouseButtonPress: self._press,
                kinds.MouseMove: self._move,
                kinds.MouseButtonRelease: self._release,
                kinds.MouseButtonDblClick: self._double,
            }.get(event.type())
            if does is not None:
                does(event)
                return True
        return False

    def _press(self, event: QMouseEvent) -> None:
        """Begins to mark, or chooses the mark under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton or self._viewer.page is None:
            return
        self._viewer.drop()
        self._from = event.position()
        if self._viewer.tool is Tool.SELECT:
            self._viewer.tint_chosen.emit(self._tint_at(event.position()))
            self._pan = event.position()

    def _move(self, event: QMouseEvent) -> None:
        """Shows what is being marked."""
        if self._from is None or self._viewer.page is None:
            return
        if self._viewer.tool is Tool.SELECT:
            self._move_paper(event.position())
        elif self._viewer.tool is Tool.BOX:
            self._viewer.shown.drawn = self._dragged(event.position())
        else:
            self._viewer.shown.chosen = self._viewer.boxes(self._swept(event.position()))
        self._viewer.viewport().update()

    def _release(self, event: QMouseEvent) -> None:
        """Marks what was chosen."""
        if self._from is None or self._viewer.page is None:
            return
        begun, place = self._from, event.position()
        still = (place - begun).manhattanLength() < _STILL
        box, swept = self._dragged(place), self._swept(place)
        self._viewer.drop()
        if self._viewer.tool is Tool.SELECT:
            return
        if still and (found := self._tint_at(place)):
            self._viewer.tint_chosen.emit(found)
        elif self._viewer.tool is Tool.BOX:
            if box.width >= _SHORT and box.height >= _SHORT:
                self._viewer.box_drawn.emit(box)
        elif still and self._viewer.tool is Tool.TEXT:
            self._viewer.cursor_asked.emit(swept[-1] if swept else -1)
        elif swept:
            self._viewer.words_chosen.emit(swept, str(self._viewer.tool))
        elif not self._viewer.page.words:
            self._viewer.nothing_here.emit()

    def _double(self, event: QMouseEvent) -> None:
        """Marks the word under the pointer."""
        if self._viewer.page is None or self._viewer.tool is Tool.BOX:
            return
        word = page_tools.word_at(self._viewer.page, *self._viewer.paper().points(event.position()))
        self._viewer.drop()
        if word >= 0 and self._viewer.tool is not Tool.LINE:
            self._viewer.words_chosen.emit((word,), str(Tool.TEXT))

    def _move_paper(self, place: QPointF) -> None:
        if self._pan is None:
            return
        away = place - self._pan
        self._pan = place
        for bar, by in (
            (self._viewer.horizontalScrollBar(), away.x()),
            (self._viewer.verticalScrollBar(), away.y()),
        ):
            bar.setValue(round(bar.value() - by))

    def _tint_at(self, place: QPointF) -> int:
        x, y = self._viewer.paper().points(place)
        under = [
            tint
            for tint in self._viewer.shown.tints
            if tint.box.x0 <= x <= tint.box.x1 and tint.box.y0 <= y <= tint.box.y1
        ]
        # A small mark inside a large one must be reachable.
        return min(under, key=lambda tint: tint.box.width * tint.box.height).id if under else 0

    def _dragged(self, place: QPointF) -> Box:
        assert self._from is not None
        assert self._viewer.page is not None
        paper = self._viewer.paper()
        (ax, ay), (bx, by) = paper.points(self._from), paper.points(place)
        box = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        return box.clamp(self._viewer.page.width, self._viewer.page.height)

    def _swept(self, place: QPointF) -> tuple[int, ...]:
        """The words over which the pointer was dragged, whole lines with the line tool."""
        assert self._from is not None
        assert self._viewer.page is not None
        paper = self._viewer.paper()
        first = page_tools.word_at(self._viewer.page, *paper.points(self._from))
        if first < 0 and self._viewer.tool is Tool.LINE:
            first = self._beside(self._from)
        if first < 0:
            return ()
        last = page_tools.nearest_word(self._viewer.page, *paper.points(place))
        swept = page_tools.between(first, last)
        return (
            page_tools.whole_lines(self._viewer.page, swept)
            if self._viewer.tool is Tool.LINE
            else swept
        )

    def _beside(self, place: QPointF) -> int:
        """The nearest word of the line beside which the pointer stands, or -1."""
        assert self._viewer.page is not None
        x, y = self._viewer.paper().points(place)
        word = page_tools.nearest_word(self._viewer.page, x, y)
        if word < 0:
            return -1
        box = self._viewer.page.words[word].box
        return word if box.y0 <= y <= box.y1 else -1
