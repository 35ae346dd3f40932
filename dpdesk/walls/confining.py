"""Walls that the program puts around a worker from outside, before it gets any work."""

from __future__ import annotations

import sys


class Confinement:
    """Holds one worker.

    On Windows a job limits it, and ends it with the program; elsewhere the worker limits itself
    (``limits``, ``rights``), and hears of the program's end by its pipe.
    """

    def __init__(self, pid: int | None, memory: int) -> None:
        self._job = 0
        if sys.platform == "win32" and pid is not None:
            from dpdesk.walls import windows

            self._job = windows.confine(pid, memory)

    @property
    def stands(self) -> bool:
        """Is there a job around the worker?"""
        return bool(self._job)

    def end(self) -> None:
        """Lets go of the worker, which ends where it has not yet."""
        job, self._job = self._job, 0
        if sys.platform == "win32" and job:
            from dpdesk.walls import windows

            windows.release(job)
