"""find: what Ctrl+K does while somebody types."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from contextlib import closing

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from dpdesk.desk import Desk
from dpdesk.law.folding import expression
from tests.benchmarks.invented import NOW
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed, typical
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE
from ui.main_window.search import SearchField, SearchLine

LIMIT = 30
_BARE = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rank LIMIT ?"


def measure(bench: Bench) -> list[Row]:
    """Every beginning of some words, against the bare query of the index; and the typist."""
    points, stalls = [], []
    typed, rounds = bench.sizes.typed, bench.sizes.rounds
    for entries, pages in bench.sizes.open:
        desk = Desk.open(bench.workspace(entries, pages), PASSPHRASE, now=lambda: NOW)
        try:
            size = f"{entries:,} entries, {pages:,} pages"
            points.append(Point(size, entries, *_times(desk, typed, rounds)))
            stall = _stall(desk, typed, min(3, rounds))
            stalls.append(Point(size, entries, stall, 16.7, unit="ms"))
        finally:
            desk.close()
    return [
        Row(
            "find",
            "Ctrl+K as typed: every beginning of four searches, named and with their place",
            "the bare FTS5 queries on the same connection, best 30",
            Promise(3.0),
            tuple(points),
            cause="Beyond the index, each search opens a session and asks for the titles and the"
            " names of documents, which is most of it where the index answers at once.",
        ),
        Row(
            "find, typist",
            "the longest that the window stands still while one types and finds come in",
            "one frame of a screen at 60 Hz",
            Promise(1.0),
            tuple(stalls),
            note="The search runs on a thread of its own; what the window does is show the list.",
            cause="Filling and laying out the list of 30 lines takes the window longer than that.",
        ),
    ]


def _beginnings(typed: Sequence[str]) -> list[str]:
    return [words[:end] for words in typed for end in range(1, len(words) + 1)]


def _times(desk: Desk, typed: Sequence[str], rounds: int) -> tuple[float, float]:
    sought = [words for words in _beginnings(typed) if expression(words)]
    expressions = [expression(words) for words in sought]

    def ours() -> None:
        for words in sought:
            desk.search.find(words, LIMIT)

    with closing(desk.workspace.database.engine.raw_connection()) as raw:

        def bare() -> None:
            for expression in expressions:
                raw.cursor().execute(_BARE, (expression, LIMIT)).fetchall()

        return alternate(timed(ours), timed(bare), rounds)


def _stall(desk: Desk, typed: Sequence[str], rounds: int) -> float:
    """Milliseconds of the longest pause between two turns of the event loop, while typing."""
    application = QApplication.instance() or QApplication([])
    assert application is not None

    def find(sought: str) -> Sequence[SearchLine]:
        return [
            SearchLine(f"{match.reference}  {match.title}", match.kind, match.icon, lambda: None)
            for match in desk.search.find(sought)
        ]

    window = QMainWindow()
    window.resize(1366, 768)
    field = SearchField(find, lambda _sought: ())
    window.setCentralWidget(field)
    window.show()
    try:
        return typical([_typed(field, words) for words in typed for _ in range(rounds)])
    finally:
        field.shut()
        window.close()
        window.deleteLater()


def _typed(field: SearchField, words: str) -> float:
    field.clear()
    field.found = []
    field.setFocus()
    letters = list(words)
    loop = QEventLoop()
    turns: list[float] = []

    def turn() -> None:
        turns.append(time.perf_counter())
        if not letters and not field.tasks.busy and turns[-1] - pressed[-1] > 0.3:
            loop.quit()

    def press() -> None:
        pressed.append(time.perf_counter())
        QTest.keyClicks(field, letters.pop(0))
        if not letters:
            keys.stop()

    pressed = [time.perf_counter()]
    watch, keys = QTimer(interval=0), QTimer(interval=150)
    watch.timeout.connect(turn)
    keys.timeout.connect(press)
    watch.start()
    keys.start()
    loop.exec()
    return 1000 * max(b - a for a, b in itertools.pairwise(turns))
