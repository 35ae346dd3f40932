"""Reads the next file while the last one is still being stored, in a second worker.

Whoever has many files to add says which comes next (``expect``); when it is asked for, it was
read already, or is being read, or is read then as if nothing had been said.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Final

from dpdesk.documents.intake import Intake, Intaker
from dpdesk.errors import DpdeskError, StepDone
from dpdesk.walls.workers import Limits

_MOST: Final = 4
"""Files that wait to be read ahead."""
_LARGEST: Final = 30_000_000
"""Bytes of a file that is read ahead: two at once must not fill the memory."""

_Key = tuple[str, str | None]


class _Ahead:
    """A file that is to be read ahead, and in the end what became of it."""

    def __init__(self, name: str, content: bytes, password: str | None) -> None:
        self.name, self.content, self.password = name, content, password
        self.begun = False
        self.unwanted = False
        self.done = threading.Event()
        self.intake: Intake | None = None
        self.fault: DpdeskError | None = None


class ReadingAhead:
    """Two readers: one for what is asked for now, one for what was said to come next."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._now = Intaker(limits)
        self._next = Intaker(limits)
        self._turn = threading.Condition()
        self._expected: OrderedDict[_Key, _Ahead] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._closed = False

    def close(self) -> None:
        """Ends the workers, and forgets what was to come."""
        with self._turn:
            self._closed = True
            self._drop()
            self._turn.notify_all()
        self._next.close()
        self._now.close()

    def refuse_large(self, size: int) -> None:
        """Raises UnreadableFile for a file of so many bytes, if that is more than is read."""
        self._now.refuse_large(size)

    def expect(self, name: str, content: bytes, password: str | None = None) -> None:
        """Says that this file will be asked for soon."""
        if not content or len(content) > _LARGEST:
            return
        key = (hashlib.sha256(content).hexdigest(), password)
        with self._turn:
            if key in self._expected or self._closed:
                return
            self._expected[key] = _Ahead(name, content, password)
            while len(self._expected) > _MOST:
                # What was never asked for must not lie here for ever.
                self._expected.popitem(last=False)[1].unwanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="ahead", daemon=True)
                self._thread.start()
            self._turn.notify_all()

    def forget(self) -> None:
        """Nothing of what was said to come will be asked for."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        for ahead in self._expected.values():
            ahead.unwanted = True
        self._expected.clear()

    def read(
        self,
        name: str,
        content: bytes,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Intake:
        """Reads one file, as ``Intaker.read`` does."""
        key = (hashlib.sha256(content).hexdigest(), password)
        with self._turn:
            ahead = self._expected.pop(key, None)
            begun = ahead is not None and ahead.begun
        if ahead is None or not begun or ahead.name != name:
            return self._now.read(name, content, password, progress, cancelled)
        while not ahead.done.wait(0.05):
            if cancelled and cancelled():
                break
        if ahead.intake is None:
            if ahead.fault is not None:
                raise ahead.fault
            return self._now.read(name, content, password, progress, cancelled)
        if progress:
            progress(len(ahead.intake.pages), len(ahead.intake.pages))
        return ahead.intake

    def _work(self) -> None:
        while True:
            with self._turn:
                waiting = [each for each in self._expected.values() if not each.begun]
                while not waiting:
                    if self._closed or (not self._turn.wait(_IDLE) and not self._expected):
                        self._thread = None
                        return
                    waiting = [each for each in self._expected.values() if not each.begun]
                ahead = waiting[0]
                ahead.begun = True
            try:
                ahead.intake = self._next.read(
                    ahead.name,
                    ahead.content,
                    ahead.password,
                    cancelled=partial(getattr, ahead, "unwanted"),
                )
            except DpdeskError as fault:
                ahead.fault = fault
            finally:
                ahead.done.set()


_IDLE: Final = 5.0
"""Seconds after which the thread ends if nothing is said to come."""
