"""What is said when a save moved the due date of an entry, so that nobody misses it."""

from __future__ import annotations

import datetime as dt

from dpdesk.law.moments import due_at
from dpdesk.law.words import long_date


def due_moved(before: str | None, after: str | None) -> str:
    """A sentence where the due date is another one now; empty where it is not.

    ``before`` and ``after`` as lists keep them, empty while there is none.
    """
    one, other = _day(before), _day(after)
    if one is None or other is None or one == other:
        return ""
    return (
        f"The due date has moved from {long_date(one)} to {long_date(other)}. “Why this date?” "
        "explains why."
    )


def _day(due: str | None) -> dt.date | None:
    # A moment moves with every save that concerns it, and is shown with its hour where it counts.
    day = due_at(due)
    return None if isinstance(day, dt.datetime) else day
