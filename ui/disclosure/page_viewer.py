"""Shows one page of a document, drawn beside the window, and lets a hand mark on it.

Knows words, boxes and marks, and nothing about why something is marked. Everything that can be
done with the mouse can be done with the keys: arrows move over words (with Shift they choose
several), lines or a box, and Enter marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from dpdesk.documents.pages import Box, Page
from dpdesk.errors import DpdeskError
from ui.disclosure.page_artist import Drawing, PageArtist, PageSource
from ui.disclosure.page_canvas import (
    MovedStretch,
    Painted,
    ProposedPlace,
    SeenPlace,
    WithheldSheet,
    paint_paper,
)
from ui.disclosure.page_hand import PageHand
from ui.disclosure.page_keys import PageKeys
from ui.disclosure.page_seen import FieldsSeen
from ui.disclosure.page_tools import Tint
from ui.disclosure.page_view import MARGIN, PageView
from ui.kit.look.theme import theme

_PATIENCE: Final = 250
"""Milliseconds before an empty page says that it is being drawn."""


class PageViewer(PageView):
    """One page at a time; ``artist`` draws it.

    ``drawn``: the page can be seen; ``failed``: it cannot be drawn, with the DpdeskError.
    """

    drawn = Signal()
    failed = Signal(object)

    def __init__(self, artist: PageArtist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.artist = artist
        self._source: PageSource | None = None
        self._ahead: tuple[tuple[PageSource, Page], ...] = ()
        self._image: QImage | None = None
        self._sharp = False
        self._seen = FieldsSeen()
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
        self.zoomed.connect(self._fetch)

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
            self._seen = FieldsSeen()
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
        self.shown = Painted()
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

    def show_proposed(self, places: Sequence[ProposedPlace]) -> None:
        """Shows places that are proposed for removal."""
        self.shown.proposed = tuple(places)
        self.viewport().update()

    def show_seen(self, places: Sequence[SeenPlace]) -> None:
        """Makes words pale that stand on an earlier page."""
        self.shown.seen = tuple(places)
        self.viewport().update()

    def show_named(self, words: Sequence[Box]) -> None:
        """Shows where the data subject is named."""
        self.shown.named = tuple(words)
        self.viewport().update()

    def show_doubtful(self, words: Sequence[Box]) -> None:
        """Shows which words may be misread."""
        self.shown.doubtful = tuple(words)
        self.viewport().update()

    def show_released(
        self,
        on: bool,
        areas: Sequence[Box] = (),
        sheet: WithheldSheet | None = None,
        stretches: Sequence[MovedStretch] = (),
    ) -> None:
        """Shows the page as it would be released, or as it is.

        ``areas`` are black then and ``stretches`` set anew; ``sheet`` stands in place of a
        withheld page, which has a veil over it otherwise.
        """
        self.shown.released, self.shown.areas, self.shown.sheet = on, tuple(areas), sheet
        self.shown.stretches = tuple(stretches)
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
            if self._image is not None:
                self._seen.note(self.paper().room, self.viewport().rect())
        painter.end()

    def show_rest(self) -> bool:
        """Scrolls to what has not been on the screen yet; False where all of the page has."""
        if self._image is None:
            return False
        self._seen.note(self.paper().room, self.viewport().rect())
        unseen = self._seen.first_unseen(self.paper().room, self._image)
        if unseen is None:
            return False
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setValue(down.value() + round(unseen.top()) - MARGIN)
        if not self.viewport().rect().contains(unseen.toRect()):
            across.setValue(across.value() + round(unseen.left()) - MARGIN)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the page as wide as there is room."""
        super().resizeEvent(event)
        self._lay_out()
        self._fetch()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Moves the paper."""
        self.viewport().update()
