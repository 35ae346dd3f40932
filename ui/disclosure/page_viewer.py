"""Shows one page of a document, drawn beside the window, and lets a hand mark on it.

Knows words, boxes and marks, and nothing about why something is marked. Everything that can be
done with the mouse can be done with the keys: arrows move over words (with Shift they choose
several), lines or a box, and Enter marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from dpdesk.documents.pages import Box, Page
from dpdesk.errors import DpdeskError
from ui.disclosure import page_tools
from ui.disclosure.page_artist import Drawing, PageArtist, PageSource
from ui.disclosure.page_canvas import Paper, Sheet, Shown, Stretch, paint_paper
from ui.disclosure.page_hand import PageHand
from ui.disclosure.page_keys import PageKeys
from ui.disclosure.page_tools import Tint, Tool
from ui.kit.look.theme import theme

MARGIN: Final = 16
"""Pixels around the paper."""
_SCROLLBAR: Final = 16
_LEAST, _MOST = 0.2, 6.0
_STEP: Final = 1.2
_PATIENCE: Final = 250
"""Milliseconds before an empty page says that it is being drawn."""
_POINT: Final = 96 / 72  # pixels of an ordinary screen for each point, at "100 %"
_CURSORS: Final = {
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.TEXT: Qt.CursorShape.IBeamCursor,
    Tool.BOX: Qt.CursorShape.CrossCursor,
    Tool.LINE: Qt.CursorShape.IBeamCursor,
}


class PageViewer(QAbstractScrollArea):
    """One page at a time; ``artist`` draws it.

    ``words_chosen``: indexes of words, and the tool; ``box_drawn``: a Box; ``tint_chosen``: the
    number of a mark, 0 for none; ``drawn``: the page can be seen; ``failed``: it cannot be
    drawn, with the DpdeskError; ``zoomed``: the zoom was changed; ``nothing_here``: the words
    of the page were asked for and it has none.
    """

    words_chosen = Signal(tuple, str)
    box_drawn = Signal(object)
    tint_chosen = Signal(int)
    drawn = Signal()
    failed = Signal(object)
    zoomed = Signal()
    nothing_here = Signal()

    def __init__(self, artist: PageArtist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.artist = artist
        self.page: Page | None = None
        self.shown = Shown()
        self.tool = Tool.SELECT
        self.fit = "width"
        """ "width", "page", or "" for the zoom that was chosen."""
        self.zoom = 1.0
        self._source: PageSource | None = None
        self._ahead: tuple[tuple[PageSource, Page], ...] = ()
        self._image: QImage | None = None
        self._sharp = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._say_waiting)
        self.keys = PageKeys(self)
        self.hand = PageHand(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Page")
        self.viewport().setAccessibleName("Page")
        self.viewport().setMouseTracking(True)
        artist.drawn.connect(self._arrived)
        artist.failed.connect(self._not_drawn)
        theme().changed.connect(self.viewport().update)

    # --- what is shown -------------------------------------------------------------------

    def show_page(self, source: PageSource, page: Page) -> None:
        """Shows a page from its top."""
        turned = source != self._source
        self._source, self.page, self._ahead = source, page, ()
        self.shown.cursor = self.shown.drawn = None
        self.shown.chosen = ()
        self.keys.forget()
        if turned:
            self._image = None
        self._lay_out()
        if turned:
            self.verticalScrollBar().setValue(0)
        self._fetch()

    def draw_ahead(self, pages: Sequence[tuple[PageSource, Page]]) -> None:
        """Draws the pages that are likely to come next, unseen."""
        self._ahead = tuple(pages)
        self._ask()

    def show_nothing(self) -> None:
        """Shows an empty place, where there is no page."""
        self._source = self.page = self._image = None
        self.shown = Shown()
        self.viewport().update()

    def show_tints(self, tints: Sequence[Tint], *, selected: int = 0) -> None:
        """Shows the marks of the page."""
        self.shown.tints = tuple(tints)
        self.shown.selected = selected
        self.viewport().update()

    def show_hits(self, hits: Sequence[Box]) -> None:
        """Shows places that were found."""
        self.shown.hits = tuple(hits)
        self.viewport().update()

    def show_released(
        self,
        on: bool,
        areas: Sequence[Box] = (),
        sheet: Sheet | None = None,
        stretches: Sequence[Stretch] = (),
    ) -> None:
        """Shows the page as it would be released, or as it is.

        ``areas`` are black then and ``stretches`` set anew; ``sheet`` stands in place of a
        withheld page, which has a veil over it otherwise.
        """
        self.shown.released, self.shown.areas, self.shown.sheet = on, tuple(areas), sheet
        self.shown.stretches = tuple(stretches)
        self.viewport().update()

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
        self.hand.forget()
        self.keys.forget()
        self.viewport().update()
        return had

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

    def announce(self, words: str) -> None:
        """Says to a screen reader what the keys have reached."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

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
        self._fetch()
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

    def paper(self) -> Paper:
        """Where the paper lies now."""
        page = self.page
        scale = self._scale()
        if page is None:
            return Paper(QRectF(), scale)
        width, height = page.width * scale, page.height * scale
        view = self.viewport().size()
        left = max(float(MARGIN), (view.width() - width) / 2) - self.horizontalScrollBar().value()
        return Paper(
            QRectF(round(left), MARGIN - self.verticalScrollBar().value(), width, height), scale
        )

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

    # --- drawing -------------------------------------------------------------------------

    def _drawing(self, source: PageSource, page: Page) -> Drawing:
        return source, max(1, round(page.width * self._scale(page) * self.devicePixelRatioF()))

    def _fetch(self) -> None:
        if self._source is None or self.page is None:
            return
        now = self._drawing(self._source, self.page)
        found = self.artist.image(*now)
        self._sharp = found is not None
        self.shown.waiting = ""
        if found is None:
            self._patience.start()
        else:
            self._image = found
            self.viewport().update()
            self.drawn.emit()
        self._ask()

    def _ask(self) -> None:
        if self._source is not None and self.page is not None:
            wanted = [(self._source, self.page), *self._ahead]
            self.artist.ask([self._drawing(*each) for each in wanted])

    def _arrived(self, source: PageSource, width: int, image: QImage) -> None:
        if self.page is None or self._source != source or self._sharp:
            return
        if self._drawing(source, self.page)[1] == width:
            self._image, self._sharp = image, True
            self.shown.waiting = ""
            self.viewport().update()
            self.drawn.emit()

    def _not_drawn(self, source: PageSource, _width: int, error: DpdeskError) -> None:
        if source == self._source:
            self.shown.waiting = "This page cannot be drawn."
            self.viewport().update()
            self.failed.emit(error)

    def _say_waiting(self) -> None:
        if self._image is None and not self.shown.waiting:
            self.shown.waiting = "Drawing this page…"
            self.viewport().update()

    @property
    def visible(self) -> bool:
        """Can anything of the page be seen yet?"""
        return self._image is not None

    @property
    def ready(self) -> bool:
        """Can the page be seen, as sharp as it will be?"""
        return self._sharp

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the page."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().window())
        if self.page is not None:
            paint_paper(painter, self.paper(), self._image, self.shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the page as wide as there is room."""
        super().resizeEvent(event)
        self._lay_out()
        self._fetch()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Moves the paper."""
        self.viewport().update()

    # --- the mouse -----------------------------------------------------------------------

    def place_of(self, box: Box) -> QPointF:
        """The middle of a place of the page, in pixels of the viewport."""
        return self.paper().pixels(box).center()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl, zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def boxes(self, indexes: Sequence[int]) -> tuple[Box, ...]:
        """The places of words of the page, those beside each other on a line in one."""
        if self.page is None:
            return ()
        return page_tools.joined([self.page.words[index].box for index in indexes])
