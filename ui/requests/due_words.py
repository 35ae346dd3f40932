"""What a due date of a request is for: "Answer by 22 Dec" says more than the day alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dpdesk.registers.entries import Listing
from ui.kit.pieces.badges import Badge, due_badge

_VERBS: Final[Mapping[str, str]] = {
    "acknowledge": "Acknowledge",
    "enquire": "Outcome",
    "act": "Do it",
}
"""By state; in all others it is to be answered."""
_ENDED: Final = frozenset({"closed", "disposed"})
_SOON: Final = frozenset({"Today", "Tomorrow"})


def with_purpose(badge: Badge | None, state: str) -> Badge | None:
    """The same badge, with what is due; overdue it says how long."""
    if badge is None or "overdue" in badge.text:
        return badge
    if state in _ENDED:
        return replace(badge, text=f"Was due {badge.text}")
    verb = _VERBS.get(state, "Answer")
    if badge.text in _SOON:
        return replace(badge, text=f"{verb} {badge.text.lower()}")
    return replace(badge, text=f"{verb} by {badge.text}")


def badge_of_row(listing: Listing, row: int, now: dt.datetime) -> Badge | None:
    """The due date of a row of the list with what is due."""
    column = next(n for n, one in enumerate(listing.columns) if one.name == "due")
    state = listing.rows[row][3] or ""
    settled = not listing.register.state(state).open
    return with_purpose(due_badge(listing.raw(row, column), now, settled=settled), state)
