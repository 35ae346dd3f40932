"""How much memory a worker may take, and who ends it when it takes more."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import Final

EXIT_MEMORY: Final = 86
"""The code with which the watchdog ends a worker that grew too large."""

_LOOK_SECONDS: Final = 0.1
# Libraries reserve address space that they never fill, so the system's limit stands higher.
_ADDRESS_FACTOR: Final = 1.5
_ADDRESS_BASE: Final = 1_000_000_000


def limit_memory(limit: int) -> None:
    """Asks the system to refuse more, and forbids dumps and files of any length.

    ``limit`` in bytes of memory in use. Windows limits from outside, see ``windows.confine``.
    """
    if sys.platform == "win32":
        return
    import resource

    room = int(limit * _ADDRESS_FACTOR) + _ADDRESS_BASE
    for kind, most in (
        (resource.RLIMIT_AS, room),  # macOS refuses; the watchdog remains
        (resource.RLIMIT_CORE, 0),  # a dump would hold the document
        (resource.RLIMIT_FSIZE, 0),  # a worker answers through its pipe and writes no file
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def watch_memory(limit: int) -> None:
    """Starts the watchdog, which ends this process where it takes more than ``limit`` bytes."""
    taken = _Memory()
    threading.Thread(target=_watch, args=(taken, limit), name="watchdog", daemon=True).start()


def _watch(taken: _Memory, limit: int) -> None:
    pause = threading.Event()
    while not pause.wait(_LOOK_SECONDS):
        if taken.now() > limit:
            os._exit(EXIT_MEMORY)


class _Memory:
    """What this process takes; made before it gives up the right to open files."""

    def __init__(self) -> None:
        self._figures = -1
        if sys.platform == "linux":
            self._figures = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)

    def now(self) -> int:
        """Bytes of memory taken now (on macOS: taken at most)."""
        if sys.platform == "win32":
            from dpdesk.walls import windows

            return windows.committed()
        if sys.platform == "darwin":
            import resource

            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        pages = int(os.pread(self._figures, 100, 0).split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
