"""``due``: the clock of a request or of a breach, without a workspace."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace

from dpdesk.cli.answers import Answer
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.clocks import AccessFacts, Clarification, ClockResult, breach_clock, sar_clock
from dpdesk.law.words import LONDON, long_date, long_moment


def due(arguments: Namespace) -> Answer:
    """The due date with its steps. Raises InvalidFacts where the days contradict each other."""
    if arguments.kind == "breach":
        return _answer(breach_clock(arguments.aware))
    result = sar_clock(
        AccessFacts(
            received=arguments.received,
            identity=arguments.identity,
            fee=arguments.fee,
            identity_needed=arguments.identity is not None,
            fee_needed=arguments.fee is not None,
            clarifications=tuple(Clarification(*each) for each in arguments.questions),
            extended=arguments.extended,
        ),
        WorkCalendar.build(added=dict.fromkeys(arguments.holidays, "Extra bank holiday")),
    )
    return _answer(result)


def _answer(result: ClockResult) -> Answer:
    content = {
        "due": _iso(result.due),
        "paused_since": _iso(result.paused_since),
        "extension_notice_due": _iso(result.extension_notice_due),
        "steps": [
            {"text": step.text, "source": step.source, "date": _iso(step.date)}
            for step in result.steps
        ],
    }
    first = (
        f"Due {long_moment(result.due)}"
        if isinstance(result.due, dt.datetime)
        else f"Due {long_date(result.due)}"
        if result.due is not None
        else f"Paused since {long_date(result.paused_since)}"
        if result.paused_since is not None
        else "Not started"
    )
    return Answer(
        content, "\n".join([first, *(f"  {step.text} ({step.source})" for step in result.steps)])
    )


def _iso(day: dt.date | None) -> str | None:
    """A day, or a moment in the school's local time with its offset."""
    if isinstance(day, dt.datetime):
        return day.astimezone(LONDON).isoformat()
    return None if day is None else day.isoformat()
