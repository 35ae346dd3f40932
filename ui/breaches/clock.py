"""How the 72 hours of a breach are shown: icon, words and tone."""

from __future__ import annotations

import datetime as dt

from dpdesk.breaches.rules import Countdown
from dpdesk.law.words import due_phrase, long_moment
from ui.kit.pieces.badges import Badge

_URGENT = dt.timedelta(hours=24)


def clock_badge(clock: Countdown, now: dt.datetime) -> Badge | None:
    """The countdown as a badge; None where no report is owed and none was made."""
    by = long_moment(clock.due)
    if clock.reported is not None:
        sent = f"Reported {long_moment(clock.reported)}"
        if clock.late:
            return Badge(sent, "mdi6.alert-circle", "warn", f"{sent}, after the 72 hours")
        return Badge(sent, "mdi6.check-circle-outline", "ok", f"{sent}, within 72 hours")
    if not clock.owed:
        return None
    phrase = due_phrase(clock.due, now)
    if clock.due < now:
        late = f"{phrase}: the report was due {by}"
        return Badge(late, "mdi6.alert-circle", "danger", late)
    tone = "danger" if clock.due - now < _URGENT else "warn"
    left = f"{phrase} to report, until {by}"
    return Badge(left, "mdi6.timer-sand", tone, left)
