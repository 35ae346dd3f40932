"""Files from outside that may still be written: by a scanner, a download, another computer.

Half a file looks damaged. Whoever hears that asks for it again, and it was only not there yet.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from dpdesk.errors import UnreadableFile
from dpdesk.store.files import PATIENCE, patiently, reachable

FRESH: Final = 10.0
"""Seconds since its last change in which a file that cannot be read may be only half there."""
_PAUSE: Final = 0.25
_STILL: Final = 2  # pauses in which a file must not change to count as finished
_NAMES: Final = (".crdownload", ".part", ".partial", ".download", ".filepart", ".opdownload")
"""How programs call what they are fetching, until it is there."""

BEING_WRITTEN: Final = (
    "This file is still being written.",
    "Wait until it is saved, copied or scanned to its end, and add it again.",
)


def is_half(name: str) -> bool:
    """Whether a file is called as programs call what they are still fetching."""
    return name.lower().endswith(_NAMES)


def foreign_content(path: Path, refuse_large: Callable[[int], None]) -> bytes:
    """The bytes of a file from outside, unread; ``refuse_large`` raises for too many of them.

    Waits shortly where it is being written. Raises UnreadableFile for one that cannot be opened
    or is still being written then.
    """
    file = reachable(path)
    try:
        before = file.stat()
        refuse_large(before.st_size)
        content = patiently(file.read_bytes)
        if not changed(file, before):
            return content
        settle(file)
        refuse_large(file.stat().st_size)
        before = file.stat()
        content = patiently(file.read_bytes)
        if changed(file, before):
            raise UnreadableFile(*BEING_WRITTEN)
        return content
    except OSError as error:
        raise UnreadableFile(
            "This file cannot be opened.",
            "Check that it is still there and not open in another program.",
        ) from error


def changed(file: Path, before: os.stat_result) -> bool:
    """Whether a file is not what it was. Raises OSError where it is gone."""
    now = file.stat()
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def grew(path: Path, before: os.stat_result) -> bool:
    """Whether a file that could not be read was only not there yet, and is another one now.

    Waits shortly where it was changed a moment ago. Raises UnreadableFile for one that is still
    being written, or is called as programs call what they are still fetching.
    """
    file = reachable(path)
    with suppress(OSError):
        if is_half(path.name):
            raise UnreadableFile(*BEING_WRITTEN)
        if abs(time.time() - file.stat().st_mtime) < FRESH:
            settle(file)
        return changed(file, before)
    return False


def settle(file: Path, *, seconds: float = PATIENCE) -> None:
    """Waits until nobody writes to a file any more.

    Raises UnreadableFile where that does not end within ``seconds``, OSError where it is gone.
    """
    before, still, waited = file.stat(), 0, 0.0
    while still < _STILL:
        if waited >= seconds:
            raise UnreadableFile(*BEING_WRITTEN)
        time.sleep(_PAUSE)
        waited += _PAUSE
        still = 0 if changed(file, before) else still + 1
        before = file.stat()
