"""Takes out of memory what was thrown away, as far as Python and the system let it.

What a program lets go of stays in memory until something else is written over it. When dpdesk
locks, everything that was open is let go of at once, and this is the moment to wipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator
from typing import Any, Final

_FILL: Final = 0x5A
_FILL_FREED: Final = -6  # M_PERTURB of mallopt(3)
_SMALL: Final = range(16, 513, 16)
"""Sizes in bytes of the blocks in which Python keeps small things itself."""
_HEAD: Final = sys.getsizeof(b"")
_OF_EACH: Final = 2_000_000
"""Bytes of each size that are written over; more would take longer than it is worth."""


def _library() -> Any:
    """The C library where it can wipe what is freed, else None."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


@contextlib.contextmanager
def wiping_freed() -> Iterator[None]:
    """What the C libraries let go of inside is wiped at once, where the system can do that."""
    library = _library()
    if library is not None:
        library.mallopt(_FILL_FREED, _FILL)
    try:
        yield
    finally:
        if library is not None:
            library.mallopt(_FILL_FREED, 0)


@contextlib.contextmanager
def wiping() -> Iterator[None]:
    """What is let go of inside is wiped: at once where the system can, the rest at the end."""
    library = _library()
    with wiping_freed():
        yield
        gc.collect()
        _write_over_free_blocks()
        if library is not None:
            library.malloc_trim(0)


def _write_over_free_blocks() -> None:
    """Python keeps small blocks for itself when they are free, so all of them are filled.

    A fresh block is taken from the free ones first, and its bytes are written when it is made.
    """
    kept = [bytes(size - _HEAD) for size in _SMALL if size > _HEAD for _ in range(_OF_EACH // size)]
    kept.clear()


def wipe(secret: bytes | bytearray) -> None:
    """Writes over a key that nobody needs any more. Whoever still holds it holds nothing.

    For bytes this reaches behind Python's back, which holds for CPython alone: only for a key of
    this program's own making, never for a literal.
    """
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))
    elif sys.implementation.name == "cpython" and len(secret) > 1:
        ctypes.memset(id(secret) + _HEAD - 1, 0, len(secret))
