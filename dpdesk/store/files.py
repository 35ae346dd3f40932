"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dpdesk.errors import NoRoom


@contextmanager
def room(what: str) -> Iterator[None]:
    """Turns a full, read-only or missing disk into a sentence about ``what`` could not be done."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom(
                f"{what} could not be written: the disk is full.",
                "Free some space and try again; nothing was lost.",
            ) from None
        if error.errno == errno.EFBIG:
            raise NoRoom(
                f"{what} could not be written: it is larger than this disk allows.",
                "Choose another disk; nothing was lost.",
            ) from None
        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            raise NoRoom(
                f"{what} could not be written: this folder does not allow it.",
                "Choose another folder or ask for the right to write there.",
            ) from None
        raise NoRoom(
            f"{what} could not be reached or written.",
            "Check that the folder exists and the disk is plugged in, then try again.",
        ) from None


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


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Gives a name beside ``target`` to write to; it becomes ``target`` if all goes well.

    The caller writes and closes the file; nothing half-written ever carries the target's name.
    """
    unfinished = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        yield unfinished
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(unfinished, target)
        settle_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Writes a small file whole or not at all. Raises NoRoom."""
    with room("The file"), whole_file(target) as unfinished:
        unfinished.write_bytes(content)
