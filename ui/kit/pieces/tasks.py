"""Long work beside the window: one thread, a queue, progress, and Cancel.

One thread for everything that reads or writes the workspace, so that two pieces of work never
mix. ``finished`` comes in every case; success and error are told on the thread of the window.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget
from shiboken6 import isValid

from dpdesk.errors import Cancelled
from ui.kit.look.theme import LARGE, SMALL, set_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

SHOWN_AFTER: Final = 500
"""Milliseconds before progress is shown, so that quick work does not flash."""


class Progress:
    """What a piece of work tells about itself, from its own thread; knows nothing of windows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: tuple[str, int, int] = ("", 0, 0)
        self._stop = threading.Event()
        self._fixed = False

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Says what is being done. ``total`` 0 where the end is not known. Raises Cancelled."""
        with self._lock:
            self._now = (text, done, total)
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """Raises Cancelled where the user has stopped the work."""
        if self._stop.is_set():
            raise Cancelled

    def last_step(self, text: str) -> None:
        """Says what is done last, and that it cannot be stopped any more. Raises Cancelled."""
        with self._lock:
            self.check_cancelled()
            self._now, self._fixed = (text, 0, 0), True

    def cancel(self) -> None:
        """Asks the work to stop at its next step, where it still can be stopped."""
        with self._lock:
            if not self._fixed:
                self._stop.set()

    @property
    def fixed(self) -> bool:
        """Is it too late to stop the work?"""
        with self._lock:
            return self._fixed

    @property
    def cancelled(self) -> bool:
        """Has the user stopped the work?"""
        return self._stop.is_set()

    def latest(self) -> tuple[str, int, int]:
        """Text, done, total."""
        with self._lock:
            return self._now


class Task:
    """A piece of work that runs or waits, and in the end its answer or what went wrong."""

    def __init__(
        self,
        work: Callable[[Progress], Any],
        title: str,
        *,
        cancellable: bool = True,
        on_success: Callable[[Any], object] | None = None,
        on_error: Callable[[BaseException], object] | None = None,
        on_finished: Callable[[], object] | None = None,
    ) -> None:
        self.title = title
        self.progress = Progress()
        self.cancellable = cancellable
        self.seen_in: QWidget | None = None
        """What shows this work by itself, with Cancel; nothing else does while that is seen."""
        self._work = work
        self._answer: Any = None
        self._fault: BaseException | None = None
        self._on_success = on_success
        self._on_error = on_error
        self._on_finished = on_finished

    def cancel(self) -> None:
        """Stops the work, also before it has begun."""
        self.progress.cancel()

    def do(self) -> None:
        """Does the work, on whatever thread this is; nothing is raised, nothing answered yet."""
        try:
            self.progress.check_cancelled()
            self._answer = self._work(self.progress)
        except BaseException as raised:  # noqa: BLE001  # travels to the window, never lost here
            self._fault = raised

    def tell(self) -> BaseException | None:
        """Hands the answer to who waits for it; gives the fault that nobody waits for."""
        if self._fault is None:
            if self._on_success is not None and _waits(self._on_success):
                self._on_success(self._answer)
        elif self._on_error is not None and _waits(self._on_error):
            self._on_error(self._fault)
        elif not isinstance(self._fault, Cancelled):
            return self._fault
        return None

    def end(self) -> None:
        """Says that it is over, however it ended."""
        if self._on_finished is not None and _waits(self._on_finished):
            self._on_finished()


def _waits(call: Callable[..., object]) -> bool:
    """Is there still somebody to tell? A page may have gone while its work was being done."""
    owner = getattr(getattr(call, "func", call), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class TaskRunner(QObject):
    """Runs pieces of work one after the other.

    ``error`` gets what no caller took care of; the window shows it in the message bar, or as a
    crash where it is a fault of the program. A stopped piece of work is no error.
    """

    started = Signal(object)
    finished = Signal(object)
    error = Signal(object)
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._tasks: dict[int, Task] = {}
        self._numbers = itertools.count()

    @property
    def tasks(self) -> list[Task]:
        """What runs, first, and what waits."""
        return list(self._tasks.values())

    @property
    def busy(self) -> bool:
        """Is anything running or waiting?"""
        return bool(self._tasks)

    def run(
        self,
        work: Callable[[Progress], Any],
        *,
        title: str,
        on_success: Callable[[Any], object] | None = None,
        on_error: Callable[[BaseException], object] | None = None,
        on_finished: Callable[[], object] | None = None,
        cancellable: bool = True,
    ) -> Task:
        """Puts work into the queue. ``work`` runs on another thread and must not touch widgets."""
        task = Task(
            work,
            title,
            cancellable=cancellable,
            on_success=on_success,
            on_error=on_error,
            on_finished=on_finished,
        )
        number = next(self._numbers)
        self._tasks[number] = task
        if self._pool is None:
            # Loaded with the first piece of work, as it costs the start of the program.
            from concurrent.futures import ThreadPoolExecutor

            from PySide6.QtCore import Qt

            self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._pool.submit(self._do, number)
        self.started.emit(task)
        return task

    def _do(self, number: int) -> None:
        # The work may be the last thing that knows a page, and a page must not end on this thread.
        # So the thread is given only a number, and no name here ever stands for the work.
        self._tasks[number].do()
        self._ended.emit(number)

    @Slot(int)
    def _end(self, number: int) -> None:
        task = self._tasks.pop(number)
        try:
            fault = task.tell()
            if fault is not None:
                self.error.emit(fault)
        finally:
            task.end()
            self.finished.emit(task)

    def stop(self) -> None:
        """Cancels what waits and lets what runs come to its end; for closing the window."""
        for task in self.tasks:
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True)


class ProgressStrip(QFrame):
    """Shows the work that runs, once it has taken half a second, with Cancel.

    Not while the page in front shows it (``Task.seen_in``): two bars and two buttons for one piece
    of work leave open which of them to press.
    """

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._tasks = tasks
        self.text = words("")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(220)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.cancel = button("Cancel", does=self._cancel)
        layout = row(self.text, None, self.bar, self.cancel, space=LARGE)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        self.setLayout(layout)
        self.hide()
        self._wait = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._wait.timeout.connect(self._begin)
        self._look = QTimer(self, interval=100)
        self._look.timeout.connect(self._show_latest)
        tasks.started.connect(self._started)
        tasks.finished.connect(self._finished)

    def begin(self) -> None:
        """Takes up work that began before the strip was made."""
        if self._tasks.busy:
            self._started()

    def _started(self) -> None:
        if not self._look.isActive() and not self._wait.isActive():
            self._wait.start()

    def _finished(self) -> None:
        if not self._tasks.busy:
            self._wait.stop()
            self._look.stop()
            self.hide()

    def _begin(self) -> None:
        if self._tasks.busy:
            self._look.start()
            self._show_latest()

    def _show_latest(self) -> None:
        if not self._tasks.busy:
            return
        task = self._tasks.tasks[0]
        page = task.seen_in
        self.setVisible(page is None or not isValid(page) or not page.isVisible())
        text, done, total = task.progress.latest()
        waiting = len(self._tasks.tasks) - 1
        more = f" ({waiting} more waiting)" if waiting else ""
        stopping = "Stopping: " if task.progress.cancelled else ""
        self.text.setText(f"{stopping}{text or task.title}{more}")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.cancel.setVisible(task.cancellable and not task.progress.fixed)
        self.cancel.setEnabled(not task.progress.cancelled)

    def _cancel(self) -> None:
        if self._tasks.busy:
            self._tasks.tasks[0].cancel()
            self._show_latest()
