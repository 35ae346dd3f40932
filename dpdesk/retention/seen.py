"""Holdings as lists, papers and disposals look at them: rows with where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dpdesk.law.retention_periods import triggers
from dpdesk.registers.fields import Values
from dpdesk.registers.wording import show_date
from dpdesk.retention import rules
from dpdesk.retention.around import Around, Rule, Standing, facts_of
from dpdesk.retention.holds import Block, Touch


@dataclass(frozen=True, slots=True)
class Seen:
    """A holding as it is stored, with where it stands."""

    stored: Mapping[str, Any]
    values: Values
    rule: Rule | None
    standing: Standing
    here: Around

    def fresh(self) -> dict[str, Any]:
        """What is worked out: state, due date, what holds it up, what the class asks for."""
        return {
            "state": self.standing.state,
            "due": self.standing.due,
            "held_by": self.standing.held_by,
            "counts_from": rules.counts_from(self.rule) if self.rule is not None else None,
        }

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
    held_up: tuple[Block, ...]


def due_holding(seen: Seen) -> DueHolding:
    """The holding, which must fall due, with the reason in words."""
    assert seen.rule is not None
    of, due = seen.rule.of, seen.standing.day
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
        due,
        f"{of.words} ({'; '.join(days)})",
        of.action,
        str(seen.values.get("place") or ""),
        seen.standing.blocks,
    )
