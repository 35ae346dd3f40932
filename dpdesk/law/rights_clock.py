"""The month of every right that UK GDPR Art 12A covers, and the targets a school sets itself.

The month runs for all rights alike; two things do not:

*   **A question stops the clock for access only.** Art 12A(5) speaks of a request under Art 15. For
    any other right the month runs on while the school waits for an answer.
*   **Two further months** are for the rights of Arts 15 to 22D (Art 12A(3)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from dpdesk.law.access_clock import AccessFacts, ClarificationDays, sar_clock
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.law.sources import period, source
from dpdesk.law.steps import ClockResult, ClockState, Step, add_months, step
from dpdesk.law.words import count, listed, long_date

_INSTEAD: Final = {
    source(of_access).text: of_rights
    for of_access, of_rights in (
        ("access_start", "rights_start"),
        ("access_identity", "rights_identity"),
        ("access_month", "rights_month"),
        ("access_extension", "rights_extension"),
        ("access_due", "rights_due"),
    )
}
"""Guidance and policy on access, and what the same step rests on for any other right."""


def rights_clock(
    kind: RequestKind | str, facts: AccessFacts, calendar: WorkCalendar
) -> ClockResult:
    """When a request for one of the rights must be answered, with the steps that lead there.

    As :func:`sar_clock` for access. For other kinds a question does not stop the clock, and where
    the kind has no extension a notice of one changes nothing; the steps say both. InvalidFacts
    where dates contradict each other. Source: UK GDPR Arts 12(3) and 12A.
    """
    rules = kind_rules(kind)
    if rules.kind is RequestKind.ACCESS:
        return sar_clock(facts, calendar)
    ignored = replace(
        facts,
        clarifications=facts.clarifications if rules.pauses else (),
        extended=facts.extended if rules.extends else None,
    )
    found = sar_clock(ignored, calendar)
    if not rules.pauses and facts.clarifications:
        # What contradicts itself is refused here as well, although it moves nothing.
        sar_clock(replace(ignored, clarifications=facts.clarifications), calendar)
    steps = [_resting_on(each) for each in found.steps]
    if not rules.extends:
        steps = [each for each in steps if each.source != source("rights_extension").text]
    if facts.clarifications and not rules.pauses:
        steps.insert(max(0, len(steps) - 1), _running_on(facts.clarifications))
    notice = found.extension_notice_due if rules.extends else None
    return replace(found, steps=tuple(steps), extension_notice_due=notice)


def prompt_clock(received: dt.date, days: int, calendar: WorkCalendar) -> ClockResult:
    """When the school means to have done what the law wants without naming a period.

    ``days`` working days after receipt: the school's own target, for consent that is withdrawn.
    Source: UK GDPR Art 7(3).
    """
    due = received
    for _ in range(days):
        due = calendar.roll_forward(due + dt.timedelta(days=1))
    due = calendar.roll_forward(due)
    return ClockResult(
        due=due,
        steps=(
            step(f"Consent was withdrawn on {long_date(received)}.", "consent_withdrawn", received),
            step(
                "The law names no number of days: the use stops as soon as it can. Your school’s "
                f"own target is {count(days, 'working day')}, which can be changed in Settings.",
                "consent_target",
            ),
            step(f"Stop the use by the end of {long_date(due)}.", "consent_target", due),
        ),
        start=received,
    )


def own_target(result: ClockResult, days: int, calendar: WorkCalendar) -> dt.date | None:
    """The day by which the school means to be done, ``days`` after the start of a month.

    Pauses and an extension move it as they move the due date. Never later than the due date, and
    None while there is none. Source: ICO: 28 days, if a fixed number is wanted.
    """
    if result.due is None or result.start is None or result.state is not ClockState.RUNNING:
        return None
    month = (add_months(result.start, period("access_months")) - result.start).days
    early = max(0, month - days)
    # Counted from where the period ends, not from the working day to which that may have moved.
    return calendar.roll_back((result.ends or result.due) - dt.timedelta(days=early))


def half_time(result: ClockResult) -> dt.date | None:
    """The day in the middle of a running clock, for a nudge; None where there is no such day."""
    due, start = result.due, result.start
    if due is None or start is None or isinstance(due, dt.datetime) or due <= start:
        return None
    return start + (due - start) / 2


def _resting_on(one: Step) -> Step:
    """The same step with what it rests on for a right other than access."""
    key = _INSTEAD.get(one.source)
    if key is None:
        return one
    found = source(key)
    return replace(one, source=found.text, confidence=found.confidence)


def _running_on(questions: tuple[ClarificationDays, ...]) -> Step:
    asked = listed([long_date(day) for day in sorted({each.asked for each in questions})])
    many = len(questions) > 1
    text = (
        f"{'Questions were' if many else 'A question was'} asked on {asked}. That does not stop "
        "the clock: only for access to data does the law let it."
    )
    return step(text, "rights_no_pause")
