"""The other side of the wall: what runs inside a worker process.

Kept light, because every worker imports it before it can begin.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.walls import frames, limits, rights
from dpdesk.walls.lasting import keep_constants

READY: Final = b"ready"
ROOM: Final = "room"
"""Where the memory shared with the parent lies in a worker's own memory."""
FILE: Final = "file"
"""Where the file lies open that a worker was started for."""
_BLOB_LIMIT: Final = 1 << 34  # bytes; what the program itself sends is trusted

Answer = tuple[dict[str, Any], list[bytes]]
Task = Callable[["Call"], Answer]


class Call:
    """What a task is given: the request, its bytes, and a way to report while it works.

    ``memory`` is kept between the calls of one worker: open documents live there.
    """

    def __init__(
        self,
        pipe: Connection[bytes, bytes],
        request: dict[str, Any],
        blobs: list[bytes],
        memory: dict[str, Any],
    ) -> None:
        self._pipe = pipe
        self.request = request
        self.blobs = blobs
        self.memory = memory

    def report(self, content: dict[str, Any], blobs: list[bytes] | None = None) -> None:
        """Tells the parent how far the work is, and resets its patience."""
        _send(self._pipe, "report", content, blobs or [])


def serve(
    pipe: Connection[bytes, bytes],
    memory_limit: int,
    room: str | None = None,
    file: str | None = None,
) -> None:
    """Does one task after the other until the parent hangs up.

    ``room`` names memory that is shared with the parent, ``file`` a file that is too long to be
    sent; both are opened while that is still allowed.
    """
    memory: dict[str, Any] = {}
    if room is not None:
        from multiprocessing.shared_memory import SharedMemory  # only who draws pages needs it

        with contextlib.suppress(OSError):
            memory[ROOM] = SharedMemory(room)
    if file is not None:
        with contextlib.suppress(OSError):
            memory[FILE] = Path(file).open("rb")  # noqa: SIM115 -- for life
    enclose(memory_limit)
    pipe.send_bytes(READY)
    while True:
        try:
            header = json.loads(pipe.recv_bytes())
            blobs = [frames.receive(pipe, _BLOB_LIMIT) for _ in range(header["blobs"])]
        except (EOFError, OSError):
            return
        _do(pipe, header, blobs, memory)


def enclose(memory_limit: int) -> None:
    """Makes this process a worker's: silent, limited, without rights. It cannot be undone.

    ``memory_limit`` in bytes.
    """
    _silence()
    limits.limit_memory(memory_limit)
    keep_constants()
    rights.give_up()
    limits.watch_memory(memory_limit)


def _do(
    pipe: Connection[bytes, bytes],
    header: dict[str, Any],
    blobs: list[bytes],
    memory: dict[str, Any],
) -> None:
    try:
        module, _, function = header["task"].partition(":")
        task: Task = getattr(importlib.import_module(module), function)
        content, parts = task(Call(pipe, header["request"], blobs, memory))
        _send(pipe, "answer", content, parts)
    except PasswordNeeded as fault:
        _fail(pipe, "PasswordNeeded", fault, wrong=fault.wrong)
    except UnreadableFile as fault:
        _fail(pipe, "UnreadableFile", fault)
    except MemoryError:
        os._exit(limits.EXIT_MEMORY)  # what is left of this process is not to be trusted
    except Exception:  # noqa: BLE001 -- whatever a parser throws, the parent gets one sentence
        # The text of the exception stays here: it may quote the document.
        general = UnreadableFile(
            "This file cannot be read; it is probably damaged.",
            "Ask for a fresh copy, or open it in another program and save it as PDF again.",
        )
        _fail(pipe, "UnreadableFile", general)


def _fail(
    pipe: Connection[bytes, bytes], kind: str, fault: UnreadableFile, *, wrong: bool = False
) -> None:
    content = {
        "class": kind,
        "sentence": fault.sentence,
        "next_step": fault.next_step,
        "wrong": wrong,
    }
    _send(pipe, "failure", content, [])


def _send(
    pipe: Connection[bytes, bytes], kind: str, content: dict[str, Any], blobs: list[bytes]
) -> None:
    pipe.send_bytes(json.dumps({"kind": kind, "content": content, "blobs": len(blobs)}).encode())
    for blob in blobs:
        frames.send(pipe, blob)


def _silence() -> None:
    """Parsers write about the documents they read; nobody needs that on a terminal."""
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- for life
