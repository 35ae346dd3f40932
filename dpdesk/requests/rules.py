"""Pure decisions about requests: which facts the clock runs on, and where the work stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    ClockResult,
    ClockState,
    InvalidFacts,
    complaint_clock,
    educational_record_clock,
    exam_marks_clock,
    prompt_clock,
    rights_clock,
)
from dpdesk.law.request_kinds import ClockKind, RequestKind, RequestStage, kind_rules
from dpdesk.law.words import count, long_date
from dpdesk.registers.fields import Values
from dpdesk.requests.conditions import must_tell, rules_of
from dpdesk.requests.health import opinion_problems
from dpdesk.requests.readiness import ready_problems
from dpdesk.requests.records import Request
from dpdesk.requests.settings import SHIPPED, OwnTargets

FACT_FIELDS: Mapping[str, str] = {
    "received": "received",
    "identity": "identity_received",
    "fee": "fee_paid",
    "extended": "extended",
    "acknowledged": "acknowledged",
    "announced": "marks_announced",
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
    searched: bool = False
    """Is it recorded of every place listed what came of looking there?"""
    own: OwnTargets = SHIPPED
    left: int = 0
    """Places listed of which it is not recorded what came of looking there."""
    was_closed: bool = False
    was_ready: bool = False
    was_lifted: bool = False
    given_to: int = 0
    """Listed as those who were given the data."""
    untold: int = 0
    """Of these: still to be told (UK GDPR Art 19)."""
    taken_back: bool = True
    """Of a withdrawal of consent: is it recorded under Consents?"""


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
    own: OwnTargets = SHIPPED,
) -> ClockResult:
    """The due date of a request or complaint with its steps. Raises InvalidFacts."""
    rules, received = rules_of(values), values["received"]
    if rules.clock is ClockKind.RECORD:
        return educational_record_clock(received, calendar, promised=own.promised)
    if rules.clock is ClockKind.PROMPT:
        return prompt_clock(received, own.withdrawal_days, calendar)
    if rules.clock is ClockKind.COMPLAINT:
        promised = values.get("outcome_by")
        days = (promised - received).days if promised else own.outcome_days
        return complaint_clock(received, calendar, values.get("acknowledged"), target_days=days)
    result = rights_clock(rules.kind, facts(values, clarifications), calendar)
    marks = marks_day(values, calendar)
    return result if marks is None else _with_marks(result, marks)


def marks_day(values: Mapping[str, Any], calendar: WorkCalendar) -> ClockResult | None:
    """The clock of exam marks that were asked for before they were out (DPA 2018 Sch 2 para 25).

    None where none were asked for, or where they were out already. Raises InvalidFacts.
    """
    asked = values.get("marks_asked") == "yes" and rules_of(values).kind is RequestKind.ACCESS
    if not asked or values.get("received") is None:
        return None
    found = exam_marks_clock(values["received"], calendar, values.get("marks_announced"))
    return found if found.due is not None else None


def _with_marks(result: ClockResult, marks: ClockResult) -> ClockResult:
    """The month of the request, with the later date of the marks among its steps."""
    before, last = result.steps[:-1], result.steps[-1:]
    return replace(result, steps=(*before, *marks.steps, *last))


def problems(values: Values, around: Around) -> dict[str, str]:
    """Dates that contradict each other, and closing before the beginning."""
    found: dict[str, str] = {}
    try:
        clock(values, around.questions, around.calendar, around.own)
    except InvalidFacts as error:
        for fact, sentence in error.problems.items():
            found[FACT_FIELDS.get(fact, "received")] = sentence
    received = values["received"]
    for name in _AFTER:
        day = values.get(name)
        if day is not None and day < received and name not in found:
            label = Request.register.field(name).label
            found[name] = f"“{label}” would be before the day the request was received."
    found |= _order_problems(values, around)
    if not around.was_ready:
        found |= ready_problems(values)
    found |= _flag_problems(values, around)
    found |= opinion_problems(values)
    if sentence := _leaves_untold(values, around):
        found["told_none"] = sentence
    if _leaves_places(values, around):
        found["unsearched_why"] = (
            f"{count(around.left, 'place')} still listed without a result. Record what was found "
            "there, or say why they were not searched (UK GDPR Art 15(1A))."
        )
    if _leaves_consent(values, around):
        found["unrecorded_why"] = (
            "Nothing is recorded as withdrawn or refused for this pupil under Consents, so "
            "pictures could be used again once this is closed. Record it there first, or say "
            "why not (UK GDPR Art 7(3))."
        )
    return found


def _order_problems(values: Values, around: Around) -> dict[str, str]:
    """Days that cannot come in this order: proof before its question, closing before the rest."""
    found: dict[str, str] = {}
    asked, arrived = values.get("identity_asked"), values.get("identity_received")
    doubted = values.get("identity_needed") == "yes"
    if doubted and asked is not None and arrived is not None and arrived < asked:
        found["identity_received"] = (
            "The proof would have arrived before it was asked for. If they sent it unasked, answer "
            "“No” above; the month then runs from the day the request was received (UK GDPR "
            "Art 12A(2))."
        )
    closed = values.get("closed")
    if closed is None or around.was_closed:
        return found
    for name in _BEFORE_CLOSING:
        day = values.get(name)
        field = Request.register.field(name)
        if day is not None and day > closed and field.applies(values):
            found["closed"] = f"That is before “{field.label}”, {long_date(day)}."
    return found


def untold(listed: int, waiting: int) -> str:
    """Who is still to be told what happened to the data, in a sentence; empty where nobody is."""
    if not listed:
        return (
            "It is not recorded who had been given the data: add them under “Who else was told”, "
            "or say that nobody had (UK GDPR Art 19)."
        )
    if not waiting:
        return ""
    who = "1 recipient is" if waiting == 1 else f"{waiting} recipients are"
    return (
        f"{who} still to be told what happened to the data (UK GDPR Art 19): tell them, or say "
        "why not."
    )


def _leaves_untold(values: Values, around: Around) -> str:
    """Why it cannot be closed yet: others must be told first."""
    closing = values.get("closed") is not None and not around.was_closed
    if not closing or values.get("told_none") or not must_tell(values):
        return ""
    return untold(around.given_to, around.untold)


def _flag_problems(values: Values, around: Around) -> dict[str, str]:
    """What is wrong with how a flag was put on or lifted."""
    begun, ended = values.get("flag_from"), values.get("flag_until")
    if ended is None:
        return {}
    if begun is not None and ended < begun:
        return {"flag_until": "That is before the day from which it was not to be used."}
    if not around.was_lifted and not values.get("lifted_why"):
        return {
            "lifted_why": "Say why it is lifted: from then on the data may be used and disposed of "
            "again (UK GDPR Art 18(2)–(3) and 21(1))."
        }
    return {}


def _leaves_places(values: Values, around: Around) -> bool:
    """Is it being closed with an answer although places are left?"""
    closing = values.get("closed") is not None and not around.was_closed
    answered = values.get("outcome") not in {None, *_UNANSWERED}
    return bool(closing and answered and around.left and not values.get("unsearched_why"))


def _leaves_consent(values: Values, around: Around) -> bool:
    """Is a withdrawal of consent being closed although nothing of it is on record?"""
    closing = values.get("closed") is not None and not around.was_closed
    heeded = values.get("outcome") not in _UNANSWERED
    return closing and heeded and not around.taken_back and not values.get("unrecorded_why")


_UNANSWERED: Final = frozenset({"refused", "withdrawn", "lapsed", "passed_on"})
"""Outcomes by which nothing was answered."""


_AFTER: Final = (
    "identity_asked",
    "identity_received",
    "ready_on",
    "decided_on",
    "done_on",
    "flag_from",
    "lifting_told",
    "outcome_by",
    "outcome_told",
    "closed",
)
"""Days that cannot come before the request."""

_BEFORE_CLOSING: Final = (
    "acknowledged",
    "identity_received",
    "decided_on",
    "done_on",
    "ready_on",
    "outcome_told",
)
"""Days that cannot come after a request was closed; a flag may be lifted later."""


def filled(values: Values, before: Values) -> Values:
    """The answers with what follows from them: the kind, and the outcome that was decided.

    An outcome that follows from a decision moves with it, until somebody chose another.
    """
    found = {**values, "kind": values.get("kind") or RequestKind.ACCESS.value}
    if "known" in (found.get("identity_documents") or ()):
        # Whoever is known to the school was not asked for proof; the stage is done by that.
        found["identity_needed"] = found.get("identity_needed") or "no"
    decided = rules_of(found).decided
    implied = decided.get(found.get("decision") or "")
    was = decided.get(before.get("decision") or "")
    if implied is not None and found.get("outcome") in {None, was}:
        found["outcome"] = implied
    return found


def state(values: Mapping[str, Any], result: ClockResult, around: Around) -> str:
    """Where the work on a request stands: at the stage after the last one that was done."""
    if values.get("disposed_on") is not None:
        return "disposed"
    if values.get("closed") is not None:
        return "closed"
    if result.state is ClockState.NOT_STARTED:
        return "identity"
    if result.state is ClockState.PAUSED:
        return "clarify"
    stages = rules_of(values).stages
    passed = {
        RequestStage.LOGGED: True,
        # The clock runs, so that nothing is waited for.
        RequestStage.IDENTITY: True,
        RequestStage.CLARIFY: True,
        RequestStage.ACKNOWLEDGE: _told(values, "acknowledged") or _told(values, "outcome_told"),
        RequestStage.ENQUIRE: _told(values, "outcome"),
        RequestStage.SEARCH: around.documents > 0 or (around.searched and _decides(stages)),
        RequestStage.REVIEW: around.released,
        RequestStage.DECIDE: _told(values, "decision"),
        RequestStage.ACT: _told(values, "done_on"),
    }
    last = max(place for place, stage in enumerate(stages) if passed.get(stage))
    following = stages[last + 1]
    if following is RequestStage.ACT and values.get("decision") == "no":
        following = RequestStage.RESPOND
    return following.value


def holds_records(kind: str | None, decision: str | None) -> bool:
    """Does an open request of a kind keep records about the person from disposal?"""
    rules = kind_rules(kind)
    return rules.holds and not (rules.kind is RequestKind.ERASURE and decision in {"yes", "part"})


def _told(values: Mapping[str, Any], name: str) -> bool:
    return values.get(name) is not None


def _decides(stages: tuple[RequestStage, ...]) -> bool:
    """Is something done after the search other than to go through documents?"""
    return RequestStage.REVIEW not in stages


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
        "acknowledge": _told(values, "acknowledged"),
        "enquire": _told(values, "outcome"),
        "decide": _told(values, "decision"),
        "act": _told(values, "done_on") or values.get("decision") == "no",
        "identity": needed == "no" or values.get("identity_received") is not None,
        "clarify": bool(asked) and None not in asked,
        "search": bool(looked) and None not in looked,
        "review": reviewed,
        "respond": handed_over or _told(values, "outcome_told"),
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
