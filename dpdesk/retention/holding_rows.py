"""Holdings as lists, papers and disposals look at them: rows with where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dpdesk.law.retention_periods import triggers
from dpdesk.registers.fields import Values
from dpdesk.registers.matters import Touch
from dpdesk.registers.wording import show_date
from dpdesk.retention.matters import Obstacle
from dpdesk.retention.standing import Around, HoldingStanding, Rule, facts_of


@dataclass(frozen=True, slots=True)
class HoldingSeen:
    """A holding as it is stored, with where it stands."""

    stored: Mapping[str, Any]
    values: Values
    rule: Rule | None
    standing: HoldingStanding
    here: Around

    def to_look_for(self) -> tuple[Touch, ...]:
        """Open matters that might be in it."""
        held = self.here.held(self.stored["reference"], self.values)
        return self.here.touches.to_look_for(held)


@dataclass(frozen=True, slots=True)
class DueHolding:
    """A holding whose period has run out, with the reason in words."""

    entry_id: int
    reference: str
    title: str
    code: str
    records: str
    due: dt.date
    why: str
    action: str
    place: str
    held_up: tuple[Obstacle, ...]
    form: str = ""
    overdue: bool = False
    """Due for so long that it wants its reason (policy 8.4(c))."""


def due_holding(seen: HoldingSeen, grace: str = "") -> DueHolding:
    """The holding, which must fall due, with the reason in words.

    What fell due before the ISO day ``grace`` is overdue.
    """
    assert seen.rule is not None
    of, due = seen.rule.of, seen.standing.due
    assert due is not None
    days = [
        f"{triggers()[code].fact} {show_date(day)}"
        for code, day in facts_of(seen.values, of).days.items()
    ]
    return DueHolding(
        int(seen.stored["id"]),
        str(seen.stored["reference"]),
        str(seen.stored["title"]),
        of.code,
        of.records,
        dt.date.fromisoformat(due),
        f"{of.words} ({'; '.join(days)})",
        of.action,
        str(seen.values.get("place") or ""),
        seen.standing.blocks,
        str(seen.values.get("form") or ""),
        due < grace,
    )
