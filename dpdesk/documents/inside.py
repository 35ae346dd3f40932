"""The other side of the wall: what runs inside a worker process.

Kept light, because every worker imports it before it can begin.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from dpdesk.errors import PasswordNeeded, UnreadableFile

READY: Final = b"ready"
EXIT_MEMORY: Final = 86
"""The code with which the watchdog ends a worker that grew too large."""

_LOOK_SECONDS: Final = 0.1
# Libraries reserve address space that they never fill, so the system's limit stands higher.
_ADDRESS_FACTOR: Final = 1.5
_ADDRESS_BASE: Final = 1_000_000_000

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


def serve(pipe: Connection[bytes, bytes], memory_limit: int) -> None:
    """Does one task after the other until the parent hangs up."""
    _silence()
    _limit_memory(memory_limit)
    memory: dict[str, Any] = {}
    pipe.send_bytes(READY)
    while True:
        try:
            header = json.loads(pipe.recv_bytes())
            blobs = [pipe.recv_bytes() for _ in range(header["blobs"])]
        except (EOFError, OSError):
            return
        _do(pipe, header, blobs, memory)


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
        os._exit(EXIT_MEMORY)  # what is left of this process is not to be trusted
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
        pipe.send_bytes(blob)


def _silence() -> None:
    """Parsers write about the documents they read; nobody needs that on a terminal."""
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- for life


def _limit_memory(limit: int) -> None:
    if sys.platform != "win32":
        import resource

        room = int(limit * _ADDRESS_FACTOR) + _ADDRESS_BASE
        with contextlib.suppress(ValueError, OSError):  # macOS refuses; the watchdog remains
            resource.setrlimit(resource.RLIMIT_AS, (room, room))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold the document
    threading.Thread(target=_watch, args=(limit,), name="watchdog", daemon=True).start()


def _watch(limit: int) -> None:
    pause = threading.Event()
    while not pause.wait(_LOOK_SECONDS):
        if resident() > limit:
            os._exit(EXIT_MEMORY)


def resident() -> int:
    """Bytes of memory that this process takes now (on macOS: took at most)."""
    if sys.platform == "win32":
        return _resident_on_windows()
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _resident_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize",
                    "WorkingSetSize",
                    "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage",
                    "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage",
                    "PagefileUsage",
                    "PeakPagefileUsage",
                )
            ),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    windows = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined] # Windows only
    windows.GetCurrentProcess.restype = wintypes.HANDLE
    windows.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    if not windows.K32GetProcessMemoryInfo(
        windows.GetCurrentProcess(), ctypes.byref(counters), counters.cb
    ):
        return 0
    return int(counters.PagefileUsage)
