"""Every clock of the desk: pure functions from stored facts to a due date that explains itself.

``sar_clock`` counts subject access requests (its reading of the law is told in
:mod:`dpdesk.law.access_clock`), ``rights_clock`` the other rights; the others are here. No
function looks at today's date: whether something is overdue is for the screen to say.
"""

from __future__ import annotations

import datetime as dt

from dpdesk.law.access_clock import AccessFacts, ClarificationDays, sar_clock
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.rights_clock import half_time, own_target, prompt_clock, rights_clock
from dpdesk.law.sources import period
from dpdesk.law.steps import (
    ClockResult,
    ClockState,
    InvalidFacts,
    Step,
    add_months,
    implausible,
    roll_steps,
    step,
)
from dpdesk.law.words import LONDON, count, long_date, long_moment, number_word

__all__ = [
    "AccessFacts",
    "ClarificationDays",
    "ClockResult",
    "ClockState",
    "InvalidFacts",
    "Step",
    "add_months",
    "breach_clock",
    "complaint_clock",
    "educational_record_clock",
    "exam_marks_clock",
    "half_time",
    "own_target",
    "prompt_clock",
    "rights_clock",
    "sar_clock",
]


def breach_clock(aware: dt.datetime, reported: dt.datetime | None = None) -> ClockResult:
    """When a reportable breach must be with the regulator: 72 hours after becoming aware of it.

    ``aware`` and ``reported`` are moments with a time zone; ``due`` comes back in UTC, exactly 72
    hours of elapsed time later, through nights, weekends, holidays and changes of the clock. A
    report after it adds a step asking for the reasons. InvalidFacts where a moment has no time
    zone or a year that cannot be meant. Source: UK GDPR Art 33(1).
    """
    hours = period("breach_hours")
    aware = _utc("aware", aware)
    _check_year("aware", aware.date())
    due = aware + dt.timedelta(hours=hours)
    steps = [
        step(f"The school became aware on {long_moment(aware)}.", "breach_aware", aware),
        step(
            f"The ICO must be told within {hours} hours if people may be at risk. Nights, "
            "weekends and holidays count.",
            "breach_hours",
        ),
    ]
    forward = _offset(due) - _offset(aware)
    if forward:
        turned = "forward" if forward > dt.timedelta(0) else "back"
        text = (
            f"The clocks go {turned} in between, so the time of day differs by "
            f"{count(abs(forward) // dt.timedelta(hours=1), 'hour')}."
        )
        steps.append(step(text, "breach_clock_change"))
    if reported is not None and _utc("reported", reported) > due:
        text = (
            f"The report of {long_moment(reported)} came after the {hours} hours: record the "
            "reasons for the delay and give them with it."
        )
        steps.append(step(text, "breach_late", _utc("reported", reported)))
    steps.append(step(f"A report is due by {long_moment(due)}.", "breach_due", due))
    return ClockResult(due=due, steps=tuple(steps), start=aware)


def complaint_clock(
    received: dt.date,
    calendar: WorkCalendar,
    acknowledged: dt.date | None = None,
    *,
    target_days: int | None = None,
) -> ClockResult:
    """When a data protection complaint must be acknowledged: within 30 days.

    The Act says "beginning when received", which makes the day of receipt day one; the ICO begins
    a day later and moves an end on a weekend on. The earlier of the two is ``due``, on a working
    day, and the steps show both. Once it was ``acknowledged`` only the outcome is left, without
    undue delay: ``due`` is then the school's own target of ``target_days`` days from receipt, if
    it has one. InvalidFacts for dates out of order. Source: DPA 2018 s.164A(3)–(4), in force 19
    June 2026.
    """
    _check_year("received", received)
    if acknowledged is not None and acknowledged < received:
        raise InvalidFacts(
            {"acknowledged": "The complaint cannot be acknowledged before it was received."}
        )
    days = period("complaint_days")
    first, second = (received + dt.timedelta(days=days - 1), received + dt.timedelta(days=days))
    safe = calendar.roll_back(first)
    later, rolled = roll_steps(second, calendar, "complaint_roll")
    steps = [
        step(
            f"The complaint was received on {long_date(received)}. Looking into it starts that "
            "day, without undue delay.",
            "complaint_received",
            received,
        ),
        step(
            f"{days} days, the day of receipt being the first, end on {long_date(first)}"
            + ("." if safe == first else f"; the last working day by then is {long_date(safe)}."),
            "complaint_first_reading",
            safe,
        ),
        step(
            f"{days} days, counted from the day after, end on {long_date(second)}.",
            "complaint_days",
            second,
        ),
        *rolled,
    ]
    if acknowledged is not None:
        return _complaint_outcome(received, acknowledged, later, steps, calendar, target_days)
    steps.append(
        step(
            f"The earlier of the two counts: acknowledge it by the end of {long_date(safe)}, "
            "unless the outcome goes out before.",
            "complaint_earlier",
            safe,
        )
    )
    return ClockResult(due=safe, steps=tuple(steps), start=received)


def _complaint_outcome(
    received: dt.date,
    acknowledged: dt.date,
    last: dt.date,
    steps: list[Step],
    calendar: WorkCalendar,
    target_days: int | None,
) -> ClockResult:
    """The clock of a complaint that was acknowledged: the outcome is left."""
    in_time = acknowledged <= last
    text = f"It was acknowledged on {long_date(acknowledged)}, "
    text += "in time." if in_time else f"late: the last day was {long_date(last)}. Record why."
    steps = [*steps, step(text, "complaint_received", acknowledged)]
    text = "What is left is the outcome, without undue delay; the Act names no number of days."
    steps.append(step(text, "complaint_outcome"))
    if target_days is None:
        return ClockResult(
            due=None, steps=tuple(steps), state=ClockState.NOT_APPLICABLE, start=received
        )
    due = max(calendar.roll_back(received + dt.timedelta(days=target_days)), acknowledged)
    text = (
        f"Your school’s own target is {count(target_days, 'day')} from receipt: tell them the "
        f"outcome, or what progress you have made, by {long_date(due)}."
    )
    steps.append(step(text, "complaint_own", due))
    return ClockResult(due=due, steps=tuple(steps), start=received)


def educational_record_clock(
    received: dt.date, calendar: WorkCalendar, *, promised: bool = True
) -> ClockResult:
    """When the educational record is promised to a parent: 15 school days or one month.

    Whichever is shorter (policy 13.3.6). The first school day after receipt is day one. Where
    term dates are missing, working days count as school days, which can only make the date
    earlier, and a step asks for the terms. For an independent school this is a promise of its
    policy, not a duty of the 2005 Regulations: where the school does not promise it (``promised``
    False), the month counts in which a parent's request for access would be answered.
    """
    _check_year("received", received)
    days, months = period("educational_record_school_days"), period("educational_record_months")
    month_end = add_months(received, months)
    by_month, rolled = roll_steps(month_end, calendar, "roll_forward")
    arrived = f"The request for the educational record was received on {long_date(received)}."
    law = step(
        "The law: no period binds an independent school. As a request for access by a parent for "
        f"the child it would be due by {long_date(by_month)}.",
        "record_law",
        by_month,
    )
    if not promised:
        text = (
            "Your policy’s promise of 15 school days is switched off, so the month of a request "
            f"for access counts: answer by the end of {long_date(by_month)}."
        )
        steps = [step(arrived, "record_received", received), *rolled, law]
        steps.append(step(text, "record_law", by_month))
        return ClockResult(due=by_month, steps=tuple(steps), start=received)
    by_school = calendar.add_school_days(received, days)
    due = min(by_school.day, by_month)
    text = f"Your policy: {days} school days after that end on {long_date(by_school.day)}."
    if by_school.assumed:
        text += (
            " The dates of some terms are missing; every working day was counted there, so the "
            "true date may be later. Enter the terms in Settings."
        )
    month = f"Your policy: one calendar month ends on {long_date(month_end)}."
    steps = [
        step(arrived, "record_received", received),
        step(text, "record_school_days", by_school.day),
        step(month, "record_month", month_end),
        *rolled,
        law,
        step(
            f"Your policy promises the shorter: the record is due by the end of {long_date(due)}.",
            "record_month",
            due,
        ),
    ]
    return ClockResult(due=due, steps=tuple(steps), start=received)


def exam_marks_clock(
    received: dt.date, calendar: WorkCalendar, announced: dt.date | None = None
) -> ClockResult:
    """When exam marks must be given to someone who asked before the results were announced.

    The earlier of five months from the request and 40 days from the announcement; this second
    clock covers the marks only, the rest of the request keeps its month. ``announced`` is the day
    on which the results were first published or told to the candidate, None while they are not.
    State "not applicable" if they were out when the request came. The ``target`` takes the day
    of the announcement as the first of the 40. Source: DPA 2018 Sch 2 para 25(2)–(5).
    """
    _check_year("received", received)
    if announced is not None:
        _check_year("announced", announced)
    months, days = period("exam_marks_months"), period("exam_marks_days")
    steps = [
        step(f"The marks were asked for on {long_date(received)}.", "marks_question", received)
    ]
    if announced is not None and announced <= received:
        text = (
            f"The results were announced on {long_date(announced)}, so there is no later date for "
            "the marks: the ordinary clock of the request applies."
        )
        steps.append(step(text, "marks_question", announced))
        return ClockResult(due=None, steps=tuple(steps), state=ClockState.NOT_APPLICABLE)
    end = add_months(received, months)
    text = f"{number_word(months).capitalize()} months from then end on {long_date(end)}."
    steps.append(step(text, "marks_months", end))
    if announced is None:
        text = f"Once the results are out it is {days} days from that day, if that is earlier."
        steps.append(step(text, "marks_days"))
    else:
        by_days = announced + dt.timedelta(days=days)
        text = (
            f"The results were announced on {long_date(announced)}; {days} days from then end on "
            f"{long_date(by_days)}."
        )
        steps.append(step(text, "marks_days", by_days))
        end = min(end, by_days)
    due, rolled = roll_steps(end, calendar, "marks_roll")
    text = f"The marks are due by the end of {long_date(due)}, the earlier of the two."
    if announced is None:
        text = f"The marks are due by the end of {long_date(due)} at the latest."
    return ClockResult(
        due=due,
        target=calendar.roll_back(end - dt.timedelta(days=1)),
        steps=(*steps, *rolled, step(text, "marks_question", due)),
        start=received,
    )


def _utc(name: str, moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise InvalidFacts({name: "The time zone of this moment is not known."})
    return moment.astimezone(dt.UTC)


def _offset(moment: dt.datetime) -> dt.timedelta:
    offset = moment.astimezone(LONDON).utcoffset()
    assert offset is not None
    return offset


def _check_year(name: str, day: dt.date) -> None:
    problems = implausible(name, day)
    if problems:
        raise InvalidFacts(problems)
