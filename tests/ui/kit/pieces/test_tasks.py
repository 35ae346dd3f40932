"""Long work: its thread, its end, its progress and Cancel."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from dpdesk.errors import Cancelled, DpdeskError, NoRoom
from tests.ui.walk import assert_walkable
from ui.kit.pieces.tasks import Progress, ProgressStrip, TaskRunner


@pytest.fixture
def tasks(qapp) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_its_answer_comes_back_here(tasks: TaskRunner, qtbot):
    threads: list[threading.Thread] = []
    answers: list[int] = []

    def work(_progress: Progress) -> int:
        threads.append(threading.current_thread())
        return 42

    def take(answer: int) -> None:
        threads.append(threading.current_thread())
        answers.append(answer)

    with qtbot.waitSignal(tasks.finished):
        tasks.run(work, title="Counting", on_success=take)
    assert answers == [42]
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()
    assert not tasks.busy


def test_several_pieces_of_work_never_mix(tasks: TaskRunner, qtbot):
    inside: list[int] = []
    most: list[int] = []
    order: list[int] = []

    def work(number: int) -> None:
        inside.append(number)
        most.append(len(inside))
        inside.remove(number)
        order.append(number)

    for number in range(5):
        tasks.run(partial(lambda n, _progress: work(n), number), title="Counting")
    qtbot.waitUntil(lambda: not tasks.busy)
    assert max(most) == 1
    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("fault", [ValueError("wrong"), NoRoom("Full."), SystemExit(1)])
def test_an_error_travels_and_the_end_is_told_in_every_case(tasks: TaskRunner, qtbot, fault):
    told: list[object] = []

    def work(_progress: Progress) -> None:
        raise fault

    with qtbot.waitSignal(tasks.finished):
        tasks.run(
            work,
            title="Failing",
            on_error=told.append,
            on_finished=lambda: told.append("end"),
        )
    assert told == [fault, "end"]
    with qtbot.waitSignals([tasks.error, tasks.finished]):
        tasks.run(work, title="Failing, and nobody cares")


def test_the_work_after_a_failure_is_done(tasks: TaskRunner, qtbot):
    def broken(_progress: Progress) -> None:
        raise ValueError("wrong")

    answers: list[str] = []
    tasks.run(broken, title="Failing", on_error=lambda _error: None)
    tasks.run(lambda _progress: "done", title="Working", on_success=answers.append)
    qtbot.waitUntil(lambda: answers == ["done"])


def test_cancel_stops_what_runs_and_what_waits(tasks: TaskRunner, qtbot):
    begun = threading.Event()
    go_on = threading.Event()
    told: list[str] = []

    def long(progress: Progress) -> None:
        begun.set()
        go_on.wait(10)
        progress.step("After the pause", 1, 2)
        told.append("never")

    first = tasks.run(long, title="Long", on_error=lambda e: told.append(type(e).__name__))
    second = tasks.run(
        lambda _progress: told.append("never either"),
        title="Waiting",
        on_error=lambda e: told.append(type(e).__name__),
    )
    assert begun.wait(10)
    first.cancel()
    second.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert told == ["Cancelled", "Cancelled"]


def test_a_stopped_piece_of_work_is_no_error(tasks: TaskRunner, qtbot):
    told: list[object] = []
    tasks.error.connect(told.append)

    def stopped(_progress: Progress) -> None:
        raise Cancelled

    with qtbot.waitSignal(tasks.finished):
        tasks.run(stopped, title="Stopped")
    assert told == []


def test_progress_is_shown_only_when_it_takes_a_while(tasks: TaskRunner, qtbot):
    strip = ProgressStrip(tasks)
    qtbot.addWidget(strip)
    with qtbot.waitSignal(tasks.finished):
        tasks.run(lambda _progress: None, title="Quick")
    assert strip.isHidden()
    go_on = threading.Event()

    def long(progress: Progress) -> None:
        progress.step("Reading page 3 of 10", 3, 10)
        go_on.wait(10)
        progress.check_cancelled()

    strip._wait.setInterval(10)
    tasks.run(long, title="Reading", on_error=lambda _error: None)
    tasks.run(lambda _progress: None, title="Next")
    qtbot.waitUntil(lambda: strip.text.text() == "Reading page 3 of 10 (1 more waiting)")
    assert strip.isVisible()
    assert (strip.bar.value(), strip.bar.maximum()) == (3, 10)
    assert_walkable(strip, 1366, 60)
    strip.cancel.click()
    assert strip.text.text().startswith("Stopping")
    go_on.set()
    qtbot.waitUntil(strip.isHidden)


def test_work_that_its_page_shows_is_not_shown_a_second_time(tasks: TaskRunner, qtbot):
    strip, page = ProgressStrip(tasks), QWidget()
    qtbot.addWidget(strip)
    qtbot.addWidget(page)
    page.show()
    go_on, told = threading.Event(), threading.Event()

    def long(progress: Progress) -> None:
        progress.step("Drawing page 3 of 10", 3, 10)
        told.set()
        go_on.wait(10)

    strip._wait.setInterval(10)
    tasks.run(long, title="Building").seen_in = page
    qtbot.waitUntil(lambda: told.is_set() and strip.text.text() == "Drawing page 3 of 10")
    assert strip.isHidden(), "one bar and one Cancel"
    page.hide()
    qtbot.waitUntil(strip.isVisible)
    page.show()
    qtbot.waitUntil(strip.isHidden)
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert strip.isHidden()


def test_no_button_offers_to_stop_what_can_no_longer_be_stopped(tasks: TaskRunner, qtbot):
    strip = ProgressStrip(tasks)
    qtbot.addWidget(strip)
    go_on = threading.Event()
    answers: list[str] = []

    def long(progress: Progress) -> str:
        progress.last_step("Installing")
        go_on.wait(10)
        progress.check_cancelled()
        return "installed"

    strip._wait.setInterval(10)
    task = tasks.run(long, title="Update", on_success=answers.append)
    qtbot.waitUntil(lambda: strip.text.text() == "Installing")
    assert strip.isVisible()
    assert strip.cancel.isHidden()
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: answers == ["installed"])


class Page(QObject):
    """A page that waits for an answer, and says so to others."""

    told = Signal(object)

    def take(self, answer: object) -> None:
        """Passes it on."""
        self.told.emit(answer)


def test_a_page_that_has_gone_in_the_meantime_is_told_nothing(tasks: TaskRunner, qtbot):
    """Whoever leaves quickly must not meet the report of a fault."""
    page = Page()
    faults: list[DpdeskError] = []
    tasks.error.connect(faults.append)

    def fail(_progress: Progress) -> None:
        raise DpdeskError("The disk is full.", "Make room.")

    with qtbot.waitSignals([tasks.finished] * 2):
        tasks.run(lambda _: 42, title="Adding", on_success=partial(page.take))
        tasks.run(fail, title="Adding", on_success=page.take, on_error=page.take)
        delete(page)

    assert [str(each) for each in faults] == ["The disk is full. Make room."]
