"""Worker processes for bundles: started afresh, given one task at a time, watched.

Each answer is bytes that the caller decodes: nothing that a worker says is ever run. A worker
that dies or takes too long costs the work, with a sentence that names the page.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, BinaryIO, Generic, TypeVar, cast

from dpdesk.errors import Cancelled, DpdeskError, UnreadableFile
from dpdesk.walls import frames, inside
from dpdesk.walls.confining import Confinement
from dpdesk.walls.limits import EXIT_MEMORY
from dpdesk.walls.patience import Patience
from dpdesk.walls.workers import bare_start

Task = TypeVar("Task")

TIME_LIMIT = 180.0
"""Seconds that one page may take."""
MEMORY_LIMIT = 1_500_000_000
"""Bytes of memory that one worker may take."""
_WORTH_STARTING = 6
"""Pages that are done by one worker while another would start."""
_ANSWER_LIMIT = 2_000_000_000  # bytes; no honest page is longer
_PIECE_TIME = 30.0  # seconds until the next piece of an answer that has begun
_AHEAD = 4  # finished pages that may wait for their turn, for each worker
_TICK = 0.25

BLOCK = 128 * 1024
"""Bytes of a lent file that are fetched at once."""
_BLOCKS = 24
_Busy = dict[int, tuple[int, Task, Patience]]
"""For each worker that is busy: the rank of its task, the task, and how long it may still take."""

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
class OpenSources:
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
            frames.send(self._line, _ASKS + block.to_bytes(8, "big"))
            content = frames.receive(self._line, BLOCK)
            self._blocks[block] = content
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(block)
        return content


class KeptWorkers:
    """Worker processes that outlast one piece of work: starting them takes longer than a page."""

    def __init__(self, workers: int = 0) -> None:
        self._count = workers or default_workers()
        self.lines: list[Connection] = []
        self.processes: list[multiprocessing.process.BaseProcess] = []
        self._confinements: list[Confinement] = []

    def __enter__(self) -> KeptWorkers:
        context = multiprocessing.get_context("spawn")
        for _ in range(self._count):
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_serve, args=(theirs,), daemon=True, name="dpdesk page worker"
            )
            try:
                with bare_start():
                    process.start()
            except OSError:  # no room for another program: those that stand do the work
                ours.close()
                break
            finally:
                theirs.close()
            self._confinements.append(Confinement(process.pid, 2 * MEMORY_LIMIT))
            self.lines.append(ours)
            self.processes.append(process)
        if not self.processes:
            raise DpdeskError(
                "The part of dpdesk that draws pages did not start.",
                "Close other programs and try again.",
            )
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.lines:
            line.close()
        for process in self.processes:
            process.join(0.2)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
        for confinement in self._confinements:
            confinement.end()


class Crew(Generic[Task]):
    """Some workers with the same hands.

    ``before`` is called in the parent for each task and worker, and returns the sources that
    the worker must have first. ``file`` is open in the parent and lent to all workers. ``error``
    is what a failure of a worker is raised as. With ``staff`` the work is done by processes that
    are there already, and left there; what they were given for earlier work they let go.
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
        staff: KeptWorkers | None = None,
    ) -> None:
        self._before = before
        self._file = file
        self._error = error
        self._page_of = page_of
        self._cancelled = cancelled or (lambda: False)
        self._hands = hands
        self._count = workers or default_workers()
        self._given, self._staff = staff, staff or KeptWorkers(self._count)

    def __enter__(self) -> Crew[Task]:
        if self._given is None:
            self._staff.__enter__()
        self._lines = self._staff.lines[: self._count]
        self._processes = self._staff.processes[: self._count]
        self._count = len(self._lines)
        size = self._file.seek(0, os.SEEK_END) if self._file else 0
        for line in self._lines:
            try:
                line.send(("hands", (self._hands, size)))
            except OSError:
                continue  # it is gone, which is told with the first page it is given
        return self

    def __exit__(self, *_: object) -> None:
        if self._given is None:
            self._staff.__exit__()

    def run(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The answers, in the order of the tasks, while later tasks are being done.

        Raises Cancelled when the user stopped the work, and the crew's error with the page's
        number when a worker failed.
        """
        waiting = iter(tasks)
        ready: deque[Task] = deque()
        busy: _Busy[Task] = {}
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
                    busy[worker] = (given, task, Patience(TIME_LIMIT))
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
                    frames.send(self._lines[worker], content)
            self._lines[worker].send(("task", task))
        except OSError as fault:
            raise self._lost(worker, task) from fault

    def _listen(self, busy: _Busy[Task], answers: dict[int, bytes]) -> None:
        # On Windows a line does not always tell that nobody is left at its other end.
        wait(
            [
                *(self._lines[worker] for worker in busy),
                *(self._processes[worker].sentinel for worker in busy),
            ],
            _TICK,
        )
        for worker in list(busy):
            line = self._lines[worker]
            rank, task, _ = busy[worker]
            try:
                lives = self._processes[worker].is_alive()
                if not line.poll():
                    if lives:
                        continue
                    raise EOFError
                answer = frames.receive(line, _ANSWER_LIMIT, partial(_await_piece, line))
                if answer[:1] == _ASKS and self._file is not None:
                    self._file.seek(int.from_bytes(answer[1:9], "big") * BLOCK)
                    frames.send(line, _read(self._file, BLOCK))
                    continue
            except (EOFError, OSError, ValueError, OverflowError) as fault:
                raise self._lost(worker, task) from fault
            del busy[worker]
            answers[rank] = self._accepted(worker, answer, task)
        for _, task, patience in busy.values():
            if patience.left() <= 0:
                raise self._error(
                    f"Page {self._page_of(task)} of the bundle takes too long to draw.",
                    "Withhold the page, or add the document again.",
                )

    def _accepted(self, worker: int, answer: bytes, task: Task) -> bytes:
        if answer[:1] == _DONE:
            return answer[1:]
        if answer[:1] == _REFUSED:
            sentence, _, step = answer[1:].decode("utf-8", "replace").partition("\n")
            raise self._error(sentence, step)
        raise self._lost(worker, task)

    def _lost(self, worker: int, task: Task) -> DpdeskError:
        """What to raise for a worker that is gone, or answers nonsense."""
        self._processes[worker].join(1.0)
        page = self._page_of(task)
        if self._processes[worker].exitcode == EXIT_MEMORY:
            return self._error(
                f"Page {page} of the bundle needs more memory than a page may.",
                "Withhold the page, or add the document again at a lower resolution.",
            )
        return self._error(
            f"Page {page} of the bundle cannot be drawn because it stops the part of "
            "dpdesk that draws it.",
            "Withhold the page, or add the document again.",
        )


def _await_piece(line: Connection) -> None:
    if not line.poll(_PIECE_TIME):
        raise EOFError


def default_workers() -> int:
    """Two workers, or one where the computer has a single core."""
    return max(1, min(2, os.cpu_count() or 1))


def workers_for(pages: int) -> int:
    """As many as a bundle of so many pages has work for: starting one takes longer than a page."""
    return min(default_workers(), 1 + pages // _WORTH_STARTING)


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


def _serve(line: Connection) -> None:
    """The life of a worker: take a task, do it, answer; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inside.enclose(MEMORY_LIMIT)
    hands: Hands[object] = Hands()
    size, attached = 0, True
    while True:
        try:
            kind, load = line.recv()
            if kind == "hands":
                hands, size = load
                attached = not size
                continue
            if kind == "source":
                hands.accept(load, frames.receive(line, _ANSWER_LIMIT))
                continue
        except (EOFError, OSError):
            return
        if not attached:  # only now does the parent listen for what the file is asked
            hands.attach(partial(_lent, line, size))
            attached = True
        try:
            frames.send(line, _answer(hands, load))
        except OSError:
            return


def _lent(line: Connection, size: int) -> BinaryIO:
    return cast(BinaryIO, ParentFile(line, size))


def _answer(hands: Hands[object], task: object) -> bytes:
    try:
        return _DONE + hands(task)
    except DpdeskError as refusal:
        return _REFUSED + f"{refusal.sentence}\n{refusal.next_step}".encode()
    except MemoryError:
        os._exit(EXIT_MEMORY)  # what is left of this process is not to be trusted
    except Exception:  # noqa: BLE001  # its text may hold words of the page, so it stays here
        return _BROKEN
