"""One user at a time: a lock on the workspace folder, and a note of who holds it."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import platform
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from dpdesk.errors import NoRoom, WorkspaceBusy
from dpdesk.store.files import room

LOCK_NAME = "dpdesk.lock"
HOLDER_NAME = "dpdesk.holder.json"


class FolderLock:
    """Held as long as a workspace is open here; the system lets go of it if the program dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK_NAME, thread_local=False)
        self._holder = folder / HOLDER_NAME

    def acquire(self) -> None:
        """Takes the lock. Raises WorkspaceBusy naming who holds it, or NoRoom."""
        try:
            self._take()
        except NotImplementedError:
            raise NoRoom(
                "The disk of this folder cannot keep others out while the workspace is open.",
                "Choose a folder on a disk of this computer.",
            ) from None
        note = {
            "computer": platform.node(),
            "login": _login(),
            "process": os.getpid(),
            "since": dt.datetime.now().astimezone().isoformat(timespec="minutes"),
        }
        try:
            with room("The workspace"):
                self._holder.write_text(json.dumps(note), encoding="utf-8")
        except BaseException:
            self._lock.release()
            raise

    def _take(self) -> None:
        with room("The workspace"):
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                # Caught in here because it counts as trouble with the disk, too.
                raise WorkspaceBusy(
                    f"This workspace is open already{self._held_by()}.",
                    "Close it there first; then open it here.",
                ) from None

    def release(self) -> None:
        """Lets go of the lock; nothing happens where it was let go of before."""
        if not self._lock.is_locked:
            return
        # Somebody who is just reading the note must not keep the folder locked.
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _held_by(self) -> str:
        try:
            note = json.loads(self._holder.read_text(encoding="utf-8"))
            since = dt.datetime.fromisoformat(note["since"])
            return (
                f" on the computer {note['computer']}, by {note['login']}, "
                f"since {since:%d/%m/%Y %H:%M}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            return " in another window or on another computer"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an unknown user"
