"""What answers imply: it is filled in once, shown like any other answer, and can be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.breaches import rules
from dpdesk.breaches.conditions import is_breach, to_report
from dpdesk.law.breach_lists import Implied, harms_of, implied_by
from dpdesk.law.risk import Level, Proposal

Values = Mapping[str, Any]

_OPEN: Final = frozenset({"unknown"})


@dataclass(frozen=True, slots=True)
class KnownBeside:
    """What is known besides the answers: the moment, who is at the desk, what the log holds."""

    now: dt.datetime
    who: str
    training: str | None = None
    """How the school trains its staff, as the last incident says it."""
    reported_before: bool = False
    """Was another breach ever reported?"""


def carried(values: Values, before: Values, known: KnownBeside) -> dict[str, Any]:
    """Answers that follow from those given since ``before``; never against one that stands.

    Only what a fresh answer implies is filled in: whoever clears an answer keeps it clear.
    """
    found = _of_kind(values, before)
    fresh = {name for name in values if _fresh(name, values, before)}
    offered = {
        **(_of_outcome(values, known) if "outcome" in fresh else {}),
        **_of_assessment(values, fresh),
        **(_of_decision(values, known) if "decision" in fresh and is_breach(values) else {}),
    }
    for name, answer in offered.items():
        if answer is not None and values.get(name) is None:
            found.setdefault(name, answer)
    return found


def _of_outcome(values: Values, known: KnownBeside) -> dict[str, Any]:
    found = {"triaged": _moment(values, known.now), "triaged_by": known.who or None}
    if values["outcome"] == "breach":
        said = implied_by(values.get("incident_type")).letter
        found |= {"triage_why": said or None, "training": known.training}
    return found


def _of_assessment(values: Values, fresh: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "data_kinds" in fresh:
        found["harms"] = harms_of(values["data_kinds"]) or None
    for name in {"data_kinds", "people_kinds"} & fresh:
        if not set(values[name]) <= _OPEN:
            found["living"] = "yes"
    for name in {"people", "records"} & fresh:
        found[f"{name}_certainty"] = "exact"
    happened = values.get("occurred") or values.get("aware")
    if "trained_on" in fresh and happened is not None:
        found["trained"] = rules.trained_before(None, values["trained_on"], happened)
    return found


def _of_decision(values: Values, known: KnownBeside) -> dict[str, Any]:
    """A decision that stood before gets no moment afterwards: it was not made then."""
    found = {"decided": _moment(values, known.now), "decided_by": known.who or None}
    if to_report(values):
        first = "no" if known.reported_before else "yes"
        found |= {"report_reason": "meets", "first_contact": first}
    if values["decision"] == "report_and_tell":
        found["telling"] = "telling"
    return found


def taken(proposal: Proposal) -> dict[str, Any]:
    """A proposal taken as the decision: with its reasons, and what it says of a high risk.

    "No high risk" only where nothing is missing that could change the proposal.
    """
    high = "yes" if proposal.level is Level.REPORT_AND_TELL else "no" if proposal.sure else None
    return {
        "decision": proposal.level.code,
        "decision_why": " ".join(_our_words(reason.text) for reason in proposal.reasons),
        "high_risk": high,
    }


def _our_words(said: str) -> str:
    """A reason that speaks to the user, as the school writes it down."""
    for theirs, ours in (("You ", "We "), ("you ", "we "), (" your ", " our ")):
        said = said.replace(theirs, ours)
    return said


def _fresh(name: str, values: Values, before: Values) -> bool:
    return values.get(name) not in {None, ()} and values.get(name) != before.get(name)


def _moment(values: Values, now: dt.datetime) -> dt.datetime:
    """Now, or the incident itself where that is said to be still to come."""
    begun: dt.datetime = values.get("occurred") or values.get("aware") or now
    return max(now.replace(microsecond=0), begun)


def _of_kind(values: Values, before: Values) -> dict[str, Any]:
    """What the kind of incident implies; what the kind before implied goes with it."""
    kind, was = values.get("incident_type"), before.get("incident_type")
    if kind == was:
        return {}
    new, old = _answers(implied_by(kind)), _answers(implied_by(was))
    found: dict[str, Any] = {}
    for name, answer in new.items():
        stands = values.get(name)
        free = stands is None or (was is not None and stands == old[name])
        if free and answer != stands:
            found[name] = answer
    return found


def _answers(implied: Implied) -> dict[str, Any]:
    return {
        "cyber": _said(implied.cyber),
        "equipment": _said(implied.equipment),
        "kinds": implied.policy or None,
        "cause": implied.cause or None,
        "encrypted": "none" if implied.on_paper else None,
    }


def _said(implied: bool | None) -> str | None:
    return None if implied is None else "yes" if implied else "no"
