"""Faults of the program itself: noted without a single answer of anybody, told in one line."""

from __future__ import annotations

import datetime as dt
import traceback
from pathlib import Path

from dpdesk.front_door import crash_file

_TOP = Path(__file__).resolve().parents[2]
_MOST = 256 * 1024
"""Bytes after which the crash log starts afresh."""


def noted(error: BaseException) -> str:
    """Writes where the fault happened into the crash log; the sentence for the user.

    The log holds file names, line numbers and the kind of the fault, never its text: that could
    quote what somebody typed.
    """
    places = [
        f"  {_shortened(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error).__name__
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    where = _append("\n".join([f"{when} {kind}", *places]) + "\n")
    return f"Something went wrong inside dpdesk ({kind}). What was saved before is safe." + (
        f" Where it happened is recorded in {where}, which contains nothing personal."
        if where
        else ""
    )


def _shortened(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(_TOP)) if path.is_relative_to(_TOP) else path.name


def _append(lines: str) -> Path | None:
    """The crash log after writing to it; None where that is not possible."""
    path = crash_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.is_file() and path.stat().st_size > _MOST
        with path.open("w" if fresh else "a", encoding="utf-8") as log:
            log.write(lines)
    except OSError:
        return None
    return path
