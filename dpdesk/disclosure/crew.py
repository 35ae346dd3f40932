"""Worker processes for bundles: started afresh, given one task at a time, watched.

Each answer is bytes that the caller decodes: nothing that a worker says is ever run. A worker
that dies or takes too long costs the work, with a sentence that names the page.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Generic, Protocol, TypeVar

from dpdesk.errors import Cancelled, DpdeskError, UnreadableFile

Task = TypeVar("Task")
Task_contra = TypeVar("Task_contra", contravariant=True)

TIME_LIMIT = 180.0
"""Seconds that one page may take."""
MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space of one worker, where the system can limit it."""
_AHEAD = 4  # finished pages that may wait for their turn, for each worker
_TICK = 0.25

_DONE, _REFUSED, _BROKEN = b"D", b"R", b"B"


class Hands(Protocol[Task_contra]):
    """What runs in a worker. Made in the parent, sent once, then called for each task.

    ``refused`` is the class of error that a refusal of these hands becomes in the parent.
    """

    def __call__(self, task: Task_contra, /) -> bytes:
        """Does one task."""


class Crew(Generic[Task]):
    """Some workers with the same hands.

    ``before`` is called in the parent for each task and worker, and returns messages that the
    worker must have first (the source of a page); they are sent as they are.
    """

    def __init__(
        self,
        hands: Hands[Task],
        *,
        workers: int = 0,
        before: Callable[[int, Task], list[tuple[str, bytes]]] | None = None,
        error: type[DpdeskError] = UnreadableFile,
        page_of: Callable[[Task], int],
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._before = before
        self._error = error
        self._page_of = page_of
        self._cancelled = cancelled or (lambda: False)
        self._context = multiprocessing.get_context("spawn")
        self._hands = hands
        self._count = workers or default_workers()
        self._lines: list[Connection] = []
        self._processes: list[multiprocessing.process.BaseProcess] = []

    def __enter__(self) -> Crew[Task]:
        for _ in range(self._count):
            ours, theirs = self._context.Pipe()
            process = self._context.Process(
                target=_serve, args=(theirs, self._hands), daemon=True, name="dpdesk page worker"
            )
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines:
            line.close()
        for process in self._processes:
            process.join(0.2)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The answers, in the order of the tasks, while later tasks are being done.

        Raises Cancelled when the user stopped the work, and the crew's error with the page's
        number when a worker failed.
        """
        waiting = iter(tasks)
        ready: deque[Task] = deque()
        busy: dict[int, tuple[int, Task, float]] = {}
        answers: dict[int, bytes] = {}
        given = due = 0
        ended = False
        while True:
            if self._cancelled():
                raise Cancelled
            for worker in range(self._count):
                if worker in busy or given - due >= _AHEAD * self._count:
                    continue
                if not ready and not ended:
                    ended = not _fill(ready, waiting)
                if ready:
                    task = ready.popleft()
                    self._give(worker, task)
                    busy[worker] = (given, task, time.monotonic())
                    given += 1
            while due in answers:
                yield answers.pop(due)
                due += 1
            if ended and not ready and not busy:
                return
            if not ready and not ended:
                ended = not _fill(ready, waiting)
            self._listen(busy, answers)

    def _give(self, worker: int, task: Task) -> None:
        try:
            if self._before is not None:
                for key, content in self._before(worker, task):
                    self._lines[worker].send(("source", key))
                    self._lines[worker].send_bytes(content)
            self._lines[worker].send(("task", task))
        except OSError as fault:
            raise self._lost(task) from fault

    def _listen(self, busy: dict[int, tuple[int, Task, float]], answers: dict[int, bytes]) -> None:
        lines = {id(self._lines[worker]): worker for worker in busy}
        for line in wait([self._lines[worker] for worker in busy], _TICK):
            worker = lines[id(line)]
            rank, task, _ = busy[worker]
            try:
                answer = self._lines[worker].recv_bytes()
            except (EOFError, OSError) as fault:
                raise self._lost(task) from fault
            del busy[worker]
            answers[rank] = self._accepted(answer, task)
        now = time.monotonic()
        for _, task, since in busy.values():
            if now - since > TIME_LIMIT:
                raise self._error(
                    f"Page {self._page_of(task)} of the bundle takes too long to draw.",
                    "Withhold the page, or add the document again.",
                )

    def _accepted(self, answer: bytes, task: Task) -> bytes:
        if answer[:1] == _DONE:
            return answer[1:]
        if answer[:1] == _REFUSED:
            sentence, _, step = answer[1:].decode("utf-8", "replace").partition("\n")
            raise self._error(sentence, step)
        raise self._lost(task)

    def _lost(self, task: Task) -> DpdeskError:
        return self._error(
            f"Page {self._page_of(task)} of the bundle cannot be drawn: it stops the program"
            " that draws it.",
            "Withhold the page, or add the document again.",
        )


def default_workers() -> int:
    """Two workers, or one where the computer has a single core."""
    return max(1, min(2, os.cpu_count() or 1))


def _fill(ready: deque[Task], waiting: Iterator[Task]) -> bool:
    for task in waiting:
        ready.append(task)
        return True
    return False


def _serve(line: Connection, hands: Hands[object]) -> None:
    """The life of a worker: take a task, do it, answer; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    while True:
        try:
            kind, load = line.recv()
            if kind == "source":
                hands.accept(load, line.recv_bytes())  # type: ignore[attr-defined]  # only crews with sources send any
                continue
        except (EOFError, OSError):
            return
        try:
            answer = _DONE + hands(load)
        except DpdeskError as refusal:
            answer = _REFUSED + f"{refusal.sentence}\n{refusal.next_step}".encode()
        except Exception:  # noqa: BLE001  # its text may hold words of the page, so it stays here
            answer = _BROKEN
        try:
            line.send_bytes(answer)
        except OSError:
            return


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
