"""What is said where the window cannot open."""

from __future__ import annotations

import sys
from pathlib import Path

from dpdesk.cli.faults import noted
from dpdesk.errors import DpdeskError

_TOP = Path(__file__).resolve().parents[2]


def told(error: Exception) -> int:
    """Says why there is no window, and what helps; the exit code."""
    if isinstance(error, ImportError):
        # On Linux Qt needs libraries of the system, and names the one that is missing.
        _say(f"The window cannot open: {error}\n{_mend()}")
    elif isinstance(error, DpdeskError):
        _say(f"The window cannot open. {error}")
    else:
        _say(f"The window cannot open. {noted(error)}")
    return 1


def _mend() -> str:
    """What helps where a part of the program is missing."""
    if not (_TOP / "packaging" / "dev.py").is_file():
        return "Install dpdesk again. Your records are kept apart from it and are not touched."
    return f"Run: {'py' if sys.platform == 'win32' else 'python3'} packaging/dev.py setup"


def _say(sentence: str) -> None:
    """Where a terminal reads it, or in the plainest box that Windows has.

    What was started by a click on Windows has no terminal, and would end in silence.
    """
    if sys.stderr is not None:
        print(f"dpdesk: {sentence}", file=sys.stderr)
    elif sys.platform == "win32":
        from dpdesk.walls import windows

        windows.say("dpdesk", sentence)
