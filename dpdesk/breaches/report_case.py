"""A breach as a report to the regulator sees it: everything that its answers are written from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.breaches import rules
from dpdesk.law.breach_lists import Body
from dpdesk.school.service import Particulars

NOT_KNOWN: Final = "Not yet known"

FRAME: Final = {"0", "1", "2", "2d", "20", "32"}
"""Questions about the report itself, which differ from report to report."""

CONCERNED = frozenset({"people", "parents"})
"""Kinds of those told who are the people concerned, or stand for them, and no organisations."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the last report said: its answers by number of question, and what it promised."""

    answers: Mapping[str, str] = field(default_factory=dict)
    promised: dt.date | None = None
    """By when it said that the rest would follow."""


NOTHING_EARLIER: Final = Earlier()


@dataclass(frozen=True, slots=True)
class Case:
    """A breach with its parts at the moment ``at``."""

    values: Values
    reference: str
    school: Particulars
    at: dt.datetime
    follow_up: bool = False
    reported: tuple[dt.datetime, ...] = ()
    staff: tuple[Values, ...] = ()
    actions: tuple[Values, ...] = ()
    told: tuple[Values, ...] = ()
    case_reference: str = ""
    earlier: Earlier = NOTHING_EARLIER
    bodies: Mapping[str, Body] = field(default_factory=dict)
    """By its code, who may have to be told besides people and regulator, as the school says it."""

    def late(self) -> bool:
        """Does, or did, the first report come after the 72 hours?"""
        first = self.reported[0] if self.reported else self.at
        return first > rules.deadline(self.values)

    def trained(self, said: str | None, on: dt.date | None) -> str | None:
        """Was somebody trained in the two years before it happened? As ``trained_before``."""
        return rules.trained_before(said, on, self.values.get("occurred") or self.values["aware"])
