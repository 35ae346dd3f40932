"""page turn: the next page of the workbench, drawn with its marks."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from dpdesk.documents.pages import Page
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page
from tests.benchmarks import invented
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from ui.kit.page_artist import PageArtist, PageSource
from ui.kit.page_tools import Tint
from ui.kit.page_viewer import MARGIN, PageViewer

PAGES = 12
MARKS = 12
_BAR = 16


def measure(bench: Bench) -> list[Row]:
    """Turning to pages that nobody drew ahead; with those, a turn takes no time at all."""
    application = QApplication.instance() or QApplication([])
    assert application is not None
    content = invented.text_pdf(PAGES)
    document = open_pdf(content)
    pages = [read_page(document, number) for number in range(PAGES)]
    try:
        points = [_point(bench, content, document, pages, width) for width in bench.sizes.turn]
    finally:
        document.close()
    return [
        Row(
            "page turn",
            "the next page, not drawn ahead, painted with twelve marks at fit-to-width",
            "pypdfium2 render of that page alone, at the same width",
            Promise(1.2),
            tuple(points),
            note="The workbench draws the next pages ahead, so most turns find theirs drawn.",
        )
    ]


def _point(bench: Bench, content: bytes, document, pages: list[Page], width: int) -> Point:
    artist = PageArtist()
    viewer = PageViewer(artist)
    viewer.resize(width + 2 * MARGIN + _BAR, 700)
    viewer.show()

    def turn() -> None:
        artist.forget()
        for number, page in enumerate(pages):
            _turn(viewer, PageSource("letters", number, lambda: content), page)

    def render() -> None:
        for number in range(PAGES):
            page = document[number]
            bitmap = page.render(scale=width / page.get_width())
            bitmap.close()
            page.close()

    try:
        turn()  # the worker starts and opens the document
        ours, theirs = alternate(timed(turn), timed(render), bench.sizes.rounds)
    finally:
        viewer.close()
        viewer.deleteLater()
        artist.shut_down()
    size = f"{width} pixels wide"
    return Point(size, width * width, ours / PAGES, theirs / PAGES)


def _turn(viewer: PageViewer, source: PageSource, page: Page) -> None:
    loop = QEventLoop()
    viewer.drawn.connect(loop.quit)
    tints = [
        Tint(rank + 1, word.box, rank + 1, "TP-16", word.text)
        for rank, word in enumerate(page.words[: MARKS * 9 : 9])
    ]
    viewer.show_tints(tints)
    viewer.show_page(source, page)
    if not viewer.ready:
        loop.exec()
    viewer.drawn.disconnect(loop.quit)
    viewer.viewport().repaint()
