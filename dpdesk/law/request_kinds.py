"""The kinds of request: one table of what is special to each, from ``resources/law/``.

Whatever asks "is this a complaint?" asks here for what follows from it: which clock runs, which
stages the work goes through, on what grounds it may be refused, how it may end. A kind that is
added, or a stage that is explained otherwise, is a change of that table and of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from dpdesk import resources
from dpdesk.law.pick_lists import Choice, choices

_FILE: Final = "request_kinds"


class RequestKind(StrEnum):
    """What is asked for. The value is what is stored."""

    ACCESS = "access"
    EDUCATIONAL_RECORD = "educational_record"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    AUTOMATED = "automated"
    WITHDRAWAL = "withdrawal"
    TRANSFER_COPY = "transfer_copy"
    COMPLAINT = "complaint"


class RequestStage(StrEnum):
    """The steps of the work on requests of all kinds, in the order in which they may come."""

    LOGGED = "logged"
    IDENTITY = "identity"
    CLARIFY = "clarify"
    ACKNOWLEDGE = "acknowledge"
    ENQUIRE = "enquire"
    SEARCH = "search"
    REVIEW = "review"
    DECIDE = "decide"
    ACT = "act"
    RESPOND = "respond"
    CLOSED = "closed"


class ClockKind(StrEnum):
    """Which clock runs for a kind of request."""

    MONTH = "month"
    """One month from receipt, identity and fee (UK GDPR Art 12A)."""
    RECORD = "record"
    """15 school days or one month: the school's own promise (policy 13.3.6)."""
    COMPLAINT = "complaint"
    """30 days to acknowledge (DPA 2018 s.164A(3))."""
    PROMPT = "prompt"
    """No period in the law: the school's own target."""


@dataclass(frozen=True, slots=True)
class KindRules:
    """What is special to one kind of request."""

    kind: RequestKind
    choice: Choice
    """How it is offered: label, explanation, source."""
    prefix: str
    """How its references begin."""
    noun: str
    """In the middle of a sentence: "request for correction"."""
    duty: str
    """What must be done, before the name of the data subject."""
    then: str
    """What must be done once that is done, where there is something."""
    clock: ClockKind
    pauses: bool
    """Does a question to the requester stop the clock (UK GDPR Art 12A(5))?"""
    extends: bool
    """May it take two further months (UK GDPR Art 12A(3))?"""
    child: bool
    """Does the right belong to the child, so that the child's understanding counts?"""
    told: bool
    """Must those who were given the data be told (UK GDPR Art 19)?"""
    holds: bool
    """Are records about the person kept from disposal while it is open?"""
    stages: tuple[RequestStage, ...]
    help: Mapping[RequestStage, str]
    """What is done in a stage, where it is not the usual."""
    places: Mapping[str, RequestStage]
    """Sections of the page that this kind asks in another stage than usual."""
    decided: Mapping[str, str]
    """The outcome that follows from a decision."""
    outcomes: tuple[str, ...]
    """Codes of the ways in which it may end, in the order on screen."""
    grounds: tuple[str, ...]
    """Codes of the grounds on which it may be refused."""


def kind_rules(kind: str | None) -> KindRules:
    """What is special to a kind; requests from before there were kinds are for access."""
    return every_kind()[RequestKind(kind or RequestKind.ACCESS)]


@cache
def every_kind() -> Mapping[RequestKind, KindRules]:
    """All kinds in the order on screen."""
    offered = {each.code: each for each in choices("kinds", _FILE)}
    rows = resources.kept("law", f"{_FILE}.toml")["kinds"]
    found = (
        KindRules(
            kind=RequestKind(row["code"]),
            choice=offered[row["code"]],
            prefix=row["prefix"],
            noun=row["noun"],
            duty=row["duty"],
            then=row.get("then", ""),
            clock=ClockKind(row["clock"]),
            pauses=row["pauses"],
            extends=row["extends"],
            child=row["child"],
            told=row["told"],
            holds=row["holds"],
            stages=tuple(RequestStage(key) for key in row["stages"]),
            help={RequestStage(key): text for key, text in row.get("help", {}).items()},
            places={key: RequestStage(of) for key, of in row.get("places", {}).items()},
            decided=row.get("decided", {}),
            outcomes=tuple(row["outcomes"]),
            grounds=tuple(row["grounds"]),
        )
        for row in rows
    )
    return MappingProxyType({each.kind: each for each in found})


def kind_choices() -> tuple[Choice, ...]:
    """The kinds as they are offered when a request is logged."""
    return choices("kinds", _FILE)
