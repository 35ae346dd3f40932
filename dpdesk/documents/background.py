"""Reads the pictures among the pages beside everything else, as long as the program is open.

One page after the other on a thread of its own, so that nobody waits for it. What is stopped goes
on at the next start; a page that is wanted at once is put first.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dpdesk.documents.scans import Place, ScanService
from dpdesk.documents.words_read import BETTER, USUAL, ReadingWay
from dpdesk.errors import Cancelled, DpdeskError, NotFound


@dataclass(frozen=True, slots=True)
class ReadingOn:
    """How far the reading is; ``left`` pages wait. ``fault`` is a sentence where it had to stop."""

    running: bool = False
    done: int = 0
    left: int = 0
    stopped: bool = False
    fault: str = ""


class BackgroundReader:
    """Reads what waits. ``look`` says that there may be more; ``end`` it before the desk closes."""

    def __init__(self, scans: ScanService) -> None:
        self._scans = scans
        self._bell = threading.Condition()
        self._over = threading.Event()
        self._stop = threading.Event()
        self._look = False
        self._again: list[Place] = []
        self._arrived: list[Place] = []
        self._now = ReadingOn()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Looks whether pages wait, and reads them; at the first time the thread begins."""
        with self._bell:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="scans", daemon=True)
                self._thread.start()
            self._look = True
            if not self._over.is_set():
                self._now = replace(self._now, running=True)
            self._bell.notify_all()

    def read_again(self, places: Sequence[Place]) -> None:
        """Reads these pages once more, slower and better, before all others."""
        with self._bell:
            self._again += [place for place in places if place not in self._again]
        self.go_on()

    def stop(self) -> None:
        """Stops at once; the page that is being read is read again later."""
        self._stop.set()
        with self._bell:
            self._again.clear()

    def go_on(self) -> None:
        """Goes on after it was stopped."""
        self._stop.clear()
        self.look()

    def end(self) -> None:
        """Ends the thread, within a moment."""
        self._over.set()
        with self._bell:
            self._bell.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def wait(self, seconds: float) -> ReadingOn:
        """Waits so long at most until nothing is being read, and says how far it is then."""
        with self._bell:
            self._bell.wait_for(lambda: not self._now.running, seconds)
            return self._now

    def state(self) -> ReadingOn:
        """How far it is."""
        with self._bell:
            return self._now

    def read_since(self, known: int) -> tuple[Place, ...]:
        """The pages that were read, but for so many that are known already."""
        with self._bell:
            return tuple(self._arrived[known:])

    # --- on the thread -------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._bell:
                while not self._look and not self._over.is_set():
                    self._bell.wait()
                self._look = False
            if self._over.is_set():
                return
            fault = ""
            try:
                self._read_all()
            except Cancelled:
                pass  # what is left is said below
            except DpdeskError as error:
                fault = str(error)
            self._say(running=False, left=self._count(), fault=fault)

    def _count(self) -> int:
        try:
            return 0 if self._over.is_set() else len(self._scans.waiting())
        except DpdeskError:
            return 0

    def _read_all(self) -> None:
        done = 0
        while (next_ := self._next()) is not None:
            place, way, left = next_
            self._say(running=True, done=done, left=left)
            try:
                self._scans.read([place], way, cancelled=self._cancelled)
            except NotFound:
                continue  # it was taken off while it waited
            done += 1
            with self._bell:
                self._arrived.append(place)

    def _next(self) -> tuple[Place, ReadingWay, int] | None:
        if self._cancelled():
            raise Cancelled
        waiting = self._scans.waiting()
        with self._bell:
            again = len(self._again)
            if self._again:
                return self._again.pop(0), BETTER, len(waiting) + again
        return (waiting[0], USUAL, len(waiting)) if waiting else None

    def _cancelled(self) -> bool:
        return self._over.is_set() or self._stop.is_set()

    def _say(self, *, running: bool, left: int, done: int = 0, fault: str = "") -> None:
        with self._bell:
            self._now = ReadingOn(running, done, left, self._stop.is_set(), fault)
            self._bell.notify_all()
