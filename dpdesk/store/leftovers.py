"""What a program that was killed leaves half-written, and when it may be cleared away.

Everything half-written has a name of one form, ``.target.number.part``, beside the target. It is
cleared only when it is surely dead: when it carries the number of a workspace that is held here
and now, when it lies in such a workspace, or when nobody has touched it for a day.

On Windows the dot hides nothing, and such a file is seen while it is being written. It is not
marked as hidden there: nothing can then be written over it, and the finished file would be hidden
as well.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_DEAD_AFTER: Final = 24 * 3600
"""Seconds after which an untouched part of somebody unknown is dead."""
_LONGEST: Final = 48
"""Letters of the target's name in that of its part: systems allow 255 bytes for a name."""
_LIVING: Final[set[str]] = set()
"""The names of the parts that this program is writing now."""


def part_beside(target: Path, owner: str = "", ending: str = "part") -> Path:
    """A fresh name beside ``target`` for what is not finished; ``owner`` numbers a workspace."""
    number = os.urandom(4).hex()
    mark = f"{owner}-{number}" if owner else number
    return target.with_name(f".{part_stem(target)}.{mark}.{ending}")


def part_stem(target: Path) -> str:
    """How much of the target's name stands in that of its part."""
    return target.name[:_LONGEST]


@contextmanager
def living(part: Path) -> Iterator[None]:
    """While this lasts, nobody in this program takes the part for a left-over."""
    _LIVING.add(part.name)
    try:
        yield
    finally:
        _LIVING.discard(part.name)


def _parts(folder: Path, pattern: str) -> Iterator[Path]:
    """The parts of one form of name in a folder: real files, and not being written here."""
    form = re.compile(pattern)
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if (
                form.fullmatch(each.name)
                and each.is_file(follow_symlinks=False)
                and each.name not in _LIVING
            ):
                yield Path(each.path)


def _clear(part: Path) -> None:
    # What another program holds, or what cannot be deleted, is only in the way.
    with suppress(OSError):
        part.unlink()


def clear_forgotten(target: Path) -> None:
    """Deletes parts of this target that nobody has touched for a day."""
    name = re.escape(part_stem(target))
    _clear_old(target.parent, rf"\.{name}\.([0-9a-f]{{16}}-)?[0-9a-f]{{8}}(\.db)?\.part")


def clear_old_backups(folder: Path) -> None:
    """Deletes parts of automatic backups, whosesoever, that nobody has touched for a day."""
    _clear_old(folder, r"\.dpdesk-.+\.part")


def _clear_old(folder: Path, pattern: str) -> None:
    old = time.time() - _DEAD_AFTER
    for part in _parts(folder, pattern):
        with suppress(OSError):
            if part.stat().st_mtime < old:
                _clear(part)


def clear_of(folder: Path, owner: str) -> None:
    """Deletes the parts of a workspace that is held by this program, wherever they lie."""
    if owner:
        for part in _parts(folder, rf"\..+\.{re.escape(owner)}-[0-9a-f]{{8}}(\.db)?\.part"):
            _clear(part)


def clear_inside(folder: Path) -> None:
    """Deletes the program's own parts in a workspace folder that is held by this program."""
    for part in _parts(folder, r"\.dpdesk\..+\.[0-9a-f]{8}\.part"):
        _clear(part)
