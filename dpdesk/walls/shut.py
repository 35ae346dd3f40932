"""Closes the program itself: a crash writes no memory to the disk, and nobody looks in.

What is open on the screen, and the keys that opened it, stand in the memory of this process. Where
a system keeps the memory of programs that crash, they would lie there in plain text.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Final

SHUT: Final = {
    "dumps": "writes no memory to the disk when it crashes",
    "onlookers": "is closed to other programs",
}
"""What may stand, and how it is said."""


def shut() -> tuple[str, ...]:
    """Switches off dumps and onlookers as far as the system allows.

    Gives what stands, as keys of ``SHUT``.
    """
    stands: list[str] = []
    if sys.platform == "win32":
        from dpdesk.walls import windows

        windows.no_dumps()
        return ("dumps",)
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        stands.append("dumps")
    if sys.platform == "linux":
        from dpdesk.walls import linux

        closed = linux.no_dumps()
    else:
        from dpdesk.walls import macos

        closed = macos.no_onlookers()
    if closed:
        stands.append("onlookers")
    return tuple(stands)
