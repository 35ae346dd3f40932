"""A page lying on the screen: how large and where it is, and which tool is in the hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from dpdesk.documents.pages import Box, Page
from ui.disclosure import page_tools
from ui.disclosure.page_canvas import Painted, PaperPlace
from ui.disclosure.page_tools import Tool
from ui.kit.pieces.announcing import announce

MARGIN: Final = 16
"""Pixels around the paper."""
_SCROLLBAR: Final = 16
_LEAST, _MOST = 0.2, 6.0
_STEP: Final = 1.2
_POINT: Final = 96 / 72  # pixels of an ordinary screen for each point, at "100 %"
_CURSORS: Final = {
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.TEXT: Qt.CursorShape.IBeamCursor,
    Tool.BOX: Qt.CursorShape.CrossCursor,
    Tool.LINE: Qt.CursorShape.IBeamCursor,
}


class PageView(QAbstractScrollArea):
    """What the mouse and the keys work on; :class:`.page_viewer.PageViewer` draws it.

    ``words_chosen``: indexes of words, and the tool; ``box_drawn``: a Box; ``tint_chosen``: the
    number of a mark, 0 for none; ``zoomed``: the zoom was changed; ``nothing_here``: the words
    of the page were asked for and it has none; ``dropped``: what was half marked was let go of;
    ``cursor_asked``: the cursor is to stand on a word, -1 for none.
    """

    words_chosen = Signal(tuple, str)
    box_drawn = Signal(object)
    tint_chosen = Signal(int)
    zoomed = Signal()
    nothing_here = Signal()
    dropped = Signal()
    cursor_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self.shown = Painted()
        self.tool = Tool.SELECT
        self.fit = "width"
        """ "width", "page", or "" for the zoom that was chosen."""
        self.zoom = 1.0

    # --- the tool ------------------------------------------------------------------------

    def choose_tool(self, tool: Tool) -> None:
        """Takes another tool into the hand."""
        self.tool = tool
        self.drop()
        self.viewport().setCursor(_CURSORS[tool])

    def drop(self) -> bool:
        """Lets go of what is half marked; False where there was nothing."""
        had = bool(self.shown.chosen or self.shown.drawn or self.shown.cursor)
        self.shown.chosen = ()
        self.shown.drawn = self.shown.cursor = None
        self.dropped.emit()
        self.viewport().update()
        return had

    def announce(self, words: str) -> None:
        """Says to a screen reader what the keys have reached."""
        self.setAccessibleDescription(words)
        # Linux passes this on, Windows only what is announced.
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        announce(self, words)

    def boxes(self, indexes: Sequence[int]) -> tuple[Box, ...]:
        """The places of words of the page, those beside each other on a line in one."""
        if self.page is None:
            return ()
        return page_tools.joined([self.page.words[index].box for index in indexes])

    # --- places --------------------------------------------------------------------------

    def paper(self) -> PaperPlace:
        """Where the paper lies now."""
        page = self.page
        scale = self._scale()
        if page is None:
            return PaperPlace(QRectF(), scale)
        width, height = page.width * scale, page.height * scale
        view = self.viewport().size()
        left = max(float(MARGIN), (view.width() - width) / 2) - self.horizontalScrollBar().value()
        return PaperPlace(
            QRectF(round(left), MARGIN - self.verticalScrollBar().value(), width, height), scale
        )

    def place_of(self, box: Box) -> QPointF:
        """The middle of a place of the page, in pixels of the viewport."""
        return self.paper().pixels(box).center()

    def reveal(self, box: Box) -> None:
        """Scrolls so that a place of the page can be seen."""
        room = self.paper().pixels(box)
        view = QRectF(self.viewport().rect()).adjusted(0, 40, 0, -40)
        if room.top() < view.top() or room.bottom() > view.bottom():
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + room.center().y() - view.center().y()))
        if room.left() < view.left() or room.right() > view.right():
            across = self.horizontalScrollBar()
            across.setValue(round(across.value() + room.center().x() - view.center().x()))

    def first_seen(self) -> int:
        """The first word of the page that can be seen without scrolling."""
        assert self.page is not None
        _, top = self.paper().points(QPointF(0, 0))
        words = self.page.words
        return next((i for i, word in enumerate(words) if word.box.y0 >= top), 0)

    # --- zoom ----------------------------------------------------------------------------

    def fit_width(self) -> None:
        """The page as wide as there is room."""
        self._zoom_to("width")

    def fit_page(self) -> None:
        """The whole page at once."""
        self._zoom_to("page")

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many steps."""
        now = self._scale() / _POINT
        self._zoom_to("", min(_MOST, max(_LEAST, now * _STEP**steps)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl, zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_to(self, fit: str, zoom: float = 1.0) -> None:
        middle = self.paper().points(QPointF(self.viewport().rect().center()))
        self.fit, self.zoom = fit, zoom
        self._lay_out()
        if not fit:
            place = self.paper().pixels(Box(*middle, *middle)).topLeft()
            away = place - QPointF(self.viewport().rect().center())
            for bar, by in (
                (self.horizontalScrollBar(), away.x()),
                (self.verticalScrollBar(), away.y()),
            ):
                bar.setValue(round(bar.value() + by))
        self.zoomed.emit()

    def _scale(self, page: Page | None = None) -> float:
        """Pixels for each point."""
        page = page or self.page
        if page is None:
            return _POINT
        whole = self.maximumViewportSize()
        width = max(80.0, whole.width() - _SCROLLBAR - 2 * MARGIN) / page.width
        if self.fit == "width":
            return width
        if self.fit == "page":
            return min(width, max(80.0, whole.height() - 2 * MARGIN) / page.height)
        return self.zoom * _POINT

    def _lay_out(self) -> None:
        if self.page is None:
            return
        scale = self._scale()
        whole, view = self.maximumViewportSize(), self.viewport().size()
        width = round(self.page.width * scale) + 2 * MARGIN
        height = round(self.page.height * scale) + 2 * MARGIN
        for bar, needed, room, full in (
            (self.horizontalScrollBar(), width, view.width(), whole.width()),
            (self.verticalScrollBar(), height, view.height(), whole.height()),
        ):
            bar.setRange(0, max(0, needed - room) if needed > full - _SCROLLBAR else 0)
            bar.setPageStep(room)
            bar.setSingleStep(40)
        self.viewport().update()
