"""The figures of a period as numbers: what is shown on the screen and printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """How many breaches are of one kind or cause."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class CountedStretch:
    """What was logged in a month, or in a year of a long period."""

    label: str
    breaches: int = 0
    near_misses: int = 0
    false_alarms: int = 0
    undecided: int = 0

    @property
    def logged(self) -> int:
        """All of them together."""
        return self.breaches + self.near_misses + self.false_alarms + self.undecided


@dataclass(frozen=True, slots=True)
class ListedBreach:
    """A breach in a list under the figures, with the reason that was written down."""

    id: int
    reference: str
    aware: dt.datetime
    summary: str
    reason: str
    reported: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class BreachFigures:
    """Incidents that the school became aware of from ``first`` to ``last``, both days counted.

    Incidents put out of sight count too: archiving undoes nothing. Only those whose making was
    itself undone were never there.
    """

    first: dt.date
    last: dt.date
    logged: int
    breaches: int
    near_misses: int
    false_alarms: int
    undecided: int
    """Not yet found to be one of the three."""
    reported: int
    """Also those not yet found to be a breach; no false alarms."""
    on_time: int
    """Of those reported: within the 72 hours."""
    waiting: int
    """Breaches neither reported nor decided not to be."""
    overdue: int
    """Incidents whose 72 hours are over, without a report and without a decision against it."""
    people: int
    """People concerned by breaches, as far as their numbers are known."""
    by_kind: tuple[Counted, ...]
    by_cause: tuple[Counted, ...]
    stretches: tuple[CountedStretch, ...]
    not_reported: tuple[ListedBreach, ...]
    late: tuple[ListedBreach, ...]
    """Reported after the 72 hours, with the reasons for the delay."""
