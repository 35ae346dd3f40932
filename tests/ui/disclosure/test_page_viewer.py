"""The page viewer by itself: drawing beside the window, geometry of words, zoom, release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.errors import UnreadableFile
from tests.builders import a_pdf
from ui.disclosure import page_tools
from ui.disclosure.page_artist import PageArtist, PageSource
from ui.disclosure.page_canvas import WithheldSheet
from ui.disclosure.page_tools import Tint, Tool
from ui.disclosure.page_viewer import PageViewer

LINES = (("Ada", "met", "Bob"), ("in", "the", "park"), ("today",))


def _page() -> Page:
    words = tuple(
        Word(text, Box(72 + 60 * across, 72 + 20 * down, 120 + 60 * across, 86 + 20 * down))
        for down, line in enumerate(LINES)
        for across, text in enumerate(line)
    )
    return Page(595, 842, words, "text")


PAGE = _page()


@pytest.fixture
def artist(qapp) -> Iterator[PageArtist]:
    made = PageArtist()
    yield made
    made.shut_down()


@pytest.fixture
def viewer(artist, qtbot) -> PageViewer:
    made = PageViewer(artist)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def _source(content: bytes, index: int = 0, key: str = "one") -> PageSource:
    return PageSource(key, index, lambda: content)


def test_a_page_is_drawn_as_wide_as_there_is_room(viewer, qtbot):
    with qtbot.waitSignal(viewer.drawn, timeout=20_000):
        viewer.show_page(_source(a_pdf("Ada met Bob")), PAGE)
    image = viewer.artist.image(*viewer._drawing(_source(b""), PAGE))
    assert image.width() == pytest.approx(800 - 48, abs=2)
    assert image.height() / image.width() == pytest.approx(842 / 595, abs=0.01)


def test_pages_that_come_next_are_drawn_unseen_and_shown_at_once(viewer, qtbot):
    content = a_pdf("one", "two", "three")
    with qtbot.waitSignal(viewer.drawn, timeout=20_000):
        viewer.show_page(_source(content, 0), PAGE)
    with qtbot.waitSignal(viewer.artist.drawn, timeout=20_000):
        viewer.draw_ahead([(_source(content, 1), PAGE)])
    viewer.show_page(_source(content, 1), PAGE)
    assert viewer.ready


def test_what_is_asked_for_last_is_drawn_first(artist, qtbot):
    content = a_pdf(*[str(n) for n in range(30)])
    drawn: list[int] = []
    artist.drawn.connect(lambda page, *_: drawn.append(page.index))
    artist.ask([(_source(content, n), 300) for n in range(29)])
    artist.ask([(_source(content, 29), 300)])
    qtbot.waitUntil(lambda: 29 in drawn, timeout=20_000)
    # At most the one that was being drawn came before it.
    assert len(drawn) <= 2


def test_a_page_that_cannot_be_drawn_is_told_and_others_still_can(viewer, qtbot):
    with qtbot.waitSignal(viewer.failed, timeout=20_000) as told:
        viewer.show_page(_source(b"no document", key="bad"), PAGE)
    assert isinstance(told.args[0], UnreadableFile)
    with qtbot.waitSignal(viewer.drawn, timeout=20_000):
        viewer.show_page(_source(a_pdf("good"), key="good"), PAGE)


def test_few_drawn_pages_are_kept(artist, qtbot):
    content = a_pdf(*[str(n) for n in range(8)])
    width = 2400  # some 33 MB each
    for number in range(3):
        with qtbot.waitSignal(artist.drawn, timeout=20_000):
            artist.ask([(_source(content, number), width)])
    assert artist.image(_source(content, 2), width) is not None
    assert artist.image(_source(content, 0), width) is None
    artist.forget()
    assert artist.image(_source(content, 2), width) is None


def test_ctrl_and_the_wheel_zoom(viewer):
    viewer.show_page(_source(a_pdf("Ada")), PAGE)
    before = viewer._scale()
    wheel = QWheelEvent(
        QPointF(300, 300),
        QPointF(300, 300),
        QPointF(0, 0).toPoint(),
        QPointF(0, 120).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.viewport(), wheel)
    assert viewer._scale() == pytest.approx(before * 1.2)


def test_what_is_burnt_is_black_to_the_last_pixel_and_marks_are_see_through(viewer, qtbot):
    with qtbot.waitSignal(viewer.drawn, timeout=20_000):
        viewer.show_page(_source(a_pdf("Ada met Bob")), PAGE)
    box = PAGE.words[0].box
    viewer.show_tints([Tint(1, box, 1, "TP-16", "Ada")])
    tinted = viewer.viewport().grab().toImage().pixelColor(viewer.place_of(box).toPoint())
    assert 60 < tinted.value() < 250
    viewer.show_released(True, [box])
    image = viewer.viewport().grab().toImage()
    room = viewer.paper().pixels(box).toAlignedRect()
    corners = (room.topLeft(), room.topRight(), room.bottomLeft(), room.bottomRight())
    assert {image.pixelColor(corner).name() for corner in corners} == {"#000000"}


def test_a_withheld_page_shows_nothing_of_itself_as_released(viewer, qtbot):
    with qtbot.waitSignal(viewer.drawn, timeout=20_000):
        viewer.show_page(_source(a_pdf("Ada\nmet\nBob\nin\nthe\npark")), PAGE)
    viewer.show_released(True, (), WithheldSheet("Page 1 withheld", "Because."))
    image = viewer.viewport().grab().toImage()
    top = viewer.paper().room.top()
    rows = range(int(top) + 4, int(top) + 200)
    middle = int(viewer.paper().room.left()) + 110
    assert {image.pixelColor(middle, y).name() for y in rows} == {"#ffffff"}


def test_a_small_mark_inside_a_large_one_can_be_chosen(viewer, qtbot):
    viewer.show_page(_source(a_pdf("Ada")), PAGE)
    small = PAGE.words[1].box
    viewer.show_tints(
        [Tint(1, Box(60, 60, 500, 200), 1, "TP-16", ""), Tint(2, small, 2, "TP-16", "met")]
    )
    with qtbot.waitSignal(viewer.tint_chosen) as chosen:
        place = viewer.place_of(small).toPoint()
        qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [2]


def test_what_is_half_marked_is_let_go_and_never_marked(viewer, qtbot):
    viewer.show_page(_source(a_pdf("Ada")), PAGE)
    viewer.choose_tool(Tool.TEXT)
    marked: list[object] = []
    viewer.words_chosen.connect(lambda *what: marked.append(what))
    view, left = viewer.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=viewer.place_of(PAGE.words[0].box).toPoint())
    qtbot.mouseMove(view, viewer.place_of(PAGE.words[2].box).toPoint())
    assert viewer.shown.chosen == (PAGE.words[0].box.union(PAGE.words[2].box),)
    assert viewer.drop()
    qtbot.mouseRelease(view, left, pos=viewer.place_of(PAGE.words[2].box).toPoint())
    assert marked == []
    assert not viewer.shown.chosen


def test_the_word_under_a_place_or_a_little_beside_it():
    first = PAGE.words[0].box
    assert page_tools.word_at(PAGE, first.x0 + 1, first.y0 + 1) == 0
    assert page_tools.word_at(PAGE, first.x0 - 3, first.y0 + 1) == 0
    assert page_tools.word_at(PAGE, first.x0 - 30, first.y0 + 1) == -1
    assert page_tools.nearest_word(PAGE, 590, 94) == 5


def test_lines_are_whole_and_in_reading_order():
    assert page_tools.line_spans(PAGE) == ((0, 2), (3, 5), (6, 6))
    assert page_tools.whole_lines(PAGE, (2, 3)) == (0, 1, 2, 3, 4, 5)
    assert page_tools.between(4, 1) == (1, 2, 3, 4)
    assert page_tools.between(-1, 3) == ()


def test_the_cursor_goes_to_the_nearest_word_above_and_below():
    assert page_tools.above_or_below(PAGE, 2, 1) == 5
    assert page_tools.above_or_below(PAGE, 5, 1) == 6
    assert page_tools.above_or_below(PAGE, 6, -1) == 3
    assert page_tools.above_or_below(PAGE, 0, -1) == 0


def test_what_the_keys_reach_is_said_in_both_ways_that_screen_readers_listen_to(
    viewer, monkeypatch
):
    heard = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.type())
    )
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    viewer.announce("Line 2, word 3: park")
    assert viewer.accessibleDescription() == "Line 2, word 3: park"
    assert set(heard) == {QAccessible.Event.DescriptionChanged, QAccessible.Event.Announcement}
