"""Processes of their own for what can only be measured once: a start, an opening, a peak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
_LIMIT = 3600.0
_LOOK = 0.1
"""Seconds between two looks at the memory."""


def environment(away: Path) -> dict[str, str]:
    """No screen, none of the user's settings; the program compiled, as when it is installed."""
    homes = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "DPDESK_HOME")
    places = {name: str(away / name.lower()) for name in homes}
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **places, "PYTHONPATH": str(TOP), "QT_QPA_PLATFORM": "offscreen"}


def run(away: Path, module: str, *arguments: str) -> tuple[dict[str, Any], float]:
    """What a module of ours answers in a process of its own, and the moment it was started."""
    command = [sys.executable, "-m", "tests.benchmarks.child", module, *arguments]
    begun = time.perf_counter()
    done = subprocess.run(
        command, cwd=TOP, env=environment(away), capture_output=True, text=True,
        timeout=_LIMIT, check=False,
    )  # fmt: skip
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"{module} {arguments[:1]} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1]), begun


class Memory(threading.Thread):
    """Adds up, again and again, the memory of a process and all that it started.

    Counts proportional shares, so that memory which several of them share counts once.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self.peak = 0.0
        """In MB."""

    @staticmethod
    def can() -> bool:
        """Does this system tell the memory of a process?"""
        return Path("/proc/self/smaps_rollup").exists()

    def run(self) -> None:
        while not self._over.wait(_LOOK):
            self.peak = max(self.peak, sum(map(_share, _family(self._process))))

    def stop(self) -> float:
        """The highest sum that was seen, in MB."""
        self._over.set()
        self.join()
        return self.peak


def _family(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        for tasks in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                waiting += map(int, tasks.read_text().split())
            except OSError:
                continue  # it ended while we looked
    return found


def _share(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # it ended while we looked
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def watched(away: Path, module: str, *arguments: str) -> tuple[dict[str, Any], float]:
    """What a module of ours answers, and the most memory (MB) that it and its workers held."""
    command = [sys.executable, "-m", "tests.benchmarks.child", module, *arguments]
    with subprocess.Popen(
        command, cwd=TOP, env=environment(away), stdout=subprocess.PIPE, text=True
    ) as process:
        memory = Memory(process.pid)
        memory.start()
        answered, _ = process.communicate(timeout=_LIMIT)
        peak = memory.stop()
    if process.returncode or not answered.strip():
        raise RuntimeError(f"{module} {arguments[:1]} failed with {process.returncode}")
    return json.loads(answered.strip().splitlines()[-1]), peak
