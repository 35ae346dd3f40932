"""Files written whole or not at all, patiently where another program holds them for a moment."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from dpdesk.errors import NoRoom
from dpdesk.store.folder import private_file, refuse_own_place
from dpdesk.store.leftovers import clear_forgotten, living, part_beside

Result = TypeVar("Result")

_PASSING: Final = frozenset({5, 32, 33})
"""Errors of Windows that mostly pass: access denied, and a file that another program holds.
Virus scanners, search indexes and cloud drives open every fresh file for a moment."""
_HELD: Final = frozenset({32, 33, 1224})
"""Another program has the file, a part of it, or a picture of it in memory, open."""
_DENIED: Final = 5
_PROTECTED: Final = 19
_QUOTA: Final = 1295
_AWAY: Final = frozenset({21, 53, 55, 59, 64, 67, 121, 1167, 1231})
"""The device is not ready or gone, or the computer that shares it does not answer."""
_LONG: Final = 240
"""Letters from which on Windows opens a path only under another way of writing it."""
PATIENCE: Final = 2.5
"""Seconds for which a file that another program holds is tried again."""


def patiently(work: Callable[[], Result], *, seconds: float = PATIENCE) -> Result:
    """Does something with a file, again and again where another program holds it for a moment.

    Raises the OSError that stood after ``seconds``; every other one at once.
    """
    pause, waited = 0.005, 0.0
    while True:
        try:
            return work()
        except OSError as error:
            if getattr(error, "winerror", None) not in _PASSING or waited >= seconds:
                raise
        time.sleep(pause)
        waited += pause
        pause = min(2 * pause, 0.5)


def replace_patiently(source: Path, target: Path, *, seconds: float = PATIENCE) -> None:
    """Gives a file or folder another name, over a file that has it already. Raises OSError."""
    patiently(lambda: os.replace(source, target), seconds=seconds)  # one call to imitate


def unlink_patiently(path: Path, *, seconds: float = PATIENCE) -> bool:
    """Deletes a file that is only in the way; says whether it is gone.

    It never raises for a file that cannot be deleted: what was achieved before must not fail,
    nor a better reason be hidden, because something superfluous is still there.
    """
    try:
        patiently(lambda: path.unlink(missing_ok=True), seconds=seconds)
    except OSError:
        return False
    return True


def written_out(path: str) -> str:
    """A whole path of Windows in the way of writing that may have any length."""
    if len(path) < _LONG or path.startswith("\\\\?\\"):
        return path
    return f"\\\\?\\UNC{path[1:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def reachable(path: Path) -> Path:
    """The same path, so that Windows opens it although it is long, as shared libraries make it."""
    if sys.platform == "win32":
        return Path(written_out(str(path.absolute())))
    return path


@contextmanager
def room(what: str) -> Iterator[None]:
    """Turns a full, read-only, missing or busy disk into a sentence about ``what``."""
    try:
        yield
    except OSError as error:
        raise refusal(what, error) from None


def refusal(what: str, error: OSError) -> NoRoom:
    """The sentence for what the system says about ``what`` could not be written or reached."""
    # Windows' own number first: Python folds several of them into one that says less.
    number: int | None = getattr(error, "winerror", None)
    if number in _HELD:
        return NoRoom(
            f"{what} could not be reached or written: the file is open in another program.",
            "Close it there, then try again; nothing was lost.",
        )
    if number == _PROTECTED or error.errno == errno.EROFS:
        return NoRoom(
            f"{what} could not be written: this folder does not allow it.",
            "Its disk is write-protected. Remove the protection, or choose another disk.",
        )
    if number == _QUOTA or error.errno == errno.EDQUOT:
        return NoRoom(
            f"{what} could not be written: the disk is full, or your share of it is used up.",
            "Free some space or ask for more, then try again; nothing was lost.",
        )
    if number in _AWAY:
        return _out_of_reach(what)
    if error.errno == errno.ENOSPC:
        return NoRoom(
            f"{what} could not be written: the disk is full.",
            "Free some space and try again; nothing was lost.",
        )
    if error.errno == errno.EFBIG:
        return NoRoom(
            f"{what} could not be written: it is larger than this disk allows.",
            "Choose another disk; nothing was lost.",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NoRoom(
            f"{what} could not be written: this folder does not allow it.",
            "Choose another folder or ask for permission to save there. If the file is open in "
            "another program, close it there.",
        )
    return _out_of_reach(what)


def _out_of_reach(what: str) -> NoRoom:
    return NoRoom(
        f"{what} could not be reached or written.",
        "Check that the folder exists and the disk is plugged in, then try again.",
    )


def refused_by_disk(folder: Path, size: int, what: str) -> NoRoom | None:
    """Tries whether a file of ``size`` bytes may be written in ``folder``, and tells what stops it.

    ``what`` begins the sentence.

    For the database, which only hears that writing failed. None where nothing stops it.
    """
    trial = part_beside(folder / "dpdesk.trial")
    try:
        private_file(trial)
        with trial.open("rb+") as file:
            file.write(os.urandom(256 * 1024))
            file.flush()
            os.fsync(file.fileno())
            file.truncate(size)
    except OSError as error:
        return refusal(what, error)
    finally:
        unlink_patiently(trial)
    return None


def settle_folder(folder: Path) -> None:
    """Makes sure that a rename inside the folder survives a power cut, where systems allow it."""
    if os.name == "nt":
        return
    # Some sticks and shares cannot do it; the file itself is safe there all the same.
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _take_place(unfinished: Path, target: Path, seconds: float) -> None:
    """Gives a finished file its name. Raises OSError, NoRoom where another stands in its way."""
    try:
        replace_patiently(unfinished, target, seconds=seconds)
    except PermissionError as error:
        # Windows says the same of a folder that allows nothing, but this one took the new file.
        if getattr(error, "winerror", None) != _DENIED or not os.path.isfile(target):  # noqa: PTH113 -- never raises
            raise
        raise NoRoom(
            "A file of that name is there already and is open in another program.",
            "Close it there, or choose another name, then try again; nothing was lost.",
        ) from None


@contextmanager
def whole_file(
    target: Path,
    *,
    own: bool = False,
    backup: bool = False,
    owner: str = "",
    seconds: float = PATIENCE,
) -> Iterator[Path]:
    """Gives a name beside ``target`` to write to; it becomes ``target`` if all goes well.

    The caller writes and closes the file; nothing half-written ever carries the target's name.
    ``own`` files of the program and a ``backup`` are private to the user; everything else is for
    the user to place, and refused inside a workspace. ``owner`` is the number of the workspace
    that a left-over would belong to; ``seconds`` the patience with other programs. Raises
    DpdeskError for a place that is not to be written to, and OSError.
    """
    target = reachable(target)
    if not target.name:
        raise NoRoom("This is a folder or a whole disk.", "Give a file name.")
    if not own:
        refuse_own_place(target, backup=backup)
    clear_forgotten(target)
    unfinished = part_beside(target, owner)
    with living(unfinished):
        try:
            if own or backup:
                private_file(unfinished)
            yield unfinished
            with unfinished.open("rb+") as written:
                os.fsync(written.fileno())
            _take_place(unfinished, target, seconds)
            settle_folder(target.parent)
        finally:
            unlink_patiently(unfinished)


def write_whole(
    target: Path, content: bytes, *, own: bool = False, seconds: float = PATIENCE
) -> None:
    """Writes a small file whole or not at all. Raises NoRoom, and as :func:`whole_file`."""
    with room("The file"), whole_file(target, own=own, seconds=seconds) as unfinished:
        unfinished.write_bytes(content)
