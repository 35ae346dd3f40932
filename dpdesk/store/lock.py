"""One user at a time: a lock on the workspace folder, and a note of who holds it."""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from dpdesk.errors import NoRoom, WorkspaceBusy
from dpdesk.store.files import room, unlink_patiently, whole_file

LOCK_NAME = "dpdesk.lock"
HOLDER_NAME = "dpdesk.holder.json"


class FolderLock:
    """Held as long as a workspace is open here; the system lets go of it if the program dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._lock = FileLock(self._folder / LOCK_NAME, mode=0o600, thread_local=False)
        self._holder = self._folder / HOLDER_NAME
        self._known: dict[Path, tuple[int, int]] = {}
        """What must stay the same file as long as the workspace is open, by device and number."""

    def acquire(self) -> None:
        """Takes the lock. Raises WorkspaceBusy naming who holds it, or NoRoom."""
        self.hold()
        try:
            self.watch(self._folder / LOCK_NAME)
            self._leave_note()
        except BaseException:
            self._known.clear()
            self._lock.release()
            raise

    def hold(self) -> None:
        """Takes the lock without leaving a note. Raises as :meth:`acquire`."""
        try:
            self._take()
        except NotImplementedError:
            raise NoRoom(
                "The disk that this folder is on cannot keep others out while the "
                "workspace is open.",
                "Choose a folder on a disk of this computer.",
            ) from None

    def _leave_note(self) -> None:
        note = {
            "computer": platform.node(),
            "login": _login(),
            "process": os.getpid(),
            "since": dt.datetime.now().astimezone().isoformat(timespec="minutes"),
        }
        with _writable(), whole_file(self._holder, own=True) as unfinished:
            unfinished.write_text(json.dumps(note), encoding="utf-8")

    def _take(self) -> None:
        with _writable():
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                # Caught in here because it counts as trouble with the disk, too.
                raise WorkspaceBusy(
                    f"This workspace is open already{self._held_by()}.",
                    "Close it there first; then open it here.",
                ) from None

    def watch(self, path: Path) -> None:
        """Remembers which file this is. Some part of the program must keep it open.

        As long as a file is open its number is given to no other, wherever its name goes.
        """
        with room("The workspace"):
            found = path.stat()
        self._known[path] = (found.st_dev, found.st_ino)

    def present(self) -> None:
        """Raises NoRoom unless the folder is still the one that was opened, in its place.

        A folder can be renamed, deleted or exchanged behind an open program, and a stick taken
        out. What is then written goes into files that nobody will ever find. Asked before
        everything that changes something: it costs some microseconds.
        """
        for path, known in self._known.items():
            try:
                found = path.stat()
            except OSError as error:
                raise NoRoom(
                    "The folder of this workspace is not where it was when it was opened: it was "
                    "moved, renamed or deleted, or its disk was taken out.",
                    "Nothing was saved. Put it back where it was, then save again.",
                ) from error
            if (found.st_dev, found.st_ino) != known:
                raise NoRoom(
                    "There is now something else where this workspace was opened: its "
                    "folder or its "
                    "database was replaced.",
                    "Nothing was saved. Put it back where it was and save again, or close dpdesk "
                    "and open what is there now.",
                )

    def release(self) -> None:
        """Lets go of the lock; nothing happens where it was let go of before."""
        if not self._lock.is_locked:
            return
        # The note of another workspace, which may lie here by now, is not ours to delete; and
        # somebody who is just reading ours must not keep the folder locked.
        with suppress(NoRoom):
            self.present()
            unlink_patiently(self._holder)
        self._known.clear()
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


@contextmanager
def _writable() -> Iterator[None]:
    """Says of a folder in which nothing can be written what can be done about a workspace there."""
    with room("The workspace"):
        try:
            yield
        except OSError as error:
            refused = error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}
            # Windows says the same of a file that another program holds, and a number with it.
            if not refused or getattr(error, "winerror", None) not in {None, 5, 19}:
                raise
            raise NoRoom(
                "The workspace could not be written: this folder does not allow it.",
                "If its disk is write-protected, copy the whole folder to a disk that can be "
                "written to, and open the copy. Otherwise ask for permission to save there.",
            ) from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an unknown user"
