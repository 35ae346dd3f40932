"""What a process gives up on macOS, by the two doors that the system has for it."""

from __future__ import annotations

import ctypes
from typing import Final

_DENY_ATTACH: Final = 31  # PT_DENY_ATTACH of ptrace(2)
# Reading stays allowed: the system loads fonts and libraries from places that it alone knows.
_PROFILE: Final = (
    b"(version 1)(allow default)(deny network*)(deny file-write*)"
    b"(deny process-exec*)(deny process-fork)"
)


def no_onlookers() -> bool:
    """No other process looks into this one. Says if it worked."""
    try:
        return bool(ctypes.CDLL(None).ptrace(_DENY_ATTACH, 0, None, 0) == 0)
    except (OSError, AttributeError):
        return False


def few_rights() -> bool:
    """No network, no writing, no other program. Says if it worked.

    The call is old and said to go one day, yet browsers rest on it. Without it the other walls
    hold.
    """
    try:
        library = ctypes.CDLL("/usr/lib/libsandbox.1.dylib")
        return bool(library.sandbox_init(_PROFILE, 0, None) == 0)
    except (OSError, AttributeError):
        return False
