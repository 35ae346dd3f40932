"""Pure decisions about requests: which facts the clock runs on, and where the work stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    ClockResult,
    ClockState,
    InvalidFacts,
    sar_clock,
)
from dpdesk.registers.fields import Values
from dpdesk.requests.records import Request

FACT_FIELDS: Mapping[str, str] = {
    "received": "received",
    "identity": "identity_received",
    "fee": "fee_paid",
    "extended": "extended",
}
"""Which field of a request holds which fact of the clock."""


_ASSET_PLACE: Final = re.compile(r"AS-\d{4}-\d+\s+")
"""Begins an asset among the places searched; its name follows, and in brackets where it is kept."""


@dataclass(frozen=True, slots=True)
class Around:
    """What must be known beside the answers of a request."""

    calendar: WorkCalendar
    questions: tuple[Values, ...] = ()
    """The clarifications asked for, oldest first."""
    documents: int = 0
    released: bool = False


def facts(values: Mapping[str, Any], clarifications: Iterable[Mapping[str, Any]]) -> AccessFacts:
    """The facts that the clock runs on.

    A date whose question is no longer asked (proof of identity that is not needed after all)
    does not count.
    """
    identity_needed = values.get("identity_needed") == "yes"
    fee_asked = values.get("fee_asked") == "yes"
    return AccessFacts(
        received=values["received"],
        identity=values.get("identity_received") if identity_needed else None,
        fee=values.get("fee_paid") if fee_asked else None,
        identity_needed=identity_needed,
        fee_needed=fee_asked,
        clarifications=tuple(
            ClarificationDays(each["asked_on"], each.get("answered_on")) for each in clarifications
        ),
        extended=values.get("extended") if values.get("extension_reason") else None,
    )


def clock(
    values: Mapping[str, Any],
    clarifications: Iterable[Mapping[str, Any]],
    calendar: WorkCalendar,
) -> ClockResult:
    """The due date of a request with its steps. Raises InvalidFacts."""
    return sar_clock(facts(values, clarifications), calendar)


def problems(values: Values, around: Around) -> dict[str, str]:
    """Dates that contradict each other, and closing before the beginning."""
    found: dict[str, str] = {}
    try:
        clock(values, around.questions, around.calendar)
    except InvalidFacts as error:
        for fact, sentence in error.problems.items():
            found[FACT_FIELDS.get(fact, "received")] = sentence
    received = values["received"]
    for name in ("identity_asked", "closed"):
        day = values.get(name)
        if day is not None and day < received:
            label = Request.register.field(name).label
            found[name] = f"“{label}” would be before the day the request was received."
    return found


def state(values: Mapping[str, Any], result: ClockResult, *, documents: int, released: bool) -> str:
    """Where the work on a request stands, from what has been recorded."""
    if values.get("closed") is not None:
        return "closed"
    if result.state is ClockState.NOT_STARTED:
        return "identity"
    if result.state is ClockState.PAUSED:
        return "clarify"
    if released:
        return "respond"
    return "review" if documents else "search"


def done(
    values: Mapping[str, Any],
    clarifications: Iterable[Mapping[str, Any]],
    searches: Iterable[Mapping[str, Any]],
    *,
    reviewed: bool,
    handed_over: bool,
) -> frozenset[str]:
    """The stages for which something was really noted, so that none is ticked for nothing."""
    asked = [each.get("answered_on") for each in clarifications]
    looked = [each.get("found") for each in searches]
    needed = values.get("identity_needed")
    stages = {
        "logged": True,
        "identity": needed == "no" or values.get("identity_received") is not None,
        "clarify": bool(asked) and None not in asked,
        "search": bool(looked) and None not in looked,
        "review": reviewed,
        "respond": handed_over,
        "closed": values.get("closed") is not None and values.get("outcome") is not None,
    }
    return frozenset(stage for stage, held in stages.items() if held)


def place_told(place: str) -> str:
    """A place searched as others may read it: an asset by its name, without where it is kept."""
    named = _ASSET_PLACE.match(place.strip())
    if named is None:
        return place
    name = place.strip()[named.end() :]
    return name[: _where(name)].strip() or place


def _where(name: str) -> int:
    """Where the last brackets of a name begin, or the first if something stands behind them."""
    if not name.endswith(")"):
        return name.find(" (") if " (" in name else len(name)
    depth = 0
    for at in range(len(name) - 1, -1, -1):
        depth += (name[at] == ")") - (name[at] == "(")
        if not depth:
            return at
    return name.find("(")


def stored_due(result: ClockResult) -> str | None:
    """The due date as lists keep it."""
    due = result.due
    if due is None:
        return None
    return due.date().isoformat() if isinstance(due, dt.datetime) else due.isoformat()
