"""What a worker gives up once it stands: rights that no honest file needs.

A parser that a hostile file has taken over runs as the user. So the process that it runs in can,
where the system allows it, open no connection, start no program, write no file, read none but those
of the program and the system, and look into no other process.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dpdesk

WALLS: Final = {
    "privileges": "gains no rights",
    "files": "reads only the program's own files",
    "writing": "writes no file",
    "calls": "opens no connection and starts no program",
    "onlookers": "is closed to other programs",
    "integrity": "ranks below the user's other programs",
    "job": "starts no program and has no more memory than it may",
}
"""What may be in force, and how it is said."""
EXPECTED: Final = {
    "linux": ("privileges", "files", "writing", "calls", "onlookers"),
    "darwin": ("writing", "calls", "onlookers"),
    "win32": ("integrity", "job"),
}
"""What each system can do at best."""

_SYSTEM: Final = (
    "/usr /lib /lib64 /lib32 /nix/store /gnu/store /app /snap "
    "/etc/fonts /etc/mime.types /etc/httpd/mime.types /etc/httpd/conf/mime.types "
    "/etc/apache/mime.types /etc/apache2/mime.types /etc/ld.so.cache /etc/ld.so.conf "
    "/etc/localtime /etc/ssl/openssl.cnf "
    "/dev/null /dev/urandom /dev/random /proc/self /proc/cpuinfo /proc/meminfo /proc/filesystems "
    "/sys/devices/system/cpu"
).split()
_in_force: list[str] = []


def give_up() -> None:
    """Gives up what this system lets a process give up; for life.

    Where a system cannot do one of it, the rest holds, and ``self-test`` says what does.
    """
    if sys.platform == "linux":
        from dpdesk.walls import linux

        _note("onlookers", linux.no_dumps())
        # Without it an ordinary user may neither ask for Landlock nor for a filter.
        if not linux.no_new_privileges():
            return
        _note("privileges", True)
        _note("files", linux.only_read(_readable()))
        _note("calls", linux.few_calls())
        _note("writing", "files" in _in_force or "calls" in _in_force)
    elif sys.platform == "darwin":
        from dpdesk.walls import macos

        _note("onlookers", macos.no_onlookers())
        confined = macos.few_rights()
        _note("writing", confined)
        _note("calls", confined)
    elif sys.platform == "win32":
        from dpdesk.walls import windows

        _note("integrity", windows.low_integrity())


def in_force() -> tuple[str, ...]:
    """What this process has given up; keys of ``WALLS``."""
    return tuple(_in_force)


def _note(wall: str, stands: bool) -> None:
    if stands:
        _in_force.append(wall)


def _readable() -> Iterator[Path]:
    """Where the system and the program keep what a worker still has to load."""
    for place in _SYSTEM:
        yield Path(place)
    own = Path(dpdesk.__file__).resolve().parent
    yield own
    yield own.parent / "resources"
    yield from (Path(folder) for folder in (sys.prefix, sys.base_prefix))
    for variable in ("LD_LIBRARY_PATH", "PYTHONPATH"):
        for folder in os.environ.get(variable, "").split(os.pathsep):
            if folder and not _holds_home(Path(folder)):
                yield Path(folder)
    for folder in sys.path:
        if folder and not _holds_home(Path(folder)):
            yield Path(folder)


def _holds_home(folder: Path) -> bool:
    """A program that lies loose in the user's folder does not lay that folder open."""
    with contextlib.suppress(RuntimeError, OSError):
        home = Path.home().resolve()
        return home == folder.resolve() or folder.resolve() in home.parents
    return False
