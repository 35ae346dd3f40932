"""page turn: the next page of the workbench, drawn with its marks."""

from __future__ import annotations

import functools
import time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dpdesk.documents.pages import Page
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page
from tests.benchmarks import invented
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from ui.disclosure.page_artist import PageArtist, PageSource
from ui.disclosure.page_tools import Tint
from ui.disclosure.page_view import MARGIN
from ui.disclosure.page_viewer import PageViewer

PAGES = 12
MARKS = 12
_BAR = 16


def measure(bench: Bench) -> list[Row]:
    """The next page, which the workbench drew while one was read; and a jump to any other."""
    application = QApplication.instance() or QApplication([])
    assert application is not None
    content = invented.text_pdf(PAGES)
    document = open_pdf(content)
    pages = [read_page(document, number) for number in range(PAGES)]
    turns: list[Point] = []
    jumps: list[Point] = []
    try:
        for width in bench.sizes.turn:
            desk = _Workbench(content, pages, width)
            try:
                bare = timed(functools.partial(_render, document, width))
                for points, work in ((turns, desk.turns), (jumps, desk.jumps)):
                    ours, theirs = alternate(work, bare, bench.sizes.rounds)
                    size = f"{width} pixels wide"
                    points.append(Point(size, width * width, ours / PAGES, theirs / PAGES))
            finally:
                desk.close()
    finally:
        document.close()
    against = "pypdfium2 render of that page alone, at the same width"
    return [
        Row(
            "page turn",
            "the next page painted with twelve marks at fit-to-width; it was drawn ahead, as in"
            " the workbench",
            against,
            Promise(1.2),
            tuple(turns),
            every=True,
        ),
        Row(
            "page turn, jump",
            "a page that nobody drew ahead, the same way",
            against,
            Promise(1.2),
            tuple(jumps),
            every=True,
            cause="The page is drawn in another process, behind its walls; asking, being woken on"
            " two threads, copying the pixels and painting them into the window cost one to three"
            " milliseconds, about as much as drawing a plain page of text takes.",
        ),
    ]


def _render(document, width: int) -> None:
    for number in range(PAGES):
        page = document[number]
        bitmap = page.render(scale=width / page.get_width())
        bitmap.close()
        page.close()


class _Workbench:
    """The viewer of the workbench and what draws for it, in a window without a screen."""

    def __init__(self, content: bytes, pages: list[Page], width: int) -> None:
        self._artist = PageArtist()
        self._viewer = PageViewer(self._artist)
        self._viewer.resize(width + 2 * MARGIN + _BAR, 700)
        self._viewer.show()
        self._pages = [
            (PageSource("letters", number, lambda: content), page)
            for number, page in enumerate(pages)
        ]
        self.jumps()  # the worker starts and opens the document

    def close(self) -> None:
        self._viewer.close()
        self._viewer.deleteLater()
        self._artist.shut_down()

    def turns(self) -> float:
        """Seconds of turning through all pages; the time in which a page is read is not counted."""
        self._artist.forget()
        self._show(*self._pages[-1])
        seconds = 0.0
        for source, page in self._pages:
            self._draw_ahead(source, page)
            begun = time.perf_counter()
            self._show(source, page)
            seconds += time.perf_counter() - begun
        return seconds

    def jumps(self) -> float:
        """Seconds of showing all pages, each drawn only when it is asked for."""
        self._artist.forget()
        begun = time.perf_counter()
        for source, page in self._pages:
            self._show(source, page)
        return time.perf_counter() - begun

    def _show(self, source: PageSource, page: Page) -> None:
        viewer = self._viewer
        loop = QEventLoop()
        viewer.drawn.connect(loop.quit)
        viewer.show_tints(
            [
                Tint(rank + 1, word.box, rank + 1, "TP-16", word.text)
                for rank, word in enumerate(page.words[: MARKS * 9 : 9])
            ]
        )
        viewer.show_page(source, page)
        if not viewer.ready:
            loop.exec()
        viewer.drawn.disconnect(loop.quit)
        viewer.viewport().repaint()

    def _draw_ahead(self, source: PageSource, page: Page) -> None:
        """The time in which the page before is read."""
        self._viewer.draw_ahead([(source, page)])
        loop, look = QEventLoop(), QTimer(interval=1)
        look.timeout.connect(lambda: loop.quit() if self._is_drawn(source) else None)
        look.start()
        loop.exec()
        look.stop()

    def _is_drawn(self, source: PageSource) -> bool:
        return any(kept == source for kept, _width in self._artist._kept)
