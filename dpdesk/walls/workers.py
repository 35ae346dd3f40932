"""Runs work on foreign files in processes of their own, behind walls.

A file can crash its parser, keep it busy for ever or fill the memory. Here that costs the file
and nothing else: the worker ends, and the caller gets an UnreadableFile with a sentence.

What crosses the wall goes through a pipe and never through a file. Nothing that a worker
answers is unpickled: an answer is one frame of JSON and any number of frames of plain bytes,
because a worker that a hostile file has taken over may answer anything.

The system itself refuses memory above the limit (on macOS it does not), and a watchdog thread in
the worker also measures and ends it. What a worker may do besides is in ``rights``.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from dpdesk.errors import Cancelled, PasswordNeeded, UnreadableFile
from dpdesk.walls import confining, frames, inside
from dpdesk.walls.limits import EXIT_MEMORY
from dpdesk.walls.patience import Patience

Say = Callable[[dict[str, Any], list[bytes]], None]
"""Receives what a worker reports on its way: a small dictionary and any number of bytes."""

_LOOK: Final = 0.05  # seconds between two looks at "cancelled"
_LONG_LOOK: Final = 1.0  # where nobody can cancel
_BLOB_LIMIT: Final = 2_000_000_000  # bytes; no honest answer is longer
_HEADER_LIMIT: Final = 4_000_000
_SENTENCE_LIMIT: Final = 600  # a worker led astray must not write essays on the screen
_START_SECONDS: Final = 60.0
# Variables that a worker has any use for; the rest (a passphrase may be among them) stays here.
_KEPT_VARIABLES: Final = frozenset(
    "PATH LD_LIBRARY_PATH DYLD_LIBRARY_PATH PYTHONPATH PYTHONHOME LANG LC_ALL LC_CTYPE "
    "SYSTEMROOT SYSTEMDRIVE WINDIR TEMP TMP TMPDIR PATHEXT COMSPEC NUMBER_OF_PROCESSORS "
    "HOME USERPROFILE VIRTUAL_ENV __PYVENV_LAUNCHER__ "
    # No worker needs these, but the rest of the program may ask for them at that very moment:
    # where the user's folders and the screen are, and who the user is. None is a secret.
    "APPDATA LOCALAPPDATA PROGRAMDATA HOMEDRIVE HOMEPATH ONEDRIVE ONEDRIVECOMMERCIAL USERNAME USER "
    "LOGNAME COMPUTERNAME XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME "
    "XDG_DATA_DIRS XDG_CONFIG_DIRS XDG_RUNTIME_DIR XDG_CURRENT_DESKTOP DISPLAY WAYLAND_DISPLAY "
    "DBUS_SESSION_BUS_ADDRESS TZ QT_QPA_PLATFORM".split()
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a foreign file may cost.

    ``seconds``: longest silence of a worker, which reports after each page; ``memory``: bytes
    of one worker; ``size``: bytes of one file; ``pages``: of one file; ``pixels``: of one picture.
    """

    seconds: float = 60.0
    memory: int = 1_500_000_000
    size: int = 1_000_000_000
    pages: int = 20_000
    pixels: int = 180_000_000


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said of a file that does something to its reader: a sentence, and what to do."""

    damaged: tuple[str, str] = (
        "dpdesk could not read this file; it is probably damaged.",
        "Ask for a fresh copy, or open it in another program and save it as PDF again.",
    )
    endless: tuple[str, str] = (
        "Reading this file took too long, so dpdesk stopped.",
        "It may be very large, or damaged. Open it in another program, and save it as PDF.",
    )
    large: tuple[str, str] = (
        "This file needs more memory than a document is allowed.",
        "Split it into parts, or save it at a lower resolution, and add that.",
    )


class Worker:
    """One process that does one piece of work at a time and is used again for the next.

    It starts when it is first needed, and starts anew after a crash. Threads take turns.
    Close it, or use it as a context manager.
    """

    def __init__(self, limits: Limits | None = None, sentences: Sentences = Sentences()) -> None:
        self.limits = limits or Limits()
        self._sentences = sentences
        self._turn = threading.RLock()
        self._process: BaseProcess | None = None
        self._pipe: Connection[bytes, bytes] | None = None
        self._confinement: confining.Confinement | None = None
        self.room: str | None = None
        """Name of memory shared with the worker; set it before the worker starts."""
        self.file: Path | None = None
        """One file of the disk that the worker may read; set it before the worker starts."""
        self.generation = 0
        """Counts the starts: what a worker had in memory is gone when this number changes."""

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def turn(self) -> threading.RLock:
        """Held while the worker is busy; hold it to make several calls in a row undisturbed."""
        return self._turn

    def start(self) -> None:
        """Starts the process ahead of time, so that the first call need not wait for it."""
        with self._turn:
            self._started()

    def walls(self) -> tuple[str, ...]:
        """What the worker has given up and is held by; keys of ``rights.WALLS``."""
        told = self.call("dpdesk.walls.asked:told", {})[0]["walls"]
        held = self._confinement is not None and self._confinement.stands
        return (*(str(wall) for wall in told), *(("job",) if held else ()))

    def call(
        self,
        task: str,
        request: dict[str, Any],
        blobs: Sequence[bytes | memoryview] = (),
        *,
        say: Say | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Runs ``task`` ("module:function", see ``inside``) and returns its answer.

        Raises UnreadableFile or PasswordNeeded where the task did, or where it crashed, hung,
        took too much memory or answered nonsense; Cancelled where ``cancelled()`` became true.
        """
        with self._turn:
            pipe = self._started()
            try:
                self._send(pipe, {"task": task, "request": request, "blobs": len(blobs)}, blobs)
                outcome = self._wait(pipe, say, cancelled)
            except (OSError, EOFError):
                raise self._fallen() from None
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self._kill()
                raise UnreadableFile(*self._sentences.damaged) from None
            except BaseException:
                self._kill()  # the conversation was broken off in the middle
                raise
        if isinstance(outcome, UnreadableFile):
            raise outcome
        return outcome

    def close(self) -> None:
        """Ends the process; a later call starts a new one."""
        with self._turn:
            self._kill()

    def _wait(
        self,
        pipe: Connection[bytes, bytes],
        say: Say | None,
        cancelled: Callable[[], bool] | None,
    ) -> tuple[dict[str, Any], list[bytes]] | UnreadableFile:
        while True:
            self._await_frame(pipe, self.limits.seconds, cancelled)
            header = json.loads(pipe.recv_bytes(_HEADER_LIMIT))
            parts = []
            for _ in range(int(header["blobs"])):
                parts.append(
                    frames.receive(
                        pipe,
                        _BLOB_LIMIT,
                        lambda: self._await_frame(pipe, self.limits.seconds, cancelled),
                    )
                )
            kind, content = header["kind"], header["content"]
            if not isinstance(content, dict):
                raise TypeError("content is a dictionary")
            if kind == "report":
                if say:
                    say(content, parts)
            elif kind == "answer":
                return content, parts
            elif kind == "failure":
                return _told(content)
            else:
                raise ValueError("no such kind of message")

    def _await_frame(
        self, pipe: Connection[bytes, bytes], seconds: float, cancelled: Callable[[], bool] | None
    ) -> None:
        patience = Patience(seconds)
        while True:
            if cancelled and cancelled():
                raise Cancelled
            left = patience.left()
            if left <= 0:
                raise UnreadableFile(*self._sentences.endless)
            if self._heard(pipe, min(left, _LOOK if cancelled else _LONG_LOOK)):
                return

    def _heard(self, pipe: Connection[bytes, bytes], seconds: float) -> bool:
        """Does the worker say something within this time? Raises EOFError where it has ended."""
        # On Windows a pipe does not always tell that nobody is left at its other end.
        process = self._process
        wait([pipe] if process is None else [pipe, process.sentinel], seconds)
        lives = process is None or process.is_alive()
        if pipe.poll():
            return True  # its last words, perhaps
        if not lives:
            raise EOFError
        return False

    @staticmethod
    def _send(
        pipe: Connection[bytes, bytes],
        header: dict[str, Any],
        blobs: Sequence[bytes | memoryview],
    ) -> None:
        pipe.send_bytes(json.dumps(header).encode())
        for blob in blobs:
            frames.send(pipe, blob)

    def _started(self) -> Connection[bytes, bytes]:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=inside.serve,
            args=(theirs, self.limits.memory, self.room, self.file and str(self.file)),
            name="dpdesk-reader",
            daemon=True,
        )
        try:
            with bare_start():
                process.start()
        except OSError:  # the system has no room for another program just now
            ours.close()
            raise _not_started() from None
        finally:
            theirs.close()
        self._process, self._pipe = process, ours
        # Libraries commit more than they fill, so this limit stands higher than the watchdog's.
        self._confinement = confining.Confinement(process.pid, 2 * self.limits.memory)
        self.generation += 1
        try:
            if self._heard(ours, _START_SECONDS) and ours.recv_bytes(64) == inside.READY:
                return ours
        except (OSError, EOFError):
            pass  # falls through to the sentence below, as a reader that is silent does
        self._kill()
        raise _not_started()

    def _fallen(self) -> UnreadableFile:
        process = self._process
        code = None
        if process is not None:
            process.join(2.0)
            code = process.exitcode
        self._kill()
        if code == EXIT_MEMORY:
            return UnreadableFile(*self._sentences.large)
        return UnreadableFile(*self._sentences.damaged)

    def _kill(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(10.0)
            with contextlib.suppress(ValueError):
                process.close()
        if self._confinement is not None:
            self._confinement.end()
            self._confinement = None


def _told(content: dict[str, Any]) -> UnreadableFile:
    sentence = str(content["sentence"])[:_SENTENCE_LIMIT]
    next_step = str(content["next_step"])[:_SENTENCE_LIMIT]
    if content["class"] == "PasswordNeeded":
        return PasswordNeeded(sentence, next_step, wrong=bool(content["wrong"]))
    return UnreadableFile(sentence, next_step)


def _not_started() -> UnreadableFile:
    return UnreadableFile(
        "The part of dpdesk that reads documents did not start.",
        "Close other programs and try again.",
    )


_starting = threading.Lock()


@contextlib.contextmanager
def bare_start() -> Iterator[None]:
    """While a worker starts, hides from it our secrets and our main module.

    A worker inherits the environment, where a passphrase may stand, and would import the main
    module of its parent, which for the window means all of Qt.
    """
    with _starting:
        hidden = {
            key: value
            for key, value in os.environ.items()
            if key.upper() not in _KEPT_VARIABLES  # Windows knows no capitals in names
        }
        main = sys.modules["__main__"]
        try:
            for key in hidden:
                del os.environ[key]
            sys.modules["__main__"] = types.ModuleType("__main__")
            yield
        finally:
            sys.modules["__main__"] = main
            os.environ.update(hidden)
