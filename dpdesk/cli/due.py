"""``due``: the clock of a request, of a breach or of a record, without a workspace."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable, Mapping

from dpdesk.cli.answers import Answer
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import (
    AccessFacts,
    ClarificationDays,
    ClockResult,
    ClockState,
    InvalidFacts,
    breach_clock,
    complaint_clock,
    educational_record_clock,
    exam_marks_clock,
    rights_clock,
)
from dpdesk.law.request_kinds import RequestKind
from dpdesk.law.retention_periods import RetentionFacts, YearEnds, retention_clock, shipped_class
from dpdesk.law.sources import advice
from dpdesk.law.steps import Step
from dpdesk.law.words import LONDON, long_date, long_moment


def due(arguments: Namespace) -> Answer:
    """The due date with its steps. Raises InvalidFacts where the days contradict each other."""
    if arguments.kind == "breach":
        return _answer(breach_clock(arguments.aware))
    if arguments.kind == "retention":
        return _answer(_retention(arguments))
    calendar = WorkCalendar.build(
        added=dict.fromkeys(arguments.holidays, "Extra bank holiday"),
        terms=getattr(arguments, "terms", ()),
        closures=getattr(arguments, "closures", ()),
        inset_days=getattr(arguments, "inset_days", ()),
    )
    return _answer(_REQUESTS[arguments.kind](arguments, calendar), "The law gives no date")


def _rights(arguments: Namespace, calendar: WorkCalendar) -> ClockResult:
    """The month of a right. Raises InvalidFacts."""
    if arguments.identity is not None and arguments.identity < arguments.received:
        raise InvalidFacts(
            {
                "identity": "The proof of identity came before the request: so it delays "
                "nothing: leave --identity out (UK GDPR Art 12A(2)(b))."
            }
        )
    facts = AccessFacts(
        received=arguments.received,
        identity=arguments.identity,
        fee=arguments.fee,
        identity_needed=arguments.identity is not None,
        fee_needed=arguments.fee is not None,
        clarifications=tuple(ClarificationDays(*each) for each in arguments.questions),
        extended=arguments.extended,
    )
    return rights_clock(getattr(arguments, "right", RequestKind.ACCESS), facts, calendar)


_REQUESTS: Mapping[str, Callable[[Namespace, WorkCalendar], ClockResult]] = {
    "sar": _rights,
    "rights": _rights,
    "complaint": lambda said, calendar: complaint_clock(
        said.received, calendar, said.acknowledged, target_days=said.target
    ),
    "educational": lambda said, calendar: educational_record_clock(
        said.received, calendar, promised=not said.not_promised
    ),
    "exam": lambda said, calendar: exam_marks_clock(said.received, calendar, said.announced),
}
"""By what is asked for: the clock that runs."""


def _retention(arguments: Namespace) -> ClockResult:
    """The clock of a class as shipped. Raises NotFound, InvalidFacts."""
    of = shipped_class(arguments.code).record_class
    given = (arguments.trigger, arguments.later)
    days = {
        trigger: day for trigger, day in zip(of.triggers, given, strict=False) if day is not None
    }
    years = YearEnds(arguments.school_year_ends, arguments.financial_year_ends)
    return retention_clock(RetentionFacts(days), of, years)


def _standing(step: Step) -> str:
    """The source of a step; what is not confirmed says so wherever it is shown."""
    return " – ".join(filter(None, (step.source, advice(step.confidence))))


def _answer(result: ClockResult, dateless: str = "Never due automatically") -> Answer:
    steps = [(step.text, _standing(step), step.date) for step in result.steps]
    content = {
        "due": _iso(result.due),
        "paused_since": _iso(result.paused_since),
        "extension_notice_due": _iso(result.extension_notice_due),
        "steps": [
            {"text": text, "source": source, "date": _iso(day)} for text, source, day in steps
        ],
    }
    first = (
        f"Due {long_moment(result.due)}"
        if isinstance(result.due, dt.datetime)
        else f"Due {long_date(result.due)}"
        if result.due is not None
        else f"Paused since {long_date(result.paused_since)}"
        if result.paused_since is not None
        else dateless
        if result.state is ClockState.NOT_APPLICABLE
        else "Not started"
    )
    return Answer(
        content, "\n".join([first, *(f"  {text} ({source})" for text, source, _ in steps)])
    )


def _iso(day: dt.date | None) -> str | None:
    """A day, or a moment in the school's local time with its offset."""
    if isinstance(day, dt.datetime):
        return day.astimezone(LONDON).isoformat()
    return None if day is None else day.isoformat()
