"""Keeps Python's constants alive under a Qt binding that wears them out.

PySide6 6.12 takes it that ``None``, ``True`` and ``False`` need no counting of references, which
holds from Python 3.12 on. Under Python 3.11 every call from Qt that gives one of them back takes a
reference away that was never added: a table whose cells answer ``None`` ends the whole program
after a few thousand cells with "none_dealloc: deallocating None". A worker that lays out messages
wears out ten with each. ``tests/walls/test_lasting.py`` shows it.
"""

from __future__ import annotations

import sys


def keep_constants() -> bool:
    """Gives the constants more references than any session can take away; False if not needed.

    From Python 3.12 on they are immortal by themselves, and nothing is touched.
    """
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return False
    import ctypes  # only where it is needed, for it costs the start some milliseconds

    plenty = sys.maxsize // 4
    for constant in (None, True, False, NotImplemented, Ellipsis):
        # The count of references is the first field of every object of CPython.
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < plenty:
            count.value += plenty
    return True
