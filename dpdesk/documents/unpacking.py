"""The program's side of files that only hold others: opened in a worker, one entry at a time.

So a mailbox of any length costs the memory of its longest message. What is short enough is sent
to the worker; what is not, the worker is started for, and reads it where it lies.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from dpdesk.documents.mail_heads import MailFolder
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits, Worker

_ROOM: Final = "dpdesk.documents.archives"
_NAME: Final = 500


class HandsOut(Protocol):
    """What holds others, and hands out one after the other."""

    @property
    def count(self) -> int:
        """How many."""

    def take(
        self,
        number: int,
        password: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[str, bytes]:
        """Name and content of one of them, from 0. Raises UnreadableFile, PasswordNeeded."""


class PackedFile:
    """An open file that holds others."""

    def __init__(
        self, worker: Worker, key: int, content: bytes | None, *, chosen: bool = False
    ) -> None:
        self._worker = worker
        self._key = key
        self._content = content
        self._chosen = chosen
        self._generation = -1
        self.count = 0
        """How many are in it."""
        self.folders: tuple[MailFolder, ...] = ()
        """The folders of a mailbox."""
        self._open()

    def _open(self) -> None:
        blobs = [] if self._content is None else [self._content]
        request = {"key": self._key, "chosen": self._chosen}
        answer, _ = self._worker.call(f"{_ROOM}:opened", request, blobs)
        self._generation = self._worker.generation
        self.count = max(0, int(answer["count"]))
        self.folders = tuple(
            MailFolder(str(path)[:_NAME], int(count)) for path, count in answer["folders"]
        )

    def _again(self) -> None:
        """Opens it again where the worker fell over one of its entries."""
        self._worker.start()
        if self._worker.generation != self._generation:
            self._open()

    def ask(
        self,
        task: str,
        request: dict[str, Any],
        say: Callable[[dict[str, Any]], object],
        cancelled: Callable[[], bool] | None,
    ) -> dict[str, Any]:
        """Lets the worker do something with what it holds, and gives its answer."""

        def told(report: dict[str, Any], _blobs: list[bytes]) -> None:
            say(report)

        about = {"key": self._key, **request}
        with self._worker.turn:
            self._again()
            answer, _ = self._worker.call(f"{_ROOM}:{task}", about, say=told, cancelled=cancelled)
        return answer

    def take(
        self,
        number: int,
        password: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[str, bytes]:
        """Name and content of one of them, from 0. Raises UnreadableFile, PasswordNeeded."""
        with self._worker.turn:
            self._again()
            request: dict[str, Any] = {"key": self._key, "number": number, "password": password}
            answer, blobs = self._worker.call(f"{_ROOM}:taken", request, cancelled=cancelled)
        if len(blobs) != 1:
            raise UnreadableFile("This file is damaged.", "Ask for it again.")
        return str(answer["name"])[:_NAME], blobs[0]

    def close(self) -> None:
        """Lets go of it."""
        if self._worker.generation == self._generation:
            self._worker.call(f"{_ROOM}:closed", {"key": self._key})


class Unpacker:
    """Opens files that hold others. Close it at the end: it keeps a worker."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._worker = Worker(self._limits)
        self._keys = itertools.count()

    def close(self) -> None:
        """Ends the worker; the next file would start a new one."""
        self._worker.close()

    @contextmanager
    def held(self, content: bytes) -> Iterator[PackedFile]:
        """What these bytes hold. Raises UnreadableFile where they are damaged."""
        held = PackedFile(self._worker, next(self._keys), content)
        try:
            yield held
        finally:
            held.close()

    @contextmanager
    def lying(self, path: Path) -> Iterator[tuple[str, Worker]]:
        """A worker that has this file of the disk open, and what the file is.

        MBOX, ZIP, PST, or nothing where it holds no others.
        """
        with Worker(self._limits) as worker:
            worker.file = path
            answer, _ = worker.call(f"{_ROOM}:looked", {})
            yield str(answer["format"]), worker

    def held_by(self, worker: Worker) -> PackedFile:
        """What the file holds that a worker was started for."""
        return held_by(worker, next(self._keys))


def held_by(worker: Worker, key: int = 0, *, chosen: bool = False) -> PackedFile:
    """What the file holds that a worker was started for. ``chosen``: only part is taken."""
    return PackedFile(worker, key, None, chosen=chosen)
