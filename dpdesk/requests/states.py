"""How the work on a request is ordered: its stages, states, sections and filters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import column, exists, func, table

from dpdesk.law.request_kinds import RequestKind, RequestStage, kind_rules
from dpdesk.registers.fields import Chip, Section, Stage, State, Tone

_SEARCHED: Any = table("searches", column("parent_id"), column("archived_at"), column("found")).c
"""The places searched for requests; named here by their table, which comes with the records."""

_GIVEN: Any = table("handovers", column("parent_id"), column("archived_at")).c
_ENQUIRED: Any = table("request_enquiries", column("parent_id"), column("archived_at")).c
"""The enquiries into complaints, in the same way."""

STATES = (
    State("identity", "Waiting for proof or fee", "mdi6.card-account-details-outline", Tone.WARN),
    State("clarify", "Paused", "mdi6.chat-question-outline", Tone.WARN),
    State("acknowledge", "Acknowledge", "mdi6.email-fast-outline", Tone.WARN),
    State("enquire", "Enquire", "mdi6.account-question-outline", Tone.INFO),
    State("search", "Search", "mdi6.magnify", Tone.INFO),
    State("review", "Review", "mdi6.file-search-outline", Tone.INFO),
    State("decide", "Decide", "mdi6.scale-balance", Tone.INFO),
    State("act", "Carry out", "mdi6.progress-check", Tone.INFO),
    State("respond", "Respond", "mdi6.send-outline", Tone.INFO),
    State("closed", "Closed", "mdi6.check-circle-outline", Tone.OK, open=False),
    State("disposed", "Papers destroyed", "mdi6.shredder", Tone.QUIET, open=False),
)

OPEN_STATES = tuple(state.key for state in STATES if state.open)

SECTIONS = (
    Section("arrived", "What was asked", stage="logged"),
    Section(
        "people",
        "Who is asking, and for whom",
        "The right belongs to the child. England sets no fixed age; it depends on whether the "
        "child understands.",
        stage="logged",
    ),
    Section(
        "identity",
        "Proof of identity",
        "Ask only if you are in doubt. Record what you saw; do not keep a copy.",
        stage="identity",
    ),
    Section("fee", "Fee", "There is no charge, with rare exceptions.", stage="identity"),
    Section(
        "extension",
        "More time",
        "You can take two further months if the request is complex or one of many, but only if "
        "you tell the requester, with reasons, before the first month ends.",
        stage="clarify",
    ),
    Section(
        "acknowledgement",
        "The complaint",
        "It must be acknowledged within 30 days, and looked into from the day it arrived.",
        stage="acknowledge",
    ),
    Section("decision", "The decision", stage="decide"),
    Section("doing", "What was done", stage="act"),
    Section(
        "health",
        "Data about health",
        "A school may give it only if a health professional says that it does no serious harm.",
        stage="review",
    ),
    Section(
        "advice",
        "Advice",
        "Where you are in doubt, ask before anything is given.",
        stage="review",
    ),
    Section(
        "ready",
        "Ready to be given?",
        "Only once you know who is asking, and that they are entitled to it.",
        stage="respond",
    ),
    Section("answer", "The answer", stage="respond"),
    Section("outcome", "How it is answered", stage="respond"),
    Section("remedy", "After the enquiries", stage="respond"),
    Section("close", "Closing", stage="closed"),
)

STAGES = (
    Stage("logged", "Logged", "The facts of the request as it arrived."),
    Stage("identity", "Identity", "Is the requester who they say they are?"),
    Stage("clarify", "Clarify", "What exactly are they asking for?"),
    Stage("acknowledge", "Acknowledge", "Say that it has arrived, and what happens next."),
    Stage("enquire", "Enquire", "Find out what happened, and keep them informed of progress."),
    Stage("search", "Search", "Where could it be, and what was found there?"),
    Stage("review", "Review", "Add the documents; mark what must not be given out."),
    Stage("decide", "Decide", "Is it to be done, in part or not, and why?"),
    Stage("act", "Carry out", "Do it, everywhere."),
    Stage("respond", "Respond", "Build the bundle, write the letter, hand both over."),
    Stage("closed", "Closed", "Record how it ended."),
)


def stages_of(kind: str | None) -> tuple[Stage, ...]:
    """The stages that a kind of request goes through, each explained in the words of that kind.

    They are called the same in every kind, as the states in lists are: one word for one thing.
    """
    rules, usual = kind_rules(kind), {stage.key: stage for stage in STAGES}
    return tuple(
        Stage(
            key.value,
            usual[key].title,
            rules.help.get(key, usual[key].help),
        )
        for key in rules.stages
    )


def places_of(kind: str | None) -> dict[str, str]:
    """In which stage each section is asked for a kind of request."""
    rules = kind_rules(kind)
    own = {key: stage.value for key, stage in rules.places.items()}
    found = {section.key: own.get(section.key, section.stage) for section in SECTIONS}
    # What belongs to a stage that this kind does not have is asked with how it arrived.
    passed = {RequestStage(stage) for stage in set(found.values())} - set(rules.stages)
    return {key: "logged" if stage in passed else stage for key, stage in found.items()}


PROMPT_DAYS = 5
"""Days after which a question for proof of identity looks like delay: our own number, as the ICO
says only that it is asked for promptly."""


def _asked_late(record: Any, today: str) -> Any:
    """Waiting for proof of identity that was asked for late, or not asked for yet."""
    asked = func.coalesce(func.julianday(record.identity_asked), func.julianday(today))
    late = asked - func.julianday(record.received) > PROMPT_DAYS
    return (record.state == "identity") & (record.identity_needed == "yes") & late


def _open_and_due(record: Any, today: str) -> Any:
    return record.state.in_(OPEN_STATES) & (record.due < today)


def _not_enquired(record: Any, today: str) -> Any:
    """A complaint that is looked into, or ended, without an enquiry that anybody noted."""
    none = ~exists().where(_ENQUIRED.parent_id == record.id, _ENQUIRED.archived_at.is_(None))
    return (
        (record.kind == RequestKind.COMPLAINT.value)
        & record.state.in_(("enquire", "respond"))
        & none
    )


def _flagged(record: Any, today: str) -> Any:
    kinds = (RequestKind.RESTRICTION.value, RequestKind.OBJECTION.value)
    return record.kind.in_(kinds) & record.flag_from.is_not(None) & record.flag_until.is_(None)


def _not_handed_over(record: Any, today: str) -> Any:
    """Closed as given, and nowhere is it noted what was handed over, when and how."""
    asked = (
        RequestKind.ACCESS.value,
        RequestKind.EDUCATIONAL_RECORD.value,
        RequestKind.PORTABILITY.value,
    )
    return (
        (record.state == "closed")
        & record.kind.in_(asked)
        & record.outcome.in_(("given", "given_in_part"))
        & ~exists().where(_GIVEN.parent_id == record.id, _GIVEN.archived_at.is_(None))
    )


def _lifted_untold(record: Any, today: str) -> Any:
    """A restriction that was lifted without word to the person (UK GDPR Art 18(3))."""
    return (
        (record.kind == RequestKind.RESTRICTION.value)
        & record.flag_until.is_not(None)
        & record.lifting_told.is_(None)
    )


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
        "disposed",
        "Papers destroyed",
        lambda record, today: record.state == "disposed",
        standing=False,
    ),
    Chip(
        "complaints",
        "Complaints",
        lambda record, today: record.kind == RequestKind.COMPLAINT.value,
        standing=False,
    ),
    Chip(
        "other_rights",
        "Other rights",
        lambda record, today: record.kind.not_in(
            (RequestKind.ACCESS.value, RequestKind.COMPLAINT.value)
        ),
        standing=False,
    ),
    Chip(
        "unassigned",
        "Unassigned",
        lambda record, today: record.state.in_(OPEN_STATES) & record.assigned_to.is_(None),
        standing=False,
    ),
    Chip(
        "no_outcome",
        "No outcome",
        lambda record, today: (record.state == "closed") & record.outcome.is_(None),
        standing=False,
    ),
    Chip("not_handed_over", "No handover recorded", _not_handed_over, standing=False),
    Chip("flagged", "Not to be used", _flagged, standing=False),
    Chip("lifted_untold", "Lifted, not told", _lifted_untold, standing=False),
    Chip("not_enquired", "No enquiries recorded", _not_enquired, standing=False),
    Chip("identity_late", "Identity asked for late", _asked_late, standing=False),
    Chip(
        "not_searched",
        "No searches listed",
        lambda record, today: (
            record.state.in_(("review", "respond"))
            & ~exists().where(_SEARCHED.parent_id == record.id, _SEARCHED.archived_at.is_(None))
        ),
        standing=False,
    ),
    Chip(
        "to_search",
        "Places not searched",
        lambda record, today: (
            record.state.in_(("review", "respond"))
            & exists().where(
                _SEARCHED.parent_id == record.id,
                _SEARCHED.archived_at.is_(None),
                _SEARCHED.found.is_(None),
            )
        ),
        standing=False,
    ),
)
