"""Worker processes for bundles: started afresh, given one task at a time, watched.

Each answer is bytes that the caller decodes: nothing that a worker says is ever run. A worker
that dies or takes too long costs the work, with a sentence that names the page.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import sys
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, BinaryIO, Generic, TypeVar, cast

from dpdesk.documents.workers import bare_start
from dpdesk.errors import Cancelled, DpdeskError, UnreadableFile

Task = TypeVar("Task")

TIME_LIMIT = 180.0
"""Seconds that one page may take."""
MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space of one worker, where the system can limit it."""
_AHEAD = 4  # finished pages that may wait for their turn, for each worker
_TICK = 0.25

BLOCK = 128 * 1024
"""Bytes of a lent file that are fetched at once."""
_BLOCKS = 24

_SHELF = 32 * 1024 * 1024  # bytes of earlier sources that a worker may keep open
_DONE, _REFUSED, _BROKEN, _ASKS = b"D", b"R", b"B", b"?"


class Hands(Generic[Task]):
    """What runs in a worker. Made in the parent, sent once, then called for each task."""

    def accept(self, key: str, content: bytes) -> None:
        """Takes a source that the next task needs."""

    def attach(self, lent: Callable[[], BinaryIO]) -> None:
        """Takes the file that all tasks are about; each call opens it once more.

        Its bytes come from the parent.
        """

    def __call__(self, task: Task, /) -> bytes:
        """Does one task."""
        raise NotImplementedError


@dataclass(slots=True)
class Shelf:
    """Which sources a worker has open. Parent and worker keep the same list in the same way."""

    sizes: dict[str, int] = field(default_factory=dict)

    def put(self, key: str, size: int) -> list[str]:
        """Adds a source; gives those that must go."""
        self.sizes[key] = size
        gone: list[str] = []
        while len(self.sizes) > 1 and sum(self.sizes.values()) > _SHELF:
            oldest = next(iter(self.sizes))
            del self.sizes[oldest]
            gone.append(oldest)
        return gone


class ParentFile(io.RawIOBase):
    """A file that the parent has open, read from a worker through its line.

    So no key and no path leaves the parent, and a worker holds a few blocks at most.
    """

    def __init__(self, line: Connection, size: int) -> None:
        self._line = line
        self._size = size
        self._place = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Goes to a place in the file."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Any, /) -> int:
        """Reads as many bytes as the buffer holds; qpdf takes fewer for the end of the file."""
        view = memoryview(buffer).cast("B")
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def read(self, size: int = -1, /) -> bytes:
        """Reads so many bytes, or to the end; fewer only at the end."""
        wanted = self._size - self._place if size < 0 else min(size, self._size - self._place)
        parts: list[bytes] = []
        while wanted > 0:
            block, skip = divmod(self._place, BLOCK)
            part = self._block(block)[skip : skip + wanted]
            if not part:
                break
            parts.append(part)
            wanted -= len(part)
            self._place += len(part)
        return b"".join(parts)

    def _block(self, block: int) -> bytes:
        content = self._blocks.get(block)
        if content is None:
            self._line.send_bytes(_ASKS + block.to_bytes(8, "big"))
            content = self._line.recv_bytes()
            self._blocks[block] = content
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(block)
        return content


class Crew(Generic[Task]):
    """Some workers with the same hands.

    ``before`` is called in the parent for each task and worker, and returns the sources that
    the worker must have first. ``file`` is open in the parent and lent to all workers. ``error``
    is what a failure of a worker is raised as.
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
        file: BinaryIO | None = None,
    ) -> None:
        self._before = before
        self._file = file
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
            size = self._file.seek(0, os.SEEK_END) if self._file else 0
            process = self._context.Process(
                target=_serve,
                args=(theirs, self._hands, size),
                daemon=True,
                name="dpdesk page worker",
            )
            with bare_start():
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
                if answer[:1] == _ASKS and self._file is not None:
                    self._file.seek(int.from_bytes(answer[1:], "big") * BLOCK)
                    self._lines[worker].send_bytes(_read(self._file, BLOCK))
                    continue
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


def _read(file: BinaryIO, length: int) -> bytes:
    """So many bytes, or as many as there are: a raw file may give fewer at a time."""
    parts: list[bytes] = []
    while length > 0 and (part := file.read(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _serve(line: Connection, hands: Hands[object], size: int) -> None:
    """The life of a worker: take a task, do it, answer; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    attached = not size
    while True:
        try:
            kind, load = line.recv()
            if kind == "source":
                hands.accept(load, line.recv_bytes())
                continue
        except (EOFError, OSError):
            return
        try:
            if not attached:  # only now does the parent listen for what the file is asked
                hands.attach(lambda: cast(BinaryIO, ParentFile(line, size)))
                attached = True
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
