"""The pure decisions about risks: how high one is, how it changed, when it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dpdesk.assurance.coming_up import Lookback, Standing
from dpdesk.assurance.pick_lists import levels, setting
from dpdesk.law.steps import add_months
from dpdesk.registers.fields import Values

_ORDER = ("low", "medium", "high")


def judged(values: Values, reviews: Sequence[Values]) -> tuple[str, str]:
    """Likelihood and severity as they were judged last; empty where nobody did.

    ``reviews`` newest first; one that says nothing of either leaves it as it was.
    """
    found = []
    for name in ("likelihood", "severity"):
        said = (review.get(name) for review in reviews)
        found.append(next((each for each in said if each), values.get(name) or ""))
    return found[0], found[1]


def level(likelihood: str, severity: str) -> str:
    """Low, medium or high; empty where one of the two is not judged yet."""
    return levels().get(severity, {}).get(likelihood, "")


def gone(values: Values, reviews: Sequence[Values]) -> bool:
    """Is it no longer a risk?"""
    return values.get("gone_on") is not None or bool(reviews and reviews[0]["verdict"] == "gone")


def stands(values: Values, around: Lookback) -> Standing:
    """How high a risk is; due when it is to be looked at, or something to be done, if sooner."""
    if gone(values, around.parts):
        return Standing("gone")
    again = add_months(around.last_day or around.made, setting("risk_months"))
    until: dt.date | None = values.get("until")
    waits = until is not None and values.get("finished") is None
    due = min(again, until) if waits and until is not None else again
    return Standing(level(*judged(values, around.parts)) or "open", due)


def change(values: Values, reviews: Sequence[Values], since: dt.date) -> int:
    """Steps that a risk rose (or fell, below 0) since a day; 0 where it was not judged before."""
    earlier = [review for review in reviews if review["day"] < since]
    now, then = level(*judged(values, reviews)), level(*judged(values, earlier))
    if not now or not then:
        return 0
    return _ORDER.index(now) - _ORDER.index(then)


def change_said(changes: Iterable[int]) -> str:
    """How many risks rose and fell since the last quarter, in a sentence."""
    steps = list(changes)
    rose, fell = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    if not rose and not fell:
        return "Since the last quarter none rose or fell."
    return f"Since the last quarter {rose or 'none'} rose and {fell or 'none'} fell."
