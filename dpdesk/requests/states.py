"""How the work on a request is ordered: its stages, states, sections and filters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import column, exists, table

from dpdesk.registers.fields import Chip, Section, Stage, State, Tone

_SEARCHED: Any = table("searches", column("parent_id"), column("archived_at")).c
"""The places searched for requests; named here by their table, which comes with the records."""

OPEN_STATES = ("identity", "clarify", "search", "review", "respond")

STATES = (
    State("identity", "Waiting for identity", "mdi6.card-account-details-outline", Tone.WARN),
    State("clarify", "Paused", "mdi6.chat-question-outline", Tone.WARN),
    State("search", "Search", "mdi6.magnify", Tone.INFO),
    State("review", "Review", "mdi6.file-search-outline", Tone.INFO),
    State("respond", "Respond", "mdi6.send-outline", Tone.INFO),
    State("closed", "Closed", "mdi6.check-circle-outline", Tone.OK, open=False),
)

SECTIONS = (
    Section("arrived", "What was asked", stage="logged"),
    Section(
        "people",
        "Who asks, and for whom",
        "The right is the child’s. In England no age is fixed; it depends on whether the "
        "child understands.",
        stage="logged",
    ),
    Section(
        "identity",
        "Proof of identity",
        "Ask only where you are in doubt. Note what you saw; keep no copy.",
        stage="identity",
    ),
    Section("fee", "Fee", "Access is free, with rare exceptions.", stage="identity"),
    Section(
        "extension",
        "More time",
        "Two further months, if the request is complex or one of many, and only if the "
        "requester is told, with reasons, before the first month ends.",
        stage="clarify",
    ),
    Section("answer", "The answer", stage="respond"),
    Section("close", "Closing", stage="closed"),
)

STAGES = (
    Stage("logged", "Logged", "The facts of the request, as it arrived."),
    Stage("identity", "Identity", "Is the requester who they say they are?"),
    Stage("clarify", "Clarify", "What exactly is asked for?"),
    Stage("search", "Search", "Where could it be, and what was found there?"),
    Stage("review", "Review", "Add the documents; mark what must not be given out."),
    Stage("respond", "Respond", "Build the bundle, write the letter, hand both over."),
    Stage("closed", "Closed", "Note how it ended."),
)


def _open_and_due(record: Any, today: str) -> Any:
    return record.state.in_(OPEN_STATES) & (record.due < today)


CHIPS = (
    Chip("open", "Open", lambda record, today: record.state.in_(OPEN_STATES)),
    Chip("overdue", "Overdue", _open_and_due),
    Chip(
        "waiting",
        "Waiting for the requester",
        lambda record, today: record.state.in_(("identity", "clarify")),
    ),
    Chip("closed", "Closed", lambda record, today: record.state == "closed"),
    Chip(
        "unassigned",
        "Nobody looks after",
        lambda record, today: record.state.in_(OPEN_STATES) & record.assigned_to.is_(None),
        standing=False,
    ),
    Chip(
        "no_outcome",
        "Without an outcome",
        lambda record, today: (record.state == "closed") & record.outcome.is_(None),
        standing=False,
    ),
    Chip(
        "not_searched",
        "Without searches",
        lambda record, today: (
            record.state.in_(("review", "respond"))
            & ~exists().where(_SEARCHED.parent_id == record.id, _SEARCHED.archived_at.is_(None))
        ),
        standing=False,
    ),
)
