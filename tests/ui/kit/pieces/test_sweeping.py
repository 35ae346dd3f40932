"""On which thread what is no longer used comes to its end: never on one beside the window."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from ui.kit.pieces.sweeping import Sweeper
from ui.kit.pieces.tasks import Progress, TaskRunner


class Page:
    """Stands for a widget; says on which thread it ended."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self._ends = ends
        self.itself: Page | None = None

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())

    def read(self, _progress: Progress) -> object:
        return object()

    def fail(self, _progress: Progress) -> None:
        raise ValueError("what the page wanted is not there")


@pytest.fixture
def tasks(qapp) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.stop()


@pytest.fixture
def sweeper(qapp) -> Iterator[Sweeper]:
    made = Sweeper()
    made.start()
    yield made
    made.stop()
    gc.disable()  # as it was, for what other tests left behind


def make_rubbish(rings: int) -> None:
    for _ in range(rings):
        ring: list[object] = []
        ring.append(ring)


def test_a_ring_of_widgets_ends_on_the_thread_of_the_window(tasks, sweeper, qtbot):
    ends: list[threading.Thread] = []

    def much_work(progress: Progress) -> None:
        # Far more rubbish than Python lets lie while it looks by itself.
        while not ends and not progress.cancelled:
            make_rubbish(1000)

    page = Page(ends)
    page.itself = page
    del page
    tasks.run(much_work, title="Making rubbish")
    qtbot.waitUntil(lambda: bool(ends), timeout=20_000)
    assert ends == [threading.main_thread()]


@pytest.mark.parametrize("work", ["read", "fail"])
def test_a_page_that_only_its_work_knows_ends_on_the_thread_of_the_window(tasks, qtbot, work):
    ends: list[threading.Thread] = []
    tasks.error.connect(lambda fault: None)
    for _ in range(200):
        with qtbot.waitSignal(tasks.finished):
            tasks.run(getattr(Page(ends), work), title="Reading")
    gc.collect()
    assert ends
    assert set(ends) == {threading.main_thread()}


def test_what_grows_without_end_is_swept_before_it_fills_the_memory(sweeper, qtbot):
    before = len(gc.get_objects())
    make_rubbish(50_000)
    assert len(gc.get_objects()) > before + 40_000
    qtbot.waitUntil(lambda: len(gc.get_objects()) < before + 10_000, timeout=20_000)


def test_stopping_gives_the_looking_back_to_python(qapp):
    sweeper = Sweeper()
    sweeper.start()
    assert not gc.isenabled()
    sweeper.stop()
    assert gc.isenabled()
    gc.disable()
